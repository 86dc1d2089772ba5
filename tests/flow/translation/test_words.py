"""Translations: looked up by context, a stale one stays in service, a missing one falls back, a broken file is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.checker import check_words
from assistant.flow.common import Common, Fact, Note
from assistant.flow.loader import load_flow
from assistant.flow.model import Flow
from assistant.flow.problem import Mark
from assistant.flow.screen import Screen
from assistant.flow.translation import Words, common_entries, flow_entries, read_words

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#. /1/
msgctxt "ask.title"
msgid "はい"
msgstr "Which one?"

msgctxt "ask.choices.yes"
msgid "はい"
msgstr "Yes"

#, fuzzy
msgctxt "ask.text"
msgid "古い訳です。"
msgstr "An old translation."

msgctxt "ask.script"
msgid "未訳です。"
msgstr ""

msgid "戻る"
msgstr "Back"
"""


def words(text: str = PO) -> Words:
    found, problems = read_words("en.po", text, "en")
    assert problems == []
    return found


def test_the_same_words_are_translated_by_their_context() -> None:
    assert words().say("ask.title", "はい") == "Which one?"
    assert words().say("ask.choices.yes", "はい") == "Yes"


def test_words_of_the_pages_have_no_context() -> None:
    assert words().say("", "戻る") == "Back"
    assert words().say("ask.title", "戻る") == "戻る"


def test_a_stale_translation_stays_in_service() -> None:
    assert words().say("ask.text", "古い訳です。") == "An old translation."
    assert words().stale == {("ask.text", "古い訳です。")}


@pytest.mark.parametrize(
    ("context", "source"), [("ask.script", "未訳です。"), ("ask.title", "別の語"), ("none", "はい")]
)
def test_a_missing_translation_falls_back_to_the_source(context: str, source: str) -> None:
    assert words().say(context, source) == source
    assert not words().has(context, source)


def test_a_language_without_a_file_falls_back_altogether() -> None:
    assert Words("en").say("ask.title", "はい") == "はい"


def test_stale_and_missing_translations_are_reported_where_their_source_stands() -> None:
    text = (
        "title: はい\nlanguage: ja\nstart: ask\nstates:\n  ask:\n    no: 1\n    title: はい\n"
        "    text: 古い訳です。\n    script: 未訳です。\n    choices: {yes: {label: はい, to: ask}}\n"
    )
    loaded = load_flow("flow.yaml", text)
    assert loaded.data is not None
    assert loaded.document is not None
    problems = list(check_words(flow_entries(loaded.data), loaded.document, words()))

    assert [(problem.code, problem.mark, problem.severity) for problem in problems] == [
        ("missing-translation", Mark(1, 8), "warning"),
        ("stale-translation", Mark(8, 11), "warning"),
        ("missing-translation", Mark(9, 13), "warning"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgid "a"\nmsgstr "b"\nnonsense\n', 3),
        ('msgid "a"\nmsgstr "b\n', 2),
        ('msgid "a"\nmsgstr b\n', 2),
        ('msgid "a"\nmsgstr "b "c" d"\n', 2),
        ('msgid "a"\nmsgstr[x] "b"\n', 2),
        ('msgid "a\nmsgstr "b"\n', 1),
        ('msgid ""\nmsgstr ""\n\nmsgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 4),
    ],
)
def test_a_broken_file_is_a_problem_with_its_line_and_not_used(text: str, line: int) -> None:
    found, problems = read_words("en.po", text, "en")

    assert [(problem.code, problem.path, problem.mark.line) for problem in problems] == [("bad-po-file", "en.po", line)]
    assert found.translated == {}


def test_every_broken_line_of_a_file_is_told_in_one_run() -> None:
    _, problems = read_words("en.po", 'msgid "a"\nmsgstr "b\n\nmsgid c\nmsgstr "d"\n', "en")

    assert [problem.mark.line for problem in problems] == [2, 4]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('msgctxt "a"\nmsgstr "b"\n', 2),
        ('msgstr "b"\n', 1),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3),
        ('msgctxt "a"\nmsgctxt "b"\nmsgid "c"\nmsgstr "d"\n', 1),
        ('msgid "a"\nmsgstr "b"\n\nmsgctxt "c"\n', 4),
        ('msgid "a"\nmsgstr "b \\q"\n', 2),
        ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=EUC-JP\\n"\n', 3),
        ('# comment\rmsgid "a"\rmsgstr "b"\r', 1),
    ],
)
def test_what_babel_would_pass_over_is_told(text: str, line: int) -> None:
    found, problems = read_words("en.po", text, "en")

    assert [(problem.code, problem.mark.line) for problem in problems] == [("bad-po-file", line)]
    assert found.translated == {}


