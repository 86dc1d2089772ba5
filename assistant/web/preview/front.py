"""What stands before guide and frame in a preview: nobody keeps a page, and the guide may stand in our own frame."""

from collections.abc import Callable, Iterable
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from assistant.web.front import HEADERS, HeaderList
from assistant.web.preview.current import Current
from assistant.web.preview.look import MARKED, PREVIEW
from assistant.web.preview.untranslated import showing

POLICY: Final = "Content-Security-Policy"
# The frame's own pages: the same as everywhere, and our own pages in a frame.
FRAME_HEADERS: Final[HeaderList] = [*{**HEADERS, POLICY: f"{HEADERS[POLICY]}; frame-src 'self'"}.items()]
_CONDITIONS: Final = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
_KEEPING: Final = frozenset({"cache-control", "etag", "last-modified"})


class Dispatcher:
    """Hands requests to the frame, or to the guide of the last good version, which may be another the next moment."""

    def __init__(self, current: Current, frame: WSGIApplication, mark_style: Callable[[], str]) -> None:
        """Take what is current, the application of the frame, and where the style of marks is."""
        self._current: Final = current
        self._frame: Final = frame
        self._mark_style: Final = mark_style

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with a page of the frame or of the guide."""
        path: str = environ["PATH_INFO"]
        if path == PREVIEW or path.startswith(f"{PREVIEW}/"):
            return self._frame(_below(environ, PREVIEW), start_response)
        good = self._current.now.good
        if good is None:
            start_response("302 Found", [("Location", f"{PREVIEW}/"), ("Content-Length", "0")])
            return ()
        if path.startswith(f"{MARKED}/"):
            return showing(good.marked, self._mark_style)(_below(environ, MARKED), start_response)
        return good.app(environ, start_response)


def _below(environ: WSGIEnvironment, prefix: str) -> WSGIEnvironment:
    path: str = environ["PATH_INFO"]
    return {**environ, "SCRIPT_NAME": prefix, "PATH_INFO": path[len(prefix) :] or "/"}


def never_kept(app: WSGIApplication) -> WSGIApplication:
    """Let nobody keep pages, which change with each save; static files have an address for each content."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        static = "/static/" in environ["PATH_INFO"]

        def start(status: str, headers: HeaderList, exc_info: Any = None) -> Callable[[bytes], object]:
            kept = headers if static else [pair for pair in headers if pair[0].lower() not in _KEEPING]
            allowed = [(name, _framed(value) if name == POLICY else value) for name, value in kept]
            return start_response(status, allowed if static else [*allowed, ("Cache-Control", "no-store")], exc_info)

        asked = {name: value for name, value in environ.items() if static or name not in _CONDITIONS}
        return app(asked, start)

    return answer


def _framed(policy: str) -> str:
    """Return the policy of a guide's page, which our own frame may hold; the frame's own stays as it is."""
    return policy if "frame-src" in policy else policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
