"""Who finds their screen nowhere may tell which one they see; they see exactly what is kept, and agreed to it."""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from assistant.config import ConfigError
from assistant.flow.recognising.masking import MARK
from assistant.store import Store
from assistant.store.unknown_screens import TOLD_AN_HOUR
from tests.web.customer import ORIGIN

AT = "/ja/small/begin.again/menu.typed/"
AGREED = {"consent": "yes"}


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'assistant.db'}"


@pytest.fixture
def app(build: Callable[..., Flask], database: str) -> Flask:
    return build(base_url=ORIGIN, database_url=database, keeps_unknown_screens=True)


def send(app: Flask, text: str, page: str = AT, consent: dict[str, str] = AGREED, **headers: str) -> TestResponse:
    path, _, query = page.partition("?")
    return app.test_client().post(
        f"{path}identify/tell/{'?' if query else ''}{query}",
        base_url=ORIGIN,
        data={"text": text, **consent},
        headers={"Origin": ORIGIN, **headers},
    )


def kept(database: str) -> list[str]:
    store = Store.open(database)
    return [told.text for told in store.unknown_screens.told()]


def soup(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.get_data(), "html.parser")


def one(response: TestResponse, selector: str) -> Tag:
    (found,) = soup(response).select(selector)
    return found


def links(response: TestResponse) -> list[str]:
    return [str(link["href"]) for link in soup(response).select("main a")]


def test_what_was_told_is_kept_and_shown_as_it_is_kept(app: Flask, database: str) -> None:
    response = send(app, "taro@example.co.jp で AADSTS50126 という画面")

    assert response.status_code == 200
    assert "ありがとうございます" in one(response, "h1").get_text()
    assert kept(database) == [f"{MARK} で AADSTS50126 という画面"]
    assert one(response, "dd").get_text() == kept(database)[0]
    assert "取り除いたところ" in response.text
    assert "taro" not in response.text


def test_what_is_kept_whole_is_not_explained(app: Flask) -> None:
    assert "取り除いたところ" not in send(app, "「アカウントの選択」と出ている").text


def test_afterwards_there_are_ways_on(app: Flask) -> None:
    response = send(app, "画面")

    assert links(response) == [f"{AT}identify/", f"{AT}try.lost/", AT]
    assert str(one(response, "main")["data-instead"]) == f"{AT}identify/"
    assert app.test_client().get(f"{AT}try.lost/", base_url=ORIGIN).status_code == 200


def test_the_screens_of_the_reader_stay(app: Flask) -> None:
    assert links(send(app, "画面", f"{AT}?screen=en"))[0] == f"{AT}identify/?screen=en"
    assert one(send(app, "", f"{AT}?screen=en"), "form")["action"] == f"{AT}identify/tell/?screen=en"


def test_where_nobody_can_be_lost_there_is_no_such_way(app: Flask) -> None:
    done = f"{AT}try.signed-in/"

    assert links(send(app, "画面", done)) == [f"{done}identify/", done]


def test_the_page_is_in_the_language_of_the_guide(app: Flask) -> None:
    response = send(app, "It says hello", AT.replace("/ja/", "/en/"))

    assert one(response, "h1").get_text() == "Thank you"
    assert one(response, "html")["lang"] == "en"


def test_the_language_and_the_flow_come_from_the_path(app: Flask, database: str) -> None:
    send(app, "It says hello", AT.replace("/ja/", "/en/"))
    [told] = Store.open(database).unknown_screens.told()

    assert (told.language, told.flow) == ("en", "small")


def test_without_consent_nothing_is_kept_and_the_form_stands_again_without_what_is_masked(
    app: Flask, database: str
) -> None:
    response = send(app, "taro@example.co.jp という画面", consent={})

    assert response.status_code == 422
    assert kept(database) == []
    assert "チェックを入れてください" in one(response, "#consent-fault").get_text()
    assert one(response, "textarea").get_text() == f"{MARK} という画面"
    assert "checked" not in one(response, "#consent").attrs


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "何も書かれていません"),
        (" \n", "何も書かれていません"),
        ("taro@example.co.jp", "保存しません"),
        ("123456", "保存しません"),
    ],
)
def test_a_text_that_says_nothing_is_asked_for_again(app: Flask, database: str, text: str, says: str) -> None:
    response = send(app, text)

    assert response.status_code == 422
    assert kept(database) == []
    assert says in one(response, "#tell-fault").get_text()
    assert one(response, "textarea").get_text() == ""
    assert str(one(response, "textarea")["aria-describedby"]).split() == ["tell-hint", "tell-fault"]


def test_the_form_that_stands_again_can_be_sent(app: Flask, database: str) -> None:
    form = one(send(app, "", AT), "form")
    response = app.test_client().post(
        str(form["action"]), base_url=ORIGIN, data={"text": "画面", "consent": "yes"}, headers={"Origin": ORIGIN}
    )

    assert (response.status_code, kept(database)) == (200, ["画面"])


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_only_pages_of_ours_may_send_it(app: Flask, database: str, origin: str) -> None:
    assert send(app, "画面", Origin=origin).status_code == 403
    assert kept(database) == []


def test_who_opens_the_address_of_the_form_comes_to_the_page_that_has_it(app: Flask) -> None:
    response = app.test_client().get(f"{AT}identify/tell/?screen=en", base_url=ORIGIN)

    assert (response.status_code, response.headers["Location"]) == (303, f"{AT}identify/?screen=en")


