"""What nothing leads to is told once, at its first states, and not again behind a choice that is never open."""

from typing import Any

import pytest
from hypothesis import given, settings

from assistant.flow.checker import check_flow
from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.engine import Engine, transitions_of
from assistant.flow.explorer import explore
from assistant.flow.loader import load_flow
from assistant.flow.problem import Mark
from assistant.flow.rules.machine import check_machine
from assistant.flow.rules.subject import Subject
from tests.flow.random_flows import flow_of, plain_flows

HEAD = "title: t\nlanguage: en\nstart: ask\nlost: done\noutcomes: {o: o}\nstates:\n"
DONE = "  done: {no: 99, title: t, outcome: o}\n"


def state(name: str, number: int, *targets: str, when: str = "") -> str:
    choices = ", ".join(f"c{index}: {{label: Go, to: {to}{when}}}" for index, to in enumerate(targets))
    return f"  {name}: {{no: {number}, title: t, choices: {{{choices}}}}}\n"


def told(*states: str) -> list[tuple[str, str]]:
    problems = check_flow(load_flow("flow.yaml", HEAD + "".join(states) + DONE), Common())
    return [(problem.code, str(problem.message).split(";")[0]) for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize(
    ("alone", "heads"),
    [
        ([state("a", 2, "done")], ["nothing leads to 'a'"]),
        ([state("b", 3, "done"), state("a", 2, "b")], ["nothing leads to 'a', nor to the 1 behind it"]),
        ([state("a", 2, "b"), state("b", 3, "a")], ["nothing leads to 'a', nor to the 1 behind it"]),
        ([state("a", 2, "a", "done")], ["nothing leads to 'a'"]),
        ([state("a", 2, "done"), state("b", 3, "done")], ["nothing leads to 'a'", "nothing leads to 'b'"]),
        (
            [state("c", 4, "done"), state("a", 2, "c"), state("b", 3, "c")],
            ["nothing leads to 'a'", "nothing leads to 'b', nor to the 1 behind it"],
        ),
        (
            [state("b", 3, "c"), state("c", 4, "b"), state("a", 2, "c")],
            ["nothing leads to 'a', nor to the 2 behind it"],
        ),
    ],
)
def test_only_the_first_states_of_what_nothing_leads_to_are_told(alone: list[str], heads: list[str]) -> None:
    assert told(state("ask", 1, "done"), *alone) == [("unreachable", head) for head in heads]


def test_a_start_at_the_ending_is_told_once_however_much_it_cuts_off() -> None:
    chain = [state(f"s{number}", number, f"s{number + 1}" if number < 9 else "s1", "ask") for number in range(1, 10)]
    text = HEAD.replace("start: ask", "start: done") + state("ask", 50, "s1", "done") + "".join(chain) + DONE
    problems = check_flow(load_flow("flow.yaml", text), Common())

    assert [(problem.code, problem.mark) for problem in problems] == [("unreachable", Mark(7, 3))]


@pytest.mark.parametrize("when", [", when: {ask: c0}", ", when: {not: {any: [{ask: c0}, {not: {ask: c0}}]}}"])
def test_what_lies_behind_a_choice_that_is_never_open_is_not_told_again(when: str) -> None:
    ask = "  ask: {no: 1, title: t, choices: {c0: {label: Go, to: done}, c1: {label: On, to: a" + when + "}}}\n"

    assert [code for code, _ in told(ask, state("a", 2, "b"), state("b", 3, "done"))] == ["never-open"]


@settings(max_examples=150)
@given(plain_flows(maximum=6))
def test_every_state_that_is_not_reached_lies_behind_something_that_is_told(plain: dict[str, Any]) -> None:
    flow = flow_of(plain)
    engine = Engine(flow)
    found = explore(engine)
    subject = Subject(flow, Document("flow.yaml", {}, Mark()), Common())
    problems = list(check_machine(subject, engine, found))
    reached = {here.state for here in found.first}
    heads = {str(each.message).split("'")[1] for each in problems if each.code == "unreachable"}
    others = {each.code for each in problems if each.severity == "error"} - {"unreachable"}
    behind = set(heads)
    if others:
        behind |= {to for name in reached for _, _, to in transitions_of(flow, name, flow.states[name])} - reached
    while more := {to for name in behind for _, _, to in transitions_of(flow, name, flow.states[name])} - behind:
        behind |= more

    assert not heads & reached
    assert set(flow.states) - reached <= behind
