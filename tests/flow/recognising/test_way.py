"""Ways to a recognised screen say nothing that the person did not say."""

from collections.abc import Iterator

import pytest

from assistant.flow.engine import Engine, Position
from assistant.flow.explorer import Exploration, explore
from assistant.flow.loader import load_flow
from assistant.flow.model import LOST, Answer
from assistant.flow.recognising.index import homes_of
from assistant.flow.recognising.way import way_by_number, ways_home


@pytest.fixture(scope="session")
def explored(login: Engine) -> Exploration:
    return explore(login)


def asking(login: Engine, explored: Exploration) -> Iterator[Position]:
    for configuration in explored.first:
        if login.flow.states[configuration.state].asks:
            yield login.replay(explored.answers(configuration))


def test_every_screen_is_found_from_every_question(login: Engine, explored: Exploration) -> None:
    homes = homes_of(login.flow)
    for position in asking(login, explored):
        ways = ways_home(login, explored, position)

        assert ways.keys() == homes.keys(), position
        for screen, answers in ways.items():
            assert answers[: len(position.answers)] == position.answers
            assert login.replay(answers).state == homes[screen]


def test_a_way_claims_only_that_it_is_not_here_or_not_among_these_or_this_picture(
    login: Engine, explored: Exploration
) -> None:
    start = Position(login.flow.start)
    for screen, answers in ways_home(login, explored, start).items():
        *onward, last = answers
        for answer in onward:
            choices = login.flow.states[answer.state].choices
            pictures = [choice for choice in choices.values() if choice.screen is not None]
            assert answer.trigger == LOST or (pictures and choices[answer.trigger].screen is None)
        assert login.flow.states[last.state].choices[last.trigger].screen == screen


def test_no_way_is_longer_than_it_must_be(login: Engine, explored: Exploration) -> None:
    at_chooser = login.replay([Answer("situation", "screen")])

    assert ways_home(login, explored, at_chooser)["email-entry"][1:] == (Answer("which-screen", "address"),)


def test_where_the_person_already_is_needs_no_answer(login: Engine, explored: Exploration) -> None:
    position = login.replay([Answer("situation", "screen"), Answer("which-screen", "address")])

    assert ways_home(login, explored, position)["email-entry"] == position.answers


def test_a_picture_that_leads_elsewhere_is_no_way_to_its_screen() -> None:
    text = """\
title: t
language: ja
start: ask
outcomes: {o: o}
states:
  ask:
    no: 1
    title: t
    choices:
      wrong: {label: a, screen: picture, to: end}
      right: {label: b, screen: picture, to: home}
  home: {no: 2, title: t, screen: picture, choices: {on: {label: c, to: end}}}
  end: {no: 3, title: t, outcome: o}
"""
    flow = load_flow("flow.yaml", text).data
    assert flow is not None
    engine = Engine(flow)

    assert ways_home(engine, explore(engine), Position("ask")) == {"picture": (Answer("ask", "right"),)}


def test_a_number_is_the_last_answer_on_its_way(login: Engine, explored: Exploration) -> None:
    ways = ways_home(login, explored, Position(login.flow.start))
    way = way_by_number(login, ways, "50020")

    assert way is not None
    assert way[-1].trigger == "code-50020"
    assert login.replay(way).state == "not-in-tenant"


def test_a_number_that_is_not_listed_leads_where_unknown_ones_do(login: Engine, explored: Exploration) -> None:
    way = way_by_number(login, ways_home(login, explored, Position(login.flow.start)), "99999")

    assert way is not None
    assert login.replay(way).state == "helpdesk-error"
