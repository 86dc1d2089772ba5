"""Scenarios: stories that a flow keeps or breaks, and what is said when it breaks one."""

import pytest

from assistant.flow.common import Code, Common, Fact, Note
from assistant.flow.engine import Engine
from assistant.flow.loader import load
from assistant.flow.model import Answer, Flow
from assistant.flow.problem import Mark, Problem
from assistant.flow.scenario import Scenarios, check_scenarios

COMMON = Common(
    facts={"desk": Fact(about="窓口", text="窓口")},
    notes={
        "note": Note(title="困ったら", text=("ここに電話します。{desk}の番号\nまで。",)),
        "late": Note(title="遅い", text=("遅れて来た人へ",)),
    },
    codes={"50126": Code(who="customer", text=("パスワードが違います。",))},
)
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
            "help": {
                "no": 3,
                "title": "困っていますか [いつもの画面] で困っています",
                "text": ["まだの人は、\n\nこちら", {"text": "来たばかり", "when": {"ask": "lost"}}],
                "notes": ["note", {"note": "late", "when": {"ask": "lost"}}],
                "choices": {"done": {"label": "終わった", "to": "end"}},
                "outcome": None,
                "message": {"to": "helpdesk", "subject": "お願い ({desk})", "text": ["拝啓"]},
            },
            "end": {"no": 4, "outcome": "resolved"},
        },
    }
)


def problems_of(answers: str, ends: str = "resolved", more: str = "") -> list[Problem]:
    text = f"scenarios:\n  - title: 話\n    answers: [{answers}]\n    ends: {ends}\n{more}"
    loaded = load("scenarios.yaml", text, Scenarios, "scenarios")
    assert loaded.problems == ()
    assert loaded.data is not None
    assert loaded.document is not None
    return list(check_scenarios(loaded.data, Engine(FLOW), loaded.document, COMMON))


def told(answers: str, ends: str = "resolved", more: str = "") -> list[tuple[str, str, int, int]]:
    problems = problems_of(answers, ends, more)
    return [(problem.code, str(problem.message), problem.mark.line, problem.mark.column) for problem in problems]


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
    ("answers", "ends", "message", "line", "column"),
    [
        ("ask.no", "resolved", "ends at 'help', not at 'resolved'", 4, 11),
        ("ask.no", "resolvd", "ends at 'help', not at 'resolvd'; did you mean 'resolved'?", 4, 11),
        ("ask.maybe", "end", "'ask.maybe' cannot be answered in 'ask'; possible there: yes, no, lost", 3, 15),
        ("ask.no, ask.no", "help", "'ask.no' cannot be answered in 'help'; possible there: done", 3, 23),
        (
            "ask.yes, try.away",
            "end",
            "'try.away' cannot be answered in 'try'; possible there: lost, signed-in, default",
            3,
            24,
        ),
        (
            "ask.no, help.done, end.lost",
            "end",
            "'end.lost' cannot be answered in 'end', which is an ending",
            3,
            34,
        ),
    ],
)
def test_a_story_that_does_not_says_where_and_what_is_possible(
    answers: str, ends: str, message: str, line: int, column: int
) -> None:
    assert told(answers, ends) == [("scenario-fails", f"'話': {message}", line, column)]


def test_a_story_passes_through_the_states_that_it_names() -> None:
    assert told("ask.no, help.done", more="    through: [ask, help, end]\n") == []
    assert told("ask.no, help.done", more="    through: [ask, try]\n") == [
        ("scenario-fails", "'話': does not pass through 'try'", 5, 20)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "困っています",
        "いつもの画面",
        "まだの人",
        "困ったら ここ",
        "窓口の番号 まで",
        "お願い (窓口)",
        "拝啓",
        "終わった",
    ],
)
def test_the_last_page_mentions_its_title_texts_notes_message_and_choices(words: str) -> None:
    assert told("ask.no", "help", f"    mentions: [{words}]\n") == []
    assert told("ask.no", "help", f"    mentions-not: [{words}]\n") == [
        ("scenario-fails", f"'話': the page of 'help' mentions '{words}'", 5, 20)
    ]


def test_what_answers_do_not_let_through_is_not_mentioned() -> None:
    assert told("ask.no", "help", "    mentions-not: [来たばかり, 遅れて来た]\n") == []
    assert told("ask.lost", "help", "    mentions: [来たばかり, 遅れて来た]\n") == []
    assert told("ask.no", "help", "    mentions: [困っています, 来たばかり]\n") == [
        ("scenario-fails", "'話': the page of 'help' does not mention '来たばかり'", 5, 24)
    ]


def test_the_page_after_an_error_number_mentions_what_the_number_means() -> None:
    assert told("ask.yes, try.code-50126", "help", "    mentions: [パスワードが違います]\n") == []
    assert len(told("ask.yes, try.code-50127", "help", "    mentions: [パスワードが違います]\n")) == 1


def test_every_promise_that_is_broken_is_told() -> None:
    more = "    through: [try]\n    mentions: [雨]\n    mentions-not: [困っています]\n"

    assert [line for _, _, line, _ in told("ask.no", "end", more)] == [4, 5, 6, 7]


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
