"""Rules about promises: every line of the manual is the source of a state, and some scenario takes every transition."""

from collections.abc import Iterable, Iterator
from typing import Final

from assistant.flow.document import Document
from assistant.flow.engine import Engine
from assistant.flow.guarded import own_result
from assistant.flow.message import say
from assistant.flow.model import LOST, Answer, Flow
from assistant.flow.problem import Problem
from assistant.flow.rules.subject import Rule, Subject
from assistant.flow.scenario import Scenario


def manual_is_covered(subject: Subject) -> Iterator[Problem]:
    """Every line that the flow has from the manual is the source of some state, and no state has any other."""
    if subject.flow.source is None or subject.broken:
        return
    lines, covered = subject.flow.source.lines(), set[int]()
    for name, state in subject.flow.states.items():
        own = state.source.lines() if state.source is not None else frozenset()
        covered |= own
        if own - lines:
            message = say("the flow's own source has no line {lines} of the manual", lines=ranges(own - lines))
            yield subject.problem("unknown-line", message, subject.at("states", name, "source", "manual"))
    if lines - covered:
        message = say(
            "of the manual no state says lines {lines}; name them as the source of one", lines=ranges(lines - covered)
        )
        yield subject.problem("uncovered-line", message, subject.at("source", "manual"))


def ranges(lines: Iterable[int]) -> str:
    """Write line numbers as an author does: `3, 7-9`."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def untested_transitions(scenarios: Iterable[Scenario], engine: Engine, document: Document) -> Iterator[Problem]:
    """Warn once for each state about its choices and own results that no scenario takes; `lost` needs none."""
    flow = engine.flow
    taken = {_transition(flow, answer) for scenario in scenarios for answer in scenario.answers}
    for name, state in flow.states.items():
        places = [("choices", trigger) for trigger in state.choices] + [("results", result) for result in state.results]
        missing = [(key, trigger) for key, trigger in places if Answer(name, trigger) not in taken]
        if missing:
            message = say(
                "no scenario takes {triggers} in '{state}'; record one, or take one of 'assistant test --propose'",
                triggers=", ".join(f"'{trigger}'" for _, trigger in missing),
                state=name,
            )
            mark = document.key_mark("states", name, *missing[0])
            yield Problem(document.path, mark, "untested-transition", message, "warning")


def _transition(flow: Flow, answer: Answer) -> Answer:
    """Return an answer with the branch that a result takes in its place."""
    if answer.state not in flow.states or answer.trigger == LOST:
        return answer
    return Answer(answer.state, own_result(flow, *answer) or answer.trigger)


PROMISE_RULES: Final[tuple[Rule, ...]] = (manual_is_covered,)
