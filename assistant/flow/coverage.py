"""What walks through a flow exercise of it, and what none does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

from assistant.flow.engine import Engine, Latest, Position
from assistant.flow.explorer import Configuration, Exploration
from assistant.flow.guarded import Guarded, on_page, own_result, targets, tried
from assistant.flow.model import LOST, Answer, Flow
from assistant.flow.rules.subject import Place

Kind: TypeAlias = Literal["state", "transition", "guard", "lost"]
KINDS: Final[tuple[Kind, ...]] = ("state", "transition", "guard", "lost")


class Part(NamedTuple):
    """One thing that a walk can exercise: a state, a choice or own result, what a guard says, or `lost` in a state."""

    kind: Kind
    place: Place
    passes: bool | None = None


@dataclass(frozen=True)
class Coverage:
    """What can be exercised, the nearest to the start first, and what was. What no answers can reach is neither."""

    possible: tuple[Part, ...]
    exercised: frozenset[Part]

    def untested(self, *kinds: Kind) -> list[Part]:
        """Return what was not exercised, of these kinds or of all."""
        return [part for part in self.possible if part not in self.exercised and (not kinds or part.kind in kinds)]

    def counts(self) -> dict[Kind, tuple[int, int]]:
        """Return for each kind how many parts were exercised, and of how many."""
        return {
            kind: (len(every) - len(self.untested(kind)), len(every))
            for kind in KINDS
            if (every := [part for part in self.possible if part.kind == kind]) or kind != "lost"
        }


def percent(exercised: int, possible: int) -> int:
    """Return the share in whole percent, rounded down, so that 100 means all; nothing to exercise is all."""
    return 100 * exercised // possible if possible else 100


class Measure:
    """Knows the parts of one flow, and which of them pages and steps exercise."""

    def __init__(self, engine: Engine, found: Exploration) -> None:
        """Take a flow and all its configurations."""
        self.engine: Final = engine
        self.found: Final = found
        self._pages: Final = {name: _guarded(on_page(engine.flow, name)) for name in engine.flow.states}
        self._steps: Final[dict[tuple[str, str], _Step]] = {}

    def coverage(self, walks: Iterable[Iterable[Answer]]) -> Coverage:
        """Return what these walks exercise; each must replay to its end."""
        exercised = frozenset(part for walk in walks for part in self.exercised(tuple(walk)))
        return Coverage(tuple(self.possible), exercised)

    def exercised(self, walk: tuple[Answer, ...]) -> Iterator[Part]:
        """Yield what one walk exercises."""
        position = Position(self.engine.flow.start)
        yield from self.page(position.state, position.latest)
        for answer in walk:
            following = self.engine.step(position, answer.trigger)
            if following is None:
                raise ValueError(f"'{answer}' cannot be answered in '{position.state}'")
            yield from self.step(answer.state, answer.trigger, position.latest)
            yield from self.page(following.state, following.latest)
            position = following

    @cached_property
    def possible(self) -> Mapping[Part, tuple[Configuration, str | None]]:
        """Map every part that can be exercised to the nearest configuration that does, and the trigger it takes."""
        nearest: dict[Part, tuple[Configuration, str | None]] = {}
        for here in self.found.first:
            latest = dict(here.memory)
            for part in self.page(here.state, latest):
                nearest.setdefault(part, (here, None))
            for trigger, _ in self.found.edges[here]:
                for part in self.step(here.state, trigger, latest):
                    nearest.setdefault(part, (here, trigger))
        return nearest

    def page(self, name: str, latest: Latest) -> Iterator[Part]:
        """Yield what showing the page of a state exercises."""
        yield Part("state", ("states", name))
        for each in self._pages[name]:
            yield Part("guard", (*each.place, "when"), each.passes(latest))

    def step(self, name: str, trigger: str, latest: Latest) -> Iterator[Part]:
        """Yield what taking a trigger exercises."""
        step = self._steps.get((name, trigger)) or self._step(name, trigger)
        if step.part is not None:
            yield step.part
        for each, passes in tried(step.targets, latest) if step.guarded else ():
            if each.guard is not None:
                yield Part("guard", (*each.place, "when"), passes)

    def _step(self, name: str, trigger: str) -> "_Step":
        asked = targets(self.engine.flow, name, trigger)
        step = _Step(_transition(self.engine.flow, name, trigger), asked, bool(_guarded(asked)))
        self._steps[name, trigger] = step
        return step


@dataclass(frozen=True)
class _Step:
    part: Part | None
    targets: tuple[Guarded, ...]
    guarded: bool


def _guarded(parts: Iterable[Guarded]) -> tuple[Guarded, ...]:
    return tuple(part for part in parts if part.guard is not None)


def _transition(flow: Flow, name: str, trigger: str) -> Part | None:
    """Return the part that a trigger is in a state: none if the flow's shared results take it."""
    if trigger == LOST:
        return Part("lost", ("states", name))
    if trigger in flow.states[name].choices:
        return Part("transition", ("states", name, "choices", trigger))
    own = own_result(flow, name, trigger)
    return None if own is None else Part("transition", ("states", name, "results", own))
