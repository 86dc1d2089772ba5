"""A scenario written as YAML reads back as it was, alone or at the end of a file that stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.document import Document
from assistant.flow.loader import load, load_flow
from assistant.flow.model import ID, Answer
from assistant.flow.scenario import Scenario, Scenarios
from assistant.flow.story import NotAppendable, appended, suggested_title, written
from tests.flow.good_flow import GOOD

GIVEN = (Answer("ask", "again"), Answer("try", "signed-in"))
FIRST = "# 電話\nscenarios:\n  - title: 話   # いちばん多い\n    answers: [ask.seen]\n    ends: check\n"
TITLES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=60)
IDS = st.from_regex(ID, fullmatch=True)


def read(text: str) -> tuple[Scenario, ...]:
    loaded = load("scenarios.yaml", text, Scenarios, "scenarios")
    assert loaded.problems == ()
    assert loaded.data is not None
    return loaded.data.scenarios


def document(text: str) -> Document:
    found = load("scenarios.yaml", text, Scenarios, "scenarios").document
    assert found is not None
    return found


def test_a_scenario_is_written_as_authors_write_it() -> None:
    assert written("二回目です", GIVEN, "ended") == (
        "  - title: 二回目です\n    answers: [ask.again, try.signed-in]\n    ends: ended\n"
    )


def test_many_answers_stand_one_a_line() -> None:
    assert written("話", GIVEN * 5, "ended").splitlines()[1:4] == [
        "    answers:",
        "      - ask.again",
        "      - try.signed-in",
    ]


@given(title=TITLES.filter(lambda text: text.strip() == text and text), answers=st.lists(st.builds(Answer, IDS, IDS)))
def test_whatever_is_written_reads_back(title: str, answers: list[Answer]) -> None:
    (scenario,) = read("scenarios:\n" + written(title, answers, "no"))

    assert (scenario.title, scenario.answers, scenario.ends) == (title, tuple(answers), "no")


def test_words_with_a_quote_in_them_are_written_in_quotes() -> None:
    assert "title: '「8''」と \"出た\"'" in written('「8\'」と "出た"', GIVEN, "ended")


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        FIRST.rstrip("\n"),
        FIRST.replace("\n", "\r\n"),
        FIRST.replace("\n  ", "\n"),
        FIRST.replace("- title", "-   title").replace("\n    ", "\n      "),
        FIRST + "  # Ende\n\n",
    ],
)
def test_what_stands_in_the_file_stays_as_it_is(text: str) -> None:
    longer = appended(text, document(text), "[次へ]: 話", GIVEN, "ended")

    assert longer.startswith(text)
    assert ("\r\n" in longer) == ("\r\n" in text)
    assert "\n" not in longer.replace("\r\n", "") or "\r\n" not in text
    assert read(longer)[:-1] == read(text)
    assert (read(longer)[-1].title, read(longer)[-1].answers) == ("[次へ]: 話", GIVEN)


def test_the_first_scenario_begins_the_file() -> None:
    (scenario,) = read(appended("", None, "話", GIVEN, "ended"))

    assert scenario.answers == GIVEN


def test_a_list_in_brackets_is_left_alone() -> None:
    text = "scenarios: [{title: 話, answers: [ask.seen], ends: check}]\n"

    with pytest.raises(NotAppendable):
        appended(text, document(text), "話", GIVEN, "ended")


def test_the_title_is_suggested_in_the_words_that_were_chosen() -> None:
    flow = load_flow("flow.yaml", GOOD).data
    assert flow is not None

    assert suggested_title(flow, GIVEN) == "また出た → signed-in"
    assert suggested_title(flow, ()) == "お手伝い"
