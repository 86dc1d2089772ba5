"""Screens: their wording in each language, and how labels are swapped between them."""

from typing import Any

import pytest

from assistant.flow.screen import Screen, Wording, labels


def wording(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"drawing": list(elements), "look": "x"}


def screen(**languages: Any) -> Screen:
    return Screen.model_validate({"name": "n", "frame": "phone", "wording": languages})


SCREENS = {
    "password": screen(
        ja=wording({"title": "パスワードの入力"}, {"icon": "lock"}, {"buttons": ["戻る", "サインイン"]}),
        en=wording({"title": "Enter password"}, {"icon": "lock"}, {"buttons": ["Back", "Sign in"]}),
    ),
    "code": screen(
        ja=wording({"title": "コードの入力"}, {"buttons": ["サインイン"]}),
        en=wording({"title": "Enter code"}, {"buttons": ["Sign in"]}),
    ),
    "stay": screen(
        ja=wording({"title": "サインインの状態を維持しますか?"}, {"buttons": ["いいえ", "はい"]}),
        en=wording({"title": "Stay signed in?"}, {"buttons": ["No", "Yes"]}),
    ),
    "consent": screen(
        ja=wording({"title": "アクセス許可の確認"}, {"buttons": ["はい"]}),
        en=wording({"title": "Review permissions"}, {"buttons": ["Accept"]}),
    ),
    "mail": screen(ja=wording({"title": "受信トレイ"})),
}


@pytest.mark.parametrize(
    ("label", "on", "reads"),
    [
        ("サインイン", "password", "Sign in"),
        ("サインイン", None, "Sign in"),
        ("サインイン", "mail", "Sign in"),
        ("はい", "stay", "Yes"),
        ("はい", "consent", "Accept"),
        ("はい", None, "はい"),
        ("はい", "password", "はい"),
        ("受信トレイ", "mail", "受信トレイ"),
        ("lock", "password", "lock"),
        ("その他", None, "その他"),
        ("サインイン", "nowhere", "Sign in"),
    ],
)
def test_a_label_reads_as_on_the_readers_own_screen_or_on_all_that_agree(
    label: str, on: str | None, reads: str
) -> None:
    assert labels(SCREENS, "ja", "en").swap(label, on) == reads


def test_labels_swap_back_from_english_texts() -> None:
    swapped = labels(SCREENS, "en", "ja")

    assert swapped.swap("Sign in", None) == "サインイン"
    assert swapped.swap("Accept", None) == "はい"


def test_labels_stay_where_texts_and_screens_speak_the_same_language() -> None:
    assert labels(SCREENS, "ja", "ja").swap("サインイン", "password") == "サインイン"


def test_a_screen_without_the_readers_language_is_shown_in_its_first() -> None:
    code, words = SCREENS["mail"].worded("en")

    assert code == "ja"
    assert list(words.labels()) == ["受信トレイ"]
    assert SCREENS["code"].worded("en")[0] == "en"


def test_the_words_of_a_drawing_are_all_but_its_icons() -> None:
    words = Wording.model_validate(wording({"title": "t"}, {"icon": "lock"}, {"buttons": ["a", "b"]}))

    assert list(words.labels()) == ["t", "a", "b"]
    assert words.shape() == (("title", 1), ("icon", 1), ("buttons", 2))
