"""A rewording changes words in a file and nothing else, or says why it does not; the file is read again to prove it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.flow.reader import parse
from assistant.flow.rewording import Rewording
from assistant.flow.rewording.files import Reworded, reword_po, reword_yaml

SIGN_IN = Rewording("サインイン", "ログイン")


def notes(text: str, rewording: Rewording = SIGN_IN) -> Reworded:
    return reword_yaml("notes.yaml", text, "notes", "ja", rewording)


@pytest.mark.parametrize(
    ("written", "new", "expected"),
    [
        ("title: 「サインイン」です # 「サインイン」", "ログイン", "title: 「ログイン」です # 「サインイン」"),
        ("title:   'その「サインイン」''です'", "ログイン", "title:   'その「ログイン」''です'"),
        ('title: "[サインイン]\\n\\"x\\""', "ログイン", 'title: "[ログイン]\\n\\"x\\""'),
        ('title: "[サインイン]"', 'A "B"', 'title: "[A \\"B\\"]"'),
        ("title: '[サインイン]'", "It's", "title: '[It''s]'"),
        ("title: 押す [サインイン] を", "A: B", 'title: "押す [A: B] を"'),
        ("title: サインイン", "# 1", 'title: "# 1"'),
        ("title: サインイン", 'a: "b"', "title: 'a: \"b\"'"),
        ("title: サインイン", "no", "title: no"),
        ("{title: サインイン, text: x}", "A, B", '{title: "A, B", text: x}'),
        ("text: [サインイン, 別]", "a}b", 'text: ["a}b", 別]'),
        (
            "text: |-\n    「サインイン」\n\n    次に「サインイン」",
            "A: B",
            "text: |-\n    「A: B」\n\n    次に「A: B」",
        ),
        ("text: >-  # サインイン\n    「サインイン」\n    と", "x", "text: >-  # サインイン\n    「x」\n    と"),
        ("text: 一行\n    「サインイン」", "ログイン", "text: 一行\n    「ログイン」"),
    ],
)
def test_words_are_changed_in_place_and_quoted_only_where_they_must_be(written: str, new: str, expected: str) -> None:
    before = "# サインイン\nnotes:\n  a:\n   " + written + "\n"
    result = notes(before, Rewording("サインイン", new))

    assert result.after == "# サインイン\nnotes:\n  a:\n   " + expected + "\n"
    assert result.left == ()


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ('title: "[\\u30b5インイン]"', "ログイン"),
        ("title: 一行\n      「サインイン」", "A: B"),
        ("title: >-\n      [Sign\n      in]", "Log in"),
    ],
)
def test_what_cannot_be_changed_in_its_place_is_left_and_told(written: str, new: str) -> None:
    before = f"notes:\n  a:\n    {written}\n"
    old = "Sign in" if "Sign" in written else "サインイン"
    result = notes(before, Rewording(old, new))

    assert result.edits == ()
    assert [str(left.reason) for left in result.left] == [
        "written so that it cannot be changed in its place; change it by hand"
    ]


def test_line_ends_of_windows_and_letters_of_any_width_keep_their_places() -> None:
    before = 'notes:\r\n  a:\r\n    title: 😀𠮷「サインイン」\r\n    text:\r\n      - "サインイン"\r\n'

    assert notes(before).after == before.replace("サインイン", "ログイン")


def test_ids_guards_and_targets_are_no_words() -> None:
    flow = (
        "title: ask\nlanguage: ja\nstart: ask\nstates:\n  ask:\n    no: 1\n    title: ask\n"
        "    text: [{text: ask, when: {ask: ask}}]\n    choices: {ask: {label: ask, to: ask, when: {ask: ask}}}\n"
    )
    after = reword_yaml("flow.yaml", flow, "flow", "ja", Rewording("ask", "問う")).after

    assert after == flow.replace("title: ask", "title: 問う").replace("text: ask", "text: 問う").replace(
        "label: ask", "label: 問う"
    )


letters = st.text(st.sampled_from("あa:#-[]{}'\"\\, !&*%@`|>?\n"), min_size=1, max_size=12)


@given(
    letters,
    st.text(st.sampled_from("い:#-{}'\"\\, !&*?b"), min_size=1, max_size=6),
    st.sampled_from("|'\" "),
    st.booleans(),
)
def test_whatever_the_words_and_the_style_only_the_words_change(
    around: str, new: str, style: str, in_flow: bool
) -> None:
    assume(new == new.strip())
    value = f"{around}「サインイン」{around}"
    written = {
        "'": "'" + value.replace("'", "''").replace("\n", "\n\n   ") + "'",
        '"': '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"',
        "|": "|-\n      " + value.replace("\n", "\n      "),
        " ": value,
    }[style]
    text = f"notes: {{a: {{title: {written}}}}}\n" if in_flow else f"notes:\n  a:\n    title: {written}\n"
    document, problems = parse("", text)
    assume(document is not None and not problems)
    assert document is not None
    rewording = Rewording("サインイン", new)
    before = str(document.value["notes"]["a"]["title"])  # type: ignore[index, call-overload]
    assume("「サインイン」" in before and document.value == {"notes": {"a": {"title": before}}})

    result = notes(text, rewording)
    if not result.edits and style == " " and "\n" in around:
        assert result.left  # quotes cannot be put around a text over several lines
        return
    again, problems = parse("", result.after)
    expected = rewording.reword(before, filter(rewording.wanted, rewording.find(before)))
    assert (problems, again and again.value) == ([], {"notes": {"a": {"title": expected}}})


SCREENS = """\
screens:
  entry:
    name: 入力
    wording:
      ja:
        drawing:
          - title: サインイン
          - buttons: [戻る, サインイン]
        look: サインイン   # the button
        says:
          - サインインと出た
      en: {drawing: [title: Sign in, buttons: [Back, Sign in]], look: Sign in, unconfirmed: [Sign in]}
  again:
    name: 再び
    wording:
      ja:
        drawing: [title: もう一度]
        look: もう一度
        aliases:
          - サインイン # seen in 2024
          - 別名
        unconfirmed: []
