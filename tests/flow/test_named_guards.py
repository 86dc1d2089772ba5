"""A guard that has a name is there wherever it is used by its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.checker import check_flow
from assistant.flow.common import Common
from assistant.flow.loader import load_flow
from assistant.flow.named_guards import replaced
from assistant.flow.problem import Problem

FLOW = """
title: Guards
language: en
start: first
lost: helped
guards:
  again: {first: again}
  either: {any: [{first: again}, {first: third}]}
states:
  first:
    no: 1
    title: First
    choices:
      once: {label: Once, to: second}
      again: {label: Again, to: second}
      third: {label: Third, to: second}
  second:
    no: 2
    title: Second
    text:
      - {text: Again then., when: again}
      - {text: Not again., when: {not: again}}
    choices:
      yes: {label: Yes, to: [{to: done, when: again}, helped]}
      no: {label: No, to: helped, when: {all: [either, {not: {first: third}}]}}
  done: {no: 3, title: Done, outcome: resolved}
  helped: {no: 4, title: Helped, outcome: helpdesk}
"""


def problems(text: str) -> list[Problem]:
    return [found for found in check_flow(load_flow("flow.yaml", text), Common()) if found.severity == "error"]


def test_a_name_stands_for_its_guard_everywhere() -> None:
    named = load_flow("flow.yaml", FLOW).data
    written = FLOW.replace("when: again", "when: {first: again}").replace("{not: again}", "{not: {first: again}}")
    spelled_out = load_flow("flow.yaml", written.replace("[either,", "[{any: [{first: again}, {first: third}]},")).data

    assert named is not None
    assert spelled_out is not None
    assert (named.states, problems(FLOW)) == (spelled_out.states, [])


def test_a_name_that_stands_for_nothing_is_told_where_it_is_used() -> None:
    (problem,) = problems(FLOW.replace("text: Again then., when: again", "text: Again then., when: agian"))

    assert (problem.code, problem.mark.line) == ("bad-guard", 21)
    assert "no guard 'agian' stands under 'guards:'" in str(problem.message)


def test_a_mistake_in_a_named_guard_is_told_once_and_where_it_is_named() -> None:
    (problem,) = problems(FLOW.replace("  again: {first: again}", "  again: {frist: again}", 1))

    assert (problem.code, problem.mark.line) == ("unknown-guard-state", 7)


def test_a_named_guard_uses_no_other_name() -> None:
    (problem,) = problems(FLOW.replace("  again: {first: again}", "  again: {not: either}", 1))

    assert (problem.code, problem.mark.line) == ("bad-guard", 7)


def test_named_guards_can_be_counted() -> None:
    counted = FLOW.replace("when: {all: [either, {not: {first: third}}]}", "when: {at-least: {2: [either, again]}}")
    flow = load_flow("flow.yaml", counted).data

    assert flow is not None
    guard = flow.states["second"].choices["no"].when
    assert guard is not None
    assert [guard.allows({"first": trigger}) for trigger in ("again", "third", "once")] == [True, False, False]


COUNTED = ["2", "{}", "{0: [again]}", "{2: [again]}", "{1: again}", "{1: [again], 2: [again]}"]


@pytest.mark.parametrize("counted", COUNTED)
def test_what_cannot_be_counted_is_refused(counted: str) -> None:
    told = problems(FLOW.replace("{all: [either, {not: {first: third}}]}", f"{{at-least: {counted}}}"))

    assert [(problem.code, problem.mark.line) for problem in told] == [("bad-guard", 25)]


def test_a_choice_may_be_called_when() -> None:
    flow = FLOW.replace("      yes: {label: Yes, to: [{to: done, when: again}, helped]}", WHEN)

    assert problems(flow) == []


WHEN = "      when: {label: When, to: [{to: done, when: again}, helped]}\n      yes: {label: Yes, to: done}"


@given(st.recursive(st.text() | st.none(), lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts)))
def test_whatever_names_no_guards_stays_as_it_is(value: object) -> None:
    assert replaced({"states": value}) == {"states": value}


@pytest.mark.parametrize("value", [None, "text", [], {"guards": "text", "states": {"when": "text"}}])
def test_what_is_no_flow_is_left_to_its_own_problem(value: object) -> None:
    assert replaced(value) == value
