"""Runs a flow: answers to a position, as a pure function.

A flow becomes one shared `transitions` machine, of which a successor table is compiled; replaying walks the table,
which costs a few dictionary look-ups a step, and a test proves that table and machine agree. Only callables made here
are handed to `transitions`, because it would resolve a string as a dotted name and call it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from transitions import EventData, Machine, MachineError

from assistant.flow.guard import Guard, both
from assistant.flow.model import DEFAULT, LOST, Answer, Choice, Flow, State, Target, is_result

Latest: TypeAlias = Mapping[str, str]
Branches: TypeAlias = tuple[tuple[Guard | None, str], ...]


@dataclass(frozen=True, slots=True)
class Position:
    """The state that a list of answers leads to, and the latest answer of every state that guards may read."""

    state: str
    answers: tuple[Answer, ...] = ()
    latest: Latest = field(default_factory=dict)


class NotReplayable(Exception):
    """The answers do not replay to their end: `position` is the furthest valid one, `dropped` the answers after it."""

    def __init__(self, position: Position, dropped: tuple[Answer, ...]) -> None:
        """Keep how far the answers lead and what is left."""
        self.position = position
        self.dropped = dropped
        super().__init__(f"'{dropped[0]}' cannot be answered in '{position.state}'")


@dataclass(slots=True)
class Person:
    """The light model that walks through the shared machine."""

    state: str
    latest: dict[str, str] = field(default_factory=dict)


class _Allows:
    """A condition for `transitions` that asks a guard."""

    __slots__ = ("guard",)

    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def __call__(self, event: EventData) -> bool:
        model: Any = event.model
        return self.guard.allows(model.latest)


class Engine:
    """One flow, ready to be replayed by any number of threads; it never changes after it was made.

    The flow must have passed the checker: every target exists, and every id has its form.
    """

    def __init__(self, flow: Flow) -> None:
        """Build the machine and compile its table."""
        self.flow: Final = flow
        self.machine: Final = Machine(
            model=None,
            states=list(flow.states),
            initial=flow.start,
            transitions=list(_transitions(flow)),
            auto_transitions=False,
            send_event=True,
        )
        self.table: Final = _compile(self.machine, flow)

    def replay(self, answers: Sequence[Answer]) -> Position:
        """Return the position that these answers lead to; raises NotReplayable where they stop fitting."""
        table = self.table
        state = self.flow.start
        latest: dict[str, str] = {}
        for index, (at, trigger) in enumerate(answers):
            target = table[state].get(trigger) if at == state else None
            if target.__class__ is not str:
                target = self._branch(state, trigger, target, latest) if at == state else None
                if target is None:
                    raise NotReplayable(Position(state, tuple(answers[:index]), latest), tuple(answers[index:]))
            latest[state] = trigger
            state = target
        return Position(state, tuple(answers), latest)

    def _branch(self, state: str, trigger: str, target: str | Branches | None, latest: Latest) -> str | None:
        """Decide a step that the table alone does not: guarded targets, and results without a branch of their own."""
        if target is None:
            invoke = self.flow.states[state].invoke
            if invoke is None or not is_result(invoke, trigger):
                return None
            target = self.table[state].get(DEFAULT, ())
        if isinstance(target, str):
            return target
        return next((to for guard, to in target if guard is None or guard.allows(latest)), None)

    def step(self, position: Position, trigger: str) -> Position | None:
        """Return the position after one more answer, or None if the trigger is not open there."""
        target = self.target(position.state, trigger, position.latest)
        if target is None:
            return None
        answer = Answer(position.state, trigger)
        return Position(target, (*position.answers, answer), {**position.latest, position.state: trigger})

    def target(self, state: str, trigger: str, latest: Latest) -> str | None:
        """Return where a trigger leads under these latest answers, or None if it is not open."""
        target = self.table[state].get(trigger)
        return target if isinstance(target, str) else self._branch(state, trigger, target, latest)

    def revise(self, answers: Sequence[Answer], index: int, trigger: str) -> tuple[Answer, ...]:
        """Return the answers with the one at `index` (from 0) changed.

        Each later answer is kept if it applies where it then stands, and dropped if not. Raises ValueError if the
        changed answer itself is not open there.
        """
        position = self.replay(answers[:index])
        changed = self.step(position, trigger)
        if changed is None:
            raise ValueError(f"'{trigger}' is not open in '{position.state}'")
        for answer in answers[index + 1 :]:
            following = self.step(changed, answer.trigger) if answer.state == changed.state else None
            changed = following or changed
        return changed.answers

    def open_choices(self, position: Position) -> Iterator[tuple[str, Choice | None]]:
        """Yield trigger and choice of what a person can choose, in the author's order; `lost` (no choice) last."""
        state = self.flow.states[position.state]
        for trigger, choice in state.choices.items():
            if self.target(position.state, trigger, position.latest) is not None:
                yield trigger, choice
        if self.target(position.state, LOST, position.latest) is not None:
            yield LOST, None

    def current(self, answer: Answer) -> Answer:
        """Return the answer with the id that its state has now (`was:`)."""
        return Answer(self.flow.renamed.get(answer.state, answer.state), answer.trigger)


def machine_step(machine: Machine, person: Person, trigger: str) -> bool:
    """Let the `transitions` machine itself take one step; False if the trigger is not open there."""
    event = machine.events.get(trigger)
    if event is None:
        return False
    before = person.state
    try:
        moved: bool = event.trigger(person)
    except MachineError:
        return False
    if moved:
        person.latest[before] = trigger
    return moved


def lost_targets(flow: Flow, name: str) -> tuple[Target, ...]:
    """Return where `lost` may lead from a state: as the flow says, but never to where the person already is."""
    return tuple(target for target in flow.lost if target.to != name) if flow.states[name].asks else ()


def transitions_of(flow: Flow, name: str, state: State) -> Iterator[tuple[str, Guard | None, str]]:
    """Yield (trigger, guard, target) of a state in the order in which they are tried."""
    for trigger, choice in state.choices.items():
        for target in choice.to:
            yield trigger, both(choice.when, target.when), target.to
    for trigger, targets in flow.results_of(state).items():
        for target in targets:
            yield trigger, target.when, target.to
    for target in lost_targets(flow, name):
        yield LOST, target.when, target.to


def _transitions(flow: Flow) -> Iterator[dict[str, Any]]:
    for name, state in flow.states.items():
        for trigger, guard, target in transitions_of(flow, name, state):
            conditions = [] if guard is None else [_Allows(guard)]
            yield {"trigger": trigger, "source": name, "dest": target, "conditions": conditions}


def _compile(machine: Machine, flow: Flow) -> dict[str, dict[str, str | Branches]]:
    """Read the successor table off the machine: a plain target where nothing guards it, else the branches in order."""
    found: dict[str, dict[str, str | Branches]] = {name: {} for name in flow.states}
    for trigger, event in machine.events.items():
        for source, transitions in event.transitions.items():
            branches = tuple((_guard_of(transition), str(transition.dest)) for transition in transitions)
            found[source][trigger] = branches[0][1] if branches[0][0] is None else branches
    return found


def _guard_of(transition: Any) -> Guard | None:
    conditions = transition.conditions
    return conditions[0].func.guard if conditions else None
