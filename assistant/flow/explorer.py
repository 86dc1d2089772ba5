"""Every configuration of a flow that can be reached, with the shortest answers to it; exact, not sampled.

A configuration is a state plus those earlier answers that a guard reachable from there still reads; all others are
forgotten. So the checks, the shortest links and the differences between two flows need no sampling.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Final, NamedTuple

from assistant.flow.engine import Engine, Position, transitions_of
from assistant.flow.model import LOST, RESULTS, Answer, Flow, State, is_result

MAXIMUM_CONFIGURATIONS: Final = 20_000
# What one flow may cost: for every step looked at one, and one more for every answer that is remembered or read in it.
MAXIMUM_WORK: Final = 300_000


class Configuration(NamedTuple):
    """A state and the earlier answers that guards can still read there."""

    state: str
    memory: frozenset[Answer] = frozenset()


class Step(NamedTuple):
    """How a configuration was first reached: from where, by which trigger."""

    origin: Configuration
    trigger: str


@dataclass(frozen=True)
class Exploration:
    """All configurations, the nearest first; not `complete` if there were too many to visit."""

    live: Mapping[str, frozenset[Answer]]
    first: Mapping[Configuration, Step | None]
    edges: Mapping[Configuration, tuple[tuple[str, Configuration], ...]]
    complete: bool

    def configuration(self, position: Position) -> Configuration:
        """Return the configuration of a position: what the rest of the way can depend on."""
        live = self.live[position.state]
        memory = frozenset(answer for answer in live if position.latest.get(answer.state) == answer.trigger)
        return Configuration(position.state, memory)

    def answers(self, configuration: Configuration) -> tuple[Answer, ...]:
        """Return the shortest answers that lead to a configuration; raises KeyError if it cannot be reached."""
        answers: list[Answer] = []
        step = self.first[configuration]
        while step is not None:
            answers.append(Answer(step.origin.state, step.trigger))
            step = self.first[step.origin]
        return tuple(reversed(answers))

    def shortest(self) -> dict[str, tuple[Answer, ...]]:
        """Return the shortest answers to every state that can be reached, configurations aside."""
        found: dict[str, tuple[Answer, ...]] = {}
        for configuration in self.first:
            if configuration.state not in found:
                found[configuration.state] = self.answers(configuration)
        return found


def explore(engine: Engine, maximum: int = MAXIMUM_CONFIGURATIONS, maximum_work: int = MAXIMUM_WORK) -> Exploration:
    """Visit every configuration reachable from the start, the nearest first, at most `maximum` of them.

    It also ends, not complete, when it has been too much work: many remembered answers cost memory and time long before
    there are too many configurations. Nearest is what takes the fewest results of an invoke, and of these the fewest
    answers: who opens a page by its number is not told that a sign-in failed, if a person can come to the page by
    choosing.
    """
    flow = engine.flow
    live = live_answers(flow, maximum_work)
    work = sum(map(len, live.values()))
    triggers = answerable(flow, live)
    asked = {
        name: len(triggers[name]) + sum(1 for _ in _reads(flow, name, state)) for name, state in flow.states.items()
    }
    first: dict[Configuration, Step | None] = {}
    edges: dict[Configuration, tuple[tuple[str, Configuration], ...]] = {}
    start, order = Configuration(flow.start), count()
    nearest: dict[Configuration, tuple[int, int]] = {start: (0, 0)}
    waiting: list[tuple[int, int, int, Configuration, Step | None]] = [(0, 0, next(order), start, None)]
    while waiting and len(first) <= maximum and work <= maximum_work:
        results, length, _, here, step = heappop(waiting)
        if here in first:
            continue
        first[here] = step
        work += asked[here.state] + len(triggers[here.state]) * len(here.memory)
        latest, choices = dict(here.memory), flow.states[here.state].choices
        found: list[tuple[str, Configuration]] = []
        for trigger in triggers[here.state]:
            target = engine.target(here.state, trigger, latest)
            if target is None:
                continue
            there = after(here, trigger, target, live[target])
            found.append((trigger, there))
            distance = (results + (trigger not in choices and trigger != LOST), length + 1)
            if there not in nearest or distance < nearest[there]:
                nearest[there] = distance
                heappush(waiting, (*distance, next(order), there, Step(here, trigger)))
        edges[here] = tuple(found)
    return Exploration(live, first, edges, len(first) <= maximum and work <= maximum_work)


def answerable(flow: Flow, live: Mapping[str, frozenset[Answer]]) -> dict[str, tuple[str, ...]]:
    """Return for every state all that may be answered there, open or not, in the author's order.

    Of the results that take the default branch only those are named that a guard tells apart (`live`, of
    `live_answers`); `default` stands for all others.
    """
    read = frozenset[Answer]().union(*live.values())
    return {name: (*_triggers(flow, state), *_unlisted(flow, name, read)) for name, state in flow.states.items()}


def _triggers(flow: Flow, state: State) -> Iterator[str]:
    yield from state.choices
    yield from flow.results_of(state)
    yield LOST


def _unlisted(flow: Flow, name: str, read: frozenset[Answer]) -> Iterator[str]:
    """Yield the results that take the default branch, but are told apart by a guard later on."""
    state = flow.states[name]
    if state.invoke is not None:
        results = flow.results_of(state)
        for answer in sorted(read):
            own = answer.trigger in state.choices or answer.trigger in results
            if answer.state == name and not own and is_result(state.invoke, answer.trigger):
                yield answer.trigger


_NOTHING: Final[frozenset[Answer]] = frozenset()


def after(here: Configuration, trigger: str, target: str, live: frozenset[Answer]) -> Configuration:
    """Return the configuration in `target`, where these answers are live, after a trigger was taken `here`."""
    if not live:
        return Configuration(target, _NOTHING)
    kept = {answer for answer in here.memory if answer.state != here.state}
    kept.add(Answer(here.state, trigger))
    return Configuration(target, live & kept)


def live_answers(flow: Flow, maximum: float = inf) -> dict[str, frozenset[Answer]]:
    """Return for every state the answers that some guard there or further on still reads before they are given anew.

    The classic backward data-flow analysis for live variables, with one variable for each state. It ends early,
    with some answers left out, once it has found more than `maximum` of them, those of all states counted together.
    """
    reads = {name: frozenset(_reads(flow, name, state)) for name, state in flow.states.items()}
    live = {name: frozenset(answers) for name, answers in reads.items()}
    if not any(reads.values()):
        return live
    before: dict[str, set[str]] = {name: set() for name in flow.states}
    for name, state in flow.states.items():
        for _, _, target in transitions_of(flow, name, state):
            before[target].add(name)
    size = sum(map(len, live.values()))
    waiting = {name for name, answers in live.items() if answers}
    while waiting and size <= maximum:
        target = waiting.pop()
        for name in before[target]:
            added = {answer for answer in live[target] if answer.state != name} - live[name]
            if added:
                live[name] |= added
                size += len(added)
                waiting.add(name)
    return live


def _reads(flow: Flow, name: str, state: State) -> Iterator[Answer]:
    guards = [guard for _, guard, _ in transitions_of(flow, name, state)]
    guards += [part.when for part in (*state.text, *state.script)]
    guards += [use.when for use in state.notes]
    guards += [part.when for part in state.message.text] if state.message else []
    for guard in guards:
        if guard is not None:
            yield from (Answer(*pair) for pair in guard.reads())


def stuck(engine: Engine, found: Exploration) -> list[Configuration]:
    """Return the configurations from which no ending can be reached without ever choosing `lost` (decision 4)."""
    back: dict[Configuration, list[Configuration]] = {}
    for here, edges in found.edges.items():
        for trigger, there in edges:
            if trigger != LOST:
                back.setdefault(there, []).append(here)
    waiting = deque(here for here in found.first if engine.flow.states[here.state].outcome is not None)
    fine = set(waiting)
    while waiting:
        for origin in back.get(waiting.popleft(), ()):
            if origin not in fine:
                fine.add(origin)
                waiting.append(origin)
    return [here for here in found.first if here not in fine]


def lost_forever(engine: Engine, found: Exploration) -> list[Configuration]:
    """Return the configurations where someone who always chooses `lost` never comes to an ending (decision 4)."""
    follows = {here: _lost(edges) for here, edges in found.edges.items()}
    ends: dict[Configuration, bool] = {}
    for start in found.first:
        path: list[Configuration] = []
        walked: set[Configuration] = set()
        here: Configuration | None = start
        while here is not None and here not in ends and here not in walked:
            path.append(here)
            walked.add(here)
            here = follows.get(here)
        ended = here is None and engine.flow.states[path[-1].state].outcome is not None
        fine = ended or (here is not None and ends.get(here, False))
        ends.update(dict.fromkeys(path, fine))
    return [here for here in found.first if not ends[here]]


def lost_circle(found: Exploration, start: Configuration) -> tuple[Configuration, ...]:
    """Return where someone who always chooses `lost` ends: the configurations of a circle, or the last one alone."""
    walked: dict[Configuration, int] = {}
    here: Configuration | None = start
    while here is not None and here not in walked:
        walked[here] = len(walked)
        here = _lost(found.edges[here])
    path = tuple(walked)
    return path[-1:] if here is None else path[walked[here] :]


def _lost(edges: Iterable[tuple[str, Configuration]]) -> Configuration | None:
    return next((there for trigger, there in edges if trigger == LOST), None)


def closed_results(engine: Engine, found: Exploration) -> list[Configuration]:
    """Return the configurations where something is run that can come back with a result that leads nowhere."""
    flow = engine.flow
    results = {
        name: {*RESULTS.get(state.invoke, ()), *flow.results_of(state)}
        for name, state in flow.states.items()
        if state.invoke is not None
    }
    closed = []
    for here in found.first:
        latest = dict(here.memory)
        if any(engine.target(here.state, result, latest) is None for result in results.get(here.state, ())):
            closed.append(here)
    return closed


def never_taken(engine: Engine, found: Exploration) -> Iterable[Answer]:
    """Yield every choice that is open in no configuration."""
    taken = {(here.state, trigger) for here, edges in found.edges.items() for trigger, _ in edges}
    visited = {here.state for here in found.first}
    for name in visited:
        for trigger in engine.flow.states[name].choices:
            if (name, trigger) not in taken:
                yield Answer(name, trigger)
