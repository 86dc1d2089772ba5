"""Rules about what a flow names: each is a small function that yields problems, and runs on whatever could be read."""

from collections.abc import Iterable, Iterator
from typing import Final

from assistant.flow.document import Document
from assistant.flow.guard import Guard
from assistant.flow.message import Message, say
from assistant.flow.model import DEFAULT, ID, LOST, RESULTS, Flow, NoteUse, Paragraph, State, Target, is_result
from assistant.flow.named_guards import states_written
from assistant.flow.problem import Fault, Mark, Problem, suggestion
from assistant.flow.rules.gone import removed
from assistant.flow.rules.names import language_is_no_country, names_are_known
from assistant.flow.rules.subject import Place, Rule, Subject
from assistant.flow.rules.texts import text_problems
from assistant.flow.translation import flow_entries

MAXIMUM_CHOICES: Final = 6


def targets_exist(subject: Subject) -> Iterator[Problem]:
    """Every state that something leads to exists and was not removed."""
    for name, place in _target_places(subject.flow):
        if not subject.exists(name):
            near = suggestion(name, subject.known_states())
            message = say("no state '{name}'{near}", name=name, near=near)
            yield subject.problem("unknown-target", message, subject.at(*place))
        elif name in subject.flow.states and subject.flow.states[name].gone is not None:
            yield subject.problem("removed-target", removed(subject.flow, name), subject.at(*place))


def _target_places(flow: Flow) -> Iterator[tuple[str, Place]]:
    yield flow.start, ("start",)
    yield from _led_to(flow.lost, ("lost",))
    for trigger, result in flow.results.items():
        yield from _led_to(result, ("results", trigger))
    for name, state in flow.states.items():
        if state.gone is not None:
            yield state.gone, ("states", name, "gone")
        for trigger, choice in state.choices.items():
            yield from _led_to(choice.to, ("states", name, "choices", trigger, "to"))
        for trigger, result in state.results.items():
            yield from _led_to(result, ("states", name, "results", trigger))


def _led_to(listed: Iterable[Target], place: Place) -> Iterator[tuple[str, Place]]:
    for index, target in enumerate(listed):
        yield target.to, (*place, index, "to")


def guards_read_what_can_be_answered(subject: Subject) -> Iterator[Problem]:
    """A guard names states of this flow and triggers that can be answered there."""
    for guard, place in guards_written(subject):
        for name, trigger in _read_as_written(subject, guard, place):
            if not subject.exists(name):
                near = suggestion(name, subject.known_states())
                message = say("no state '{name}'{near}", name=name, near=near)
                yield subject.problem("unknown-guard-state", message, subject.document.find_key(name, *place))
            elif name in subject.flow.states and not _answerable(subject.flow, name, trigger):
                near = suggestion(trigger, subject.flow.states[name].choices)
                message = say(
                    "'{trigger}' cannot be answered in '{state}'{near}", trigger=trigger, state=name, near=near
                )
                yield subject.problem("unknown-guard-trigger", message, subject.document.find_key(trigger, *place))


def _answerable(flow: Flow, name: str, trigger: str) -> bool:
    state = flow.states[name]
    lost = trigger == LOST and state.asks
    # An answer carries the real result, never `default`.
    result = state.invoke is not None and trigger != DEFAULT and is_result(state.invoke, trigger)
    return trigger in state.choices or lost or result


def guards_written(subject: Subject) -> Iterator[tuple[Guard, Place]]:
    """Yield every guard of the flow, named ones first, with the place where it is written."""
    for name, named in subject.flow.guards.items():
        yield named, ("guards", name)
    for guard, place in _guard_places(subject.flow):
        if guard is not None:
            yield guard, (*place, "when")


def _read_as_written(subject: Subject, guard: Guard, place: Place) -> Iterator[tuple[str, str]]:
    """Yield what a guard reads, left out what it only reads by the name of another guard."""
    if not subject.flow.guards:
        yield from guard.reads()
        return
    written = set(states_written(subject.document.at(*place)))
    yield from (read for read in guard.reads() if read[0] in written)


