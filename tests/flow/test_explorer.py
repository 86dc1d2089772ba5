"""The explorer against brute force, which forgets nothing: every place that random flows can bring a person to."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings

from assistant.flow.engine import Engine, Position
from assistant.flow.explorer import (
    MAXIMUM_WORK,
    Configuration,
    Exploration,
    explore,
    live_answers,
    lost_forever,
    never_taken,
    stuck,
)
from assistant.flow.model import LOST, Answer
from tests.flow.random_flows import flow_of, plain_flows
from tests.flow.reference import Everything, Place


def projected(found: Exploration, place: Place) -> Configuration:
    return found.configuration(Position(place[0], (), dict(place[1])))


def explored(plain: dict[str, Any]) -> tuple[Engine, Exploration, Everything]:
    engine = Engine(flow_of(plain))
    return engine, explore(engine), Everything(plain)


def asking_in_a_row(count: int, **last: Any) -> dict[str, Any]:
    """Make `count` yes/no questions, one after the other, and an ending; `last` adds to the last question."""
    yes_no = {"yes": {"label": "l"}, "no": {"label": "l"}}
    states: dict[str, Any] = {}
    for number in range(1, count + 1):
        to = f"q{number + 1}" if number < count else "over"
        choices = {trigger: choice | {"to": to} for trigger, choice in yes_no.items()}
        states[f"q{number}"] = {"no": number, "title": "t", "choices": choices}
    states[f"q{count}"] |= last
    states["over"] = {"no": count + 1, "title": "t", "outcome": "o"}
    return {"title": "t", "language": "ja", "start": "q1", "states": states}


@settings(max_examples=200)
@given(plain_flows(maximum=5))
def test_the_configurations_are_those_of_all_answer_lists(plain: dict[str, Any]) -> None:
    _, found, everything = explored(plain)

    assert found.complete
    assert set(found.first) == {projected(found, place) for place in everything.distance}


@settings(max_examples=200)
@given(plain_flows(maximum=5))
def test_the_answers_of_a_configuration_are_the_nearest_and_replay_to_it(plain: dict[str, Any]) -> None:
    engine, found, everything = explored(plain)
    distances: dict[Configuration, tuple[int, int]] = {}
    for place, distance in everything.distance.items():
        here = projected(found, place)
        distances[here] = min(distance, distances.get(here, distance))

    for configuration in found.first:
        answers = found.answers(configuration)
        assert found.configuration(engine.replay(answers)) == configuration
        assert everything.far(answers) == distances[configuration]


@settings(max_examples=100)
@given(plain_flows(maximum=5))
def test_the_shortest_answers_to_a_state_are_those_of_its_nearest_place(plain: dict[str, Any]) -> None:
    engine, found, everything = explored(plain)
    nearest: dict[str, tuple[int, int]] = {}
    for (state, _), distance in everything.distance.items():
        nearest[state] = min(distance, nearest.get(state, distance))
    shortest = found.shortest()

    assert {state: everything.far(answers) for state, answers in shortest.items()} == nearest
    assert all(engine.replay(answers).state == state for state, answers in shortest.items())


@settings(max_examples=200)
@given(plain_flows(maximum=5))
def test_stuck_are_those_from_where_no_answers_without_lost_lead_to_an_ending(plain: dict[str, Any]) -> None:
    engine, found, everything = explored(plain)
    fine = everything.can_end()

    assert len(stuck(engine, found)) == len(set(stuck(engine, found)))
    assert set(stuck(engine, found)) == {projected(found, place) for place in everything.distance if place not in fine}


@settings(max_examples=200)
@given(plain_flows(maximum=5))
def test_lost_forever_are_those_whom_lost_alone_never_brings_to_an_ending(plain: dict[str, Any]) -> None:
    engine, found, everything = explored(plain)
    forever = {projected(found, place) for place in everything.distance if not everything.lost_ends(place)}

    assert set(lost_forever(engine, found)) == forever


@settings(max_examples=100)
@given(plain_flows(maximum=5))
def test_never_taken_are_the_choices_that_are_open_nowhere(plain: dict[str, Any]) -> None:
    engine, found, everything = explored(plain)
    taken = {(place[0], trigger) for place, steps in everything.edges.items() for trigger, _ in steps}
    visited = {place[0] for place in everything.distance}
    written = {
        (name, trigger)
        for name, state in plain["states"].items()
        if name in visited
        for trigger in state.get("choices", {})
    }

    assert set(never_taken(engine, found)) == {Answer(*pair) for pair in written - taken}


def test_answers_that_no_guard_reads_are_forgotten() -> None:
    found = explore(Engine(flow_of(asking_in_a_row(20))))

    assert len(found.first) == 21


def test_an_answer_is_remembered_only_until_the_guard_that_reads_it() -> None:
    plain = asking_in_a_row(20)
    plain["states"]["q10"]["choices"]["yes"]["when"] = {"q1": "yes"}
    found = explore(Engine(flow_of(plain)))

    assert len(found.first) == 21 + 9


def test_an_answer_that_will_be_given_anew_is_forgotten() -> None:
    plain = asking_in_a_row(3)
    plain["states"]["q3"]["choices"]["yes"]["when"] = {"q2": "yes"}
    live = live_answers(flow_of(plain))

    assert live["q3"] == {Answer("q2", "yes")}
    assert not live["q2"]


@pytest.mark.parametrize(
    "last",
    [
        {"text": [{"text": "t", "when": {"q1": "yes"}}]},
        {"script": [{"text": "t", "when": {"q1": "yes"}}]},
        {"notes": [{"note": "n", "when": {"q1": "yes"}}]},
    ],
)
def test_a_guard_on_words_makes_configurations_of_their_own(last: dict[str, Any]) -> None:
    found = explore(Engine(flow_of(asking_in_a_row(3, **last))))

    assert len([here for here in found.first if here.state == "q3"]) == 2


def test_a_result_without_a_branch_of_its_own_is_explored_if_a_guard_reads_it() -> None:
    choices = {"wrong": {"label": "l", "to": "over", "when": {"try": "code-50126"}}}
    states = {
        "try": {"no": 1, "title": "t", "invoke": "sign-in", "results": {"default": "failed"}},
        "failed": {"no": 2, "title": "t", "choices": choices},
        "over": {"no": 3, "title": "t", "outcome": "o"},
    }
    engine = Engine(flow_of({"title": "t", "language": "ja", "start": "try", "states": states}))
    found = explore(engine)

    assert found.shortest()["over"] == (Answer("try", "code-50126"), Answer("failed", "wrong"))
    assert stuck(engine, found) == [Configuration("failed")]


def test_what_a_person_can_choose_is_nearer_than_any_result_of_a_sign_in() -> None:
    states = {
        "ask": {
            "no": 1,
            "title": "t",
            "choices": {"try": {"label": "l", "to": "try"}, "far": {"label": "l", "to": "far"}},
        },
        "try": {"no": 2, "title": "t", "invoke": "sign-in", "results": {"code-1": "over", "default": "failed"}},
        "far": {"no": 3, "title": "t", "choices": {"on": {"label": "l", "to": "further"}}},
        "further": {"no": 4, "title": "t", "choices": {"on": {"label": "l", "to": "over"}}},
        "over": {"no": 5, "title": "t", "outcome": "o"},
        "failed": {"no": 6, "title": "t", "outcome": "o"},
    }
    shortest = explore(Engine(flow_of({"title": "t", "language": "ja", "start": "ask", "states": states}))).shortest()

    assert shortest["over"] == (Answer("ask", "far"), Answer("far", "on"), Answer("further", "on"))
    assert shortest["failed"] == (Answer("ask", "try"), Answer("try", "default"))


def test_too_many_configurations_are_said_and_not_passed_over() -> None:
    engine = Engine(flow_of(asking_in_a_row(12, text=_reading(range(1, 12)))))

    assert len(explore(engine).first) == 2**12
    assert explore(engine, 2**12).complete
    assert not explore(engine, 2**12 - 1).complete
    assert not explore(engine, 10).complete
    assert len(explore(engine, 10).first) <= 12


def _reading(questions: Iterable[int]) -> list[dict[str, Any]]:
    return [{"text": "t", "when": {f"q{number}": "yes"}} for number in questions]


def test_someone_lost_in_the_shipped_flow_never_meets_more_than_three_pages(login: Engine) -> None:
    found = explore(login)
    for configuration, edges in found.edges.items():
        here, pages = configuration, 0
        while (there := next((to for trigger, to in found.edges[here] if trigger == LOST), None)) is not None:
            here, pages = there, pages + 1
            assert pages <= 3, configuration

        assert login.flow.states[here.state].outcome is not None or not edges


def test_many_remembered_answers_end_the_exploration_long_before_there_are_too_many_configurations() -> None:
    engine = Engine(flow_of(asking_in_a_row(40, text=_reading(range(1, 40)))))
    found = explore(engine, maximum=10**9)

    assert not found.complete
    assert sum(1 + len(there.memory) for edges in found.edges.values() for _, there in edges) < 2 * MAXIMUM_WORK


def test_too_many_answers_to_be_remembered_are_noticed_before_anything_is_explored() -> None:
    engine = Engine(flow_of(asking_in_a_row(1_000, text=_reading(range(1, 1_000)))))
    found = explore(engine)

    assert not found.complete
    assert sum(map(len, found.live.values())) < MAXIMUM_WORK + 1_000
