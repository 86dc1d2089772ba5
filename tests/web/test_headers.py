"""The headers of every answer, whatever it is: one test pins them on all routes, errors, redirects and static files."""

from collections.abc import Callable
from pathlib import Path
from wsgiref.validate import validator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.web.asking import Answer, ask

EVERYWHERE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
PAGE = {"Cache-Control": "public, no-cache", "Vary": "Accept-Encoding", "ETag": "any", "Content-Length": "any"}
BRIEF = {"Cache-Control": "no-store", "Content-Length": "any"}
REDIRECT = {"Cache-Control": "no-cache", "Location": "any", "Content-Length": "any"}
HTML = {"Content-Type": "text/html; charset=utf-8"}
JSON = {"Content-Type": "application/json"}
PROBLEM = {"Content-Type": "application/problem+json"}
TEXT = {"Content-Type": "text/plain; charset=utf-8"}
DEEPER = {"X-Robots-Tag": "noindex"}
SEEN = BRIEF | HTML | {"Location": "any"}

# For each rule of the application: what can be asked there, and the headers of the answer beside those everywhere.
ROUTES: dict[str, dict[str, dict[str, str]]] = {
    "/": {"/": REDIRECT | HTML | {"Vary": "Accept-Language"}},
    "/<path:path>": {
        "/ja/": PAGE | HTML,
        "/ja/small/": PAGE | HTML,
        "/ja/small/?screen=en": PAGE | HTML,
        "/ja/small/begin.again/": PAGE | HTML | DEEPER,
        "/ja/small/begin.again/?change=1": PAGE | HTML | DEEPER,
        "/ja/small/begin.again": REDIRECT | HTML,
        "/ja/small/begin.again/identify/?among=all": PAGE | HTML | DEEPER,
        "/ja/small/begin.again/identify/?among=x": REDIRECT | HTML,
        "/ja/small/begin.again/identify/all/": PAGE | HTML | DEEPER,
        "/ja/small/begin.x/identify/": REDIRECT | HTML,
        "/ja/small/begin.x/": REDIRECT | HTML,
        "/2": REDIRECT | HTML | {"Vary": "Accept-Language"},
        "/ja/2": REDIRECT | HTML,
        "/ja": REDIRECT | HTML,
        "/nothing/": BRIEF | HTML,
        f"/{'x' * 9000}": BRIEF | HTML,
    },
    "/<path:path>/identify/": {"/ja/small/begin.again/identify/": PAGE | HTML | DEEPER},
    "/api/v1/": {"/api/v1/": PAGE | JSON, "/api/v1": REDIRECT | HTML},
    "/api/v1/<path:path>": {
        "/api/v1/ja/": PAGE | JSON,
        "/api/v1/ja/small/begin.again/": PAGE | JSON,
        "/api/v1/ja/small": REDIRECT | HTML,
        "/api/v1/2": REDIRECT | HTML | {"Vary": "Accept-Language"},
        "/api/v1/ja/small/begin.x/": BRIEF | PROBLEM,
        "/api/v1/nothing/small/": BRIEF | PROBLEM,
    },
    "/auth/start": {"/auth/start": SEEN},
    "/auth/callback": {"/auth/callback": BRIEF | HTML, "/auth/callback?code=x&state=y": BRIEF | HTML},
    "/auth/result": {"/auth/result": BRIEF | HTML | DEEPER},
    "/auth/end": {"/auth/end": BRIEF | HTML | DEEPER},
    "/auth/code": {"/auth/code": SEEN},
    "/healthz": {"/healthz": BRIEF | TEXT},
    "/readyz": {"/readyz": BRIEF | TEXT},
    "/metrics": {"/metrics": BRIEF | {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}},
    "/static/<digest>/<path:name>": {
        "/static/000000000000/app.css": BRIEF | HTML,
        "/static/../app.css": BRIEF | HTML,
    },
}
# The same for the routes that are only there where something is kept.
KEEPING_ROUTES = {"/<path:path>/identify/tell/": {"/ja/small/identify/tell/": SEEN}}
IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding", "Content-Length": "any"}
TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
WORDS = "/ja/small/begin.again/identify/"


def pinned(answer: Answer) -> dict[str, str]:
    loose = ("ETag", "Content-Length", "Location")
    return {name: "any" if name in loose else value for name, value in answer.headers.items()}


@pytest.fixture
def keeping(build: Callable[..., Flask], tmp_path: Path) -> Flask:
    return build(database_url=f"sqlite:///{tmp_path / 'assistant.db'}", keeps_unknown_screens=True)


