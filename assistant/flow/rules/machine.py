"""Rules about the machine, proven on every configuration that can be reached; each names the way to a failure."""

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.flow.engine import Engine
from assistant.flow.explorer import (
    Configuration,
    Exploration,
    closed_results,
    lost_circle,
    lost_forever,
    never_taken,
    stuck,
)
from assistant.flow.message import NOTHING, Message, say
from assistant.flow.problem import Problem
from assistant.flow.rules.guards import guard_problems
from assistant.flow.rules.references import guards_written
from assistant.flow.rules.subject import Subject
from assistant.flow.rules.unreachable import unreachable

MAXIMUM_WAYS: Final = 20


def check_machine(subject: Subject, engine: Engine, found: Exploration) -> Iterator[Problem]:
    """Prove on every configuration that all is reachable, everything written can be met, and nobody gets stuck."""
    if not found.complete:
        yield _too_many(subject)
        return
    yield from unreachable(subject, found)
    yield from _never_open(subject, engine, found)
    yield from guard_problems(subject, engine, found)
    message = say(
        "the sign-in can come back in a way for which nothing is open; give 'default' a target without 'when'"
    )
    yield from _proof(subject, found, closed_results(engine, found), "closed-result", message)
    yield from _proof(subject, found, stuck(engine, found), "no-way-out", say("no ending can be reached"))
    if subject.flow.lost:
        yield from _lost_without_end(subject, engine, found)


def _lost_without_end(subject: Subject, engine: Engine, found: Exploration) -> Iterator[Problem]:
    """Yield one problem for each circle in which those go who always choose `lost`, and one for where it is closed.

    It stands at the flow's `lost`, because its targets are the reason, and not the many states that they are chosen in.
    """
    told: set[frozenset[str]] = set()
    for here in lost_forever(engine, found):
        circle = lost_circle(found, here)
        # Pages where nothing is open for the lost have one cure, however many they are.
        last = frozenset(each.state for each in circle) if len(circle) > 1 else frozenset[str]()
        if last not in told:
            told.add(last)
            path = subject.page(found.answers(here))
            message = say(
                "someone who always chooses 'lost' never comes to an ending, such as from '{state}' at {path}: {why}",
                state=here.state,
                path=path,
                why=_why_lost(circle),
            )
            yield subject.problem("lost-never-ends", message, subject.at_key("lost"))


def _why_lost(circle: Sequence[Configuration]) -> Message:
    names = list(dict.fromkeys(each.state for each in circle))
    if len(names) > 1:
        return say("it leads in a circle, {circle}; lead to an ending at last", circle=" → ".join([*names, names[0]]))
    return say(
        "no 'lost' is open in '{state}', because it never leads to where people are and each 'when' must pass; "
        "add an ending as the last target",
        state=names[0],
    )


def _too_many(subject: Subject) -> Problem:
    """Make the problem of too many configurations, at the first of the guards that read the most answers."""
    message = say(
        "there are too many ways through the flow to prove them all: guards read too many earlier answers; "
        "read fewer, here first"
    )
    places = {place: len(set(guard.reads())) for guard, place in guards_written(subject)}
    return subject.problem(
        "too-many-configurations", message, subject.at_key(*max(places, key=places.__getitem__, default=("states",)))
    )


def _never_open(subject: Subject, engine: Engine, found: Exploration) -> Iterator[Problem]:
    for answer in never_taken(engine, found):
        message = say(
            "'{trigger}' is never open in '{state}': no answers make its guards pass; mend its 'when' or delete it",
            trigger=answer.trigger,
            state=answer.state,
        )
        yield subject.problem("never-open", message, subject.at_key("states", answer.state, "choices", answer.trigger))


def _proof(
    subject: Subject, found: Exploration, failed: list[Configuration], code: str, why: Message
) -> Iterator[Problem]:
    told: set[str] = set()
    for configuration in failed:
        if configuration.state not in told:
            told.add(configuration.state)
            # The first few ways show what is wrong; spelling out thousands of long ones would take half a minute.
            path = subject.page(found.answers(configuration)) if len(told) <= MAXIMUM_WAYS else ""
            after = say(" at {path}", path=path) if path else NOTHING
            message = say("from '{state}'{after}, {why}", state=configuration.state, after=after, why=why)
            yield subject.problem(code, message, subject.at_key("states", configuration.state))
