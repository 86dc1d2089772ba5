"""What is kept of somebody's own words: nothing by which they, or what is theirs, could be known."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.recognising.masking import LONGEST, MARK, has_words, masked

KNOWN = frozenset({"50126", "16000", "500121", "7000215", "unknown"})
DIGIT_RUN = re.compile(r"(?<!\d)\d{4,}(?!\d)")
PHONE = st.from_regex(r"\A(\+81[ -]?|0)[1-9]{1,3}[- (]{1}\d{2,4}[-) ]{1}\d{4}\Z")
GUID = st.uuids().map(str)
PERSONAL = st.one_of(
    st.emails(),
    st.from_regex(r"\A[0-9]{6,8}\Z"),
    st.from_regex(r"\A[０-９]{6,8}\Z"),
    GUID,
    GUID.map(str.upper),
    PHONE,
    st.from_regex(r"\Ahttps?://[a-z]{1,9}[.]example/[a-z0-9/?=&-]{0,20}\Z"),
)
WORDS = st.sampled_from(
    ["", " ", "画面に", "と出ました", "code ", "エラー", "「", "」", "\n", "、", "50126", "\u200b", "@"]
)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("「アカウントの選択」と出ている", "「アカウントの選択」と出ている"),
        ("アドレスはtaro@example.co.jpです", f"アドレスは{MARK}です"),
        ("taro＠example.co.jp", MARK),
        ("taro @ example.co.jp と出た", f"{MARK} と出た"),
        ("taro(at)example.co.jp", MARK),
        ("山田@例え.jp と出た", f"{MARK} と出た"),
        ("「@」の前が違う", "「@」の前が違う"),
        ("https://login.example.com/a?b=cと出ました", f"{MARK}と出ました"),
        ("https://example.com/山田太郎 です", f"{MARK} です"),
        ("login.example.com/common/oauth2 が開いた", f"{MARK} が開いた"),
        ("login.microsoftonline.com と書いてある", "login.microsoftonline.com と書いてある"),
        ("電話は090-1234-5678です", f"電話は{MARK}です"),
        ("電話は０９０ー１２３４ー５６７８", f"電話は{MARK}"),
        ("(03) 1234-5678 まで", f"{MARK} まで"),
        ("+81 3 1234 5678", MARK),
        ("ID 11111111-aaaa-4bbb-8ccc-000000000001 です", f"ID {MARK} です"),
        ("番号1 2 3 4 5 6を入れた", f"番号{MARK}を入れた"),
        ("12\u200b3456と出た", f"{MARK}と出た"),
        ("社員番号A12345", f"社員番号A{MARK}"),
        ("AADSTS50126 と出た", "AADSTS50126 と出た"),
        ("エラー 50126, 16000 と 12345", f"エラー 50126, 16000 と {MARK}"),
        ("AADSTS1234567", f"AADSTS{MARK}"),
        ("3回押して12時30分に止まった", "3回押して12時30分に止まった"),
        ("一行目\r\n二行目\x1b[31m", "一行目 二行目[31m"),
        ("", ""),
    ],
)
def test_what_is_personal_is_left_out_and_the_rest_stays(said: str, kept: str) -> None:
    assert masked(said, KNOWN) == kept


@pytest.mark.parametrize(
    "said", ["パスワードは abc123!x", "passw0rd!Tokyo と入れた", "確認コードは 123456", "Xk29sLq0aB"]
)
def test_secrets_are_left_out(said: str) -> None:
    kept = masked(said, KNOWN)

    assert not any(secret in kept for secret in ("p@ss", "!x9", "passw0rd", "123456", "Xk29"))


@given(st.lists(st.one_of(WORDS, PERSONAL, st.text(max_size=12)), max_size=12).map("".join))
def test_no_mail_address_and_no_unknown_number_ever_survives(said: str) -> None:
    kept = masked(said, KNOWN)

    assert [digits for digits in DIGIT_RUN.findall(kept) if digits not in KNOWN] == []
    assert re.search(r"[^\s@「」『』、。]@[^\s@「」『』、。]", kept) is None
    assert "://" not in kept
    assert len(kept) <= LONGEST


@given(st.text(max_size=30), PERSONAL, st.text(max_size=30))
def test_nothing_personal_survives_whatever_stands_around_it(before: str, personal: str, after: str) -> None:
    assert unicodedata.normalize("NFKC", personal) not in masked(f"{before} {personal} {after}", KNOWN)


@given(st.lists(st.one_of(WORDS, PERSONAL, st.text()), max_size=40).map("".join))
def test_masking_again_changes_nothing(said: str) -> None:
    kept = masked(said, KNOWN)

    assert masked(kept, KNOWN) == kept


@given(st.text(), st.integers(0, 120))
def test_what_is_kept_is_one_line_that_every_terminal_and_database_takes(said: str, spaces: int) -> None:
    kept = masked(said + "\n" * spaces + said, KNOWN)

    assert kept == " ".join(kept.split())
    assert not any(unicodedata.category(letter).startswith("C") for letter in kept)
    assert kept.encode().decode() == kept


def test_a_text_of_marks_alone_says_nothing() -> None:
    assert not has_words(masked("taro@example.com", KNOWN))
    assert not has_words("")
    assert not has_words(f"{MARK}、{MARK}。")
    assert has_words(masked("画面", KNOWN))


@pytest.mark.parametrize("letter", ["a", "a.", "a@", "1", "1-", "/", "あ", "a1!", "://", "(at)"])
def test_long_texts_are_masked_at_once(letter: str) -> None:
    assert len(masked(letter * 60_000, KNOWN)) <= LONGEST
