"""YAML as authors really save it: every trap is named by its place and what to write instead, and none takes long."""

import time
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.problem import Mark, Problem
from assistant.flow.reader import (
    MAXIMUM_CHARACTERS,
    MAXIMUM_ENTRIES,
    MAXIMUM_PROBLEMS,
    MAXIMUM_TEXT,
    MAXIMUM_VALUES,
    decode,
    parse,
)

# Seconds of work, whatever else the machine does; the traps take microseconds here, and minutes where they work.
SOON = 2.0


class Trap(NamedTuple):
    name: str
    text: str
    code: str
    line: int
    column: int


MERGE_BOMB = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12)
)
LAUGHS = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))

TRAPS = [
    Trap("a merge-key bomb", MERGE_BOMB, "anchor", 1, 5),
    Trap("a merge key", "a: {<<: {b: c}}\n", "merge", 1, 5),
    Trap("a billion laughs", LAUGHS, "alias", 2, 10),
    Trap("an alias", "a: b\nc: *d\n", "alias", 2, 4),
    Trap("an anchor", "a: &b c\n", "anchor", 1, 4),
    Trap("an anchor on a mapping", "a: &b {c: d}\n", "anchor", 1, 4),
    Trap("a tag that would run a command", "a: !!python/object/apply:os.system [ls]\n", "tag", 1, 4),
    Trap("a harmless tag", "a: !!str b\n", "tag", 1, 4),
    Trap("a tag of one's own", "%TAG ! tag:x,2000:\n---\na: !b c\n", "tag", 3, 4),
    Trap("brackets 900 deep", "[" * 900, "too-deep", 1, 25),
    Trap("closed brackets 900 deep", "[" * 900 + "]" * 900, "too-deep", 1, 25),
    Trap("braces 100,000 deep", "{a: " * 100_000, "too-deep", 1, 97),
    Trap("dashes 100,000 deep", "- " * 100_000, "too-deep", 1, 49),
    Trap("keys of keys 100,000 deep", "? " * 100_000, "too-deep", 1, 49),
    Trap("indentation 500 deep", "".join(" " * n + "a:\n" for n in range(500)), "too-deep", 25, 25),
    Trap("one word too much", "x" * (MAXIMUM_CHARACTERS + 1), "too-large", 1, 1),
    Trap("brackets that never close", "a: " + ": [" * 200_000, "colon-in-text", 1, 997),
    Trap("a tab that indents", "a:\n\tb: c\n", "tab", 2, 1),
    Trap("a tab after spaces", "a:\n  b:\n  \tc: d\n", "tab", 3, 3),
    Trap("a full-width colon", "title：x\nlanguage: ja\n", "full-width-colon", 1, 6),
    Trap("a full-width colon further down", "title: x\nlanguage：ja\n", "full-width-colon", 2, 9),
    Trap("a full-width space after the colon", "title:　x\nlanguage: ja\n", "full-width-space", 1, 7),
    Trap("a full-width space that indents", "a: b\n　c: d\n e: f\n", "full-width-space", 2, 1),
    Trap("a fixed space after the colon", "a: b\nc:\xa0d\n", "full-width-space", 2, 3),
    Trap("no space after the colon", "title:x\nlanguage: ja\n", "no-space", 1, 6),
    Trap("a text cut by #", "title: 手順 #1 を見る\n", "cut-by-comment", 1, 11),
    Trap("a text that # leaves nothing of", "a: b\ntitle: #1 の手順\n", "cut-by-comment", 2, 8),
    Trap("a list item that # leaves nothing of", "a:\n  - #1 の手順\n", "cut-by-comment", 2, 5),
    Trap("the second line of a text cut by #", "title: 手順\n  続き #2 を見る\n", "cut-by-comment", 2, 6),
    Trap("a text in braces cut by #", "a: {b: 手順 #1, c: d}\n", "cut-by-comment", 1, 11),
    Trap("a key that stands twice", "title: a\nb: c\ntitle: d\n", "duplicate-key", 3, 1),
    Trap("a key that stands twice in braces", "あ: {b: c, b: d}\n", "duplicate-key", 1, 11),
    Trap("a lone surrogate", 'a: "\\ud800"\n', "escape", 1, 7),
    Trap("a Windows path in double quotes", 'a: "C:\\Users"\n', "escape", 1, 9),
    Trap("a NUL", "a: b\nc: d\0e\n", "control-character", 2, 5),
    Trap("an escaped control character", 'a: "b\\ec"\n', "control-character", 1, 4),
    Trap("a character that turns the reading direction", "a: b\nc: d\u202ee\n", "control-character", 2, 5),
    Trap("an escaped one", 'a: "b\\u2066c"\n', "control-character", 1, 4),
    Trap("a space without width", "a: b\u200bc\n", "control-character", 1, 5),
    Trap("a space without width in a key", "a\u200b: b\n", "control-character", 1, 2),
    Trap("a byte order mark in the middle", "a: b\ufeffc\n", "control-character", 1, 5),
    Trap("a line end that editors do not show", "a: b\nc: d\u2028e\n", "control-character", 2, 5),
    Trap("a line end of another age", "a: b\x85c: d\n", "control-character", 1, 5),
    Trap("a second document", "a: b\n---\nc: d\n", "several-documents", 2, 1),
    Trap("an empty file", "", "empty", 1, 1),
    Trap("a file of comments", "# nothing\n\n", "empty", 1, 1),
    Trap("a button's name first in braces", "{label: [次へ]を押す}\n", "bracket", 1, 9),
    Trap("a button's name first", "label: [次へ]を押す\n", "bracket", 1, 8),
    Trap("a button's name first in a list", "a:\n  - [次へ]を押す\n", "bracket", 2, 5),
    Trap("a fact first", "text: {service-name}を開きます\n", "brace", 1, 7),
    Trap("a star first", "title: *重要*\n", "special-start", 1, 8),
    Trap("a per cent sign first", "title: %引き\n", "special-start", 1, 8),
    Trap("an at sign first", "title: @x\n", "special-start", 1, 8),
    Trap("a colon in a text", "title: 注意: 押さない\n", "colon-in-text", 1, 10),
    Trap("a quote that never closes", 'a: b\ntitle: "c\nd: e\n', "open-quote", 2, 8),
    Trap("a list for a key", "? [a]\n: b\n", "bad-key", 1, 3),
    Trap("a line that is indented too far", "title: a\n  no: 1\n", "indentation", 2, 3),
    Trap("a list that is indented too little", "a:\n  - b\n - c\n", "indentation", 3, 2),
    Trap("a full-width sign of a comment", "title: a\n＃ b\nlanguage: ja\n", "full-width-sign", 2, 1),
    Trap("full-width dashes", "a:\n  － b\n  － c\n", "full-width-sign", 2, 3),
    Trap("a full-width comma between keys", "a: {b: c，d: e}\n", "full-width-sign", 1, 9),
    Trap("a full-width comma between ids", "a: [b，c-d、e]\n", "full-width-sign", 1, 5),
    Trap("a full-width colon in braces", "a: {b：c, d: e}\n", "full-width-colon", 1, 5),
    Trap("a comma in a text in braces", "a: {b: はい, いいえ, d: e}\n", "no-colon", 1, 12),
    Trap("no space after a colon in braces", "a: {b:c, d: e}\n", "no-space", 1, 5),
    Trap("a line that is no key", "a: b\nc\nd: e\n", "no-colon", 2, 1),
    Trap("a file that breaks off in a key", "a: b\nc", "no-colon", 2, 1),
    Trap("a question mark that makes a key", "a: b\n? 本当ですか\n", "no-colon", 2, 3),
    Trap("a question mark first", "a: ? b\n", "special-start", 1, 4),
    Trap("a dash first", "a: - b\n", "special-start", 1, 4),
    Trap("a comma first", "a: , b\n", "special-start", 1, 4),
    Trap("a bracket that closes first", "a: ] b\n", "special-start", 1, 4),
    Trap("an ampersand first", "a: & b\n", "special-start", 1, 4),
    Trap("an exclamation mark first", "a: !重要 b\n", "special-start", 1, 4),
    Trap("a sign of more first", "a: > b\n", "special-start", 1, 4),
    Trap("a bar first", "a: |b\n", "special-start", 1, 4),
    Trap("a backtick first in a list", "a:\n  - `b`\n", "special-start", 2, 5),
    Trap("a tag that nobody knows", "a: !x!y b\n", "special-start", 1, 4),
    Trap("a bracket that is not closed", "a: {b: c\nd: e\n", "open-bracket", 1, 4),
    Trap("a file that breaks off in braces", "a: {b: c", "open-bracket", 1, 4),
    Trap("no comma in a list", "a: ['b' 'c']\n", "missing-comma", 1, 9),
    Trap("a bracket too many", "{a: b}}\n", "syntax", 1, 7),
    Trap("a text that goes on behind its quotes", 'title: "次へ"を押します\n', "after-quote", 1, 12),
    Trap("a text that goes on behind its quotes in a list", "a:\n  - '次へ'を押します\n", "after-quote", 2, 9),
    Trap("a character lost in saving", "a: b\ufffdc\n", "lost-character", 1, 5),
    Trap("a character without a place in Unicode", "a: b\uffffc\n", "control-character", 1, 5),
    Trap("a tag character", "a: b\U000e0041c\n", "control-character", 1, 5),
    Trap("an invisible character in a comment", "a: b # c\u202ed\n", "control-character", 1, 9),
    Trap("indentation that fits nowhere", "a:\n   b: c\n  d: e\n", "indentation", 3, 3),
    Trap(
        "an open quote in braces before another",
        'c:\n  a: {label: "b, to: c}\n  d: {label: "e", to: f}\n',
        "open-quote",
        2,
        14,
    ),
    Trap(
        "an open single quote in braces", "c:\n  a: {label: 'b, to: c}\n  d: {label: 'e', to: f}\n", "open-quote", 2, 14
    ),
    Trap("an open quote above text", 'a:\n  title: "b\n  text: "c"\n', "open-quote", 2, 10),
    Trap("an open quote two lines above", 'a:\n  text: "b\n  no: 1\n  c:\n    d: {e: "f"}\n', "open-quote", 2, 9),
    Trap("an open quote in a list", "a:\n  - 'b\n  - c\n  - 'd'\n", "open-quote", 2, 5),
    Trap("an open quote above a sign", 'a:\n  - "b\nc:\n  d: "# e"\n  f: g\n', "open-quote", 2, 5),
    Trap("an open quote above a path", "a: \"b\nc: 'C:\\Users'\n", "open-quote", 1, 4),
    Trap("a text over lines that goes on behind its quotes", 'a: "b\n  c" d\n', "syntax", 2, 6),
    Trap("a quote that only closes", 'a: {label: 絵と違う", to: b}\n', "stray-quote", 1, 16),
    Trap("a single quote that only closes", "a: don't say x'\n", "stray-quote", 1, 15),
    Trap("a quote in quotes", "a: 'it's'\n", "after-quote", 1, 8),
]


