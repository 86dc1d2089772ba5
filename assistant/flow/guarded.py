"""Every guard of a flow with its place, and which of them a page or a step asks."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from assistant.flow.engine import Latest
from assistant.flow.guard import Guard
from assistant.flow.model import DEFAULT, LOST, Choice, Flow, NoteUse, Paragraph, Target
from assistant.flow.rules.subject import Place

Kind: TypeAlias = Literal["choice", "target", "text", "script", "note", "message"]


class Guarded(NamedTuple):
    """Something that may have a guard: its place in the file, and what it is."""

    place: Place
    kind: Kind
    guard: Guard | None

    def passes(self, latest: Latest) -> bool:
        """Say whether it is let through after these latest answers."""
        return self.guard is None or self.guard.allows(latest)


def on_page(flow: Flow, name: str) -> Iterator[Guarded]:
    """Yield what the page of a state asks the guards of whenever it is shown: choices, texts, notes, the message."""
    state, place = flow.states[name], ("states", name)
    for trigger, choice in state.choices.items():
        yield Guarded((*place, "choices", trigger), "choice", choice.when)
    yield from _parts(state.text, "text", (*place, "text"))
    yield from _parts(state.script, "script", (*place, "script"))
    yield from _parts(state.notes, "note", (*place, "notes"))
    if state.message is not None:
        yield from _parts(state.message.text, "message", (*place, "message", "text"))


def targets(flow: Flow, name: str, trigger: str) -> tuple[Guarded, ...]:
    """Return the targets that a trigger tries in a state, in their order."""
    place, listed = _listed(flow, name, trigger)
    return tuple(
        Guarded((*place, index), "target", target.when)
        for index, target in enumerate(listed)
        # Nobody is led by `lost` to where they already are.
        if trigger != LOST or target.to != name
    )


def tried(asked: Iterable[Guarded], latest: Latest) -> Iterator[tuple[Guarded, bool]]:
    """Yield the targets that are tried after these latest answers, and whether each is taken; the taken one is last."""
    for each in asked:
        passes = each.passes(latest)
        yield each, passes
        if passes:
            return


def choice_of(flow: Flow, name: str, trigger: str) -> Choice | None:
    """Return the choice that a trigger is in a state, or None for `lost` and results."""
    return flow.states[name].choices.get(trigger)


def own_result(flow: Flow, name: str, trigger: str) -> str | None:
    """Return the branch of its own by which a state takes a result, or None if the flow's takes it or none does."""
    state = flow.states[name]
    if state.invoke is None or trigger in state.choices or trigger == LOST:
        return None
    if trigger in state.results:
        return trigger
    return DEFAULT if DEFAULT in state.results and trigger not in flow.results_of(state) else None


def _listed(flow: Flow, name: str, trigger: str) -> tuple[Place, tuple[Target, ...]]:
    choice = choice_of(flow, name, trigger)
    if choice is not None:
        return ("states", name, "choices", trigger, "to"), choice.to
    if trigger == LOST:
        return ("lost",), flow.lost
    own = own_result(flow, name, trigger)
    if own is not None:
        return ("states", name, "results", own), flow.states[name].results[own]
    shared = trigger if trigger in flow.results else DEFAULT
    return ("results", shared), flow.results.get(shared, ())


def _parts(parts: Iterable[Paragraph | NoteUse], kind: Kind, place: Place) -> Iterator[Guarded]:
    for index, part in enumerate(parts):
        yield Guarded((*place, index), kind, part.when)
