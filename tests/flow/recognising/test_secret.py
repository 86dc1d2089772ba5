"""Passwords and one-time codes are found in what people type, and nothing else is."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.recognising.plain import plain
from assistant.flow.recognising.secret import DAY, without_secrets

KNOWN = frozenset({"16000", "50020", "50126", "53003", "500121", "65004", "7000215", "90094"})


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("482913", ""),
        ("４８２９１３", ""),
        ("482 913", ""),
        ("1234-5678", ""),
        ("メールに482913と書いてあります", "メールに と書いてあります"),
        ("コードは482913です", "コードは です"),
        ("コード: 48291", "コード:"),
        ("Sakura2024", ""),
        ("hunter2hunter2", ""),
        ("パスワードはSakura#1です", "パスワードは です"),
        ("password is Abcd1234", "password is"),
        ("my pin: 4821", "my pin:"),
        ("私のパスワードSakura99", "私のパスワード"),
        ("確認コード 48291", "確認コード"),
        ("Password1", ""),
        ("Sakura!1 と入れた", "と入れた"),
        ("P@ssw0rd", ""),
        ("password is Abcd1", "password is"),
        ("パスワードはSakura#50126", "パスワードは"),
        ("PIN: 5005", "PIN:"),
        ("暗証番号は5300です", "暗証番号は です"),
        ("パスワードはtanakahanako", "パスワードは"),
        ("パスワード「hunter2」", "パスワード「 」"),
        ("ワンタイムパスワード：１２３ ４５６", "ワンタイムパスワード:"),
        ("482913 751204", ""),
        ("5 482913", "5"),
        ("4 8 2 9 1 3", ""),
        ("code 48291 came", "code   came"),
        ("pAss!word9 と入れた", "と入れた"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str, rest: str) -> None:
    cleaned = without_secrets(text, KNOWN)

    assert cleaned.had_secrets
    assert cleaned.text.strip() == rest


@pytest.mark.parametrize(
    "text",
    [
        "AADSTS50020",
        "AADSTS500999",
        "500121",
        "エラー番号は7000215",
        "Error Code: 530001",
        "エラー 530034",
        "エラー５００１２７",
        "CAA20004",
        "エラーコード: 0x80048823",
        "Microsoft365",
        "Windows11",
        "shopping1234 は店の名前",
        "barcode 4901234567",
        "コードの説明 https://example.com/?a=1",
        "コードは50126",
        "50126",
        "2桁の42という数字",
        "20260115に届いた",
        "2026-01-15T00:30:00Z",
        "03-1234-5678",
        "090 1234 5678",
        "123-4567",
        "8f0b2a3c-1d4e-4f5a-9b6c-7d8e9f0a1b2c",
        "anata1!x@example.co.jp",
        "https://example.com/a?b=c1",
        "Office365が開けない",
        "Windows11 です",
        "password is wrong",
        "Password is incorrect!",
        "password is required!",
        "code is 6-digit",
        "パスワード: ********",
        "QRコードが20255",
        "バーコード:12345",
        "login.microsoftonline.com",
        "パスワードは忘れました",
        "パスワードが正しくありません",
        "6桁のコードが来ない",
        "Authenticator",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert not without_secrets(text, KNOWN).had_secrets


def test_a_number_that_may_become_a_known_one_is_left_to_be_typed() -> None:
    assert not without_secrets("700021", KNOWN).had_secrets
    assert without_secrets("700031", KNOWN).had_secrets


@given(
    st.integers(100_000, 99_999_999).map(str),
    st.sampled_from(["{}", "コードは{}", "{}が届いた", "code {} came", "（{}）"]),
)
def test_no_one_time_code_is_left(code: str, said: str) -> None:
    cleaned = without_secrets(said.format(code), ())

    assert code not in cleaned.text or re.search(DAY, code)


@given(st.text())
def test_what_is_cleaned_once_is_clean(text: str) -> None:
    once = without_secrets(text, KNOWN)

    assert not without_secrets(once.text, KNOWN).had_secrets


@pytest.mark.parametrize(
    "letter", ["a", "(", "[", "1", "a@", "pin:((", "㏂", "パスワード", "password ", "a.", "\t", "-"]
)
def test_no_text_takes_longer_than_others_of_its_length(letter: str) -> None:
    def seconds(length: int) -> float:
        text = (letter * length)[:length]
        start = time.process_time()
        without_secrets(text, KNOWN)
        plain(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(8000) < 30 * max(seconds(1000), 0.001)