@pytest.mark.parametrize("brackets", ["[" * 100_000, "[" * 100_000 + "]" * 100_000], ids=["open", "closed"])
def test_brackets_100_000_deep_are_too_deep_whichever_libyaml_reads_them(brackets: str) -> None:
    _, problems = parse("flow.yaml", brackets)

    assert [problem.code for problem in problems] == ["too-deep"]


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_trap_is_named_with_its_place_before_two_seconds_are_over(trap: Trap) -> None:
    begin = time.process_time()
    _, problems = parse("flow.yaml", trap.text)
    took = time.process_time() - begin

    found = {problem.code: problem for problem in reversed(problems)}
    assert trap.code in found, problems
    assert found[trap.code].mark == Mark(trap.line, trap.column)
    assert took < SOON


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_a_problem_is_one_line_that_says_what_to_do(trap: Trap) -> None:
    _, problems = parse("flow.yaml", trap.text)

    for problem in problems:
        assert str(problem).startswith(f"flow.yaml:{problem.mark.line}:{problem.mark.column}: ")
        assert str(problem).endswith(f" [{problem.code}]")
        assert "\n" not in str(problem)
        assert "Error" not in str(problem.message)


@pytest.mark.parametrize(
    "words",
    ["yes", "no", "on", "off", "null", "~", "true", "1:30", "012", "1_000", "0x1F", "1e3", ".inf", "2024-01-31"],
)
def test_every_value_and_key_stays_the_words_that_were_written(words: str) -> None:
    document, problems = parse("flow.yaml", f"key: {words}\n{words}: value\n")

    assert problems == []
    assert document is not None
    assert document.value == {"key": words, words: "value"}


