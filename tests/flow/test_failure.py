"""What is picked out of the text of an error page: pasted with everything around it, typed by hand, or made up."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.flow.failure import Failure, read_failure

KNOWN = frozenset({"50020", "50126", "53003", "500121", "65004", "7000222"})
REQUEST = "8f0b2a3c-1d4e-4f5a-9b6c-7d8e9f0a1b2c"
CORRELATION = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
APPLICATION = "d3590ed6-52b3-4102-aeff-aad2292ab01c"
TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"

JAPANESE = f"""\
Microsoft
サインイン
申し訳ありませんがサインイン中に問題が発生しました
AADSTS50020: ID プロバイダー 'live.com' のユーザー アカウント 'taro@example.co.jp' は
テナント '見本' に存在せず、そのテナント内のアプリケーション '{APPLICATION}'(見本) にアクセスできません。
トラブルシューティングの詳細
管理者に連絡する場合は、この情報を管理者に送信してください。
情報をクリップボードにコピーする
要求 ID: {REQUEST}
関連付け ID: {CORRELATION}
タイムスタンプ: 2026-01-15T00:30:00Z
メッセージ: AADSTS50020: ID プロバイダー 'live.com' のユーザー アカウント …
サインイン エラーのフラグを設定する: フラグを有効にする
利用規約  プライバシーと Cookie  ...
"""
ENGLISH = f"""\
Sorry, but we’re having trouble signing you in.
AADSTS500121: Authentication failed during strong authentication request.
Troubleshooting details
If you contact your administrator, send this info to them.
Copy info to clipboard
Request Id: {REQUEST}
Correlation Id: {CORRELATION}
Timestamp: 2026-01-15T00:30:00Z
Message: AADSTS500121: Authentication failed during strong authentication request.
Flag sign-in errors for review: Enable flagging
"""
BLOCKED = f"""\
You cannot access this right now
Your sign-in was successful but does not meet the criteria to access this resource.
More Details
Error Code: 53003
Request Id: {REQUEST}
Correlation Id: {CORRELATION}
Timestamp: 2026-01-15T09:30:00+09:00
App name: Example 50126
App id: {APPLICATION}
IP address: 203.0.113.53
Device state: Unregistered
"""
TOKEN = (
    "AADSTS7000222: The provided client secret keys are expired. "
    f"Trace ID: {REQUEST} Correlation ID: {CORRELATION} Timestamp: 2026-01-15 00:30:00Z"
)
MOMENT = "2026-01-15T00:30:00Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (JAPANESE, Failure("50020", CORRELATION, REQUEST, MOMENT)),
        (ENGLISH, Failure("500121", CORRELATION, REQUEST, MOMENT)),
        (BLOCKED, Failure("53003", CORRELATION, REQUEST, "2026-01-15T09:30:00+09:00")),
        (TOKEN, Failure("7000222", CORRELATION, REQUEST, MOMENT)),
    ],
    ids=["japanese", "english", "blocked", "token"],
)
@pytest.mark.parametrize("changed", ["", "crlf", "one line", "full-width", "capitals", "between"])
def test_a_whole_page_is_read_whatever_stands_around_it(text: str, expected: Failure, changed: str) -> None:
    seen = {
        "": text,
        "crlf": text.replace("\n", "\r\n"),
        "one line": " ".join(text.split()),
        "full-width": "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text),
        "capitals": text.upper(),
        "between": f"すみません、急いでいます。昨日の電話 03-1234-5678 の件です。\n\n{text}\n\nよろしくお願いします。",
    }[changed]

    assert read_failure(seen, KNOWN) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("50126", "50126"),
        (" 50126 \n", "50126"),
        ("５０１２６", "50126"),
        ("50126。", "50126"),
        ("「50126」", "50126"),
        ("99999", "99999"),
        ("９９９９９．", "99999"),
        ("AADSTS50126", "50126"),
        ("aadsts 50126", "50126"),
        ("ＡＡＤＳＴＳ：５０１２６", "50126"),
        ("AADSTS-99999 だそうです", "99999"),
        ("AADSTS\n50126", "50126"),
        ("Error Code: 53003", "53003"),
        ("error code 99999", "99999"),
        ("エラー コード: 53003", "53003"),
        ("エラー番号は99999です", "99999"),
        ("50126と出ました", "50126"),
        ("番号は50126です", "50126"),
        ("The number was 50126.", "50126"),
        ("50126, then nothing", "50126"),
        ("(50126)", "50126"),
        ("確認コードの 482913 を入れたら、50126 でした", "50126"),
        ("コード 482913 を入れたら、エラー コード 99999", "99999"),
        ("AADSTS99999 のあとに 50126 とも出ます", "99999"),
        ("電話は 50-126-5012 です", None),
        ("99999 と出ました", None),
        ("コードは 482913 です", None),
        ("passcode: 482913", None),
        ("50126 番地ではなく 150126x", "50126"),
        ("150126x", None),
        ("v50126", None),
        ("2.50126", None),
        ("203.0.113.50126", None),
        ("12:50126", None),
        ("AADSTS123", None),
        ("123", None),
        ("AADSTS", None),
        ("AADSTS0", None),
        ("AADSTS123456789", None),
        ("050126", None),
        ("パスワードが違うと出ます", None),
        ("", None),
        (" \n", None),
        ("\0", None),
        ("\ud800", None),
    ],
)
def test_a_number_is_found_where_one_is_meant(text: str, number: str | None) -> None:
    assert read_failure(text, KNOWN) == Failure(number)


def test_without_known_numbers_only_what_is_named_or_alone_counts() -> None:
    assert read_failure("50126").number == "50126"
    assert read_failure("AADSTS50126 と出ました").number == "50126"
    assert read_failure("50126 と出ました").number is None


@pytest.mark.parametrize(
    ("text", "correlation", "asked"),
    [
        (f"Correlation Id: {CORRELATION}\nRequest Id: {REQUEST}", CORRELATION, REQUEST),
        (f"correlation-id={CORRELATION}", CORRELATION, None),
        (f"相関ID：{CORRELATION}", CORRELATION, None),
        (f"相関 ID {CORRELATION.upper()}", CORRELATION, None),
        (f"関連付け ＩＤ\n{CORRELATION}", CORRELATION, None),
        (f"トレース ID: {REQUEST}", None, REQUEST),
        (f"要求ID: {REQUEST}\n{CORRELATION}", None, REQUEST),
        (CORRELATION, CORRELATION, None),
        (f"  {CORRELATION}  ", CORRELATION, None),
        (f"AADSTS50020: application '{APPLICATION}'(x) in tenant '{TENANT}'", None, None),
        (f"App id: {APPLICATION}", None, None),
        (f"Correlation Id: {CORRELATION}0", None, None),
        (f"Correlation Id: {CORRELATION[:-1]}", None, None),
        (f"Request Id: {REQUEST}\nRequest Id: {CORRELATION}", None, REQUEST),
    ],
)
def test_ids_are_told_apart_by_their_labels(text: str, correlation: str | None, asked: str | None) -> None:
    failure = read_failure(text)

    assert (failure.correlation_id, failure.request_id) == (correlation, asked)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Timestamp: 2026-01-15T00:30:00Z", "2026-01-15T00:30:00Z"),
        ("Timestamp: 2026-01-15 00:30:00Z", "2026-01-15T00:30:00Z"),
        ("タイムスタンプ：２０２６－０１－１５Ｔ００：３０：００Ｚ", "2026-01-15T00:30:00Z"),
        ("2026-01-15T00:30:00.1234567Z", "2026-01-15T00:30:00Z"),
        ("2026-01-15T09:30:00+09:00", "2026-01-15T09:30:00+09:00"),
        ("2026-01-15T09:30:00 +0900", "2026-01-15T09:30:00+09:00"),
        ("2026-01-14T19:30:00-05:00", "2026-01-14T19:30:00-05:00"),
        ("2026-01-15 09:30 JST", "2026-01-15T09:30+09:00"),
        ("2026-01-15 00:30:00 utc", "2026-01-15T00:30:00Z"),
        ("2026-01-15 00:30:00 GMT", "2026-01-15T00:30:00Z"),
        ("2026-01-15 00:30", "2026-01-15T00:30Z"),
        ("2026-01-15 00:30 でした", "2026-01-15T00:30Z"),
        ("2026-13-15T00:30:00Z", None),
        ("2026-00-15T00:30:00Z", None),
        ("2026-01-39T00:30:00Z", None),
        ("2026-01-15T24:30:00Z", None),
        ("12026-01-15T00:30:00Z", None),
        ("2026-01-15", None),
        ("00:30:00Z", None),
    ],
)
def test_a_time_keeps_its_zone(text: str, moment: str | None) -> None:
    assert read_failure(text).time == moment


pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        (
            "AADSTS",
            "AADSTS50020",
            "Error Code:",
            "Correlation Id: ",
            "要求 ID: ",
            REQUEST,
            CORRELATION,
            "2026-01-15T00:30:00",
        )
    ),
    st.sampled_from((" ", "\n", ":", "-", "Z", "+09:00", "５", "50126", "0", "a", "'", "は", "ﷺ")),
    st.integers(0, 10**9).map(str),
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=20).map("".join))


@given(texts)
@example("AADSTS" + "1" * 9)
@example("2026-02-30T00:00:00Z")
def test_nothing_is_ever_made_up(text: str) -> None:
    failure = read_failure(text, KNOWN)
    plain = unicodedata.normalize("NFKC", text)

    assert failure.number is None or failure.number in plain
    for identity in (failure.correlation_id, failure.request_id):
        assert identity is None or identity in plain.lower()
    if failure.time is not None:
        date, _, clock = failure.time.partition("T")
        assert date in plain
        assert clock[:5] in plain


@given(texts)
def test_a_number_is_one_that_can_stand_in_an_address(text: str) -> None:
    number = read_failure(text, KNOWN).number

    assert number is None or (number.isascii() and number.isdigit() and 4 <= len(number) <= 8 and number[0] != "0")


@pytest.mark.parametrize(
    "text",
    [
        "AADSTS" * 2000,
        "AADSTS" + " " * 10_000,
        "エラー番号" + " " * 10_000,
        "correlation" + " " * 10_000,
        "request id" + " " * 10_000,
        "request id: " * 1000,
        "0a1b2c3d-" * 1100,
        "1" * 10_000,
        "1 " * 5000,
        "2026-01-15 " * 1000,
        " " * 10_000,
        "\n" * 10_000,
        "ﷺ" * 10_000,
        "." * 5000 + "1" + "." * 5000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_a_long_text_takes_no_long_work(text: str) -> None:
    before = time.process_time()
    read_failure(text, KNOWN)

    assert time.process_time() - before < 0.5
