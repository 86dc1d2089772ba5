"""Scenarios: stories that a flow keeps or breaks, and what is said when it breaks one."""

import pytest

from assistant.flow.engine import Engine
from assistant.flow.loader import load
from assistant.flow.model import Answer, Flow
from assistant.flow.problem import Mark
from assistant.flow.scenario import Scenarios, check_scenarios

FLOW = Flow.model_validate(
    {
        "title": "t",
        "language": "ja",
        "start": "ask",
        "lost": "help",
        "outcomes": {"resolved": "o"},
        "states": {
            "ask": {"no": 1, "choices": {"yes": {"label": "l", "to": "try"}, "no": {"label": "l", "to": "help"}}},
            "try": {"no": 2, "invoke": "sign-in", "results": {"signed-in": "end", "default": "help"}},
            "help": {"no": 3, "choices": {"done": {"label": "l", "to": "end"}}},
            "end": {"no": 4, "outcome": "resolved"},
        },
    }
)


def told(answers: str, ends: str = "resolved", more: str = "") -> list[str]:
    text = f"scenarios:\n  - title: 話\n    answers: [{answers}]\n    ends: {ends}\n{more}"
    loaded = load("scenarios.yaml", text, Scenarios, "scenarios")
    assert loaded.problems == ()
    assert loaded.data is not None
    assert loaded.document is not None
    problems = list(check_scenarios(loaded.data, Engine(FLOW), loaded.document))
    assert all((problem.code, problem.mark) == ("scenario-fails", Mark(3, 14)) for problem in problems)
    return [str(problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        ("ask.yes, try.signed-in", "resolved"),
        ("ask.yes, try.signed-in", "end"),
        ("ask.yes, try.code-50126, help.done", "resolved"),
        ("ask.lost", "help"),
        ("", "ask"),
    ],
)
def test_a_story_that_comes_to_its_end_gives_nothing(answers: str, ends: str) -> None:
    assert told(answers, ends) == []


@pytest.mark.parametrize(
    ("answers", "ends", "message"),
    [
        ("ask.no", "resolved", "'話': ends at 'help', not at 'resolved'"),
        ("ask.maybe", "resolved", "'話': 'ask.maybe' cannot be answered in 'ask'; possible there: yes, no, lost"),
        ("ask.no, ask.no", "help", "'話': 'ask.no' cannot be answered in 'help'; possible there: done"),
        ("ask.no, help.done, end.lost", "end", "'話': 'end.lost' cannot be answered in 'end'; possible there: nothing"),
    ],
)
def test_a_story_that_does_not_says_what_is_possible(answers: str, ends: str, message: str) -> None:
    assert told(answers, ends) == [message]


def test_a_story_passes_through_the_states_that_it_names() -> None:
    assert told("ask.no, help.done", more="    through: [ask, help, end]\n") == []
    assert told("ask.no, help.done", more="    through: [try]\n") == ["'話': does not pass through 'try'"]


@pytest.mark.parametrize(
    ("text", "code", "mark"),
    [
        ("scenarios: [{title: 話, answers: [ask], ends: end}]", "bad-answer", Mark(1, 34)),
        ("scenarios: [{title: 話, answers: [.yes], ends: end}]", "bad-answer", Mark(1, 34)),
        ("scenarios: [{title: 話, answers: [ask.yes]}]", "missing-key", Mark(1, 13)),
        ("scenarios: [{title: 話, answers: ask.yes, ends: end}]", "wrong-type", Mark(1, 33)),
        ("scenarios: [{title: 話, answers: [], ends: end, thru: []}]", "unknown-key", Mark(1, 48)),
        ("scenarios: []", "empty-value", Mark(1, 12)),
    ],
)
def test_a_story_that_cannot_be_read_is_told_with_its_place(text: str, code: str, mark: Mark) -> None:
    loaded = load("scenarios.yaml", text, Scenarios, "scenarios")

    assert [(problem.code, problem.mark) for problem in loaded.problems] == [(code, mark)]


def test_answers_are_read_as_in_a_url() -> None:
    loaded = load("s", "scenarios: [{title: 話, answers: [ask.yes], ends: end}]", Scenarios, "scenarios")

    assert loaded.data is not None
    assert loaded.data.scenarios[0].answers == (Answer("ask", "yes"),)
    assert str(loaded.data.scenarios[0].answers[0]) == "ask.yes"
