"""A flow in the order in which it is read on paper: chapters by stage, and in each the manual's order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from assistant.flow.model import Flow, State

Kind = Literal["start", "stage", "more", "outcome"]
_BEHIND: Final = 10**9


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some states under one heading: what comes before every stage, a stage, what belongs to none, or an outcome.

    `name` is the id of the stage or outcome, else None.
    """

    kind: Kind
    name: str | None
    states: tuple[str, ...]


def chapters(flow: Flow) -> list[Chapter]:
    """Return every chapter that has states, removed ones left out.

    Inside a chapter a state stands where its first line of the manual does (`source:`); one that the manual does not
    speak of follows the state that stands before it in the file.
    """
    lines = _lines(flow)
    staged = [index for index, state in enumerate(flow.states.values()) if state.stage is not None]
    first = min(staged, default=0)
    groups: dict[tuple[Kind, str | None], list[str]] = {group: [] for group in _groups(flow)}
    for index, (name, state) in enumerate(flow.states.items()):
        if state.gone is None:
            groups.setdefault(_group(state, before=index < first), []).append(name)
    return [
        Chapter(kind, name, tuple(sorted(states, key=lines.__getitem__)))
        for (kind, name), states in groups.items()
        if states
    ]


def _groups(flow: Flow) -> Iterator[tuple[Kind, str | None]]:
    yield "start", None
    for stage in flow.stages:
        yield "stage", stage
    yield "more", None
    for outcome in flow.outcomes:
        yield "outcome", outcome


def _group(state: State, *, before: bool) -> tuple[Kind, str | None]:
    if state.outcome is not None:
        return "outcome", state.outcome
    if state.stage is not None:
        return "stage", state.stage
    return ("start" if before else "more"), None


def _lines(flow: Flow) -> dict[str, tuple[int, int]]:
    """Return for every state its line of the manual, and its place in the file, which decides between equals."""
    found: dict[str, tuple[int, int]] = {}
    before: dict[str | None, int] = {}
    for index, (name, state) in enumerate(flow.states.items()):
        chapter = state.outcome or state.stage
        line = min(state.source.lines()) if state.source else before.get(chapter, _BEHIND)
        before[chapter] = line
        found[name] = (line, index)
    return found
