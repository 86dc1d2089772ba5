"""A translation names the buttons that its reader's screens have, and the facts, links and lists of its source."""

from pathlib import Path

import pytest

from assistant.catalog.files import read
from assistant.flow.problem import Mark
from assistant.flow.rules.translations import check_translations, drawn
from assistant.flow.screen import Screen
from assistant.flow.translation import Entry, Words, read_words
from tests.flow.good_flow import GOOD, write_flows

SCREENS = {
    "entry": Screen.model_validate(
        {
            "name": "入力",
            "wording": {
                "ja": {"drawing": [{"title": "サインイン"}, {"buttons": ["次へ", "戻る"]}], "look": "次へ"},
                "en": {"drawing": [{"title": "Sign in"}, {"buttons": ["Next", "Back"]}], "look": "Next"},
            },
        }
    ),
    "phone": Screen.model_validate(
        {
            "name": "電話",
            "wording": {
                "ja": {"drawing": [{"buttons": ["次へ"]}], "look": "次へ"},
                "en": {"drawing": [{"buttons": ["Continue"]}], "look": "Continue"},
            },
        }
    ),
}


def codes(source: str, said: str, language: str = "en") -> list[str]:
    words = Words(language, {("a.text", source): said}, path="en.po", lines={("a.text", source): 7})
    found = list(check_translations([Entry("a.text", source, ("notes",))], words, drawn(SCREENS, "ja", language), None))
    assert all((problem.path, problem.mark, problem.severity) == ("en.po", Mark(7), "warning") for problem in found)
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("source", "said", "expected"),
    [
        ("[サインイン] を押します。", "Press [Sign in].", []),
        ("[サインイン] を押します。", "Press **[Sign in]**.", []),
        ("[サインイン] を押します。", "Press “Sign in”.", []),
        ("[サインイン] を押します。", "Press [Sign-in].", ["translated-label"]),
        ("[サインイン] を押します。", "Press [サインイン].", ["translated-label"]),
        ("[サインイン] を押します。", "Sign in.", ["translated-label"]),
        ("[次へ] を押します。", "Press [Next].", []),
        ("[次へ] を押します。", "Press [Continue].", []),
        ("[半角/全角] を押します。", "Press the key.", []),
        ("「サインイン」の意味", "What “signing in” means", []),
        ("{phone}に電話します。", "Call {phone}.", []),
        ("{phone}に電話します。", "Call us.", ["translated-fact"]),
        ("電話します。", "Call {phone}.", ["translated-fact"]),
        ("[案内](https://a.example/)", "[Guide](https://a.example/)", []),
        ("[案内](https://a.example/)", "[Guide](https://b.example/)", ["translated-link", "translated-link"]),
        ("案内を見ます。", "See [the guide](https://b.example/).", ["translated-link"]),
        ("待ちます。", "Press [Next].", ["translated-label"]),
        ("待ちます。", "Press **[Next]**, then [Next].", ["translated-label"]),
        ("待ちます。", "Wait for “the end”.", []),
        ("「次へ」を押します。", "Press [Next].", []),
        ("[案内]({manual})", "Guide", ["translated-fact", "translated-link"]),
        ("- 一\n- 二", "- one\n- two", []),
        ("- 一\n- 二", "- one", ["translated-structure"]),
        ("一\n\n二", "one\n\ntwo", []),
        ("一\n\n二", "one two", ["translated-structure"]),
        ("一\n二", "one", []),
    ],
)
def test_a_translation_names_what_its_source_names(source: str, said: str, expected: list[str]) -> None:
    assert codes(source, said) == expected


def test_in_a_language_without_drawings_a_label_stays_as_the_source_has_it() -> None:
    assert codes("[次へ] を押します。", "Appuyez sur [次へ].", "fr") == []
    assert codes("[次へ] を押します。", "Appuyez sur [Suivant].", "fr") == ["translated-label"]


def test_a_label_of_the_texts_own_screen_is_meant_also_in_quotation_marks_and_no_other_screens(tmp_path: Path) -> None:
    folder = write_flows(tmp_path, GOOD.replace("読み上げます。", "「入力」を読み上げます。"))
    (folder / "common" / "screens.yaml").write_text(
        "screens: {entry: {name: 画面, frame: window, wording: {ja: {drawing: [title: 入力], look: 入力}, "
        "en: {drawing: [title: Enter], look: Enter}}}}\n",
        "utf-8",
    )
    (folder / "demo" / "locales").mkdir()
    po = folder / "demo" / "locales" / "en.po"
    po.write_text('msgctxt "ask.script"\nmsgid "「入力」を読み上げます。"\nmsgstr "Read “Input” out."\n', "utf-8")

    found = [each for each in read(folder).problems if each.code == "translated-label"]
    assert [(each.mark.line, Path(each.path).name) for each in found] == [(2, "en.po")]
    assert str(found[0].message) == "on the drawing '入力' reads [Enter]; say so in the translation"


def test_a_stale_translation_is_not_compared() -> None:
    words, _ = read_words("en.po", '#, fuzzy\nmsgctxt "a.text"\nmsgid "[次へ]"\nmsgstr "old"\n', "en")
    labels = drawn(SCREENS, "ja", "en")

    assert list(check_translations([Entry("a.text", "[次へ]", ("notes",))], words, labels, None)) == []


@pytest.mark.parametrize("said", ["[a](javascript:alert(1))", "[a](javascript:b)", "[a]（https://a.example/）"])
@pytest.mark.parametrize("stale", [False, True])
def test_a_link_of_a_translation_that_may_lead_nowhere_is_an_error(said: str, stale: bool) -> None:
    key = ("a.text", "案内")
    words = Words("en", {key: said}, frozenset({key} if stale else ()), "en.po", {key: 7})
    found = check_translations([Entry(*key, ("notes",))], words, drawn(SCREENS, "ja", "en"), None)

    assert ("bad-link", Mark(7), "error") in [(problem.code, problem.mark, problem.severity) for problem in found]
