"""Where everything in a diagram stands, top-down in layers (Sugiyama's method), in pixels from the upper left corner.

Between two layers only lines run; where a line passes a layer it goes straight down a place of its own. So no line
crosses a card or a label, by construction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.flow.diagram.card import Card, card_of, label_size
from assistant.flow.diagram.layers import Layered, Line, layered
from assistant.flow.diagram.model import Diagram, Edge
from assistant.flow.diagram.order import order
from assistant.flow.diagram.placing import GAP, place
from assistant.flow.diagram.ranks import Ranks, rank

# Up to so many edges all are drawn as lines; beyond, only those that lead down so many layers from a card with so few.
EVERY_LINE: Final = 40
REACH: Final = 2
_FEW: Final = 8

GUTTER: Final = 132
MARGIN: Final = 24
_BAND: Final = 20
_SPACE: Final = 20
_PORT: Final = 26


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width and height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Return where it ends."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Return where it ends below."""
        return self.top + self.height

    def overlaps(self, other: "Box") -> bool:
        """Say whether the two have more in common than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Stop:
    """A straight piece of a line, downwards at `x`; between two stops a curve joins them."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Route:
    """A drawn edge: its stops from the upper card's bottom to the lower card's top, its label, and where it points."""

    edge: Edge
    stops: tuple[Stop, ...]
    label: tuple[str, ...]
    box: Box
    down: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The background of a stage, over the whole width, with the stage's id."""

    stage: str
    box: Box


@dataclass(frozen=True)
class Layout:
    """Everything with its place."""

    width: float
    height: float
    cards: Sequence[tuple[Card, Box]]
    routes: Sequence[Route]
    bands: Sequence[Band]


def lay_out(diagram: Diagram, *, every_line: bool | None = None) -> Layout:
    """Return the layout of a diagram; `every_line` draws each edge as a line, and by default its size decides."""
    every = len(diagram.edges) <= EVERY_LINE if every_line is None else every_line
    ranks = rank(diagram, broad=not every)
    lines = _drawn(diagram, ranks, every)
    cards = _cards(diagram, lines)
    return _Places(layered(cards, lines, ranks), ranks, cards).layout()


def _drawn(diagram: Diagram, ranks: Ranks, every: bool) -> list[Edge]:
    """Return the edges that become lines; all others are written on the cards."""
    between = [edge for edge in diagram.edges if edge.source != edge.target and _inside(edge, ranks)]
    if every:
        return between
    near = [edge for edge in between if 0 < ranks.layer[edge.target] - ranks.layer[edge.source] <= REACH]
    leaving = [edge.source for edge in near]
    return [edge for edge in near if leaving.count(edge.source) <= _FEW]


def _inside(edge: Edge, ranks: Ranks) -> bool:
    return edge.source in ranks.layer and edge.target in ranks.layer


def _cards(diagram: Diagram, lines: Sequence[Edge]) -> dict[str, Card]:
    drawn = {(edge.source, edge.target) for edge in lines}
    written = [edge for edge in diagram.edges if (edge.source, edge.target) not in drawn]
    return {
        node.state: card_of(
            diagram,
            node,
            [edge for edge in written if edge.source == node.state],
            [edge for edge in written if edge.target == node.state != edge.source],
        )
        for node in diagram.nodes
    }


class _Places:
    """Turns layers with an order into pixels."""

    def __init__(self, graph: Layered, ranks: Ranks, cards: Mapping[str, Card]) -> None:
        self.graph = graph
        self.ranks = ranks
        self.cards = cards
        self.order = order(graph)
        self.left = (GUTTER if ranks.stages else 0) + MARGIN
        self.middle = [x + self.left for x in place(graph, self.order)]
        self.tops: list[float] = []
        self.bottoms: list[float] = []
        self.rank_of = {item: number for number, items in enumerate(self.order) for item in items}
        self.ports = self._ports()
        self._set_heights()

    def layout(self) -> Layout:
        right = max((self.middle[item] + self._width(item) / 2 for item in self.rank_of), default=0.0)
        width = right + MARGIN
        cards = [(card, self._box(self.graph.cards[state])) for state, card in self.cards.items()]
        routes = [self._route(line) for line in self.graph.lines]
        return Layout(width, self.bottoms[-1] + MARGIN, cards, routes, list(self._bands(width)))

    def _width(self, item: int) -> float:
        return self.graph.items[item].width

    def _box(self, item: int) -> Box:
        found = self.graph.items[item]
        return Box(self.middle[item] - found.width / 2, self.tops[self.rank_of[item]], found.width, found.height)

    def _set_heights(self) -> None:
        begins = {2 * first for first, _ in self.ranks.stages.values()}
        ends = {2 * last + 1 for _, last in self.ranks.stages.values()}
        y = float(MARGIN)
        for number, items in enumerate(self.order):
            y += _BAND * ((number in begins) + (number in ends))
            self.tops.append(y)
            self.bottoms.append(y + max((self.graph.items[item].height for item in items), default=0.0))
            y = self.bottoms[-1] + (self._space_below(items) if number + 1 < len(self.order) else 0)

    def _space_below(self, items: Sequence[int]) -> float:
        """Return more space where lines run far to the side, so that they stay apart."""
        shifts = [abs(self.middle[item] - self.middle[other]) for item in items for other in self.graph.below[item]]
        return _SPACE + min(60.0, max(shifts, default=0.0) / 10)

    def _bands(self, width: float) -> Iterator[Band]:
        for stage, (first, last) in self.ranks.stages.items():
            top, bottom = self.tops[2 * first] - _BAND, self.bottoms[2 * last] + _BAND
            yield Band(stage, Box(MARGIN / 2, top, width - MARGIN, bottom - top))

    def _ports(self) -> dict[tuple[int, int, bool], float]:
        """Return where each line (as its chain's first or last link) touches a card: (card, neighbour, below)."""
        found: dict[tuple[int, int, bool], float] = {}
        for card in self.graph.cards.values():
            for below, linked in ((False, self.graph.above[card]), (True, self.graph.below[card])):
                room = self._width(card) - 2 * GAP
                step = min(_PORT, room / max(1, len(linked) - 1))
                first = self.middle[card] - step * (len(linked) - 1) / 2
                for index, other in enumerate(sorted(linked, key=self.middle.__getitem__)):
                    found[card, other, below] = first + index * step
        return found

    def _route(self, line: Line) -> Route:
        first, *between, last = line.chain
        stops = [Stop(self.ports[first, between[0], True], self._box(first).bottom, self.bottoms[self.rank_of[first]])]
        for item in between:
            number = self.rank_of[item]
            stops.append(Stop(self.middle[item], self.tops[number], self.bottoms[number]))
        end = self.tops[self.rank_of[last]]
        stops.append(Stop(self.ports[last, between[-1], False], end, end))
        return Route(line.edge, tuple(stops), line.label, self._label_box(line), line.down)

    def _label_box(self, line: Line) -> Box:
        width, height = label_size(line.label)
        box = self._box(line.labelled)
        return Box(box.left, box.top, width, height)