"""


def screens(rewording: Rewording, text: str = SCREENS) -> str:
    return reword_yaml("screens.yaml", text, "screens", "ja", rewording).after


def test_a_screen_keeps_the_old_wording_as_an_alias() -> None:
    expected = (
        SCREENS.replace("- title: サインイン", "- title: ログイン")
        .replace("戻る, サインイン]", "戻る, ログイン]")
        .replace("look: サインイン   # the button\n", "look: ログイン   # the button\n        aliases: [サインイン]\n")
        .replace("          - 別名\n", "          - 別名\n          - ログイン\n")
    )

    assert screens(SIGN_IN) == expected
    assert screens(SIGN_IN, SCREENS.replace("\n", "\r\n")) == expected.replace("\n", "\r\n")


def test_an_alias_is_kept_in_the_style_of_the_file_and_stays_unconfirmed() -> None:
    after = screens(Rewording("Sign in", "Log in: now", "en"))

    assert after == SCREENS.replace(
        "{drawing: [title: Sign in, buttons: [Back, Sign in]], look: Sign in, unconfirmed: [Sign in]}",
        '{drawing: [title: "Log in: now", buttons: [Back, "Log in: now"]], look: "Log in: now", aliases: [Sign in], '
        'unconfirmed: [Sign in, "Log in: now"]}',
    )


@pytest.mark.parametrize("aliases", ["[サインイン]", "[ログイン, サインイン]"])
def test_no_wording_becomes_an_alias_twice(aliases: str) -> None:
    text = SCREENS.replace("        says:\n", f"        aliases: {aliases}\n        says:\n")
    text = text.replace("          - 別名\n", "          - ログイン\n")
    after = screens(SIGN_IN, text)

    assert f"        aliases: {aliases}\n" in after
    assert "          - サインイン # seen in 2024\n          - ログイン\n        unconfirmed" in after


def test_without_an_alias_the_old_wording_is_gone_from_all_screens() -> None:
    after = screens(Rewording("サインイン", "ログイン", alias=False))

    assert after == SCREENS.replace("サインイン", "ログイン").replace("ログインと出た", "サインインと出た")


def test_a_language_is_reworded_alone() -> None:
    assert screens(Rewording("サインイン", "ログイン", "en")) == SCREENS


PO = """\
# サインイン
#| msgid "[サインイン]"
msgctxt "a.text"
msgid ""
"サインインで押す [サイン"
"イン] を\\n"
msgstr "Press [Sign in], then \\"Sign in\\" or “Sign "
"in”."

msgctxt "b.text"
msgid "[サインイン]"
msgstr "[Sign in]"

#~ msgid "[サインイン]"
#~ msgstr "[Sign in]"
"""


def test_source_texts_follow_their_flow_and_translations_their_language() -> None:
    texts = {("a.text", "サインインで押す [サインイン] を\n"): "サインインで押す [ログイン] を\n"}
    source = reword_po("en.po", PO, "en", texts, SIGN_IN)
    said = reword_po("en.po", PO, "en", {}, Rewording("Sign in", 'Log "in"'))

    assert source.after == PO.replace('[サイン"\n"イン] を', '[ログイン"\n"] を')
    assert said.after == (
        PO.replace("Press [Sign in]", 'Press [Log \\"in\\"]')
        .replace('“Sign "\n"in”', '“Log \\"in\\""\n"”')
        .replace('msgstr "[Sign in]"\n\n', 'msgstr "[Log \\"in\\"]"\n\n')
    )
    assert source.left == ()
    assert [str(left.reason) for left in said.left] == ["part of a sentence; --words changes it, too"]
