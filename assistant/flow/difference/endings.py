"""Whose ending changes: for each ending before, ending after and deciding answer the shortest answers that show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from assistant.flow.difference.alone import Alone, alone
from assistant.flow.difference.version import Version, Versions
from assistant.flow.difference.walk import Step, Together, Walk
from assistant.flow.explorer import Configuration
from assistant.flow.model import Answer


@dataclass(frozen=True)
class Ending:
    """Answers that end otherwise than before: the ending states of both versions, None where it is not finished there.

    The deciding answer is the first after which the versions are in different states, or that only one of them can
    take; the last one, where both come to the same state, but it ends one of them only. `led_before` and `led_after`
    are the states right after it. Answers have the old version's ids as long as it can take them.
    """

    answers: tuple[Answer, ...]
    before: str | None
    after: str | None
    decided_by: Answer
    led_before: str | None
    led_after: str | None


class _Found(NamedTuple):
    """An ending that differs: how many more answers after a step, taken by which version alone."""

    before: str | None
    after: str | None
    more: int = 0
    runner: Configuration | None = None
    old_runs: bool = False


_Key: TypeAlias = tuple[str | None, str | None, Answer]


def changed_endings(versions: Versions, walked: Walk, maximum: int) -> tuple[Ending, ...]:
    """Return one entry for each ending before, ending after and deciding answer, in the order of the deciding answers.

    Exact: every list of answers that is complete in one of the versions and ends otherwise in the other is of one of
    these kinds. Raises TooManyConfigurations.
    """
    steps = _kinds(walked)
    old = alone(versions.old, _running(versions.old, (step.there.old for step in steps if step.parts)), maximum)
    new = alone(versions.new, _running(versions.new, (step.there.new for step in steps if step.parts)), maximum)
    best: dict[_Key, tuple[int, Step, _Found]] = {}
    for step, length in steps.items():
        for found in _after(versions, step, old, new):
            key = (found.before, found.after, step.answer)
            if key not in best or length + found.more < best[key][0]:
                best[key] = (length + found.more, step, found)
    return tuple(_ending(walked, step, found, old, new) for _, step, found in best.values())


def _kinds(walked: Walk) -> dict[Step, int]:
    """Return the steps after which endings may differ, each kind once, and how many answers it takes."""
    far: dict[Together, int] = {}
    kinds: dict[object, tuple[Step, int]] = {}
    for here, first in walked.first.items():
        far[here] = 1 if first is None else far[first.origin] + 1
    for step in walked.steps:
        kinds.setdefault(step[1:], (step, far[step.origin]))
    return dict(kinds.values())


def _running(version: Version, places: Iterator[Configuration | None]) -> Iterator[Configuration]:
    return (place for place in places if place is not None and not version.ended(place))


def _after(versions: Versions, step: Step, old: Alone, new: Alone) -> Iterator[_Found]:
    """Yield the endings that differ from this step on, at once or once the version that goes on has ended."""
    there = step.there
    before, after = _end(versions.old, there.old), _end(versions.new, there.new)
    ends = (step.old_took and before is not None) or (step.new_took and after is not None)
    if ends and not versions.same(before, after):
        yield _Found(before, after)
    if not step.parts:
        return
    if there.old is not None and before is None:
        for ending, more in old.distances[there.old].items():
            if not versions.same(ending, after):
                yield _Found(ending, after, more, there.old, old_runs=True)
    if there.new is not None and after is None:
        for ending, more in new.distances[there.new].items():
            if not versions.same(before, ending):
                yield _Found(before, ending, more, there.new)


def _end(version: Version, here: Configuration | None) -> str | None:
    return here.state if here is not None and version.ended(here) else None


def _ending(walked: Walk, step: Step, found: _Found, old: Alone, new: Alone) -> Ending:
    answers = (*walked.answers(step.origin), step.answer)
    if found.runner is not None:
        ending = found.before if found.old_runs else found.after
        assert ending is not None
        answers += (old if found.old_runs else new).answers(found.runner, ending)
    led_before, led_after = (place.state if place is not None else None for place in step.there)
    return Ending(answers, found.before, found.after, step.answer, led_before, led_after)
