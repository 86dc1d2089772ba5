"""Guards: `when:` lets a choice, target, note or paragraph through, depending on the latest answers."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from assistant.flow.message import Message, say
from assistant.flow.problem import suggestion
from assistant.flow.refusal import refused

AT_LEAST: Final = "at-least"
RESERVED: Final = frozenset({"any", "all", "not", AT_LEAST})


class Guard(ABC):
    """Lets something through or not; a pure function of the latest answer of each state."""

    @abstractmethod
    def allows(self, latest: Mapping[str, str]) -> bool:
        """Say whether these latest answers (state to trigger) let the guarded thing through."""

    @abstractmethod
    def reads(self) -> Iterator[tuple[str, str]]:
        """Yield every (state, trigger) that can change what this guard says."""


@dataclass(frozen=True)
class Answered(Guard):
    """True while the latest answer of `state` is one of `triggers`; a state never answered reads as false."""

    state: str
    triggers: tuple[str, ...]

    def allows(self, latest: Mapping[str, str]) -> bool:
        return latest.get(self.state) in self.triggers

    def reads(self) -> Iterator[tuple[str, str]]:
        for trigger in self.triggers:
            yield self.state, trigger


@dataclass(frozen=True)
class AllOf(Guard):
    """True if every part is."""

    parts: tuple[Guard, ...]

    def allows(self, latest: Mapping[str, str]) -> bool:
        return all(part.allows(latest) for part in self.parts)

    def reads(self) -> Iterator[tuple[str, str]]:
        for part in self.parts:
            yield from part.reads()


@dataclass(frozen=True)
class AnyOf(Guard):
    """True if at least one part is."""

    parts: tuple[Guard, ...]

    def allows(self, latest: Mapping[str, str]) -> bool:
        return any(part.allows(latest) for part in self.parts)

    def reads(self) -> Iterator[tuple[str, str]]:
        for part in self.parts:
            yield from part.reads()


@dataclass(frozen=True)
class AtLeast(Guard):
    """True if so many of the parts are, as a rule that counts points."""

    count: int
    parts: tuple[Guard, ...]

    def allows(self, latest: Mapping[str, str]) -> bool:
        return sum(part.allows(latest) for part in self.parts) >= self.count

    def reads(self) -> Iterator[tuple[str, str]]:
        for part in self.parts:
            yield from part.reads()


@dataclass(frozen=True)
class Not(Guard):
    """True if the part is not."""

    part: Guard

    def allows(self, latest: Mapping[str, str]) -> bool:
        return not self.part.allows(latest)

    def reads(self) -> Iterator[tuple[str, str]]:
        return self.part.reads()


def both(first: Guard | None, second: Guard | None) -> Guard | None:
    """Return the guard that passes only where both do; None is no guard."""
    if first is None or second is None:
        return first or second
    return AllOf((first, second))


def parse_guard(value: Any) -> Guard:
    """Return the guard in a plain YAML value; refuses it with what to write instead."""
    if isinstance(value, Guard):
        return value
    if isinstance(value, str) and value:
        message = say(
            "no guard '{name}' stands under 'guards:'; a guard is a mapping such as {{state: trigger}}", name=value
        )
        raise refused("bad-guard", message)
    if not isinstance(value, dict) or not value:
        raise refused("bad-guard", say("a guard is a mapping such as {{state: trigger}}"))
    parts = tuple(_part(key, item) for key, item in value.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _part(key: str, value: Any) -> Guard:
    if key in ("any", "all"):
        if not isinstance(value, list) or not value:
            raise refused("bad-guard", say("'{key}:' takes a list of guards, such as [{{state: trigger}}]", key=key))
        parts = tuple(map(parse_guard, value))
        return AnyOf(parts) if key == "any" else AllOf(parts)
    if key == "not":
        return Not(parse_guard(value))
    if key == AT_LEAST:
        return _counted(value)
    triggers = value if isinstance(value, list) else [value]
    if not triggers or not all(isinstance(trigger, str) and trigger for trigger in triggers):
        message = say("'{key}:' takes a trigger or a list of triggers{near}", key=key, near=_meant(key))
        raise refused("bad-guard", message)
    return Answered(key, tuple(triggers))


def _counted(value: Any) -> Guard:
    entries = list(value.items()) if isinstance(value, dict) else []
    count, parts = entries[0] if len(entries) == 1 else ("", None)
    if not (isinstance(parts, list) and re.fullmatch("[1-9][0-9]?", count) and int(count) <= len(parts)):
        message = say("'at-least:' takes a number and as many guards or more, such as {{1: [{{a: yes}}, {{b: yes}}]}}")
        raise refused("bad-guard", message)
    return AtLeast(int(count), tuple(map(parse_guard, parts)))


def _meant(key: str) -> Message:
    """Suggest the word for what another language would call so; a state can be called `or`, but holds no guards."""
    word = {"or": "any", "and": "all"}.get(key)
    return suggestion(key, sorted(RESERVED)) if word is None else say("; did you mean '{near}'?", near=word)