def test_every_route_is_pinned_here(small: Flask) -> None:
    rules: list[Rule] = list(small.url_map.iter_rules())

    assert {rule.rule for rule in rules} == set(ROUTES)


def test_every_route_that_keeps_something_is_pinned_here(keeping: Flask) -> None:
    assert {rule.rule for rule in keeping.url_map.iter_rules()} == set(ROUTES | KEEPING_ROUTES)


def test_every_route_that_keeps_something_answers_with_exactly_these_headers(keeping: Flask) -> None:
    for target, expected in [pair for targets in KEEPING_ROUTES.values() for pair in targets.items()]:
        assert pinned(ask(keeping, target)) == EVERYWHERE | expected
        for method, status in (("POST", 403), ("DELETE", 405)):
            refused = ask(keeping, target, method)
            assert pinned(refused) | {"Allow": ""} == EVERYWHERE | BRIEF | HTML | {"Allow": ""}
            assert refused.status == status


@pytest.mark.parametrize("target", [target for targets in ROUTES.values() for target in targets], ids=lambda t: t[:40])
def test_every_route_answers_with_exactly_these_headers(small: Flask, target: str) -> None:
    expected = next(targets[target] for targets in ROUTES.values() if target in targets)

    assert pinned(ask(small, target)) == EVERYWHERE | expected
    assert pinned(ask(small, target)) == EVERYWHERE | expected, "not the same when it was met before"
    for method in ("DELETE",) if "/identify/" in target else ("POST", "DELETE"):
        refused = ask(small, target, method)
        kind = PROBLEM if target.startswith("/api/v1") else HTML
        assert pinned(refused) | {"Allow": ""} == EVERYWHERE | BRIEF | kind | {"Allow": ""}
        assert refused.status in {403, 405, 414}


@pytest.mark.parametrize(("text", "status"), [("パスワードの入力", 200), ("hunter2!", 200), ("x" * 10_001, 413)])
def test_what_words_lead_to_is_for_one_person_only(small: Flask, text: str, status: int) -> None:
    answer = ask(small, WORDS, "POST", form={"text": text})

    assert (answer.status, pinned(answer)) == (status, EVERYWHERE | BRIEF | HTML | DEEPER)


def test_every_static_file_is_kept_for_ever_under_its_hash(small: Flask) -> None:
    files = {
        file
        for target in ("/ja/small/begin.again/", WORDS, "/xx/", "/ja/small/begin.again/menu.typed/try.default/")
        for file in ask(small, target).resources
    }
    assert {file.rpartition(".")[2] for file in files} == set(TYPES)

    for file in files:
        expected = EVERYWHERE | IMMUTABLE | {"Content-Type": TYPES[file.rpartition(".")[2]]}
        assert pinned(ask(small, file)) == expected
        assert pinned(ask(small, file, accept_encoding="gzip")) == expected | {"Content-Encoding": "gzip"}
        assert ask(small, file, "HEAD").headers == ask(small, file).headers


def test_no_page_runs_inline_scripts_or_styles_or_asks_another_site(small: Flask) -> None:
    for target in (
        "/ja/",
        "/ja/small/begin.again/",
        "/ja/small/begin.first/",
        "/ja/small/begin.again/identify/all/",
        "/ja/small/begin.again/identify/?among=all",
        "/xx/",
        "/ja/small/begin.again/menu.typed/try.default/",
    ):
        page = ask(small, target)
        assert (
            page.soup.select("style, script:not([src]), [style], iframe, object, embed, base, form, meta[http-equiv]")
            == []
        )
        assert not [name for tag in page.soup.find_all(True) for name in tag.attrs if name.startswith("on")]
        assert all(file.startswith("/static/") for file in page.resources)


def test_every_answer_keeps_to_the_rules_between_servers_and_applications(build: Callable[..., Flask]) -> None:
    app = validator(build(base_url="https://help.example.com/sign-in"))

    for target in [target for targets in ROUTES.values() for target in targets] * 2:
        for method in ("GET", "HEAD"):
            assert ask(app, target, method).status < 500


@pytest.mark.parametrize("base_url", ["https://help.example.com", "https://help.example.com/sign-in"])
def test_browsers_that_came_by_https_are_told_to_stay_with_it(build: Callable[..., Flask], base_url: str) -> None:
    app = build(base_url=base_url)

    for target in ("/ja/small/", "/ja/small/", "/", "/xx/", "/healthz"):
        assert ask(app, target).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_nothing_is_said_about_https_to_those_who_came_without(build: Callable[..., Flask]) -> None:
    assert "Strict-Transport-Security" not in ask(build(base_url="http://help.example.com"), "/ja/small/").headers
