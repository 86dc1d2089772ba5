"""A diagram as SVG that works inside a page under a strict Content-Security-Policy and as a file of its own.

Looks are presentation attributes only: no style, no script, no id, nothing from elsewhere.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Final

from assistant.flow.diagram import legend
from assistant.flow.diagram.card import HEAD, LEADING, PADDING, SMALL, TITLE, Card, Jump
from assistant.flow.diagram.layout import GUTTER, MARGIN, Band, Box, Layout, Route, Stop, lay_out
from assistant.flow.diagram.lettering import wrap
from assistant.flow.diagram.model import Diagram

Href = Callable[[str], str | None]

_FONT: Final = "'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif"
_INK: Final = "#1a1a1c"
_QUIET: Final = "#4d4d54"
_LINE: Final = "#5c6470"
_CURRENT: Final = "#b30059"
# Pale grounds and dark inks that go together: contrast at least 7 to 1.
_BANDS: Final = ("#eaf2fb", "#eef6ea", "#fbf3e4", "#f4eefa", "#e8f5f5")
_ENDINGS: Final = (("#d7f0dc", "#14532d"), ("#ffe8cc", "#7a3300"), ("#dbe7ff", "#163a86"), ("#f3dcf5", "#5b1466"))


def as_svg(
    diagram: Diagram,
    href: Href,
    current: str | None = None,
    *,
    every_line: bool | None = None,
    widest: float | None = None,
) -> str:
    """Return a diagram as an SVG element; `href` gives the address of a state, or None for no link.

    `current` is the state to be highlighted. Each state is an `a` with `data-state` and `data-number`. With
    `every_line` each edge is a line, also those that are written on the cards of large diagrams. It is shown smaller
    where it is wider than `widest`, in pixels, if that is given.
    """
    layout = lay_out(diagram, every_line=every_line)
    scale = 1 if widest is None else min(1, widest / layout.width)
    return "\n".join(_Drawing(diagram, href, current).lines(layout, scale)) + "\n"


def _text(x: float, y: float, words: str, size: int = SMALL, **looks: str) -> str:
    attributes = "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in looks.items())
    own_size = "" if size == SMALL else f' font-size="{size}"'
    return f'<text x="{_n(x)}" y="{_n(y)}"{own_size}{attributes}>{escape(words)}</text>'


def _n(number: float) -> str:
    """Write a number with one digit at most, so that all machines write the same."""
    return f"{number:.1f}".removesuffix(".0")


def _rect(box: Box, **looks: str) -> str:
    attributes = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in looks.items())
    place = f'x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    return f"<rect {place}{attributes}/>"


class _Drawing:
    """Writes one diagram."""

    def __init__(self, diagram: Diagram, href: Href, current: str | None) -> None:
        self.diagram = diagram
        self.href = href
        self.current = current
        self.colours = {name: _ENDINGS[index % len(_ENDINGS)] for index, name in enumerate(diagram.outcomes)}
        self.words = legend.words_of(diagram.language)

    def lines(self, layout: Layout, scale: float) -> Iterator[str]:
        marks = list(self._legend(layout))
        width, height = layout.width, layout.height + (LEADING * len(marks) + MARGIN)
        title = escape(self.diagram.title)
        linked = any(self.href(node.state) is not None for node in self.diagram.nodes)
        role = "graphics-document" if linked else "img"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="{role}" aria-label="{title}"'
            f' lang="{self.diagram.language}" width="{_n(width * scale)}" height="{_n(height * scale)}"'
            f' viewBox="0 0 {_n(width)} {_n(height)}" font-family="{_FONT}" font-size="{SMALL}" fill="{_INK}">'
        )
        yield f"<title>{title}</title>"
        yield f'<rect class="ground" width="{_n(width)}" height="{_n(height)}" fill="#ffffff"/>'
        for index, band in enumerate(layout.bands):
            yield from self._band(band, _BANDS[index % len(_BANDS)])
        for route in layout.routes:
            yield from self._route(route)
        for card, box in layout.cards:
            yield from self._card(card, box)
        yield from marks
        yield "</svg>"

    def _band(self, band: Band, colour: str) -> Iterator[str]:
        yield f'<g class="stage" data-stage="{band.stage}">'
        yield _rect(band.box, rx="10", fill=colour)
        for index, words in enumerate(wrap(self.diagram.stages[band.stage], (GUTTER - MARGIN) / TITLE, 4)):
            y = band.box.top + 24 + index * 18
            yield _text(band.box.left + 12, y, words, TITLE, font_weight="bold", fill=_QUIET)
        yield "</g>"

    def _route(self, route: Route) -> Iterator[str]:
        edge = route.edge
        dashed = ' stroke-dasharray="5 4"' if edge.guarded else ""
        yield f'<g class="edge" data-source="{edge.source}" data-target="{edge.target}">'
        yield f"<title>{escape(self._told(edge.source, edge.target, edge.labels))}</title>"
        yield f'<path d="{_path(route.stops)}" fill="none" stroke="{_LINE}" stroke-width="1.2"{dashed}/>'
        yield f'<path d="{_arrow(route)}" fill="{_LINE}"/>'
        yield _rect(route.box, rx="4", fill="#ffffff", stroke="#c9ced6", stroke_width="0.8")
        for index, words in enumerate(route.label):
            y = route.box.top + 13 + index * LEADING
            yield _text(route.box.left + route.box.width / 2, y, words, text_anchor="middle")
        yield "</g>"

    def _told(self, source: str, target: str, labels: Sequence[str]) -> str:
        return f"{self.diagram.numbers[source]} → {self.diagram.numbers[target]}: {' / '.join(labels)}"

    def _link(self, state: str) -> str:
        address = self.href(state)
        return "" if address is None else f' href="{escape(address)}"'

    def _card(self, card: Card, box: Box) -> Iterator[str]:
        node = card.node
        here = node.state == self.current
        current = ' aria-current="step"' if here else ""
        ground, ink = self.colours.get(node.outcome, _ENDINGS[0]) if node.outcome else ("#ffffff", "#30343b")
        yield f'<g class="card{" current" if here else ""}">'
        yield (
            f'<a class="state" data-state="{node.state}" data-number="{node.number}"{self._link(node.state)}'
            f' aria-label="{escape(f"{node.number} {node.title}")}"{current}>'
        )
        yield f"<title>{escape(f'{node.number} {node.title} ({node.state})')}</title>"
        border, wide = (_CURRENT, "5") if here else (ink, "1.4")
        yield _rect(box, rx="16" if node.outcome else "6", fill=ground, stroke=border, stroke_width=wide)
        yield from self._marks(card, box, ink)
        yield from self._head(card, box, ink)
        yield "</a>"
        for jump in card.jumps:
            yield from self._jump(jump, box)
        yield "</g>"

    def _marks(self, card: Card, box: Box, ink: str) -> Iterator[str]:
        """Tell kinds apart without colour: a second border for an ending, bars at the sides for what is run."""
        if card.node.outcome:
            inner = Box(box.left + 3, box.top + 3, box.width - 6, box.height - 6)
            yield _rect(inner, rx="13", fill="none", stroke=ink, stroke_width="0.8")
        if card.node.invoke:
            for x in (box.left + 4, box.right - 4):
                yield f'<path d="M{_n(x)} {_n(box.top)}V{_n(box.bottom)}" stroke="{ink}" stroke-width="1.2"/>'
        if card.jumps:
            y = box.top + card.head
            yield f'<path d="M{_n(box.left)} {_n(y)}H{_n(box.right)}" stroke="#c9ced6" stroke-width="0.8"/>'

    def _head(self, card: Card, box: Box, ink: str) -> Iterator[str]:
        node = card.node
        left, y = box.left + PADDING, box.top + HEAD - 4
        yield _text(left + 2, y, str(node.number), TITLE, font_weight="bold", fill=ink)
        mark = self._mark(card)
        if mark:
            yield _text(box.right - PADDING - 2, y, mark, SMALL, text_anchor="end", fill=ink)
        y += 2
        for words in card.title:
            y += TITLE + 4
            yield _text(left + 2, y, words, TITLE, fill=ink)
        for words in card.ends:
            y += LEADING
            yield _text(left + 2, y, words, font_weight="bold", fill=ink)
        for words in card.came_from:
            y += LEADING
            yield _text(left + 2, y, words, fill=_QUIET)

    def _mark(self, card: Card) -> str:
        node = card.node
        if node.state == self.diagram.start:
            return self.words.start
        if node.invoke:
            return f"▷ {node.invoke}"
        return self.words.ending if node.outcome else ""

    def _jump(self, jump: Jump, box: Box) -> Iterator[str]:
        edge = jump.edge
        x, y = box.left + jump.left, box.top + jump.top
        yield f'<a class="jump" data-source="{edge.source}" data-target="{edge.target}"{self._link(edge.target)}>'
        yield f"<title>{escape(self._told(edge.source, edge.target, edge.labels))}</title>"
        for index, words in enumerate(jump.lines):
            yield _text(x, y + 11 + index * LEADING, words)
        yield _text(x + jump.width, y + 11, f"→ {jump.number}", font_weight="bold", text_anchor="end", fill="#163a86")
        yield "</a>"

    def _legend(self, layout: Layout) -> Iterator[str]:
        left = layout.bands[0].box.left if layout.bands else MARGIN
        for index, words in enumerate(self.words.marks):
            yield _text(left + 12, layout.height + 8 + index * LEADING, words, fill=_QUIET)


def _path(stops: Sequence[Stop]) -> str:
    first, *others = stops
    written = f"M{_n(first.x)} {_n(first.top)}V{_n(first.bottom)}"
    before = first
    for stop in others:
        half = _n((before.bottom + stop.top) / 2)
        written += f"C{_n(before.x)} {half} {_n(stop.x)} {half} {_n(stop.x)} {_n(stop.top)}V{_n(stop.bottom)}"
        before = stop
    return written


def _arrow(route: Route) -> str:
    if route.down:
        x, y, back = route.stops[-1].x, route.stops[-1].top, -8
    else:
        x, y, back = route.stops[0].x, route.stops[0].top, 8
    return f"M{_n(x)} {_n(y)}l-4 {back}h8z"
