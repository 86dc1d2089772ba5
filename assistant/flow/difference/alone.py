"""The way of one version alone: how many more answers it takes to each ending, and which."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.flow.difference.version import Version, followed
from assistant.flow.explorer import Configuration
from assistant.flow.model import Answer


@dataclass(frozen=True)
class Alone:
    """The endings that can be reached from some configurations, each with the fewest answers that lead there."""

    edges: Mapping[Configuration, Mapping[str, Configuration]]
    distances: Mapping[Configuration, Mapping[str, int]]

    def answers(self, here: Configuration, ending: str) -> tuple[Answer, ...]:
        """Return the shortest answers from a configuration to an ending, of several the author's first."""
        answers: list[Answer] = []
        for left in range(self.distances[here][ending] - 1, -1, -1):
            steps = self.edges[here].items()
            trigger, there = next(step for step in steps if self.distances[step[1]].get(ending) == left)
            answers.append(Answer(here.state, trigger))
            here = there
        return tuple(answers)


def alone(version: Version, starts: Iterable[Configuration], maximum: int) -> Alone:
    """Follow a version from these configurations to every ending; raises TooManyConfigurations."""
    edges = followed(version, starts, maximum)
    back: dict[Configuration, list[Configuration]] = {here: [] for here in edges}
    for here, steps in edges.items():
        for there in steps.values():
            back[there].append(here)
    distances: dict[Configuration, dict[str, int]] = {here: {} for here in edges}
    for ending in dict.fromkeys(here.state for here in edges if version.ended(here)):
        _measure(ending, back, distances)
    return Alone(edges, distances)


def _measure(
    ending: str,
    back: Mapping[Configuration, list[Configuration]],
    distances: Mapping[Configuration, dict[str, int]],
) -> None:
    waiting = deque(here for here in back if here.state == ending)
    for here in waiting:
        distances[here][ending] = 0
    while waiting:
        here = waiting.popleft()
        further = distances[here][ending] + 1
        for origin in back[here]:
            if ending not in distances[origin]:
                distances[origin][ending] = further
                waiting.append(origin)
