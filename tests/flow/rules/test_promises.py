"""Rules about promises: lines of the manual that are said, and transitions that some scenario takes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.checker import check_flow
from assistant.flow.engine import Engine
from assistant.flow.loader import load, load_flow
from assistant.flow.problem import Mark
from assistant.flow.rules.promises import ranges, untested_transitions
from assistant.flow.scenario import Scenarios
from tests.flow.good_flow import COMMON, GOOD, STORY


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("12, 34-41", []),
        ("34-41, 12", []),
        ("12, 34-41, 50", [("uncovered-line", 4, "lines 50;")]),
        ("1-50", [("uncovered-line", 4, "lines 1-11, 13-33, 42-50;")]),
        ("12, 34-40", [("unknown-line", 15, "no line 41 ")]),
    ],
)
def test_every_line_of_the_manual_is_the_source_of_some_state(source: str, told: list[tuple[str, int, str]]) -> None:
    text = GOOD.replace("start: ask\n", f'start: ask\nsource: {{manual: "{source}"}}\n')
    problems = check_flow(load_flow("flow.yaml", text), COMMON)

    assert [(each.code, each.severity, each.mark.line) for each in problems] == [
        (code, "error", line) for code, line, _ in told
    ]
    assert all(words in str(each.message) for each, (_, _, words) in zip(problems, told, strict=True))


def test_a_flow_that_names_no_manual_may_say_any_line() -> None:
    assert check_flow(load_flow("flow.yaml", GOOD), COMMON) == []


@given(st.sets(st.integers(1, 60), min_size=1))
def test_ranges_are_the_lines_they_are_written_for(lines: set[int]) -> None:
    written = ranges(lines)

    parts = [[int(end) for end in part.split("-")] for part in written.split(", ")]
    assert [line for part in parts for line in range(part[0], part[-1] + 1)] == sorted(lines)
    assert all(second[0] > first[-1] + 1 for first, second in pairwise(parts))


def untested(story: str) -> list[tuple[Mark, str]]:
    loaded = load("scenarios.yaml", story, Scenarios, "scenarios")
    flow = load_flow("flow.yaml", GOOD)
    assert loaded.data is not None
    assert flow.data is not None
    assert flow.document is not None
    problems = list(untested_transitions(loaded.data.scenarios, Engine(flow.data), flow.document))
    assert {(problem.code, problem.severity, problem.path) for problem in problems} <= {
        ("untested-transition", "warning", "flow.yaml")
    }
    return [(problem.mark, str(problem.message).split(";")[0]) for problem in problems]


def test_where_scenarios_take_every_choice_and_own_result_nothing_is_told() -> None:
    assert untested(STORY) == []


def test_what_none_takes_is_told_once_for_each_state_at_the_first_of_it() -> None:
    lines = GOOD.splitlines()

    assert untested("scenarios: [{title: 話, answers: [ask.again, try.signed-in], ends: resolved}]\n") == [
        (
            Mark(lines.index("      seen: {label: 出た, to: check, screen: entry}") + 1, 7),
            "no scenario takes 'seen' in 'ask'",
        ),
        (Mark(lines.index("      back: {label: 戻る, to: ask}") + 1, 7), "no scenario takes 'back', 'fine' in 'check'"),
        (Mark(lines.index("      found: {label: あった, to: ask}") + 1, 7), "no scenario takes 'found' in 'help'"),
        (
            Mark(lines.index("      closed: {label: 閉じた, to: ask}") + 1, 7),
            "no scenario takes 'closed', 'default' in 'try'",
        ),
    ]


def test_any_result_without_a_branch_takes_the_default() -> None:
    taken = STORY.replace("try.expired", "try.not-assigned")
    lost = STORY.replace(
        "{title: 迷った話, answers: [ask.lost, help.found, ask.again, try.expired], ends: check}",
        "{title: x, answers: [ask.lost], ends: help}",
    )

    assert untested(taken) == []
    assert [told for _, told in untested(lost)] == [
        "no scenario takes 'found' in 'help'",
        "no scenario takes 'default' in 'try'",
    ]
