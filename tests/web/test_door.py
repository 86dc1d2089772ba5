"""The second door: a number or a pasted page leads on, says what others will ask for, and is kept nowhere."""

import logging
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.web.customer import ORIGIN, PAGE, TRY, form_of

ERROR_PAGE = f"{PAGE}try.error/"
PASTED = """Sorry, but we’re having trouble signing you in.
AADSTS53003: Access has been blocked by Conditional Access policies.
Request Id: 11111111-aaaa-4bbb-8ccc-000000000001
Correlation Id: 22222222-aaaa-4bbb-8ccc-000000000002
Timestamp: 2026-01-15T00:30:00Z
"""


def send(app: Flask, text: str, page: str = ERROR_PAGE) -> TestResponse:
    client = app.test_client()
    return client.post("/auth/code", base_url=ORIGIN, data=form_of(page, text=text), headers={"Origin": ORIGIN})


def said(response: TestResponse) -> str:
    return " ".join(BeautifulSoup(response.get_data(), "html.parser").get_text().split())


def links(response: TestResponse, selector: str = ".choices a") -> list[str]:
    return [str(link["href"]) for link in BeautifulSoup(response.get_data(), "html.parser").select(selector)]


@pytest.mark.parametrize("page", [PAGE, ERROR_PAGE])
def test_the_box_stands_where_a_number_leads_on(small: Flask, page: str) -> None:
    soup = BeautifulSoup(small.test_client().get(page, base_url=ORIGIN).get_data(), "html.parser")
    form = soup.select_one('form[action$="auth/code"]')

    assert form is not None
    assert {field["name"]: field["value"] for field in form.select("input[type=hidden]")} == form_of(page)
    assert (soup.select_one(".door") is not None) == (page == PAGE)


@pytest.mark.parametrize(
    "typed", ["50020", "５００２０", "AADSTS50020", " エラー 50020 と出ました", "Error Code: 50020"]
)
def test_a_known_number_leads_on_by_itself(small: Flask, typed: str) -> None:
    response = send(small, typed)

    assert response.status_code == 200
    assert links(response) == [f"{ERROR_PAGE}error-shown.code-50020/"]
    assert small.test_client().get(links(response)[0], base_url=ORIGIN).status_code == 200


def test_at_the_sign_in_itself_a_number_leads_on_from_there(small: Flask) -> None:
    assert links(send(small, "50126", PAGE)) == [f"{PAGE}try.code-50126/"]


def test_a_number_that_nobody_explained_leads_on_without_standing_in_an_address(small: Flask) -> None:
    response = send(small, "AADSTS1234567")

    assert links(response) == [f"{ERROR_PAGE}error-shown.code-unknown/"]
    assert "AADSTS1234567" in said(response)
    assert "この番号は、窓口で調べます。" in said(response)


def test_everything_that_others_will_ask_for_is_picked_out(small: Flask) -> None:
    response = send(small, PASTED)
    soup = BeautifulSoup(response.get_data(), "html.parser")
    facts = {term.get_text(): term.find_next("dd").get_text() for term in soup.select("dt")}  # type: ignore[union-attr]

    assert facts == {
        "エラー番号": "AADSTS53003",
        "関連付け ID（Correlation Id）": "22222222-aaaa-4bbb-8ccc-000000000002",
        "要求 ID（Request Id）": "11111111-aaaa-4bbb-8ccc-000000000001",
        "時刻（日本時間）": "2026-01-15 09:30:00",
        "時刻": "2026-01-15 00:30:00 UTC",
        "ページの番号": "9",
    }


def test_in_english_the_time_is_that_of_the_logs(small: Flask) -> None:
    response = send(small, PASTED, ERROR_PAGE.replace("/ja/", "/en/"))

    assert "2026-01-15 00:30:00 UTC" in said(response)
    assert "日本" not in said(response)


@pytest.mark.parametrize(("number", "who"), [("53003", "システム管理者"), ("50020", "ヘルプデスク")])
def test_the_ready_text_is_for_who_can_help_and_holds_all_that_is_known(small: Flask, number: str, who: str) -> None:
    response = send(small, PASTED.replace("53003", number))
    soup = BeautifulSoup(response.get_data(), "html.parser")
    body = soup.select_one(".message pre")
    mail = soup.select_one(".message a.button")
    assert body is not None
    assert mail is not None

    for known in (f"AADSTS{number}", "22222222-aaaa-4bbb-8ccc-000000000002", "09:30:00", "ページの番号: 9"):
        assert known in body.get_text()
        assert known in unquote(str(mail["href"]))
    assert who in soup.select(".message h2")[0].get_text()
    assert "フラグを有効にする" in said(response)


def test_where_only_the_next_page_can_tell_there_is_no_text_for_anybody(small: Flask) -> None:
    response = send(small, "53000")

    assert "直せる人" not in said(response)
    assert BeautifulSoup(response.get_data(), "html.parser").select(".message") == []


def test_what_a_customer_mends_alone_needs_no_text_for_others(small: Flask) -> None:
    response = send(small, "50126")

    assert BeautifulSoup(response.get_data(), "html.parser").select(".message") == []
    assert "フラグを有効にする" not in said(response)


@pytest.mark.parametrize("typed", ["", "わかりません", "12", "123456789012", "AADSTS"])
def test_without_a_number_the_box_stands_again_with_a_way_on(small: Flask, typed: str) -> None:
    response = send(small, typed)

    assert response.status_code == 422
    assert links(response) == [f"{ERROR_PAGE}error-shown.code-unknown/"]
    assert links(response, ".start a") == [ERROR_PAGE]
    assert BeautifulSoup(response.get_data(), "html.parser").select_one("textarea") is not None


def test_the_answer_is_kept_by_nobody(small: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    response = send(small, f"{PASTED} planted@customer.example planted-password")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in response.headers
    assert "ETag" not in response.headers
    assert "planted" not in response.text + caplog.text


def test_the_screens_of_the_reader_stay(small: Flask) -> None:
    response = send(small, "50020", f"{ERROR_PAGE}?screen=en")

    assert links(response) == [f"{ERROR_PAGE}error-shown.code-50020/?screen=en"]


def test_who_opens_the_address_of_the_form_comes_to_the_first_page(small: Flask) -> None:
    response = small.test_client().get("/auth/code", base_url=ORIGIN)

    assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_a_text_longer_than_any_page_is_refused(small: Flask) -> None:
    assert send(small, "x" * 100_000).status_code == 413


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_whatever_is_pasted_is_answered_and_leads_on(small: Flask, text: str) -> None:
    response = send(small, text.encode("utf-8", "ignore").decode(), f"/ja/small/{TRY}")

    assert response.status_code in (200, 422)
    assert [small.test_client().get(link, base_url=ORIGIN).status_code for link in links(response)] == [200]
