"""Rules about what a flow names: each is a small function that yields problems, and runs on whatever could be read."""

from collections.abc import Iterable, Iterator
from typing import Final

from assistant.flow.document import Document
from assistant.flow.guard import Guard
from assistant.flow.model import DEFAULT, LOST, RESULTS, Flow, NoteUse, Paragraph, State, Target, is_result
from assistant.flow.problem import Mark, Problem, suggestion
from assistant.flow.rules.subject import Place, Rule, Subject
from assistant.flow.rules.texts import text_problems
from assistant.flow.translation import flow_entries

MAXIMUM_CHOICES: Final = 6


def targets_exist(subject: Subject) -> Iterator[Problem]:
    """Every state that something leads to exists and was not removed."""
    for name, place in _target_places(subject.flow):
        if not subject.exists(name):
            near = suggestion(name, subject.known_states())
            yield subject.problem("unknown-target", f"no state '{name}'{near}", subject.at(*place))
        elif name in subject.flow.states and subject.flow.states[name].gone is not None:
            message = f"the state '{name}' was removed (gone); lead to '{subject.flow.states[name].gone}' instead"
            yield subject.problem("removed-target", message, subject.at(*place))


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
    for guard, place in _guards(subject.flow):
        for name, trigger in guard.reads():
            mark = subject.document.find_key(name, *place)
            if not subject.exists(name):
                near = suggestion(name, subject.known_states())
                yield subject.problem("unknown-guard-state", f"no state '{name}'{near}", mark)
            elif name in subject.flow.states and not _answerable(subject.flow, name, trigger):
                near = suggestion(trigger, subject.flow.states[name].choices)
                message = f"'{trigger}' cannot be answered in '{name}'{near}"
                yield subject.problem("unknown-guard-trigger", message, subject.document.find_key(trigger, *place))


def _answerable(flow: Flow, name: str, trigger: str) -> bool:
    state = flow.states[name]
    lost = trigger == LOST and state.asks
    # An answer carries the real result, never `default`.
    result = state.invoke is not None and trigger != DEFAULT and is_result(state.invoke, trigger)
    return trigger in state.choices or lost or result


def _guards(flow: Flow) -> Iterator[tuple[Guard, Place]]:
    for guard, place in _guard_places(flow):
        if guard is not None:
            yield guard, (*place, "when")


def _guard_places(flow: Flow) -> Iterator[tuple[Guard | None, Place]]:
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


def names_are_known(subject: Subject) -> Iterator[Problem]:
    """Stages, outcomes, notes and screens are those that exist."""
    common, broken = subject.common, subject.common_broken
    for name, state in subject.flow.states.items():
        place = ("states", name)
        uses: list[tuple[str, str | None, Iterable[str], Place]] = [
            ("stage", state.stage, subject.flow.stages, (*place, "stage")),
            (
                "outcome",
                state.outcome,
                subject.flow.outcomes or ([state.outcome] if state.outcome else ()),
                (*place, "outcome"),
            ),
            ("screen", state.screen, common.screens, (*place, "screen")),
        ]
        uses += [("note", use.note, common.notes, (*place, "notes", index)) for index, use in enumerate(state.notes)]
        for trigger, choice in state.choices.items():
            uses.append(("screen", choice.screen, common.screens, (*place, "choices", trigger, "screen")))
        for kind, used, known, where in uses:
            if used is not None and used not in known and used not in broken:
                message = f"no {kind} '{used}'{suggestion(used, known)}"
                yield subject.problem(f"unknown-{kind}", message, subject.at(*where))


def shared_results_can_come_back(subject: Subject) -> Iterator[Problem]:
    """Every result for which the flow names a branch is one that some invoke can come back with."""
    known = frozenset[str]().union(*RESULTS.values())
    for result in subject.flow.results:
        if not any(is_result(invoke, result) for invoke in RESULTS):
            message = f"nothing can ever come back with '{result}'{suggestion(result, known)}"
            yield subject.problem("unknown-result", message, subject.at_key("results", result))


def states_are_of_one_kind(subject: Subject) -> Iterator[Problem]:
    """A state asks, runs a sign-in, ends, or is gone, and has what that needs."""
    for name, state in subject.flow.states.items():
        for code, message, key in _kind_problems(subject.flow, state):
            yield subject.problem(code, f"'{name}' {message}", subject.at_key("states", name, *key))


