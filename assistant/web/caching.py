"""One bounded cache of answers by URL, in front of Flask: a page met before costs neither routing nor rendering."""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_accept_header

from assistant.web.address import percent_encoded

# Set in the WSGI environment by a view whose answer may be remembered.
REMEMBER: Final = "assistant.remember"
Count: TypeAlias = Callable[[int], None]


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Say whether an Accept-Encoding header asks for gzip."""
    return parse_accept_header(accept_encoding)["gzip"] > 0


@dataclass(slots=True)
class _Kept:
    headers: list[tuple[str, str]]
    tag: str
    body: bytes
    gzipped: bytes | None = None
    zipped_headers: list[tuple[str, str]] = field(default_factory=list)
    unchanged_headers: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.unchanged_headers = [pair for pair in self.headers if not _describes_a_body(pair[0])]

    def compress(self) -> bytes:
        data = gzip.compress(self.body, 6, mtime=0)
        size = str(len(data))
        self.zipped_headers = [(name, size if name == "Content-Length" else value) for name, value in self.headers]
        self.zipped_headers.append(("Content-Encoding", "gzip"))
        self.gzipped = data
        return data


def _describes_a_body(header: str) -> bool:
    return header in ("Content-Type", "Content-Length", "Content-Encoding", "X-Robots-Tag")


class ResponseCache:
    """WSGI middleware that answers pages met before without Flask, and still counts them.

    Two generations bound it: when the young one holds `maximum_bytes`, it becomes the old one, and what was old and
    not asked for again is forgotten. A page is compressed when it is met a second time; one never met pays nothing.
    """

    def __init__(self, app: WSGIApplication, count: Count, maximum_bytes: int = 32_000_000) -> None:
        """Wrap an application; `count` is told the status of every answer given from here."""
        self._app: Final = app
        self._count: Final = count
        self._maximum: Final = maximum_bytes
        self._young: dict[tuple[str, str], _Kept] = {}
        self._old: dict[tuple[str, str], _Kept] = {}
        self._size = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, or let the application answer and remember what it allows to be remembered."""
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        key = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        kept = self._young.get(key) or self._again(key)
        if kept is None or percent_encoded(environ):
            return self._ask(key, environ, start_response) if method == "GET" else self._app(environ, start_response)
        return self._answer(kept, environ, start_response)

    def _again(self, key: tuple[str, str]) -> _Kept | None:
        kept = self._old.get(key)
        if kept is not None:
            self._keep(key, kept)
        return kept

    def _answer(self, kept: _Kept, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and (kept.tag in known or known.strip() == "*"):
            self._count(304)
            start_response("304 NOT MODIFIED", list(kept.unchanged_headers))
            return ()
        body, headers = kept.body, kept.headers
        if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            body, headers = kept.gzipped or kept.compress(), kept.zipped_headers
        self._count(200)
        start_response("200 OK", list(headers))
        return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)

    def _ask(self, key: tuple[str, str], environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return start_response(status, headers, exc_info)

        answer = self._app(environ, start)
        if not environ.get(REMEMBER) or not started or not started[0][0].startswith("200"):
            return answer
        body = b"".join(answer)
        close = getattr(answer, "close", None)
        if close is not None:
            close()
        headers = list(started[0][1])
        # Weak comparison: what is in quotes decides (RFC 9110, 8.8.3.2).
        tag = dict(headers)["ETag"].removeprefix("W/")
        self._keep(key, _Kept(headers, tag, body))
        return (body,)

    def _keep(self, key: tuple[str, str], kept: _Kept) -> None:
        if self._size > self._maximum:
            self._old, self._young, self._size = self._young, {}, 0
        self._young[key] = kept
        self._size += len(kept.body) + len(key[0]) + 500
