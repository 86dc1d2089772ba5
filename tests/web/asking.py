"""Ask an application as a server and a browser do: raw request targets, and links resolved against their page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode, urljoin, urlsplit
from wsgiref.types import WSGIApplication

from bs4 import BeautifulSoup, Tag

HOST = "https://help.example.com"
FORM = "application/x-www-form-urlencoded"
SMALL_FLOWS = Path(__file__).parent / "flows"


@dataclass(frozen=True)
class Link:
    """A link of a page: where it leads (path and query), its words, and its `data-trigger`."""

    target: str
    words: str
    trigger: str | None


@dataclass(frozen=True)
class Answer:
    """What came back for a request target."""

    target: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads, as a browser resolves it."""
        return self.resolved(self.headers["Location"])

    def resolved(self, link: str) -> str:
        """The request target of a link on this page; an address elsewhere stays whole."""
        return urljoin(HOST + self.target, link).removeprefix(HOST)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page, parsed."""
        return BeautifulSoup(self.body, "html.parser")

    @property
    def main(self) -> Tag:
        """The page's own part, which carries the data attributes."""
        return self.one("main")

    @property
    def state(self) -> str:
        """The state that this page shows."""
        return str(self.main["data-state"])

    def one(self, selector: str) -> Tag:
        """The only element that a selector finds."""
        (found,) = self.soup.select(selector)
        return found

    def words(self, selector: str) -> list[str]:
        """The words of all elements that a selector finds."""
        return [spoken(element) for element in self.soup.select(selector)]

    def links(self, selector: str = "a[href]") -> list[Link]:
        """The links that a selector finds, those to a part of this page left out."""
        return [
            Link(self.resolved(str(link["href"])), spoken(link), link.get("data-trigger"))  # type: ignore[arg-type]  # bs4 may give lists
            for link in self.soup.select(selector)
            if not str(link["href"]).startswith("#")
        ]

    @property
    def choices(self) -> list[Link]:
        """The choices of a guide page."""
        return self.links(".choices a")

    @property
    def back(self) -> str | None:
        """Where the link back leads."""
        found = self.links("a.back")
        return found[0].target if found else None

    @property
    def resources(self) -> list[str]:
        """Style sheets, scripts, icons and data of the page."""
        tags = self.soup.select("link[href], script[src], img[src], [data-index], [data-features]")
        names = ("href", "src", "data-index", "data-features")
        return [self.resolved(str(tag[name])) for tag in tags for name in names if tag.has_attr(name)]


def spoken(element: Tag) -> str:
    """The words of an element, spaces set right."""
    return " ".join(element.get_text().split())


def ask(
    app: WSGIApplication, target: str, method: str = "GET", *, form: Mapping[str, str] | None = None, **headers: str
) -> Answer:
    """Answer a request target exactly as it stands in the request line; headers are written `accept_language=...`."""
    body = urlencode(form or {}).encode()
    path, _, query = target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": target,
        "SERVER_NAME": urlsplit(HOST).hostname,
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": urlsplit(HOST).hostname,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        **({} if form is None else {"CONTENT_TYPE": FORM, "CONTENT_LENGTH": str(len(body))}),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, given: list[tuple[str, str]], exc_info: Any = None) -> Any:
        started[:] = [(status, given)]

    chunks = app(environ, start)
    given_back = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    status, given = started[0]
    names = [name for name, _ in given]
    assert len(names) == len(set(names)), "a header was given twice"
    return Answer(target, int(status[:3]), dict(given), given_back)
