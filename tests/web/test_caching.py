"""Caching: pages are the same from memory as fresh, whoever asks; memory is bounded and strangers cannot fill it."""

import gzip
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask

from assistant.web.caching import REMEMBER, ResponseCache
from tests.web.asking import Answer, ask

MENU = "/ja/small/begin.again/"
TARGETS = [
    "/ja/",
    "/ja/small/",
    MENU,
    f"{MENU}?screen=en",
    f"{MENU}?change=1&screen=en",
    f"{MENU}?changed",
    "/en/small/begin.first/menu.typed/circle.failed/",
    "/api/v1/",
    "/api/v1/ja/small/begin.again/",
]
OURS = [f"{MENU}menu.{trigger}/{view}" for trigger in ("typed", "other", "special") for view in ("", "?screen=en")]


class Counting:
    """Stands before the application itself and counts what the cache could not answer."""

    def __init__(self, app: Flask) -> None:
        cache: ResponseCache = app.wsgi_app  # type: ignore[assignment]  # what create_app put there
        self._app, self.asked = cache._app, 0
        cache._app = self  # type: ignore[misc]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.asked += 1
        return self._app(environ, start_response)


@pytest.fixture
def fresh(build: Callable[..., Flask]) -> Flask:
    """An application that has met nobody yet."""
    return build()


