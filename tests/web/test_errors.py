"""Errors: pages in both languages that lead back, data for programs, and nothing about what went wrong inside."""

import json
import logging
from collections.abc import Callable

import pytest
from flask import Flask

from assistant.web.pages import Pages
from assistant.web.speech import Speech
from tests.web.asking import Answer, ask

SECRET = "the-innermost-thing"


def broken(*args: object) -> str:
    raise RuntimeError(SECRET)


def languages_of(page: Answer) -> list[object]:
    return [part["lang"] for part in page.soup.select("main [lang]") if part.select("h1, h2")]


@pytest.mark.parametrize(
    ("target", "accepted", "order"),
    [
        ("/en/nothing/", "ja", ["en", "ja"]),
        ("/ja/nothing/", "en", ["ja", "en"]),
        ("/nothing/", "en", ["en", "ja"]),
        ("/nothing/", "", ["ja", "en"]),
    ],
)
def test_an_error_speaks_every_language_the_readers_first(
    small: Flask, target: str, accepted: str, order: list[str]
) -> None:
    page = ask(small, target, accept_language=accepted)

    assert page.status == 404
    assert languages_of(page) == order
    assert page.soup.html is not None
    assert page.soup.html["lang"] == order[0]
    assert len(page.words("h1")) == 1


@pytest.mark.parametrize(
    ("target", "method", "status"),
    [("/ja/nothing/", "GET", 404), ("/ja/small/", "POST", 405), (f"/{'x' * 9000}", "GET", 414)],
)
def test_an_error_leads_back_to_pages_that_exist(small: Flask, target: str, method: str, status: int) -> None:
    page = ask(small, target, method)

    assert page.status == status
    assert str(status) in page.main.get_text()
    assert {link.target for link in page.links()} == {"/ja/", "/en/"}
    assert {ask(small, link.target).status for link in page.links()} == {200}
    assert {ask(small, file).status for file in page.resources} == {200}


def test_a_fault_of_ours_is_a_page_in_both_languages_that_tells_nothing_about_it(
    build: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = build()
    monkeypatch.setattr(Pages, "page", broken)

    with caplog.at_level(logging.ERROR):
        pages = [ask(app, "/ja/small/begin.again/?screen=en") for _ in range(2)]

    for page in pages:
        assert page.status == 500
        assert languages_of(page) == ["ja", "en"]
        assert page.headers["Cache-Control"] == "no-store"
        assert SECRET not in page.body.decode()
        assert "RuntimeError" not in page.body.decode()
    assert [record.exc_info is not None and SECRET in str(record.exc_info[1]) for record in caplog.records] == [
        True,
        True,
    ]
    assert "screen" not in caplog.records[0].getMessage()


def test_after_a_fault_the_page_is_served_again(build: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    app = build()
    with monkeypatch.context() as patch:
        patch.setattr(Pages, "page", broken)
        patch.setattr(app.logger, "disabled", True)
        assert ask(app, "/ja/small/").status == 500

    assert ask(app, "/ja/small/").status == 200


def test_a_fault_in_the_twin_is_data_that_tells_nothing_about_it(
    build: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = build()
    monkeypatch.setattr(app.logger, "disabled", True)
    monkeypatch.setattr(Speech, "title", broken)

    answer = ask(app, "/api/v1/ja/small/")
    assert (answer.status, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert json.loads(answer.body)["status"] == 500
    assert SECRET not in answer.body.decode()


@pytest.mark.parametrize(
    ("target", "method", "status"),
    [
        ("/api/v1/xx/", "GET", 404),
        ("/api/v1/ja/nothing/", "GET", 404),
        ("/api/v1/999", "GET", 404),
        ("/api/v1/%00/", "GET", 404),
        ("/api/v1/%E3%81%82/small/", "GET", 404),
        ("/api/v1", "POST", 405),
        ("/api/v1/ja/small/", "POST", 405),
        (f"/api/v1/{'x' * 9000}", "GET", 414),
    ],
)
def test_errors_of_the_twin_are_problem_details(small: Flask, target: str, method: str, status: int) -> None:
    answer = ask(small, target, method)

    problem = json.loads(answer.body)
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
