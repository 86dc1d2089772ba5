"""How fast pages are served, beside a Flask view that returns the same bytes from memory: WSGI calls in one process."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from random import Random
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask, Response

from assistant import resources
from assistant.catalog import Catalog, Guide, open_catalog
from assistant.config import Config
from assistant.flow.model import Answer
from assistant.web import create_app
from assistant.web.address import guide_path
from tests.benchmarks.measuring import ROUNDS, Work, compare

_ENVIRON: dict[str, Any] = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "QUERY_STRING": "",
    "SERVER_NAME": "help.example.com",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_HOST": "help.example.com",
    "HTTP_ACCEPT": "text/html",
    "HTTP_ACCEPT_LANGUAGE": "ja,en;q=0.5",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.errors": BytesIO(),
    "wsgi.multithread": True,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}
_REQUESTS = 300


class Caller:
    """Calls an application as a server does; every call has an environment of its own."""

    def __init__(self, app: WSGIApplication, **headers: str) -> None:
        """Keep the headers that every request sends."""
        self._app = app
        self._environ = {**_ENVIRON, **headers}
        self.status = ""
        self.headers: list[tuple[str, str]] = []

    def __call__(self, path: str, query: str = "") -> bytes:
        """Ask for a path and return the body."""
        environ = {**self._environ, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": BytesIO()}
        answer = self._app(environ, self._start)
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return body

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        self.status, self.headers = status, headers

    def all(self, paths: Sequence[str]) -> Work:
        """Return the work of asking for these paths one after the other."""

        def work() -> None:
            for path in paths:
                self(path)

        return work


def figures() -> Iterator[str]:
    """Yield a line for each figure; `x` is throughput as a multiple of the Flask view's."""
    catalog = open_catalog(resources.folder("flows"))
    guide = catalog.guides["login"]
    yield from _met_before(catalog, guide)
    for length in (5, 20, 100):
        yield _never_met(catalog, guide, length)


def _met_before(catalog: Catalog, guide: Guide) -> Iterator[str]:
    app = create_app(Config(), catalog)
    path = next(positions(guide, 5))
    ask = Caller(app)
    page = ask(path)
    etag = dict(ask.headers)["ETag"]
    view = Caller(flask_view(page)).all(["/page"] * _REQUESTS)
    for name, aim, headers in (
        ("a page met before", "aim >= 3", {}),
        ("the same compressed", "", {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}),
        ("the same not modified (304)", "", {"HTTP_IF_NONE_MATCH": etag}),
    ):
        found = compare([Caller(app, **headers).all([path] * _REQUESTS)] * ROUNDS, view, units=_REQUESTS)
        yield _line(name, found.throughput, aim, found.subject, f"{len(page)} bytes")


def _never_met(catalog: Catalog, guide: Guide, length: int) -> str:
    app = create_app(Config(), catalog)
    paths = list(islice(positions(guide, length), ROUNDS * _REQUESTS))
    ask = Caller(app)
    # A query that is not ours is answered but not remembered: it warms the sheets and leaves every position unmet.
    sizes = sorted(len(ask(path, "warm")) for path in paths)
    page = bytes(sizes[len(sizes) // 2])
    count = len(paths) // ROUNDS
    rounds = [paths[index * count : (index + 1) * count] for index in range(ROUNDS)]
    view = Caller(flask_view(page)).all(["/page"] * count)
    found = compare([ask.all(part) for part in rounds], view, units=count)
    aim = "aim >= 0.5" if length <= 20 else ""
    return _line(f"a position never met, {length} answers", found.throughput, aim, found.subject, f"{len(page)} bytes")


def _line(name: str, ratio: float, aim: str, seconds: float, more: str) -> str:
    return f"{name:<42}{ratio:7.2f} x  {aim:<12}{seconds * 1e6:8.1f} us  {more}"


def flask_view(body: bytes) -> WSGIApplication:
    """Return the yardstick: the plainest view that has its page in memory."""
    app = Flask("yardstick", static_folder=None)

    @app.get("/page")
    def page() -> Response:
        return Response(body, content_type="text/html; charset=utf-8")

    return app


def positions(guide: Guide, length: int) -> Iterator[str]:
    """Yield the paths of different positions with this many answers, by random walks that never end earlier."""
    random = Random(length)
    states = guide.engine.flow.states
    seen: set[str] = set()
    for _ in range(200_000):
        position = guide.engine.replay(())
        for _ in range(length):
            following = [
                step
                for trigger in guide.engine.table[position.state]
                if (step := guide.engine.step(position, trigger)) is not None and states[step.state].asks
            ]
            if not following:
                break
            position = random.choice(following)
        path = guide_path("ja", guide.id, [Answer(*answer) for answer in position.answers])
        if len(position.answers) == length and path not in seen and len(path) < 3400:
            seen.add(path)
            yield path
