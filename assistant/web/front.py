"""What stands before Flask, as WSGI middleware: a path prefix, the headers of every answer, and a shortcut to pages."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final, TypeAlias
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from assistant.web.address import percent_encoded
from assistant.web.caching import REMEMBER, Count

HeaderList: TypeAlias = list[tuple[str, str]]
Exact: TypeAlias = Callable[[str, str], tuple[bytes, HeaderList, bool] | None]

# On every answer, whatever it is.
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # `no-referrer` would make browsers send `Origin: null` with our own forms (measured).
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
STRICT_TRANSPORT: Final[Mapping[str, str]] = {"Strict-Transport-Security": "max-age=31536000"}


def under_prefix(app: WSGIApplication, prefix: str) -> WSGIApplication:
    """Let an application live under a path, whether or not a proxy has taken the path off already."""
    if not prefix:
        return app

    def prefixed(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        environ["SCRIPT_NAME"] = prefix
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        return app(environ, start_response)

    return prefixed


def secured(app: WSGIApplication, headers: HeaderList, count: Count) -> WSGIApplication:
    """Add headers to every answer, whoever gave it, and count it."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, own: HeaderList, exc_info: Any = None) -> Callable[[bytes], object]:
            count(int(status[:3]))
            return start_response(status, own + headers, exc_info)

        return app(environ, start)

    return answer


class Shortcut:
    """Gives the page of an exactly spelled position without Flask's dispatch, which costs more than the page itself.

    Whatever is not plainly a page (redirects, errors, conditional requests) is left to the application.
    """

    def __init__(self, app: WSGIApplication, exact: Exact) -> None:
        """Wrap an application; `exact` gives body, headers and whether to remember them, or None."""
        self._app: Final = app
        self._exact: Final = exact

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with the page, or let the application answer."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" in environ or percent_encoded(environ):
            return self._app(environ, start_response)
        found = None
        # A fault is left to the application, too: it meets the same one, logs it and answers with a page.
        with suppress(Exception):
            found = self._exact(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        if found is None:
            return self._app(environ, start_response)
        body, headers, environ[REMEMBER] = found
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return (body,)