def test_a_question_mark_may_end_a_text_in_braces() -> None:
    document, problems = parse("flow.yaml", "{label: 維持しますか?}\n")

    assert problems == []
    assert document is not None
    assert document.value == {"label": "維持しますか?"}


@pytest.mark.parametrize(
    "text",
    [
        "a: b # 説明\n",
        "a: b  #\n",
        "a:  # 説明\n  b: c\n",
        'a: "手順 #1"\n',
        "a: |\n  手順 #1\n",
        "a: C#の本\n",
        "#説明\na: b\n",
    ],
)
def test_a_comment_that_cuts_nothing_is_no_problem(text: str) -> None:
    assert parse("flow.yaml", text)[1] == []


@pytest.mark.parametrize("text", ["a: b\r\nc:\r\n  d: e\r\n", "a: b\nc:\n  d: e", "a: b\rc:\r  d: e\r"])
def test_line_ends_of_every_system_are_read_alike(text: str) -> None:
    document, problems = parse("flow.yaml", text)

    assert problems == []
    assert document is not None
    assert document.value == {"a": "b", "c": {"d": "e"}}
    assert document.mark("c", "d") == Mark(3, 6)


def test_several_problems_of_one_file_are_told_in_one_run() -> None:
    _, problems = parse("flow.yaml", "a: b #c\nd: &e f\nd: *e\ng: h\u200bi\n!x j: k\n")

    assert [(problem.code, problem.mark.line) for problem in sorted(problems, key=lambda each: each.mark)] == [
        ("cut-by-comment", 1),
        ("anchor", 2),
        ("duplicate-key", 3),
        ("alias", 3),
        ("control-character", 4),
        ("tag", 5),
    ]


