"""Problems for people: one line each; on a terminal in colour, with a caret under the place in the file."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final
from unicodedata import east_asian_width

import click

from assistant.cli.language import translate
from assistant.flow.problem import Problem

_COLOURS: Final[Mapping[str, str]] = {"error": "red", "warning": "yellow"}
# How much of a long line is shown around the place, in characters.
_BEFORE: Final = 50
_SHOWN: Final = 100
_WIDE: Final = "WF"


def lines(problem: Problem, *, source: bool) -> Iterator[str]:
    """Yield what to print about a problem: its line, and with `source` where in the file it is."""
    place = f"{problem.path}:{problem.mark.line}:{problem.mark.column}"
    rest = problem.said(translate).removeprefix(f"{place}: ")
    yield f"{click.style(place, bold=True)}: {click.style(rest, fg=_COLOURS[problem.severity])}"
    written = _lines(problem.path) if source else ()
    if problem.mark.line <= len(written):
        yield from _pointed(written[problem.mark.line - 1], problem.mark.column - 1)


def _pointed(line: str, place: int) -> Iterator[str]:
    start = max(0, place - _BEFORE)
    shown = "".join(letter if letter.isprintable() else " " for letter in line[start : start + _SHOWN])
    # Full-width letters take two columns, and so does a full-width space.
    under = "".join("\u3000" if east_asian_width(letter) in _WIDE else " " for letter in shown[: place - start])
    yield f"    {shown}"
    yield f"    {under}{click.style('^', bold=True)}"


@cache
def _lines(path: str) -> tuple[str, ...]:
    """Return the lines of a file that was checked; none if it cannot be read, which is a problem of its own."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ()
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
