"""A second, plain reading of the flow language, from the words of the design: slow, obvious, without the engine.

It works on the plain values of a file, so that neither the model nor the guards of the program take part.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Answers: TypeAlias = Sequence[tuple[str, str]]
# A state and everything that was ever answered: nothing is forgotten.
Place: TypeAlias = tuple[str, frozenset[tuple[str, str]]]


def passes(guard: dict[str, Any] | None, latest: Mapping[str, str]) -> bool:
    """Say whether a guard lets through."""
    return guard is None or all(_part_passes(key, value, latest) for key, value in guard.items())


def _part_passes(key: str, value: Any, latest: Mapping[str, str]) -> bool:
    if key == "not":
        return not passes(value, latest)
    if key == "any":
        return any(passes(part, latest) for part in value)
    if key == "all":
        return all(passes(part, latest) for part in value)
    return latest.get(key) in (value if isinstance(value, list) else [value])


def target(flow: dict[str, Any], name: str, trigger: str, latest: Mapping[str, str]) -> str | None:
    """Return where a trigger leads, or None if it is not open."""
    state = flow["states"][name]
    if trigger == "lost":
        return None if "outcome" in state else _first([to for to in listed(flow["lost"]) if to["to"] != name], latest)
    if trigger in state.get("choices", {}):
        choice = state["choices"][trigger]
        return _first(listed(choice["to"]), latest) if passes(choice.get("when"), latest) else None
    if "invoke" not in state or not can_come_back(state["invoke"], trigger):
        return None
    for name in (
        trigger,
        "default",
    ):  # what the state says of a result, then what the flow says, then all other results
        for written in (state.get("results", {}), flow.get("results", {})):
            if name in written:
                return _first(listed(written[name]), latest)
    return None


def can_come_back(invoke: str, trigger: str) -> bool:
    """Say whether running something can bring a result."""
    if trigger.startswith("code-") or trigger == "default":
        return True
    return invoke == "sign-in" and trigger in {"signed-in", "cancelled", "try-later"}


def listed(to: Any) -> list[dict[str, Any]]:
    """Return targets, however they are written, as a list of mappings."""
    return [{"to": item} if isinstance(item, str) else item for item in ([to] if isinstance(to, str) else to)]


def _first(listed: list[dict[str, Any]], latest: Mapping[str, str]) -> str | None:
    return next((item["to"] for item in listed if passes(item.get("when"), latest)), None)


def walk(flow: dict[str, Any], answers: Answers) -> tuple[str, dict[str, str], int]:
    """Follow answers from the start as far as they fit: the state, the latest answers, how many fitted."""
    state, latest = flow["start"], dict[str, str]()
    for count, (at, trigger) in enumerate(answers):
        there = target(flow, state, trigger, latest) if at == state else None
        if there is None:
            return state, latest, count
        latest[state] = trigger
        state = there
    return state, latest, len(answers)


def revised(flow: dict[str, Any], answers: Answers, index: int, trigger: str) -> list[tuple[str, str]] | None:
    """Change one answer and keep each later one that applies where it then stands; None if the change is not open."""
    kept = [*answers[:index], (answers[index][0], trigger)]
    if walk(flow, kept)[2] < len(kept):
        return None
    for answer in answers[index + 1 :]:
        if walk(flow, [*kept, answer])[2] > len(kept):
            kept.append(answer)
    return kept


@dataclass
class Everything:
    """All places of a flow by brute force, how far each is at least, and what leads where.

    How far is how many results of an invoke it takes, and then how many answers.
    """

    flow: dict[str, Any]
    distance: dict[Place, tuple[int, int]] = field(default_factory=dict)
    edges: dict[Place, list[tuple[str, Place]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Visit every place, and go on until no place is found any nearer."""
        start: Place = (self.flow["start"], frozenset())
        self.distance[start] = (0, 0)
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            self.edges[here] = list(self._steps(here))
            results, answers = self.distance[here]
            for trigger, there in self.edges[here]:
                further = (results + self.is_result(here[0], trigger), answers + 1)
                if there not in self.distance or further < self.distance[there]:
                    self.distance[there] = further
                    waiting.append(there)

    def is_result(self, name: str, trigger: str) -> bool:
        """Say whether this answer is nothing that a person can choose there."""
        return trigger != "lost" and trigger not in self.flow["states"][name].get("choices", {})

    def far(self, answers: Answers) -> tuple[int, int]:
        """Return how far a list of answers leads."""
        return sum(self.is_result(*answer) for answer in answers), len(answers)

    def _steps(self, here: Place) -> Iterator[tuple[str, Place]]:
        name, memory = here
        latest = dict(memory)
        results = ("signed-in", "cancelled", "code-50126", "code-unknown", "code-7", "try-later", "default")
        for trigger in (*self.flow["states"][name].get("choices", {}), *results, "lost"):
            there = target(self.flow, name, trigger, latest)
            if there is not None:
                yield trigger, (there, frozenset({**latest, name: trigger}.items()))

    def can_end(self) -> set[Place]:
        """Return the places from which an ending can be reached without ever choosing `lost`."""
        fine = {here for here in self.distance if self.ends(here)}
        grown = True
        while grown:
            more = {
                here
                for here, steps in self.edges.items()
                if here not in fine and any(trigger != "lost" and there in fine for trigger, there in steps)
            }
            fine |= more
            grown = bool(more)
        return fine

    def lost_ends(self, here: Place) -> bool:
        """Say whether someone who always chooses `lost` comes to an ending."""
        for _ in range(len(self.distance) + 1):
            if self.ends(here):
                return True
            following = [there for trigger, there in self.edges[here] if trigger == "lost"]
            if not following:
                return False
            here = following[0]
        return False

    def ends(self, here: Place) -> bool:
        """Say whether this place is an ending."""
        return "outcome" in self.flow["states"][here[0]]
