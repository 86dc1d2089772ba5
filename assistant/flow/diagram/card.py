"""What is written on a state's card and how large that makes it, in pixels of the drawing.

A transition that would need a long line is written on the card of its source instead, with the number of its target,
and its target names the number of the source: the way in which large flow charts lead on to another sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil
from typing import Final

from assistant.flow.diagram.lettering import width_of, wrap
from assistant.flow.diagram.model import Diagram, Edge, Node

TITLE: Final = 13
SMALL: Final = 11
LEADING: Final = 15
WIDTH: Final = 190
PADDING: Final = 8
HEAD: Final = 20
_ROWS: Final = 10
_MOST_COLUMNS: Final = 5
_NUMBER: Final = 40


@dataclass(frozen=True, slots=True)
class Jump:
    """An edge written on its source's card: its lines of text, where they stand on the card, and how wide they may be.

    `left` and `top` are counted from the card's corner; the number of the target ends at the right.
    """

    edge: Edge
    number: int
    lines: tuple[str, ...]
    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Card:
    """A node with its lines of text and its size."""

    node: Node
    title: tuple[str, ...]
    came_from: tuple[str, ...]
    ends: tuple[str, ...]
    jumps: tuple[Jump, ...]
    width: float
    height: float
    head: float
    """Height of the part that stands for the state itself, above the transitions written on it."""


def card_of(diagram: Diagram, node: Node, leaving: Sequence[Edge], coming: Sequence[Edge]) -> Card:
    """Return the card of a node, with the edges that are written on it and those that come from other cards."""
    columns = min(_MOST_COLUMNS, ceil(len(leaving) / _ROWS)) or 1
    width = WIDTH * columns
    inner = width - 2 * PADDING
    title = wrap(node.title, inner / TITLE, 3)
    came_from = _numbers(sorted({diagram.numbers[edge.source] for edge in coming}), inner / SMALL)
    ends = wrap(diagram.outcomes.get(node.outcome, node.outcome), inner / SMALL, 2) if node.outcome else ()
    head = HEAD + len(title) * (TITLE + 4) + (len(came_from) + len(ends)) * LEADING + PADDING
    jumps, bottom = _jumps(diagram, leaving, columns, head + PADDING)
    height = bottom + PADDING / 2 if jumps else head
    return Card(node, title, came_from, ends, jumps, width, height, head)


def _numbers(sources: Sequence[int], width: float) -> tuple[str, ...]:
    """Return as many whole numbers as two lines hold, and an ellipsis if there are more."""
    lines = wrap(f"← {', '.join(map(str, sources))}", width - 1, len(sources)) if sources else ()
    return lines if len(lines) <= 2 else (lines[0], f"{lines[1]}…")


def _jumps(diagram: Diagram, leaving: Sequence[Edge], columns: int, top: float) -> tuple[tuple[Jump, ...], float]:
    """Set the edges in columns of about the same height; return them and where the longest column ends."""
    rows = [(edge, said(edge, (WIDTH - PADDING - _NUMBER) / SMALL, 2)) for edge in leaving]
    heights = [LEADING * len(lines) + 4 for _, lines in rows]
    found: list[Jump] = []
    bottom = top
    for column, (first, last) in enumerate(pairwise(_breaks(heights, columns))):
        below = list(accumulate(heights[first:last], initial=top))
        for (edge, lines), y in zip(rows[first:last], below, strict=False):
            number = diagram.numbers[edge.target]
            found.append(Jump(edge, number, lines, column * WIDTH + PADDING, y, WIDTH - 2 * PADDING))
        bottom = max(bottom, below[-1])
    return tuple(found), bottom


def _breaks(heights: Sequence[float], columns: int) -> list[int]:
    """Return where each column begins, and the end of the last one."""
    most = sum(heights) / columns
    begins = [0]
    filled = 0.0
    for index, height in enumerate(heights):
        if filled + height / 2 > most * len(begins) and len(begins) < columns:
            begins.append(index)
        filled += height
    return [*begins, len(heights)]


def said(edge: Edge, width: float, lines: int) -> tuple[str, ...]:
    """Return the labels of an edge as at most so many lines of at most `width` em, marked when guarded."""
    words = "\u00a0/ ".join(label for label in edge.labels if label)
    return wrap(f"◇{words}" if edge.guarded else words, width, lines)


def label_size(lines: Sequence[str]) -> tuple[float, float]:
    """Return width and height of the lines of a label, in pixels."""
    return max(map(width_of, lines), default=0) * SMALL + 8, len(lines) * LEADING + 4