def test_what_follows_from_a_cut_text_is_not_told_beside_it() -> None:
    _, problems = parse("flow.yaml", "a: {b: 手順 #1, c: d}\n")

    assert [problem.code for problem in problems] == ["cut-by-comment"]


def test_a_byte_order_mark_at_the_start_is_no_part_of_the_text() -> None:
    assert decode("flow.yaml", "\ufeffa: 日本".encode()) == "a: 日本"


def test_a_file_saved_as_shift_jis_is_recognised_with_its_place() -> None:
    problem = decode("flow.yaml", "a: b\ntitle: ログイン\n".encode("cp932"))

    assert isinstance(problem, Problem)
    assert (problem.code, problem.mark) == ("not-utf-8", Mark(2, 8))
    assert "Shift_JIS" in str(problem.message)


def test_columns_count_characters_also_before_a_broken_byte() -> None:
    problem = decode("flow.yaml", "題: 日本".encode() + b"\xff\n")

    assert isinstance(problem, Problem)
    assert (problem.code, problem.mark) == ("not-utf-8", Mark(1, 6))
    assert "Shift_JIS" not in str(problem.message)


def test_a_file_saved_as_utf_16_is_refused() -> None:
    assert isinstance(decode("flow.yaml", "a: b\n".encode("utf-16")), Problem)


