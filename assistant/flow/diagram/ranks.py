"""First steps of the layout: in which layer each state stands, and which edges lead down (loops are cut here).

Stages lie below each other, in their order. A state without a stage stands where its author wrote it: below every stage
that is mostly written before it. Within such a strip a state stands below all that lead to it there; in a broad layout
below the first that leads to it, because in a large flow with many ways the longest of them makes no picture. What no
edge touches stands last in its strip.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import median
from typing import Final

from assistant.flow.diagram.model import Diagram

_NARROWEST: Final = 4
# A card with more transitions on it takes the room of one more card for each of these.
_WIDER: Final = 10


@dataclass(frozen=True)
class Ranks:
    """Layers from 0 at the top: of each state, and of each stage that has states its first and last one."""

    layer: Mapping[str, int]
    stages: Mapping[str, tuple[int, int]]

    def leads_down(self, source: str, target: str) -> bool:
        """Say whether the target stands below the source."""
        return self.layer[source] < self.layer[target]


def rank(diagram: Diagram, *, broad: bool = False) -> Ranks:
    """Return the layers of all states of a diagram; only in a broad layout an edge may stay within its layer."""
    strips = _strips(diagram)
    most = max(_NARROWEST, ceil(sqrt(len(diagram.nodes))))
    leaving = Counter(edge.source for edge in diagram.edges)
    sizes = {node.state: 1 + leaving[node.state] // _WIDER for node in diagram.nodes}
    touched = {diagram.start, *leaving, *(edge.target for edge in diagram.edges)}
    layers: dict[str, int] = {}
    stages: dict[str, tuple[int, int]] = {}
    first = 0
    for name, states in strips:
        room = _Room(most, sizes)
        successors = _successors(diagram, [state for state in states if state in touched])
        (_broad if broad else _deep)(successors, room)
        for state in states:
            if state not in touched:
                room.put(state, max(room.layers.values(), default=0))
        found = room.layers
        layers |= {state: first + layer for state, layer in found.items()}
        following = first + max(found.values()) + 1
        if name is not None:
            stages[name] = (first, following - 1)
        first = following
    return Ranks(layers, stages)


def _strips(diagram: Diagram) -> Iterator[tuple[str | None, list[str]]]:
    """Yield the states that lie together, from above: those before all stages, then each stage and those after it."""
    stages = [name for name in diagram.stages if any(node.stage == name for node in diagram.nodes)]
    middle = {name: median(_places(diagram, name)) for name in stages}
    after: dict[str | None, list[str]] = {name: [] for name in (None, *stages)}
    for place, node in enumerate(diagram.nodes):
        if node.stage not in middle:
            before = [name for name in stages if middle[name] < place]
            after[before[-1] if before and node.state != diagram.start else None].append(node.state)
    for name, free in after.items():
        if name is not None:
            yield name, [node.state for node in diagram.nodes if node.stage == name]
        if free:
            yield None, free


def _places(diagram: Diagram, stage: str) -> list[int]:
    return [place for place, node in enumerate(diagram.nodes) if node.stage == stage]


def _successors(diagram: Diagram, states: list[str]) -> dict[str, list[str]]:
    """Return for each of the states which of them it leads to, without the edges that close a loop."""
    inside = set(states)
    following: dict[str, list[str]] = {state: [] for state in states}
    for edge in diagram.edges:
        if edge.source in inside and edge.target in inside and edge.source != edge.target:
            following[edge.source].append(edge.target)
    return _without_loops(following)


def _without_loops(following: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Walk depth first in the author's order, and drop each edge that leads back to where the walk came from."""
    kept: dict[str, list[str]] = {state: [] for state in following}
    done: set[str] = set()
    for root in following:
        way = [] if root in done else [(root, iter(following[root]))]
        walking = {root}
        while way:
            state, rest = way[-1]
            target = next(rest, None)
            if target is None:
                done.add(state)
                walking.discard(state)
                way.pop()
            elif target not in walking:
                kept[state].append(target)
                if target not in done:
                    walking.add(target)
                    way.append((target, iter(following[target])))
    return kept


class _Room:
    """Fills layers, each with states of at most so much size together; one that is larger has a layer for itself."""

    def __init__(self, most: int, sizes: Mapping[str, int]) -> None:
        self.most = most
        self.sizes = sizes
        self.layers: dict[str, int] = {}
        self.used: Counter[int] = Counter()

    def put(self, state: str, layer: int) -> int:
        """Put a state into the first layer from this one on that has room; return which."""
        while self.used[layer] and self.used[layer] + self.sizes[state] > self.most:
            layer += 1
        self.layers[state] = layer
        self.used[layer] += self.sizes[state]
        return layer


def _deep(following: Mapping[str, list[str]], room: _Room) -> None:
    """Put each state below all that lead to it."""
    waiting = _led_to(following)
    highest = dict.fromkeys(following, 0)
    ready = [state for state in following if not waiting[state]]
    while ready:
        state = min(ready, key=highest.__getitem__)
        ready.remove(state)
        layer = room.put(state, highest[state])
        for target in following[state]:
            highest[target] = max(highest[target], layer + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)


def _broad(following: Mapping[str, list[str]], room: _Room) -> None:
    """Put each state below the first that leads to it, breadth first."""
    waiting = _led_to(following)
    queue = deque((state, 0) for state in following if not waiting[state])
    while queue:
        state, layer = queue.popleft()
        if state not in room.layers:
            put = room.put(state, layer)
            queue.extend((target, put + 1) for target in following[state])


def _led_to(following: Mapping[str, list[str]]) -> Counter[str]:
    """Count for each state the edges that lead to it."""
    return Counter(target for targets in following.values() for target in targets)