@pytest.mark.parametrize(
    ("sign", "code"), [("\x07", "control-character"), ("\u202e", "control-character"), ("\ufffd", "lost-character")]
)
def test_a_character_that_nobody_sees_is_told_in_a_translation(sign: str, code: str) -> None:
    _, problems = read_words("en.po", f'msgid "a"\nmsgstr "b{sign}"\n', "en")

    assert [(problem.code, problem.mark) for problem in problems] == [(code, Mark(2, 10))]


@pytest.mark.parametrize("text", ["", "\r\r", " \n\n", "# only a comment\n"])
def test_a_file_without_any_entry_is_empty(text: str) -> None:
    assert [problem.code for problem in read_words("en.po", text, "en")[1]] == ["empty"]


@pytest.mark.parametrize("charset", ["UTF-8", "utf-8", "utf8"])
def test_a_file_that_says_it_is_utf_8_is_read(charset: str) -> None:
    text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n'

    assert read_words("en.po", text, "en")[1] == []


def test_an_entry_with_a_plural_is_in_order() -> None:
    text = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n\nmsgid "e"\nmsgstr "f"\n'

    assert read_words("en.po", text, "en")[1] == []


@pytest.mark.parametrize("text", [PO.replace("\n", "\r\n"), '#~ msgid "a"\n#~ msgstr "b"\n#| old "words\n'])
def test_line_ends_comments_and_obsolete_entries_are_no_problem(text: str) -> None:
    assert read_words("en.po", text, "en")[1] == []


def test_words_over_several_lines_and_quotes_in_words_are_read() -> None:
    found = words('msgid "a"\nmsgstr ""\n"one \\"two\\"\\n"\n  "three # four"\n')

    assert found.say("", "a") == 'one "two"\nthree # four'


@given(st.text(st.sampled_from('msgidctrfuzy "\\n#,[]0x日\n~|@'), max_size=80))
def test_no_file_whatever_makes_reading_raise(text: str) -> None:
    found, problems = read_words("en.po", text, "en")

    assert found.language == "en"
    assert all(1 <= problem.mark.line <= text.count("\n") + 2 for problem in problems)


def test_every_text_of_a_flow_that_a_reader_can_meet_wants_a_translation() -> None:
    flow = Flow.model_validate(
        {
            "title": "題",
            "language": "ja",
            "start": "a",
            "stages": {"s": "段"},
            "outcomes": {"o": "結果"},
            "states": {
                "a": {
                    "no": 1,
                    "title": "問",
                    "text": ["一", {"text": "二", "when": {"a": "c"}}],
                    "script": "読",
                    "notes": ["n"],
                    "choices": {"c": {"label": "答", "to": "b"}},
                },
                "b": {
                    "no": 2,
                    "title": "終",
                    "outcome": "o",
                    "message": {"to": "helpdesk", "subject": "件", "text": ["文"]},
                },
                "g": {"no": 3, "title": "無", "gone": "a"},
            },
        }
    )

    assert [(entry.context, entry.source) for entry in flow_entries(flow)] == [
        ("title", "題"),
        ("stages.s", "段"),
        ("outcomes.o", "結果"),
        ("a.title", "問"),
        ("a.text", "一"),
        ("a.text", "二"),
        ("a.script", "読"),
        ("a.choices.c", "答"),
        ("b.title", "終"),
        ("b.message.subject", "件"),
        ("b.message.text", "文"),
    ]


def test_every_shared_text_that_a_reader_can_meet_wants_a_translation() -> None:
    drawing = {"ja": {"drawing": [{"title": "t"}], "look": "t"}}
    common = Common(
        facts={"f": Fact(about="説明", text="事実")},
        notes={"n": Note(title="題", text=("一", "二"))},
        screens={"s": Screen.model_validate({"name": "画面", "wording": drawing})},
    )

    assert [(entry.context, entry.source) for entry in common_entries(common)] == [
        ("facts.f.text", "事実"),
        ("notes.n.title", "題"),
        ("notes.n.text", "一"),
        ("notes.n.text", "二"),
        ("screens.s.name", "画面"),
    ]


def test_what_other_tools_write_of_obsolete_entries_is_no_problem() -> None:
    text = '#, fuzzy\n#~| msgid "before"\n#~ msgid "old"\n#~ msgstr "gone"\n\nmsgid "a"\nmsgstr "b"\n'
    found, problems = read_words("en.po", text, "en")

    assert (problems, found.translated, found.lines) == ([], {("", "a"): "b"}, {("", "a"): 6})
