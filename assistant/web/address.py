"""Guide URLs: from a path to language, flow and answers, and back to links. No Flask in it.

The answers are the path (`/ja/login/situation.screen/which-screen.password/`), always with a slash at its end.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

from assistant.flow.model import Answer

# gunicorn refuses a path of about 4,080 bytes; we stay well below it (measured).
MAXIMUM_PATH: Final = 3500


@dataclass(frozen=True, slots=True)
class View:
    """How a position is shown: whose screens, which earlier question again (counted from 1), after a changed guide."""

    screen: str | None = None
    change: int | None = None
    changed: bool = False

    @property
    def query(self) -> str:
        """Return the query as our own links spell it; only such pages are remembered, lest strangers fill memory."""
        if self == PLAIN:
            return ""
        change = f"change={self.change}" if self.change else ""
        screen = f"screen={self.screen}" if self.screen else ""
        return "&".join(filter(None, ("changed" if self.changed else "", change, screen)))

    @property
    def suffix(self) -> str:
        """Return the query that keeps the reader's screens on the next page."""
        return "" if self.screen is None else f"?screen={self.screen}"


PLAIN: Final = View()


def segments(path: str) -> list[str]:
    """Return the parts of a path in their canonical spelling: half-width, small letters, no empty parts.

    People type addresses with the input method on, so `／２７` is understood; the caller redirects to the one spelling.
    """
    if not path.isascii():
        path = unicodedata.normalize("NFKC", path)
    return [part.strip() for part in path.lower().split("/") if part.strip()]


def parse_answers(parts: Iterable[str]) -> tuple[Answer, ...]:
    """Return the answers in the parts of a path; a part without a dot becomes an answer that no state can take."""
    answers: list[Answer] = []
    for part in parts:
        state, _, trigger = part.partition(".")
        answers.append(Answer(state, trigger))
    return tuple(answers)


def answers_path(answers: Iterable[Answer]) -> str:
    """Return the part of a path that the answers are, with a slash after each."""
    return "".join([f"{state}.{trigger}/" for state, trigger in answers])


def guide_path(language: str, flow: str, answers: Sequence[Answer] = ()) -> str:
    """Return the absolute path of a position, below any prefix."""
    return f"/{language}/{flow}/{answers_path(answers)}"


def parse_view(query: str, screens: Iterable[str], language: str) -> View:
    """Return the view that a query asks for; what is not understood is left out.

    The screens' language is the guide's own unless it is one of `screens` and another.
    """
    if not query:
        return PLAIN
    values = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=None))
    screen = values.get("screen")
    change = values.get("change", "")
    return View(
        screen=screen if screen in set(screens) and screen != language else None,
        change=int(change) if re.fullmatch(r"[1-9][0-9]{0,3}", change) else None,
        changed="changed" in values,
    )


def spelled_otherwise(environ: WSGIEnvironment, path: str) -> bool:
    """Say whether a request spells this path of ours in another way; Flask's own path would hide doubled slashes."""
    return environ["PATH_INFO"] != path or percent_encoded(environ)


def percent_encoded(environ: WSGIEnvironment) -> bool:
    """Say whether the address was percent-encoded, which it never need be; applications see the decoded path."""
    raw: str = environ.get("REQUEST_URI") or environ.get("RAW_URI") or ""
    return "%" in raw.partition("?")[0]
