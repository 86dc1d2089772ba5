"""The rule that something leads to every state; what only lies behind a state that nothing leads to is not told."""

from collections.abc import Iterable, Iterator, Mapping

from assistant.flow.engine import transitions_of
from assistant.flow.explorer import Exploration
from assistant.flow.message import NOTHING, say
from assistant.flow.model import Flow
from assistant.flow.problem import Problem
from assistant.flow.rules.subject import Subject

Leads = Mapping[str, tuple[str, ...]]


def unreachable(subject: Subject, found: Exploration) -> Iterator[Problem]:
    """Yield the first states of everything that nothing leads to.

    What lies behind a choice or result of a state that can be reached is left out: that is told as never taken.
    """
    flow = subject.flow
    reached = {configuration.state for configuration in found.first}
    alone = [name for name, state in flow.states.items() if name not in reached and state.gone is None]
    leads = {name: tuple(to for _, _, to in transitions_of(flow, name, flow.states[name])) for name in alone}
    for name, behind in _heads(alone, leads, _never_taken(flow, reached)):
        more = say(", nor to the {count} behind it", count=behind) if behind else NOTHING
        message = say("nothing leads to '{name}'{more}; add a choice that does, or delete it", name=name, more=more)
        yield subject.problem("unreachable", message, subject.at_key("states", name))


def _never_taken(flow: Flow, reached: Iterable[str]) -> Iterator[str]:
    """Yield where the choices and results lead that states that can be reached have themselves."""
    for name in reached:
        state = flow.states[name]
        for listed in (*(choice.to for choice in state.choices.values()), *state.results.values()):
            yield from (target.to for target in listed)


def _heads(alone: Iterable[str], leads: Leads, told: Iterable[str]) -> list[tuple[str, int]]:
    """Return the states that no other leads to, of a circle the first, each with how many lie behind it.

    `alone` are all states in question, in the order of the file; those behind `told` are left out.
    """
    before: set[str] = set()
    for name in told:
        _walk(name, leads, before)
    walked = set(before)
    candidates = [name for name in alone if _walk(name, leads, walked)]
    # None of these lies behind one before it; so those that are left when the last ones go first lie behind no other.
    heads = [(name, count - 1) for name in reversed(candidates) if (count := _walk(name, leads, before))]
    return heads[::-1]


def _walk(start: str, leads: Leads, walked: set[str]) -> int:
    """Add to `walked` what can be reached from a state, itself included; return how many were added."""
    size, waiting = len(walked), [start]
    while waiting:
        name = waiting.pop()
        if name in leads and name not in walked:
            walked.add(name)
            waiting.extend(leads[name])
    return len(walked) - size
