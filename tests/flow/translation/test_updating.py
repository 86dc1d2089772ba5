"""Updating a PO file loses no translation, keeps stale ones in service, and has nothing to do the second time."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.translation import read_words
from assistant.flow.translation.updating import Update, Wanted, update

TITLE = ("ask.title", "どれですか")
FIRST = ("ask.text", "[サインイン] を押します。")
SECOND = ("ask.text", "しばらく待つと、メールが届きます。")
LABEL = ("ask.choices.seen", "{phone}に電話した")


def wanted(*keys: tuple[str, str]) -> list[Wanted]:
    return [Wanted(*key) for key in keys]


def translated(*keys: tuple[str, str]) -> str:
    text = update(None, "en", wanted(*keys), {}).text
    head, *entries = text.split("\n\n")
    return "\n\n".join([head, *(entry.replace('msgstr ""', f'msgstr "t{n}"') for n, entry in enumerate(entries))])


def again(text: str, *keys: tuple[str, str], renamed: dict[str, str] | None = None) -> Update:
    result = update(text, "en", wanted(*keys), renamed or {})
    repeated = update(result.text, "en", wanted(*keys), renamed or {})
    assert (repeated.text, repeated.changes) == (result.text, ())
    assert read_words("en.po", result.text, "en")[1] == []
    return result


def said(result: Update, key: tuple[str, str]) -> tuple[str, bool]:
    """What a reader is told for a text, and whether that is stale."""
    words, _ = read_words("en.po", result.text, "en")
    return words.say(*key), key in words.stale


def test_a_new_language_gets_its_header_and_every_text_in_order() -> None:
    result = update(None, "fr", [Wanted(*TITLE, "1 · /fr/1"), Wanted(*LABEL)], {})

    assert result.text.startswith('# French words of the guide.\nmsgid ""\nmsgstr ""\n"Project-Id-Version: ')
    assert '"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n' in result.text
    assert result.text.endswith(
        '\n#. 1 · /fr/1\nmsgctxt "ask.title"\nmsgid "どれですか"\nmsgstr ""\n'
        '\n#, python-brace-format\nmsgctxt "ask.choices.seen"\nmsgid "{phone}に電話した"\nmsgstr ""\n'
    )


def test_a_header_is_completed_and_otherwise_kept() -> None:
    head = '# Ours.\nmsgid ""\nmsgstr ""\n"X-Generator: Poedit\\n"\n"language: en_GB\\n"\n'
    lines = again(head).text.split("\n")

    assert lines[:5] == ["# Ours.", 'msgid ""', 'msgstr ""', '"X-Generator: Poedit\\n"', '"language: en_GB\\n"']
    assert lines[5].startswith('"Plural-Forms')
    assert sum("anguage" in line for line in lines) == 1


def test_a_changed_text_keeps_its_translation_fuzzy_with_the_old_text_beside_it() -> None:
    changed = ("ask.title", "どの画面ですか")
    result = again(translated(TITLE, FIRST), changed, FIRST)

    assert '#, fuzzy\n#| msgid "どれですか"\nmsgctxt "ask.title"\nmsgid "どの画面ですか"\nmsgstr "t0"\n' in result.text
    assert (said(result, changed), said(result, FIRST)) == (("t0", True), ("t1", False))
    assert [(change.kind, change.before) for change in result.changes] == [("stale", "どれですか")]


def test_a_text_that_changes_twice_is_compared_with_the_one_that_was_translated() -> None:
    once = again(translated(TITLE), ("ask.title", "どの画面")).text

    assert '#| msgid "どれですか"\nmsgctxt "ask.title"\nmsgid "画面は"' in again(once, ("ask.title", "画面は")).text


def test_a_text_that_changes_back_is_as_it_was() -> None:
    before = translated(TITLE, FIRST)
    changed = again(before, ("ask.title", "どの画面"), FIRST)
    back = again(changed.text, TITLE, FIRST)

    assert back.text == before
    assert [change.kind for change in back.changes] == ["again"]


def test_paragraphs_keep_their_own_translations_when_one_comes_goes_or_moves() -> None:
    added = ("ask.text", "電話番号を見ます。")
    longer = ("ask.text", "しばらくそのまま待つと、メールが届きます。")
    result = again(translated(FIRST, SECOND), added, longer, FIRST)

    assert [said(result, key) for key in (added, longer, FIRST)] == [(added[1], False), ("t1", True), ("t0", False)]


def test_states_never_get_the_translation_of_another_state() -> None:
    other = ("other.text", FIRST[1])
    result = again(translated(FIRST), other)

    assert said(result, other) == (FIRST[1], False)
    assert [change.kind for change in result.changes] == ["new", "obsolete"]


def test_a_renamed_state_takes_its_translations_along() -> None:
    moved, changed = ("asked.title", TITLE[1]), ("asked.choices.seen", "電話した")
    result = again(translated(TITLE, LABEL), moved, changed, renamed={"ask": "asked"})

    assert (said(result, moved), said(result, changed)) == (("t0", False), ("t1", True))
    assert [change.kind for change in result.changes] == ["renamed", "stale"]


def test_a_choice_under_another_trigger_keeps_the_translation_of_the_same_words() -> None:
    moved = ("ask.choices.found", LABEL[1])
    result = again(translated(TITLE, LABEL), TITLE, moved)

    assert (said(result, moved), [change.kind for change in result.changes]) == (("t1", False), ["renamed"])


def test_what_nothing_says_any_more_is_obsolete_and_comes_back_with_its_translation() -> None:
    before = translated(TITLE, FIRST)
    without = again(before, TITLE)
    back = again(without.text, TITLE, FIRST)

    assert without.text.endswith('\n#~ msgctxt "ask.text"\n#~ msgid "[サインイン] を押します。"\n#~ msgstr "t1"\n')
    assert (back.text, [change.kind for change in back.changes]) == (before, ["revived"])


def test_a_text_that_was_changed_and_then_deleted_comes_back_as_it_was_translated() -> None:
    before = translated(TITLE, FIRST)
    stale = again(before, TITLE, ("ask.text", "[サインイン] をもう一度押します。")).text
    without = again(stale, TITLE).text

    assert '#~| msgid "[サインイン] を押します。"' in without
    assert again(without, TITLE, FIRST).text == before


def test_a_text_that_was_never_translated_leaves_nothing_behind() -> None:
    result = again(update(None, "en", wanted(TITLE, FIRST), {}).text, TITLE)

    assert "#~" not in result.text
    assert result.changes == ()


def test_a_text_that_waits_for_its_translation_is_not_stale_when_it_changes() -> None:
    result = again(update(None, "en", wanted(TITLE), {}).text, ("ask.title", "どの画面ですか"))

    assert ("fuzzy" in result.text, [change.kind for change in result.changes]) == (False, ["new"])


def test_what_translators_wrote_beside_an_entry_stays() -> None:
    text = translated(TITLE).replace('msgctxt "ask.title"', '# How do they say it?\n#, no-wrap\nmsgctxt "ask.title"')
    changed = again(text, ("ask.title", "どの画面ですか")).text

    assert "\n# How do they say it?\n#, fuzzy, no-wrap\n#| msgid" in changed


def test_a_translation_that_was_looked_at_forgets_the_old_text() -> None:
    stale = again(translated(TITLE), ("ask.title", "どの画面")).text

    assert "#|" not in again(stale.replace("#, fuzzy\n", ""), ("ask.title", "どの画面")).text


def test_a_text_that_stands_twice_is_translated_once() -> None:
    assert again(translated(TITLE), FIRST, FIRST).text.count("msgid") == 3  # the header, the text, the obsolete title


@pytest.mark.parametrize("language", ["en", "fr", "de", "pt-br", "zh-hant"])
def test_a_new_file_of_any_language_can_be_read(language: str) -> None:
    text = update(None, language, wanted(TITLE), {}).text

    assert read_words("x.po", text, language)[1] == []


contexts = st.sampled_from(["a.title", "a.text", "b.text", "a.choices.x", "a.choices.y"])
keys = st.lists(st.tuples(contexts, st.text("あい{x}\n", min_size=1, max_size=5)), max_size=6, unique=True)


@given(st.lists(keys, min_size=2, max_size=5))
def test_no_translation_is_ever_lost_and_every_text_stands_in_order(versions: list[list[tuple[str, str]]]) -> None:
    text = translated(*versions[0])
    for _, version in pairwise(versions):
        text = again(text, *version).text

    assert all(text.count(f'msgstr "t{number}"') == 1 for number in range(len(versions[0])))
    assert list(read_words("en.po", text, "en")[0].lines) == versions[-1]