def _kind_problems(flow: Flow, state: State) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if state.gone is not None:
        if state.choices or state.results or state.outcome:
            yield "gone-with-more", "is gone, so it has only 'no' and 'gone'; delete the rest", ("gone",)
        return
    if not state.title:
        yield "missing-key", "has no 'title'; write what the person reads first", ()
    if state.outcome is not None and (state.choices or state.results or state.invoke):
        yield "ending-with-choices", "is an ending ('outcome') and cannot lead on; delete one of the two", ("outcome",)
    if state.message is not None and state.outcome is None:
        yield "message-without-outcome", "has a 'message' but is no ending; add 'outcome' or delete it", ("message",)
    if state.asks and not state.choices and not flow.results_of(state):
        yield "loose-end", "leads nowhere; do you need 'choices', or 'outcome' for an ending?", ()
    yield from _invoke_problems(flow, state)


def _invoke_problems(flow: Flow, state: State) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if state.invoke is None:
        if state.results:
            yield "results-without-invoke", "has 'results' but runs nothing; add 'invoke: sign-in'", ("results",)
        return
    if state.invoke not in RESULTS:
        yield "unknown-invoke", f"invokes '{state.invoke}', but only {', '.join(RESULTS)} can be run", ("invoke",)
        return
    results = flow.results_of(state)
    if DEFAULT not in results:
        yield "missing-default", "needs a 'default' among its 'results' for whatever else comes back", ("results",)
    for result in state.results:
        if not is_result(state.invoke, result):
            near = suggestion(result, RESULTS[state.invoke])
            yield "unknown-result", f"can never come back with '{result}'{near}", ("results", result)
    for result in results:
        if result in state.choices:
            message = f"has '{result}' as a choice and as a result; rename the choice"
            yield "trigger-used-twice", message, (("results" if result in state.results else "choices"), result)


def former_names_are_free(subject: Subject) -> Iterator[Problem]:
    """A former id (`was:`) belongs to one state only and to no present one."""
    owners: dict[str, str] = {}
    for name, state in subject.flow.states.items():
        for index, old in enumerate(state.was):
            mark = subject.at("states", name, "was", index)
            if subject.exists(old):
                yield subject.problem(
                    "former-name-in-use", f"'{old}' is a state of its own; it cannot be a former name", mark
                )
            elif owners.setdefault(old, name) != name:
                yield subject.problem(
                    "former-name-in-use", f"'{old}' is a former name of '{owners[old]}' already", mark
                )


def numbers_are_unique(subject: Subject) -> Iterator[Problem]:
    """No two states of a flow share a number."""
    owners: dict[int, str] = {}
    for name, state in subject.flow.states.items():
        if owners.setdefault(state.no, name) != name:
            yield duplicate_number(subject.document, name, state.no, f"'{owners[state.no]}'", _free(subject.flow))


def duplicate_number(document: Document, name: str, number: int, owner: str, free: int) -> Problem:
    """Make the problem of a number that another state has already."""
    message = f"the number {number} belongs to {owner} already; {free} is free"
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
            message = "never reached: the target before it has no 'when' and always wins"
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
            message = f"'{name}' has {worded} choices; more than {MAXIMUM_CHOICES} are hard to survey, split it"
            yield subject.problem("too-many-choices", message, subject.at_key("states", name, "choices"), "warning")


def the_lost_are_looked_after(subject: Subject) -> Iterator[Problem]:
    """A flow names where the lost go."""
    if not subject.flow.lost:
        message = "no 'lost:' says where someone goes who does not see what a page describes; add it"
        yield subject.problem("no-lost", message, Mark(), "warning")


REFERENCE_RULES: Final[tuple[Rule, ...]] = (
    targets_exist,
    guards_read_what_can_be_answered,
    names_are_known,
    shared_results_can_come_back,
    states_are_of_one_kind,
    former_names_are_free,
    numbers_are_unique,
    later_targets_can_be_met,
    texts_can_be_filled,
    pages_stay_short,
    the_lost_are_looked_after,
)
