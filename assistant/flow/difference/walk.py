"""Walks two versions of a flow together along the same answers, as far as both are in the same state.

Once the versions have parted, at most one of them can take the next answer, so the way of each alone is all that is
left to look at (`alone.py`); which answer parted them is known, and need not be remembered any further.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assistant.flow.difference.version import TooManyConfigurations, Version, Versions
from assistant.flow.explorer import Configuration
from assistant.flow.model import Answer


class Standing(NamedTuple):
    """Where the same answers have led in the old and in the new version; None where one of them did not fit.

    A version that has come to an ending stays there, whatever is answered afterwards.
    """

    old: Configuration | None
    new: Configuration | None


class Together(NamedTuple):
    """Two configurations, of the same state but for the start, from which the same answers go on."""

    old: Configuration
    new: Configuration


class Step(NamedTuple):
    """One more answer, as the old version spells it if it can take it; `parts` if the versions go on apart."""

    origin: Together
    answer: Answer
    there: Standing
    old_took: bool
    new_took: bool
    parts: bool


@dataclass(frozen=True)
class Walk:
    """All places where the versions are together, the nearest first, and every step from them in this order."""

    first: Mapping[Together, Step | None]
    steps: tuple[Step, ...]

    def answers(self, here: Together) -> tuple[Answer, ...]:
        """Return the shortest answers that lead both versions here."""
        answers: list[Answer] = []
        step = self.first[here]
        while step is not None:
            answers.append(step.answer)
            step = self.first[step.origin]
        return tuple(reversed(answers))


def walk(versions: Versions, maximum: int) -> Walk:
    """Visit every place where both versions are together; raises TooManyConfigurations above `maximum` of them."""
    start = Together(versions.old.start, versions.new.start)
    first: dict[Together, Step | None] = {start: None}
    waiting, steps = deque([start]), list[Step]()
    while waiting:
        for step in _steps(versions, waiting.popleft()):
            steps.append(step)
            if step.parts or step.there.old is None or step.there.new is None:
                continue
            there = Together(step.there.old, step.there.new)
            if there not in first:
                first[there] = step
                waiting.append(there)
        if len(first) > maximum:
            raise TooManyConfigurations(maximum)
    return Walk(first, tuple(steps))


def _steps(versions: Versions, here: Together) -> Iterator[Step]:
    old, new = versions.old, versions.new
    same = versions.same(here.old.state, here.new.state)
    of_old, of_new = _open(old, here.old), _open(new, here.new)
    for trigger in dict.fromkeys((*of_old, *of_new) if same else of_old):
        before = old.step(here.old, trigger) if of_old else None
        after = new.step(here.new, trigger) if of_new and same else None
        if before or after:
            yield _step(versions, here, trigger, before, after)
    for trigger in () if same else of_new:
        after = new.step(here.new, trigger)
        if after:
            yield _step(versions, here, trigger, None, after)


def _open(version: Version, here: Configuration) -> tuple[str, ...]:
    return () if version.ended(here) else version.triggers[here.state]


def _step(
    versions: Versions, here: Together, trigger: str, before: Configuration | None, after: Configuration | None
) -> Step:
    answer = Answer((here.old if before else here.new).state, trigger)
    stays = Standing(
        here.old if versions.old.ended(here.old) else None, here.new if versions.new.ended(here.new) else None
    )
    together = before is not None and after is not None and versions.same(before.state, after.state)
    there = Standing(before or stays.old, after or stays.new)
    return Step(here, answer, there, before is not None, after is not None, not together)
