"""A wording is found as a whole label, as a part of another one, or in a sentence."""

import pytest

from assistant.flow.rewording import Rewording


def kinds(text: str, old: str = "サインイン", *, drawn: bool = False) -> list[str]:
    return [each.kind for each in Rewording(old, "ログイン").find(text, drawn=drawn)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[サインイン] を押します。", ["label"]),
        ("**「サインイン」** を押します。", ["label"]),
        ("サインイン", ["label"]),
        ("[サインイン]か[サインイン]", ["label", "label"]),
        ("[サインインのオプション]", ["other-label"]),
        ("「サインインしますか」", ["other-label"]),
        ("サインインを試す", ["words"]),
        ("[サインイン](https://example.com/)", ["words"]),
        ("サインインの画面で [サインイン]", ["words", "label"]),
        ("ログイン", []),
    ],
)
def test_a_name_is_told_from_a_sentence(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_a_drawn_text_is_one_label() -> None:
    assert kinds("サインイン", drawn=True) == ["label"]
    assert kinds("サインインの状態を維持しますか?", drawn=True) == ["other-label"]


@pytest.mark.parametrize(
    ("text", "expected"), [("Sign into it, or Sign in.", ["words"]), ("ReSign in", []), ("“Sign in” now", ["label"])]
)
def test_latin_letters_are_found_as_whole_words(text: str, expected: list[str]) -> None:
    assert kinds(text, "Sign in") == expected


@pytest.mark.parametrize(("words", "expected"), [(False, "サインインの [ログイン]"), (True, "ログインの [ログイン]")])
def test_sentences_are_reworded_on_demand_only(words: bool, expected: str) -> None:
    rewording, text = Rewording("サインイン", "ログイン", words=words), "サインインの [サインイン]"

    assert rewording.reword(text, filter(rewording.wanted, rewording.find(text))) == expected
