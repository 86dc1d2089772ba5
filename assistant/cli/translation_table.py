"""The table of `assistant translate --status`: how far each translation is."""

from collections.abc import Iterator, Sequence
from typing import Final
from unicodedata import east_asian_width

from assistant.catalog.translating import Status
from assistant.cli.language import said
from assistant.flow.message import say

_HEADINGS: Final = (say("flow"), say("language"), say("texts"), say("translated"), say("stale"), say("missing"))
# The first columns are names, the others numbers.
_NAMES: Final = 2


def table(rows: Sequence[Status]) -> Iterator[str]:
    """Yield the headings in the language of the command line, and a line for each translation."""
    headings = [*map(said, _HEADINGS), "%"]
    cells = [[row.name, row.language, *_numbers(row)] for row in rows]
    widths = [max(map(_width, column)) for column in zip(headings, *cells, strict=True)]
    for line in (headings, *cells):
        yield "  ".join(_placed(cell, place, widths[place]) for place, cell in enumerate(line)).rstrip()


def _numbers(row: Status) -> list[str]:
    return [*map(str, (row.texts, row.translated, row.stale, row.missing)), f"{row.percent} %"]


def _placed(cell: str, column: int, width: int) -> str:
    """Return a cell with the spaces that put names at the left of their column, and numbers at the right."""
    gap = " " * (width - _width(cell))
    return cell + gap if column < _NAMES else gap + cell


def _width(words: str) -> int:
    """Return how many columns of a terminal words take; a Japanese letter takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