def plain(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """An answer without what compression changes."""
    headers = {
        name: value for name, value in answer.headers.items() if name not in ("Content-Length", "Content-Encoding")
    }
    zipped = answer.headers.get("Content-Encoding") == "gzip"
    return answer.status, headers, gzip.decompress(answer.body) if zipped else answer.body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("encoding", ["", "gzip, br"])
def test_a_page_met_before_is_the_same_as_a_fresh_one(fresh: Flask, method: str, encoding: str) -> None:
    counting = Counting(fresh)

    for target in TARGETS:
        first = ask(fresh, target, method, accept_encoding=encoding)
        ask(fresh, target)
        asked = counting.asked
        again = [ask(fresh, target, method, accept_encoding=encoding) for _ in range(2)]

        assert counting.asked == asked, "it was not answered from memory"
        assert again[0] == again[1]
        assert plain(again[0])[:2] == plain(first)[:2]
        if method == "GET":
            assert plain(again[0]) == plain(first)
            assert int(again[0].headers["Content-Length"]) == len(again[0].body)
        if not encoding:
            assert again[0] == first


@pytest.mark.parametrize("accepted", ["gzip", "GZIP;q=0.5", "br, gzip", "*"])
def test_a_page_met_before_is_compressed_for_those_who_take_it(fresh: Flask, accepted: str) -> None:
    page = ask(fresh, MENU)

    zipped = ask(fresh, MENU, accept_encoding=accepted)

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert len(zipped.body) < len(page.body) / 2
    assert gzip.decompress(zipped.body) == page.body


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip;q=x"])
def test_a_page_stays_plain_for_those_who_do_not_take_it_compressed(fresh: Flask, accepted: str) -> None:
    ask(fresh, MENU, accept_encoding="gzip")
    ask(fresh, MENU, accept_encoding="gzip")

    assert "Content-Encoding" not in ask(fresh, MENU, accept_encoding=accepted).headers


@pytest.mark.parametrize("met", [False, True], ids=["never met", "met before"])
def test_who_has_this_version_of_a_page_gets_nothing_again(fresh: Flask, met: bool) -> None:
    tag = ask(fresh, "/en/").headers["ETag"]
    for target in TARGETS if met else ():
        ask(fresh, target)

    for known in (tag, tag.removeprefix("W/"), f'W/"other", {tag}', "*"):
        for target in TARGETS:
            answers = [
                ask(fresh, target, method, if_none_match=known, accept_encoding="gzip") for method in ("GET", "HEAD")
            ]
            assert answers[0] == answers[1]
            assert (answers[0].status, answers[0].body, answers[0].headers["ETag"]) == (304, b"", tag)
            assert {"Cache-Control", "Vary", "Content-Security-Policy"} <= set(answers[0].headers)
            assert not {"Content-Length", "Content-Encoding", "Content-Type"} & set(answers[0].headers)


def test_a_304_is_the_same_from_memory_as_fresh(fresh: Flask) -> None:
    tag = ask(fresh, "/ja/").headers["ETag"]

    for target in TARGETS[1:]:
        unmet = ask(fresh, target, if_none_match=tag)
        ask(fresh, target)
        assert ask(fresh, target, if_none_match=tag) == unmet


@pytest.mark.parametrize("known", ['W/"000000000000"', '"x", "y"', "garbage", ""])
def test_who_has_another_version_gets_the_page(fresh: Flask, known: str) -> None:
    answers = [ask(fresh, MENU, if_none_match=known) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]


def test_an_address_that_is_no_page_is_never_unchanged(fresh: Flask) -> None:
    for target in ("/", "/ja", "/ja/small/begin.x/", "/ja/nothing/", "/healthz"):
        assert ask(fresh, target, if_none_match="*").status != 304


def test_the_tag_changes_with_what_an_installation_says(build: Callable[..., Flask], build_with_phone: Flask) -> None:
    assert ask(build_with_phone, MENU).headers["ETag"] != ask(build(), MENU).headers["ETag"]
    assert ask(build(), MENU).headers["ETag"] == ask(build(), MENU).headers["ETag"]


def test_pages_may_be_kept_as_long_as_the_operator_says(build: Callable[..., Flask]) -> None:
    app = build(max_age=300)

    assert {ask(app, target).headers["Cache-Control"] for target in TARGETS * 2} == {"public, max-age=300"}


def test_queries_that_no_link_of_ours_has_do_not_fill_the_memory(fresh: Flask) -> None:
    counting = Counting(fresh)
    queries = ["utm=1", "screen=xx", "screen=ja", "changed=1", "change=1&change=1", "screen=en&changed", "changed&"]
    targets = [f"{path}?{query}" for query in queries for path in (MENU, f"/api/v1{MENU}")]

    for target in targets * 2:
        assert ask(fresh, target).status == 200

    assert counting.asked == 2 * len(targets)


def test_nothing_but_pages_is_remembered(fresh: Flask) -> None:
    counting = Counting(fresh)
    targets = [
        "/",
        "/3",
        "/ja",
        "/ja/nothing/",
        "/ja/small/begin.x/",
        "/healthz",
        "/metrics",
        "/api/v1/ja/small/begin.x/",
    ]

    for target in targets * 2:
        ask(fresh, target)

    assert counting.asked == 2 * len(targets)


def test_the_links_of_a_page_lead_to_pages_that_are_remembered(fresh: Flask) -> None:
    counting = Counting(fresh)
    links = {link.target for target in OURS for link in ask(fresh, target).links() if link.target.startswith("/ja/")}

    for target in links:
        ask(fresh, target)
    asked = counting.asked
    for target in links:
        assert ask(fresh, target).status == 200

    assert counting.asked == asked


def test_memory_is_bounded_and_what_is_asked_for_again_stays() -> None:
    asked: list[str] = []

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked.append(environ["PATH_INFO"])
        environ[REMEMBER] = True
        start_response("200 OK", [("ETag", 'W/"1"'), ("Content-Length", "1000")])
        return [b"x" * 1000]

    cache = ResponseCache(app, lambda status: None, maximum_bytes=20_000)
    for number in range(500):
        ask(cache, f"/{number}")
        ask(cache, "/often")
        assert len(cache._young) + len(cache._old) <= 2 * 20

    assert asked.count("/often") == 1


def test_answers_from_memory_are_counted_like_all_others(fresh: Flask) -> None:
    tag = ask(fresh, MENU).headers["ETag"]
    for _ in range(4):
        ask(fresh, MENU)
    ask(fresh, MENU, if_none_match=tag)
    ask(fresh, "/ja/nothing/")
    ask(fresh, "/", "POST")

    lines = ask(fresh, "/metrics").body.decode().splitlines()
    counts = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert counts == {
        f'assistant_responses_total{{status="{status}"}}': n
        for status, n in {"200": "5", "304": "1", "404": "1", "405": "1"}.items()
    }
