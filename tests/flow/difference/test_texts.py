"""Texts that changed, in the source language and in translations, and which translations are stale now."""

from assistant.flow.common import Common, Fact, Note
from assistant.flow.difference.texts import Stale, Text, changed_common_texts
from assistant.flow.screen import Screen
from assistant.flow.translation import Words
from tests.flow.difference.two_versions import choices, difference, small_flow

TITLE = ("ask.title", "メールは来ましたか")
OTHER_TITLE = ("ask.title", "メールは届きましたか")


def english(*pairs: tuple[tuple[str, str], str], stale: frozenset[tuple[str, str]] = frozenset()) -> Words:
    return Words("en", dict(pairs), stale)


def retitled() -> dict[str, object]:
    new = small_flow()
    new["states"]["ask"]["title"] = OTHER_TITLE[1]
    return new


def test_a_changed_text_is_told_with_its_context_and_language() -> None:
    found = difference(retitled()).texts

    assert found.changed == (Text("ask.title", "ja", TITLE[1], OTHER_TITLE[1]),)
    assert found.changed[0].changes == (
        ("equal", "メールは"),
        ("delete", "来ましたか"),
        ("insert", "届きましたか"),
    )


def test_paragraphs_that_come_and_go_are_told_by_themselves() -> None:
    new = small_flow()
    new["states"]["ask"]["text"] = ["画面をよく見ます。", "急ぎません。", "メモします。"]

    assert difference(new).texts.changed == (
        Text("ask.text", "ja", "画面を見ます。", "画面をよく見ます。"),
        Text("ask.text", "ja", None, "メモします。"),
    )


def test_texts_of_states_and_choices_that_come_or_go_are_not_told_again() -> None:
    new = small_flow()
    new["states"]["more"] = {"no": 9, "title": "新しい", "outcome": "helpdesk"}
    del new["states"]["wait"]
    choices(new, "look")["again"] = {"label": "もう一度", "to": "more"}
    del choices(new, "try")["back"]

    assert difference(new).texts.changed == ()


def test_a_translation_that_nobody_touched_is_stale_where_its_source_changed() -> None:
    expected = Stale("ask.title", "en", OTHER_TITLE[1], "Did it come?", TITLE[1])
    old = english((TITLE, "Did it come?"))

    assert difference(retitled(), old, old).texts.stale == (expected,)
    assert difference(retitled(), old, english((OTHER_TITLE, "Did it come?"))).texts.stale == (expected,)


def test_a_translation_that_is_marked_fuzzy_is_stale_although_its_words_changed() -> None:
    new = english((OTHER_TITLE, "Has it come?"), stale=frozenset({OTHER_TITLE}))
    found = difference(retitled(), english((TITLE, "Did it come?")), new).texts

    assert [stale.translation for stale in found.stale] == ["Did it come?"]


def test_a_translation_that_followed_its_source_is_a_changed_text_and_not_stale() -> None:
    old, new = english((TITLE, "Did it come?")), english((OTHER_TITLE, "Has it arrived?"))
    found = difference(retitled(), old, new).texts

    assert found.stale == ()
    assert Text("ask.title", "en", "Did it come?", "Has it arrived?") in found.changed


def test_a_translation_that_changed_alone_is_a_changed_text() -> None:
    found = difference(small_flow(), english((TITLE, "Did it come?")), english((TITLE, "Has it arrived?"))).texts

    assert found.changed == (Text("ask.title", "en", "Did it come?", "Has it arrived?"),)
    assert found.stale == ()


def test_a_translation_of_a_renamed_state_is_found_under_both_ids() -> None:
    new = small_flow()
    new["states"]["question"] = {**new["states"].pop("ask"), "was": "ask"}
    new["start"] = "question"
    choices(new, "look")["seen"]["to"] = "question"
    words = english((TITLE, "Did it come?")), english((("question.title", TITLE[1]), "Did it come?"))

    assert difference(new, *words).texts.changed == ()


def drawn(title: str) -> Screen:
    wording = {"ja": {"drawing": [{"title": title}, {"text": "説明"}], "look": title}}
    return Screen.model_validate({"name": "画面", "wording": wording})


def test_shared_facts_notes_and_drawings_are_told_too() -> None:
    before = Common(
        facts={"phone": Fact(about="電話", text="1")},
        notes={"hint": Note(title="ヒント", text=("見ます。",))},
        screens={"entry": drawn("サインイン")},
    )
    after = Common(
        facts={"phone": Fact(about="電話", text="2")},
        notes={"hint": Note(title="ヒント", text=("よく見ます。",))},
        screens={"entry": drawn("ログイン")},
    )
    found = changed_common_texts("ja", before, after, {}, {})

    assert set(found.changed) == {
        Text("facts.phone.text", "ja", "1", "2"),
        Text("notes.hint.text", "ja", "見ます。", "よく見ます。"),
        Text("screens.entry.drawing", "ja", "サインイン", "ログイン"),
    }
    assert changed_common_texts("ja", after, after, {}, {}).changed == ()
