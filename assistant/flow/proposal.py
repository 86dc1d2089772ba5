"""Proposes walks through a flow for what no scenario exercises: few, each to an ending, as people could go."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Final, TypeAlias

from assistant.flow.coverage import Coverage, Measure, Part
from assistant.flow.explorer import Configuration, answerable
from assistant.flow.model import DEFAULT, RESULTS, Answer

# How far a walk turns aside for something else that is untested, and how many answers it has at most then.
_ASIDE: Final = 3
_LONG: Final = 12

_Taken: TypeAlias = tuple[Configuration, str]


def propose(measure: Measure, coverage: Coverage) -> list[tuple[Answer, ...]]:
    """Return few walks that exercise all that is untested, `lost` aside, each to an ending; the shortest first.

    Greedy: each walk goes to the nearest untested part, and on its way to an ending turns aside for others close by.
    """
    todo = dict.fromkeys(coverage.untested("state", "transition", "guard"))
    walks: list[tuple[Answer, ...]] = []
    while todo:
        walk = _Walk(measure, todo).answers(next(iter(todo)))
        for part in measure.exercised(walk):
            todo.pop(part, None)
        walks.append(walk)
    return sorted(_needed(measure, coverage, walks), key=len)


def _needed(measure: Measure, coverage: Coverage, walks: list[tuple[Answer, ...]]) -> list[tuple[Answer, ...]]:
    """Leave out every walk for which all that it exercises is exercised by others as well."""
    gains = {walk: set(measure.exercised(walk)) - coverage.exercised for walk in walks}
    often = Counter(part for parts in gains.values() for part in parts if part.kind != "lost")
    needed = []
    for walk, parts in gains.items():
        own = [part for part in parts if part.kind != "lost"]
        if all(often[part] > 1 for part in own):
            often.subtract(own)
        else:
            needed.append(walk)
    return needed


class _Walk:
    """One walk in the making, for the parts still to do."""

    def __init__(self, measure: Measure, todo: Mapping[Part, None]) -> None:
        self._measure, self._todo = measure, todo
        self._gained: set[Part] = set()
        self._visited: set[Configuration] = set()

    def answers(self, part: Part) -> tuple[Answer, ...]:
        """Return the answers of a walk that exercises this part."""
        here, trigger = self._measure.possible[part]
        answers = [*self._measure.found.answers(here)]
        self._visited.add(here)
        steps = [(here, trigger)] if trigger is not None else self._to_more(here, _LONG)
        while steps:
            for at, by in steps:
                answers.append(self._answer(at, by))
                self._gained.update(self._measure.step(at.state, by, dict(at.memory)))
                here = self._after(at, by)
                self._visited.add(here)
            steps = self._to_more(here, min(_ASIDE, _LONG - len(answers)))
        return (*answers, *(self._answer(at, by) for at, by in self._to_ending(here)))

    def _to_more(self, here: Configuration, reach: int) -> list[_Taken]:
        return self._nearest(here, self._gains, reach)

    def _to_ending(self, here: Configuration) -> list[_Taken]:
        if self._ends(here):
            return []
        self._visited.clear()
        return self._nearest(here, lambda at, by: self._ends(self._after(at, by)), len(self._measure.found.first))

    def _gains(self, at: Configuration, by: str) -> bool:
        if self._after(at, by) in self._visited:
            return False
        return any(
            part in self._todo and part not in self._gained
            for part in self._measure.step(at.state, by, dict(at.memory))
        )

    def _ends(self, here: Configuration) -> bool:
        return self._measure.engine.flow.states[here.state].outcome is not None

    def _after(self, at: Configuration, by: str) -> Configuration:
        return next(there for trigger, there in self._measure.found.edges[at] if trigger == by)

    def _nearest(self, start: Configuration, wanted: Callable[[Configuration, str], bool], reach: int) -> list[_Taken]:
        """Return the fewest steps of which the last is wanted and none comes back to where the walk was."""
        ways: dict[Configuration, list[_Taken]] = {start: []}
        waiting = deque([start])
        while waiting and len(ways[waiting[0]]) < reach:
            here = waiting.popleft()
            for trigger, there in self._ways_on(here):
                way = [*ways[here], (here, trigger)]
                if wanted(here, trigger):
                    return way
                if there not in ways and there not in self._visited:
                    ways[there] = way
                    waiting.append(there)
        return []

    def _ways_on(self, here: Configuration) -> Iterator[tuple[str, Configuration]]:
        """Yield the choices and the results that the state itself names: neither `lost` nor the flow's own results."""
        state = self._measure.engine.flow.states[here.state]
        for trigger, there in self._measure.found.edges[here]:
            if trigger in state.choices or trigger in state.results:
                yield trigger, there

    def _answer(self, at: Configuration, by: str) -> Answer:
        """Return the answer of a step; it carries a real result, never `default`."""
        flow, invoke = self._measure.engine.flow, self._measure.engine.flow.states[at.state].invoke
        if by != DEFAULT or invoke is None:
            return Answer(at.state, by)
        named = answerable(flow, self._measure.found.live)[at.state]
        results = [*sorted(RESULTS[invoke]), *(f"code-{number}" for number, _ in zip(count(99999), named))]
        return Answer(at.state, next(result for result in results if result not in named))
