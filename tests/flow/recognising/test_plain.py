"""The same words are the same letters, however they were typed, pasted or misread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.recognising.plain import placed, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("パスワードの入力", "ﾊﾟｽﾜｰﾄﾞの入力"),
        ("Enter password", "ＥＮＴＥＲ　ＰＡＳＳＷＯＲＤ"),
        ("ユーザー", "ユーザ"),
        ("サインイン", "さいんいん"),
        ("アクセス許可の確認", "ア ク セ ス\n許可 の 確認"),
        ("パスワードの入力", "パスワ一ドの入カ"),
        ("Microsoft アカウント", "Micr0soft アカウン卜"),
        ("Sign in", "S1gn |n"),
        ("▼を押す", "三角を押す"),
        ("#キーを押します", "シャープキーを押します"),
    ],
)
def test_the_same_words_become_the_same_letters(one: str, other: str) -> None:
    assert plain(one) == plain(other) != ""


@pytest.mark.parametrize(
    "whose",
    [
        "anata@example.co.jp",
        "ａｎａｔａ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "https://login.example.com/common/oauth2?x=1",
        "8f0b2a3c-1d4e-4f5a-9b6c-7d8e9f0a1b2c",
        "2026-01-15T00:30:00Z",
    ],
)
def test_addresses_ids_and_times_say_nothing_about_a_screen(whose: str) -> None:
    assert plain(f"これは {whose} です") == plain("これは です")


@given(st.text())
def test_plain_letters_stay_as_they_are(text: str) -> None:
    letters = plain(text)

    assert plain(letters) == letters


@given(st.text(alphabet="パスワードの入力 Sign-in １２３ﾊﾟ…「」#\n"))
def test_every_plain_letter_has_its_place_in_the_text(text: str) -> None:
    letters, places, composed = placed(text)

    assert letters == plain(text)
    assert all(letter in plain(composed[place]) for letter, place in zip(letters, places, strict=True))
