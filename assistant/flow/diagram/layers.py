"""A step of the layout: everything that stands in a layer, and what it is linked to in the layer above and below.

Cards stand in the even layers and the labels of the edges between them in the odd ones, each right by the card where
its choice is made; an edge that goes on through further layers keeps a place there (a bend), where nothing else stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from assistant.flow.diagram.card import Card, label_size, said
from assistant.flow.diagram.model import Edge
from assistant.flow.diagram.ranks import Ranks

# What fits on the label of a line: its width in em, and its lines.
LABEL_WIDTH: Final = 11.0
LABEL_LINES: Final = 4


@dataclass(frozen=True, slots=True)
class Item:
    """Something with a place in a layer, and its size in pixels; a bend has none."""

    width: float = 0.0
    height: float = 0.0

    @property
    def bend(self) -> bool:
        """Say whether this is a place of an edge only."""
        return self.width == 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """An edge that is drawn: the lines of its label, and its items from the upper card to the lower one."""

    edge: Edge
    label: tuple[str, ...]
    chain: tuple[int, ...]
    labelled: int
    down: bool


@dataclass(frozen=True)
class Layered:
    """Items, which of them are in each layer, what each is linked to, the item of each card, and the lines."""

    items: Sequence[Item]
    ranks: Sequence[Sequence[int]]
    above: Sequence[Sequence[int]]
    below: Sequence[Sequence[int]]
    cards: Mapping[str, int]
    lines: Sequence[Line]


def layered(cards: Mapping[str, Card], edges: Sequence[Edge], ranks: Ranks) -> Layered:
    """Return the layers of cards and of the edges that are drawn; no edge may lead to its own state."""
    maker = _Maker(2 * (max(ranks.layer.values(), default=0) + 1))
    for state, card in cards.items():
        maker.cards[state] = maker.add(Item(card.width, card.height), 2 * ranks.layer[state])
    for edge in edges:
        maker.draw(edge, ranks)
    return maker.made()


class _Maker:
    """Collects items and links."""

    def __init__(self, depth: int) -> None:
        self.items: list[Item] = []
        self.ranks: list[list[int]] = [[] for _ in range(depth)]
        self.links: list[tuple[int, int]] = []
        self.cards: dict[str, int] = {}
        self.lines: list[Line] = []

    def add(self, item: Item, rank: int) -> int:
        self.items.append(item)
        self.ranks[rank].append(len(self.items) - 1)
        return len(self.items) - 1

    def draw(self, edge: Edge, ranks: Ranks) -> None:
        """Give an edge a place in each layer that it passes, its label nearest to its source."""
        down = ranks.leads_down(edge.source, edge.target)
        upper, lower = (edge.source, edge.target) if down else (edge.target, edge.source)
        first, last = 2 * ranks.layer[upper] + 1, 2 * ranks.layer[lower] - 1
        label = said(edge, LABEL_WIDTH, LABEL_LINES)
        at = first if down else last
        size = Item(*label_size(label))
        between = [self.add(size if rank == at else Item(), rank) for rank in range(first, last + 1)]
        chain = (self.cards[upper], *between, self.cards[lower])
        self.links += pairwise(chain)
        self.lines.append(Line(edge, label, chain, chain[at - first + 1], down))

    def made(self) -> Layered:
        above: list[list[int]] = [[] for _ in self.items]
        below: list[list[int]] = [[] for _ in self.items]
        for upper, lower in self.links:
            above[lower].append(upper)
            below[upper].append(lower)
        return Layered(self.items, self.ranks, above, below, self.cards, self.lines)
