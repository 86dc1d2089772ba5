"""The definition of changed endings and of links that stop, read plainly: no answer is ever forgotten, no engine used.

What was decided is part of where two versions stand, so every answer is followed on and on from every standing.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from tests.flow.reference import can_come_back, listed, target

Plain: TypeAlias = dict[str, Any]
Pair: TypeAlias = tuple[str, str]
Key: TypeAlias = tuple[str | None, str | None, Pair]


@dataclass(frozen=True)
class Side:
    """One version on its way: where it is, what was answered, and whether an answer did not fit."""

    state: str
    latest: frozenset[Pair] = frozenset()
    stopped: bool = False


@dataclass(frozen=True)
class Stand:
    """Both versions after the same answers: what decided, if anything, and whether the last answer completed one."""

    old: Side
    new: Side
    decided: Pair | None = None
    complete: bool = False
    last: Pair | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Definition:
    """Two versions of a flow as plain values."""

    old: Plain
    new: Plain

    def now(self, state: str) -> str:
        """Return the new id of an old state."""
        if state in self.new["states"]:
            return state
        names = self.new["states"]
        return next((name for name in names if state in names[name].get("was", ())), state)

    @property
    def start(self) -> Stand:
        return Stand(Side(self.old["start"]), Side(self.new["start"]))

    def take(self, here: Stand, answer: Pair) -> Stand:
        """Let both versions take an answer, spelled as the old version or as the new one spells it."""
        old, old_took = taken(self.old, here.old, answer)
        new, new_took = taken(self.new, here.new, (self.now(answer[0]), answer[1]))
        apart = self.now(old.state) != new.state or old_took != new_took
        decided = here.decided or (answer if apart else None)
        complete = (old_took and ended(self.old, old)) or (new_took and ended(self.new, new))
        return Stand(old, new, decided, complete, answer)

    def key(self, here: Stand) -> Key | None:
        """Return what an answer list that leads here shows, None if it is not complete or ends as before."""
        before, after = ending(self.old, here.old), ending(self.new, here.new)
        if not here.complete or (self.now(before) if before else None) == after:
            return None
        decided = here.decided or here.last
        assert decided is not None
        return before, after, decided

    def answers(self, here: Stand) -> Iterator[Pair]:
        """Yield what can be answered, in the old version's spelling where it takes the answer."""
        old = triggers(self.old, here.old) if going(self.old, here.old) else []
        new = triggers(self.new, here.new) if going(self.new, here.new) else []
        together = bool(old and new) and self.now(here.old.state) == here.new.state
        for trigger in dict.fromkeys([*old, *new] if together else old):
            spelled = (here.old.state, trigger)
            if old and (taken(self.old, here.old, spelled)[1] or not together):
                yield spelled
            elif together:
                yield here.new.state, trigger
        if not together:
            yield from ((here.new.state, trigger) for trigger in new)

    def endings(self) -> dict[Key, int]:
        """Return how many answers it takes at least to show each kind of changed ending."""
        found: dict[Key, int] = {}
        distance = {self.start: 0}
        waiting = deque(distance)
        while waiting:
            here = waiting.popleft()
            for answer in self.answers(here):
                there = self.take(here, answer)
                key = self.key(there)
                if key is not None:
                    found.setdefault(key, distance[here] + 1)
                there = replace(there, complete=False)
                if there not in distance:
                    distance[there] = distance[here] + 1
                    waiting.append(there)
        return found

    def saved(self, old: Side, new: Side) -> list[str]:
        """Return what a link can say next: results that only the new version tells apart count where both are."""
        if not going(self.old, old):
            return []
        together = going(self.new, new) and self.now(old.state) == new.state
        return list(dict.fromkeys([*triggers(self.old, old), *(triggers(self.new, new) if together else ())]))

    def links(self) -> dict[Pair, int]:
        """Return the answers that the old version takes and after which a link no longer replays, and the fewest."""
        found: dict[Pair, int] = {}
        distance = {(self.start.old, self.start.new): 0}
        waiting = deque(distance)
        while waiting:
            old, new = here = waiting.popleft()
            for trigger in self.saved(old, new):
                there, took = taken(self.old, old, (old.state, trigger))
                if not took:
                    continue
                following, fits = taken(self.new, new, (self.now(old.state), trigger))
                if not fits:
                    found.setdefault((old.state, trigger), distance[here] + 1)
                elif (there, following) not in distance:
                    distance[there, following] = distance[here] + 1
                    waiting.append((there, following))
        return found


def going(flow: Plain, side: Side) -> bool:
    """Say whether a version still waits for answers."""
    return not side.stopped and not ended(flow, side)


def ended(flow: Plain, side: Side) -> bool:
    """Say whether a version has come to an ending."""
    return not side.stopped and "outcome" in flow["states"][side.state]


def ending(flow: Plain, side: Side) -> str | None:
    """Return the ending that a version has come to."""
    return side.state if ended(flow, side) else None


def taken(flow: Plain, side: Side, answer: Pair) -> tuple[Side, bool]:
    """Return where a version is after an answer, and whether it took it."""
    if not going(flow, side):
        return side, False
    latest = dict(side.latest)
    there = target(flow, side.state, answer[1], latest) if side.state == answer[0] else None
    if there is None:
        return replace(side, stopped=True), False
    return Side(there, frozenset({**latest, answer[0]: answer[1]}.items())), True


def triggers(flow: Plain, side: Side) -> list[str]:
    """Return what can be answered in a state: `default` stands for all results that nothing tells apart."""
    state = flow["states"][side.state]
    found = [*state.get("choices", {}), "lost"]
    if "invoke" in state:
        found += [*state.get("results", {}), *flow.get("results", {})]
        found += [trigger for name, trigger in read_anywhere(flow) if name == side.state]
    return list(dict.fromkeys(found))


def read_anywhere(flow: Plain) -> list[Pair]:
    """Return everything that a guard reads which some state has or shares with others."""
    found = reads(flow["states"])
    for name, state in flow["states"].items():
        if "outcome" not in state:
            found += reads([to for to in listed(flow["lost"]) if to["to"] != name])
        for result, to in flow.get("results", {}).items():
            if "invoke" in state and can_come_back(state["invoke"], result) and result not in state.get("results", {}):
                found += reads(to)
    return found


def reads(value: Any) -> list[Pair]:
    """Return everything that the guards in a value read."""
    if isinstance(value, list):
        return [pair for each in value for pair in reads(each)]
    if not isinstance(value, dict):
        return []
    found = [pair for key, each in value.items() if key != "when" for pair in reads(each)]
    return found + (_guarded(value["when"]) if "when" in value else [])


def _guarded(guard: Plain) -> list[Pair]:
    found: list[Pair] = []
    for key, value in guard.items():
        if key == "not":
            found += _guarded(value)
        elif key in ("any", "all"):
            found += [pair for part in value for pair in _guarded(part)]
        else:
            found += [(key, trigger) for trigger in (value if isinstance(value, list) else [value])]
    return found