def _guard_places(flow: Flow) -> Iterator[tuple[Guard | None, Place]]:
    """Yield every guard with the place of what has it."""
    yield from _each(flow.lost, ("lost",))
    for trigger, result in flow.results.items():
        yield from _each(result, ("results", trigger))
    for name, state in flow.states.items():
        place: Place = ("states", name)
        for trigger, choice in state.choices.items():
            yield choice.when, (*place, "choices", trigger)
            yield from _each(choice.to, (*place, "choices", trigger, "to"))
        for trigger, result in state.results.items():
            yield from _each(result, (*place, "results", trigger))
        yield from _each(state.text, (*place, "text"))
        yield from _each(state.script, (*place, "script"))
        yield from _each(state.notes, (*place, "notes"))
        if state.message is not None:
            yield from _each(state.message.text, (*place, "message", "text"))


def _each(parts: Iterable[Target | Paragraph | NoteUse], place: Place) -> Iterator[tuple[Guard | None, Place]]:
    for index, part in enumerate(parts):
        yield part.when, (*place, index)


def shared_results_can_come_back(subject: Subject) -> Iterator[Problem]:
    """Every result for which the flow names a branch is one that some invoke can come back with."""
    known = frozenset[str]().union(*RESULTS.values())
    for result in subject.flow.results:
        if not any(is_result(invoke, result) for invoke in RESULTS):
            near = suggestion(result, known)
            message = say("nothing can ever come back with '{result}'{near}", result=result, near=near)
            yield subject.problem("unknown-result", message, subject.at_key("results", result))


def states_are_of_one_kind(subject: Subject) -> Iterator[Problem]:
    """A state asks, runs a sign-in, ends, or is gone, and has what that needs."""
    for name, state in subject.flow.states.items():
        for fault, key in _kind_faults(subject.flow, name, state):
            yield subject.problem(fault.code, fault.message, subject.at_key("states", name, *key))


def _kind_faults(flow: Flow, name: str, state: State) -> Iterator[tuple[Fault, tuple[str, ...]]]:
    if state.gone is not None:
        # A state can have been renamed before it was removed.
        if state.model_fields_set - {"no", "gone", "was"}:
            message = say("'{state}' is gone, so it has only 'no' and 'gone'; delete the rest", state=name)
            yield Fault("gone-with-more", message), ("gone",)
        return
    if not state.title:
        yield Fault("missing-key", say("'{state}' has no 'title'; write what the person reads first", state=name)), ()
    if state.outcome is not None and (state.choices or state.results or state.invoke):
        message = say("'{state}' is an ending ('outcome') and cannot lead on; delete one of the two", state=name)
        yield Fault("ending-with-choices", message), ("outcome",)
    if state.message is not None and state.outcome is None:
        message = say("'{state}' has a 'message' but is no ending; add 'outcome' or delete it", state=name)
        yield Fault("message-without-outcome", message), ("message",)
    if state.asks and not state.choices and not flow.results_of(state):
        message = say("'{state}' leads nowhere; do you need 'choices', or 'outcome' for an ending?", state=name)
        yield Fault("loose-end", message), ()
    yield from _invoke_faults(flow, name, state)


def _invoke_faults(flow: Flow, name: str, state: State) -> Iterator[tuple[Fault, tuple[str, ...]]]:
    if state.invoke is None:
        if state.results:
            message = say("'{state}' has 'results' but runs nothing; add 'invoke: sign-in'", state=name)
            yield Fault("results-without-invoke", message), ("results",)
        return
    if state.invoke not in RESULTS:
        known = ", ".join(RESULTS)
        message = say(
            "'{state}' invokes '{name}', but only {known} can be run", state=name, name=state.invoke, known=known
        )
        yield Fault("unknown-invoke", message), ("invoke",)
        return
    results = flow.results_of(state)
    if DEFAULT not in results:
        message = say("'{state}' needs a 'default' among its 'results' for whatever else comes back", state=name)
        yield Fault("missing-default", message), ("results",)
    for result in state.results:
        if not is_result(state.invoke, result):
            near = suggestion(result, RESULTS[state.invoke])
            message = say("'{state}' can never come back with '{result}'{near}", state=name, result=result, near=near)
            yield Fault("unknown-result", message), ("results", result)
    for result in results:
        if result in state.choices:
            message = say("'{state}' has '{result}' as a choice and as a result; rename it", state=name, result=result)
            key = "results" if result in state.results else "choices"
            yield Fault("trigger-used-twice", message), (key, result)