def test_marks_point_at_values_and_key_marks_at_keys() -> None:
    document, _ = parse("flow.yaml", "状態:\n  a: {when: [b, {c: d}]}\n")

    assert document is not None
    assert document.mark("状態", "a", "when", 1, "c") == Mark(2, 21)
    assert document.key_mark("状態", "a", "when", 1, "c") == Mark(2, 18)
    assert document.key_mark("状態", "a") == Mark(2, 3)
    assert document.find_key("c", "状態", "a") == Mark(2, 18)
    assert document.find_key("d", "状態", "a") == Mark(2, 21)


def test_the_mark_of_what_is_missing_is_that_of_the_deepest_part_that_exists() -> None:
    document, _ = parse("flow.yaml", "a:\n  b: c\n")

    assert document is not None
    assert document.mark("a", "x", "y") == Mark(2, 3)
    assert document.key_mark("a", "b", "c") == Mark(2, 3)
    assert document.find_key("x", "a", "y") == Mark(2, 3)


words = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="\ufffd\u115f\u1160\u3164\uffa0"),
    min_size=1,
    max_size=8,
)
values = st.recursive(
    words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(words, values, min_size=1, max_size=4))
def test_what_yaml_itself_writes_is_read_back(value: dict[str, object]) -> None:
    text = yaml.dump(value, allow_unicode=True, default_style='"')
    document, problems = parse("flow.yaml", text.replace("!!null ", ""))

    assert problems == []
    assert document is not None
    assert document.value == value


@given(st.text(st.sampled_from("ab:　： \t\n\r-[]{}\"'#&*!|>%@`?,\\\0\u2028\u202e日\ud800"), max_size=60))
def test_no_text_whatever_makes_the_reader_raise(text: str) -> None:
    document, problems = parse("flow.yaml", text)

    assert document is not None or problems
    lines = text.count("\n") + text.count("\r") + 2
    assert all(1 <= problem.mark.line <= lines for problem in problems)
    assert all(problem.mark.column >= 1 for problem in problems)


@given(st.binary(max_size=40))
def test_no_bytes_whatever_make_the_decoder_raise(data: bytes) -> None:
    decoded = decode("flow.yaml", data)

    assert isinstance(decoded, (str, Problem))


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-32", "UTF-16"), ("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP")],
)
def test_the_encoding_that_a_file_was_saved_in_by_mistake_is_named(encoding: str, named: str) -> None:
    problem = decode("flow.yaml", "title: ログインのお手伝い\n".encode(encoding))

    assert isinstance(problem, Problem)
    assert problem.code == "not-utf-8"
    assert named in str(problem.message)


def test_a_file_full_of_problems_is_left_after_the_thousandth() -> None:
    _, problems = parse("flow.yaml", "a: b\n" * 5_000)

    assert len(problems) == MAXIMUM_PROBLEMS
    assert [problem.code for problem in problems[-2:]] == ["duplicate-key", "too-many-problems"]


def test_a_file_of_too_many_values_is_too_large() -> None:
    _, problems = parse("flow.yaml", f"- [{'a, ' * 9_000}]\n" * (MAXIMUM_VALUES // 9_000 + 1))

    assert [problem.code for problem in problems] == ["too-large"]


def test_a_list_or_mapping_of_too_many_entries_is_too_large() -> None:
    for text in ("- a\n" * (MAXIMUM_ENTRIES + 1), "".join(f"a{n}: b\n" for n in range(MAXIMUM_ENTRIES + 1))):
        _, problems = parse("flow.yaml", text)

        assert [(problem.code, problem.mark.line) for problem in problems] == [("too-large", MAXIMUM_ENTRIES + 1)]


def test_a_text_that_fits_on_no_page_is_too_large() -> None:
    _, problems = parse("flow.yaml", f"a: {'b' * (MAXIMUM_TEXT + 1)}\n")

    assert [problem.code for problem in problems] == ["too-large"]


@pytest.mark.parametrize("mark", ["\ufe0f", "\u200d", "\u200c", "\u3000"])
def test_what_emoji_and_scripts_are_joined_with_is_no_problem(mark: str) -> None:
    assert parse("flow.yaml", f"a: b{mark}c\n")[1] == []