@pytest.mark.parametrize("path", ["/xx/small/", "/ja/nothing/", "/ja/"])
def test_an_unknown_language_or_flow_is_not_found(app: Flask, path: str) -> None:
    assert send(app, "画面", path).status_code == 404


def test_after_the_guide_has_changed_the_text_is_kept_and_the_way_on_is_what_the_guide_still_has(
    app: Flask, database: str
) -> None:
    response = send(app, "画面", "/ja/small/begin.again/nothing.here/menu.typed/")

    assert response.status_code == 200
    assert links(response)[0] == "/ja/small/begin.again/identify/"
    assert kept(database) == ["画面"]


def test_a_path_as_long_as_any_is_answered_at_once(app: Flask) -> None:
    assert send(app, "画面", "/ja/small/begin.again/" + "circle.back/" * 600).status_code == 200


def test_under_a_prefix_the_links_carry_it(build: Callable[..., Flask], database: str) -> None:
    app = build(base_url=f"{ORIGIN}/help", database_url=database, keeps_unknown_screens=True)
    response = app.test_client().post(
        f"/help{AT}identify/tell/", base_url=ORIGIN, data={"text": "画面", **AGREED}, headers={"Origin": ORIGIN}
    )

    assert links(response) == [f"/help{AT}identify/", f"/help{AT}try.lost/", f"/help{AT}"]


def test_when_there_are_enough_nothing_more_is_kept_and_thanks_are_said(app: Flask, database: str) -> None:
    store = Store.open(database)
    for _ in range(TOLD_AN_HOUR):
        store.unknown_screens.tell("ja", "small", "画面")
    response = send(app, "もう一つの画面")

    assert response.status_code == 200
    assert "じゅうぶんな数" in response.text
    assert "もう一つ" not in response.text
    assert links(response)[0] == f"{AT}identify/"
    assert kept(database) == ["画面"] * TOLD_AN_HOUR


def test_when_the_store_fails_the_guide_goes_on_and_one_line_without_the_text_is_logged(
    app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(tmp_path / "assistant.db") as connection:
        connection.execute("DROP TABLE unknown_screens")
    connection.close()
    caplog.set_level(logging.DEBUG)
    response = send(app, "planted words")

    assert response.status_code == 503
    assert "保存できませんでした" in one(response, "h1").get_text()
    assert links(response) == [f"{AT}identify/", f"{AT}try.lost/", AT]
    [line] = [record.getMessage() for record in caplog.records]
    assert line == "an unknown screen was told and could not be kept: no such table: unknown_screens"
    assert app.test_client().get(AT, base_url=ORIGIN).status_code == 200


def test_the_answers_are_kept_by_nobody_else(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for response in (send(app, "planted words"), send(app, "planted words", consent={}), send(app, "")):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in response.headers
        assert "ETag" not in response.headers

    assert "planted" not in caplog.text


def test_a_text_longer_than_any_form_of_ours_is_refused(app: Flask, database: str) -> None:
    assert send(app, "x" * 100_000).status_code == 413
    assert kept(database) == []


def test_nobody_can_tell_anything_unless_it_is_on(small: Flask, build: Callable[..., Flask], database: str) -> None:
    for app in (small, build(base_url=ORIGIN, database_url=database)):
        assert send(app, "画面").status_code in (404, 405)


def test_a_database_that_cannot_be_opened_stops_the_start(build: Callable[..., Flask], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^ASSISTANT_DATABASE_URL: the database cannot be opened: '.*nowhere"):
        build(database_url=f"sqlite:///{tmp_path}/nowhere/assistant.db", keeps_unknown_screens=True)


def test_pages_change_their_version_when_it_is_turned_on(build: Callable[..., Flask], app: Flask) -> None:
    etags = {each.test_client().get(AT, base_url=ORIGIN).headers["ETag"] for each in (app, build(base_url=ORIGIN))}

    assert len(etags) == 2


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_told_is_answered_and_leads_on(app: Flask, text: str) -> None:
    response = send(app, text.encode("utf-8", "ignore").decode())

    assert response.status_code in (200, 422)
    assert links(response)[0] == f"{AT}identify/"


ASKING = "/ja/small/begin.again/"


def test_who_saw_none_of_the_drawings_may_tell_and_comes_back_to_the_page(app: Flask, database: str) -> None:
    page = app.test_client().get(f"{ASKING}identify/?among=all&not=entry&screen=en", base_url=ORIGIN)
    form = one(page, "form.tell")
    sent = app.test_client().post(
        urljoin(f"{ASKING}identify/?among=all&not=entry&screen=en", str(form["action"])),
        base_url=ORIGIN,
        data={"text": "鍵の絵の画面", **AGREED},
        headers={"Origin": ORIGIN},
    )

    assert page.status_code == sent.status_code == 200
    assert kept(database) == ["鍵の絵の画面"]
    assert any(link.endswith(f"{ASKING}identify/?screen=en") for link in links(sent))


@pytest.mark.parametrize("query", ["", "?among=all"])
def test_nobody_is_asked_to_tell_before_they_saw_a_drawing(app: Flask, query: str) -> None:
    page = app.test_client().get(f"{ASKING}identify/{query}", base_url=ORIGIN)

    assert page.status_code == 200
    assert soup(page).select("form.tell") == []


def test_the_form_stands_nowhere_unless_it_is_on(build: Callable[..., Flask]) -> None:
    page = build(base_url=ORIGIN).test_client().get(f"{ASKING}identify/?among=all&not=entry", base_url=ORIGIN)

    assert page.status_code == 200
    assert soup(page).select("form.tell") == []