def former_names_are_free(subject: Subject) -> Iterator[Problem]:
    """A former id (`was:`) belongs to one state only and to no present one."""
    owners: dict[str, str] = {}
    for name, state in subject.flow.states.items():
        for index, old in enumerate(state.was):
            mark = subject.at("states", name, "was", index)
            if not ID.fullmatch(old):
                message = say("an id is a-z, 0-9 and '-', starts with a letter and has at most 40 characters")
                yield subject.problem("bad-id", message, mark)
            elif subject.exists(old):
                message = say("'{old}' is a state of its own; it cannot be a former name", old=old)
                yield subject.problem("former-name-in-use", message, mark)
            elif owners.setdefault(old, name) != name:
                message = say("'{old}' is a former name of '{owner}' already; delete one", old=old, owner=owners[old])
                yield subject.problem("former-name-in-use", message, mark)


def numbers_are_unique(subject: Subject) -> Iterator[Problem]:
    """No two states of a flow share a number."""
    owners: dict[int, str] = {}
    free = _free(subject.flow)
    for name, state in subject.flow.states.items():
        if owners.setdefault(state.no, name) != name:
            line = subject.at("states", owners[state.no], "no").line
            owner = say("'{state}' (line {line})", state=owners[state.no], line=line)
            yield duplicate_number(subject.document, name, state.no, owner, free)


def duplicate_number(document: Document, name: str, number: int, owner: Message, free: int) -> Problem:
    """Make the problem of a number that another state has already."""
    message = say(
        "the number {number} belongs to {owner} already; {free} is free", number=number, owner=owner, free=free
    )
    return Problem(document.path, document.mark("states", name, "no"), "duplicate-number", message)


def _free(flow: Flow) -> int:
    return max((state.no for state in flow.states.values()), default=0) + 1


def later_targets_can_be_met(subject: Subject) -> Iterator[Problem]:
    """Nothing stands behind a target without a guard, because that one always wins."""
    places: list[tuple[Place, tuple[Target, ...]]] = [
        (("results", trigger), result) for trigger, result in subject.flow.results.items()
    ]
    for name, state in subject.flow.states.items():
        at: Place = ("states", name)
        places += [((*at, "choices", trigger, "to"), choice.to) for trigger, choice in state.choices.items()]
        places += [((*at, "results", trigger), result) for trigger, result in state.results.items()]
    for place, listed in places:
        always = next((index for index, target in enumerate(listed) if target.when is None), len(listed))
        if always + 1 < len(listed):
            message = say("never reached: the target before it has no 'when' and always wins")
            yield subject.problem("dead-target", message, subject.at(*place, always + 1))


def texts_can_be_filled(subject: Subject) -> Iterator[Problem]:
    """Facts in texts exist, and links lead to http, https or mailto."""
    for entry in flow_entries(subject.flow):
        yield from text_problems(entry, subject.document, subject.common, subject.common_broken)


def pages_stay_short(subject: Subject) -> Iterator[Problem]:
    """At most six choices on a page, `lost` aside, and pictures, which are looked at and not read."""
    for name, state in subject.flow.states.items():
        worded = sum(choice.screen is None for choice in state.choices.values())
        if worded > MAXIMUM_CHOICES:
            message = say(
                "'{state}' has {count} choices; more than {most} are hard to survey, split it",
                state=name,
                count=worded,
                most=MAXIMUM_CHOICES,
            )
            yield subject.problem("too-many-choices", message, subject.at_key("states", name, "choices"), "warning")


def the_lost_are_looked_after(subject: Subject) -> Iterator[Problem]:
    """A flow names where the lost go."""
    if not subject.flow.lost:
        message = say("no 'lost:' says where someone goes who does not see what a page describes; add it")
        yield subject.problem("no-lost", message, Mark(), "warning")


REFERENCE_RULES: Final[tuple[Rule, ...]] = (
    targets_exist,
    guards_read_what_can_be_answered,
    names_are_known,
    language_is_no_country,
    shared_results_can_come_back,
    states_are_of_one_kind,
    former_names_are_free,
    numbers_are_unique,
    later_targets_can_be_met,
    texts_can_be_filled,
    pages_stay_short,
    the_lost_are_looked_after,
)
