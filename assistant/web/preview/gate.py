"""Who may look: on this computer whoever names it as such, when shared only who came by a link with a secret in it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hmac import compare_digest
from typing import Final
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_cookie

ENTRANCE: Final = "/preview/open/"
# Set in the WSGI environment where the author looks, whose files they are.
AUTHOR: Final = "assistant.preview.author"

_REFUSED: Final = (
    "プレビューは、作成者から受け取ったリンクで開いてください。リンクは、プレビューを始めるたびに変わります。\n"
    "Please open the preview by the link that its author gave you. The link changes each time a preview is started.\n"
)
_HEADERS: Final = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
]


@dataclass(frozen=True)
class Tokens:
    """The secrets of one run: the author's, whose pages link to their editor, and the reviewers'."""

    author: str
    reviewer: str

    @classmethod
    def new(cls) -> "Tokens":
        """Draw two secrets of 128 bits."""
        return cls(secrets.token_urlsafe(16), secrets.token_urlsafe(16))


class LocalGate:
    """Lets in whoever asks for this computer by name or number.

    A page elsewhere whose name was made to point here (DNS rebinding) asks for its own name, and is refused.
    """

    def __init__(self, app: WSGIApplication, hosts: Iterable[str]) -> None:
        """Take the application, and the names by which it may be asked."""
        self._app: Final = app
        self._hosts: Final = frozenset(hosts)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer or refuse."""
        if _host(environ) not in self._hosts:
            return refuse(start_response)
        return self._app({**environ, AUTHOR: True}, start_response)


class SharedGate:
    """Lets in whoever has a secret of this run in a cookie, which the link that was given to them sets."""

    def __init__(self, app: WSGIApplication, tokens: Tokens, port: int) -> None:
        """Take the application, the secrets, and the port, by which cookies of two previews are told apart."""
        self._app: Final = app
        self._tokens: Final = tokens
        self._cookie: Final = f"preview-{port}"

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, let in by a link, or refuse."""
        path: str = environ["PATH_INFO"]
        if path.startswith(ENTRANCE):
            return self._enter(path[len(ENTRANCE) :], start_response)
        kept = self._kept(environ)
        author = _same(kept, self._tokens.author)
        if not author and not _same(kept, self._tokens.reviewer):
            return refuse(start_response)
        return self._app({**environ, AUTHOR: author}, start_response)

    def _enter(self, token: str, start_response: StartResponse) -> Iterable[bytes]:
        if not (_same(token, self._tokens.author) or _same(token, self._tokens.reviewer)):
            return refuse(start_response)
        # Lax, not Strict: a browser that follows a link in a mail sends no strict cookie to where it is led on.
        cookie = f"{self._cookie}={token}; Path=/; HttpOnly; SameSite=Lax"
        headers = [("Location", "/preview/"), ("Set-Cookie", cookie), ("Content-Length", "0"), *_HEADERS]
        start_response("303 See Other", headers)
        return ()

    def _kept(self, environ: WSGIEnvironment) -> str:
        return parse_cookie(environ).get(self._cookie, "")


def refuse(start_response: StartResponse) -> Iterable[bytes]:
    """Answer that nothing is to be seen here without the link."""
    body = _REFUSED.encode()
    kind, size = ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))
    start_response("403 Forbidden", [kind, size, *_HEADERS])
    return (body,)


def _host(environ: WSGIEnvironment) -> str:
    try:
        return urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname or ""
    except ValueError:
        return ""


def _same(given: str, secret: str) -> bool:
    return compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())
