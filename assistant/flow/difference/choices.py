"""Choices of the states that two versions share: gained, lost, said otherwise, leading elsewhere."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from assistant.flow.guard import AllOf, Answered, AnyOf, AtLeast, Guard, Not, both
from assistant.flow.model import Answer, Choice, State

Now = Callable[[str], str]


@dataclass(frozen=True)
class Relabelled:
    """A choice, by its new id, that is said otherwise."""

    choice: Answer
    before: str
    after: str


@dataclass(frozen=True)
class Redirected:
    """A choice, by its new id, that leads to other states: all its targets, in the order in which they are tried."""

    choice: Answer
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """What became of choices; those that were lost have their old id, and `reguarded` have other guards only."""

    gained: tuple[Answer, ...]
    lost: tuple[Answer, ...]
    relabelled: tuple[Relabelled, ...]
    redirected: tuple[Redirected, ...]
    reguarded: tuple[Answer, ...]


class _Pair(NamedTuple):
    answer: Answer
    before: Choice
    after: Choice


def changed_choices(kept: Mapping[str, str], old: Mapping[str, State], new: Mapping[str, State], now: Now) -> Choices:
    """Compare the choices of states that both versions have: `kept` maps their old ids to the new ones."""
    states = [(name, old[name].choices, kept[name], new[kept[name]].choices) for name in kept]
    pairs = [
        _Pair(Answer(after, trigger), was[trigger], choice)
        for _, was, after, now_has in states
        for trigger, choice in now_has.items()
        if trigger in was
    ]
    return Choices(
        gained=tuple(
            Answer(after, trigger) for _, was, after, now_has in states for trigger in now_has if trigger not in was
        ),
        lost=tuple(
            Answer(before, trigger) for before, was, _, now_has in states for trigger in was if trigger not in now_has
        ),
        relabelled=tuple(
            Relabelled(answer, before.label, after.label)
            for answer, before, after in pairs
            if before.label != after.label
        ),
        redirected=tuple(
            Redirected(answer, tuple(target.to for target in before.to), tuple(target.to for target in after.to))
            for answer, before, after in pairs
            if _targets(before, now) != _targets(after)
        ),
        reguarded=tuple(
            answer
            for answer, before, after in pairs
            if _targets(before, now) == _targets(after) and list(_guards(before, now)) != list(_guards(after))
        ),
    )


def _unchanged(state: str) -> str:
    return state


def _targets(choice: Choice, now: Now = _unchanged) -> list[str]:
    return [now(target.to) for target in choice.to]


def _guards(choice: Choice, now: Now = _unchanged) -> Iterator[Guard | None]:
    for target in choice.to:
        guard = both(choice.when, target.when)
        yield None if guard is None else _renamed(guard, now)


def _renamed(guard: Guard, now: Now) -> Guard:
    """Return the guard with the ids that the states it reads have now."""
    if isinstance(guard, Answered):
        return Answered(now(guard.state), guard.triggers)
    if isinstance(guard, Not):
        return Not(_renamed(guard.part, now))
    if isinstance(guard, (AllOf, AnyOf)):
        return type(guard)(tuple(_renamed(part, now) for part in guard.parts))
    if isinstance(guard, AtLeast):
        return AtLeast(guard.count, tuple(_renamed(part, now) for part in guard.parts))
    raise TypeError(f"no such guard is known: {type(guard).__name__}")
