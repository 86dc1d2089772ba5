"""A step of the layout: in which order everything stands in its layer, so that few lines cross.

Each layer is sorted by where its neighbours stand (barycentre, Sugiyama and others 1981), down and up in turn, and the
best order that was met is kept.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.flow.diagram.layers import Layered

_SWEEPS: Final = 24
_ENOUGH: Final = 6


def order(graph: Layered) -> list[list[int]]:
    """Return the items of each layer from left to right."""
    current = [list(rank) for rank in graph.ranks]
    best, least, since = current, crossings(graph, current), 0
    for sweep in range(_SWEEPS):
        current = _sorted(graph, current, down=sweep % 2 == 0)
        found = crossings(graph, current)
        best, least, since = (current, found, 0) if found < least else (best, least, since + 1)
        if least == 0 or since >= _ENOUGH:
            break
    return best


def _sorted(graph: Layered, ranks: Sequence[list[int]], *, down: bool) -> list[list[int]]:
    nearer = graph.above if down else graph.below
    place = {item: _share(index, rank) for rank in ranks for index, item in enumerate(rank)}
    found: list[list[int]] = []
    for rank in ranks if down else reversed(ranks):
        wanted = {
            item: sum(place[other] for other in nearer[item]) / len(nearer[item]) if nearer[item] else place[item]
            for item in rank
        }
        found.append(sorted(rank, key=wanted.__getitem__))
        place |= {item: _share(index, found[-1]) for index, item in enumerate(found[-1])}
    return found if down else found[::-1]


def _share(index: int, rank: Sequence[int]) -> float:
    """Return a place in a layer as a share of the layer, because layers are of different length."""
    return (index + 0.5) / len(rank)


def crossings(graph: Layered, ranks: Iterable[Sequence[int]]) -> int:
    """Count the crossings between all neighbouring layers."""
    place = {item: index for rank in ranks for index, item in enumerate(rank)}
    return sum(_crossings(graph, rank, place) for rank in ranks)


def _crossings(graph: Layered, rank: Sequence[int], place: dict[int, int]) -> int:
    seen: list[int] = []
    found = 0
    for item in rank:
        ends = sorted(place[lower] for lower in graph.below[item])
        found += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return found
