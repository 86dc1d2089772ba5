"""A step of the layout: where from left to right everything in the layers stands.

Everything is drawn towards what it is connected with, and neighbours keep their distance: in each layer the least sum
of squared distances that this allows (isotonic regression by pooling neighbours, Ayer and others 1955).
"""

from collections.abc import Sequence
from typing import Final

from assistant.flow.diagram.layers import Layered

GAP: Final = 18.0
_BEND_GAP: Final = 12.0
_SWEEPS: Final = 16
_STRAIGHT: Final = 4.0
# How strongly everything is drawn to the middle, compared with one line: nothing drifts away, and no line bends for it.
_INWARDS: Final = 0.08


def place(graph: Layered, order: Sequence[Sequence[int]]) -> list[float]:
    """Return the middle of each item in pixels; the leftmost edge of all is at 0."""
    middle = [0.0] * len(graph.items)
    for rank in order:
        _set(graph, rank, middle, [0.0] * len(rank), [1.0] * len(rank))
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for rank in order if down else reversed(order):
            _settle(graph, rank, middle, graph.above if down else graph.below, mixed=sweep >= _SWEEPS - 4)
    left = min((middle[item] - graph.items[item].width / 2 for rank in order for item in rank), default=0.0)
    return [x - left for x in middle]


def _settle(
    graph: Layered, rank: Sequence[int], middle: list[float], nearer: Sequence[Sequence[int]], *, mixed: bool
) -> None:
    wanted = [
        _wanted(graph, item, middle, [*graph.above[item], *graph.below[item]] if mixed else nearer[item])
        for item in rank
    ]
    weights = [_STRAIGHT if graph.items[item].bend else max(0.2, len(nearer[item])) for item in rank]
    _set(graph, rank, middle, wanted, weights)


def _wanted(graph: Layered, item: int, middle: Sequence[float], linked: Sequence[int]) -> float:
    """Return where an item would best stand for what it is linked to.

    A bend needs to be no nearer than between its neighbours: so a line has long straight pieces and few shifts.
    """
    places = [middle[other] for other in linked]
    if graph.items[item].bend:
        return min(max(middle[item], min(places)), max(places))
    return sum(places) / (len(places) + _INWARDS)


def _set(
    graph: Layered, rank: Sequence[int], middle: list[float], wanted: Sequence[float], weights: Sequence[float]
) -> None:
    """Set the items of a rank as near to where they are wanted as their widths allow."""
    offset = 0.0
    offsets = []
    for index, item in enumerate(rank):
        if index:
            offset += _distance(graph, rank[index - 1], item)
        offsets.append(offset)
    free = [want - before for want, before in zip(wanted, offsets, strict=True)]
    for item, x, before in zip(rank, _never_falling(free, weights), offsets, strict=True):
        middle[item] = x + before


def _distance(graph: Layered, left: int, right: int) -> float:
    first, second = graph.items[left], graph.items[right]
    gap = _BEND_GAP if first.bend or second.bend else GAP
    return (first.width + second.width) / 2 + gap


def _never_falling(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the nearest sequence, by weighted squares, in which no value is less than the one before."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            before = pools.pop()
            total = before[1] + pool[1]
            pool = ((before[0] * before[1] + pool[0] * pool[1]) / total, total, before[2] + pool[2])
        pools.append(pool)
    return [value for value, _, count in pools for _ in range(count)]
