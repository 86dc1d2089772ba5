"""The engine against the real `transitions` machine, and against a second, plain reading of the language."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.flow.checker import check_flow
from assistant.flow.common import Common
from assistant.flow.engine import Engine, NotReplayable, Person, Position, machine_step, transitions_of
from assistant.flow.loader import load_flow
from assistant.flow.model import LOST, Answer
from tests.flow import reference
from tests.flow.random_flows import ALL_TRIGGERS, any_answers, any_latest, flow_of, plain_flows, seeds


def sign_in_flow(**results: Any) -> Engine:
    states = {
        "try": {
            "no": 1,
            "title": "t",
            "invoke": "sign-in",
            "results": {"signed-in": "in", "default": "failed", **results},
        },
        "failed": {"no": 2, "title": "t", "choices": {"again": {"label": "l", "to": "try"}}},
        "in": {"no": 3, "title": "t", "outcome": "over"},
    }
    return Engine(flow_of({"title": "t", "language": "ja", "start": "try", "states": states}))


@dataclass(frozen=True)
class Walk:
    """A random flow, its engine, and where a random walk through open triggers came to."""

    plain: dict[str, Any]
    engine: Engine
    position: Position
    random: Random


def _walk(plain: dict[str, Any], seed: int) -> Walk:
    engine, random = Engine(flow_of(plain)), Random(seed)
    position = engine.replay(())
    for _ in range(random.randint(0, 12)):
        steps = [engine.step(position, trigger) for trigger in ALL_TRIGGERS]
        position = random.choice([step for step in steps if step is not None] or [position])
    return Walk(plain, engine, position, random)


walks = st.builds(_walk, plain_flows(), seeds)


@settings(max_examples=200)
@given(plain_flows(), seeds)
def test_the_table_equals_the_transitions_machine_for_every_state_and_trigger(plain: dict[str, Any], seed: int) -> None:
    engine, latest = Engine(flow_of(plain)), any_latest(plain, Random(seed))
    for state, branches in engine.table.items():
        for trigger in (*branches, "unheard-of"):
            person = Person(state, dict(latest))
            moved = machine_step(engine.machine, person, trigger)
            by_machine = person.state if moved else None

            assert engine.target(state, trigger, latest) == by_machine
            assert person.latest == ({**latest, state: trigger} if moved else latest)


def test_the_table_of_the_shipped_flow_equals_its_machine(login: Engine) -> None:
    for state, branches in login.table.items():
        for trigger in branches:
            for latest in _telling_latest(login):
                person = Person(state, dict(latest))
                moved = machine_step(login.machine, person, trigger)

                assert login.target(state, trigger, latest) == (person.state if moved else None)


def _telling_latest(engine: Engine) -> list[dict[str, str]]:
    """Give latest answers of which each guard of the flow meets some that it lets through and some that it does not."""
    guards = [
        guard for name, state in engine.flow.states.items() for _, guard, _ in transitions_of(engine.flow, name, state)
    ]
    reads = {pair for guard in guards if guard is not None for pair in guard.reads()}
    return [{}, dict(reads), dict(sorted(reads, reverse=True)), *({name: trigger} for name, trigger in reads)]


@settings(max_examples=200)
@given(plain_flows(), seeds)
def test_the_engine_reads_a_flow_as_the_design_says(plain: dict[str, Any], seed: int) -> None:
    engine, latest = Engine(flow_of(plain)), any_latest(plain, Random(seed))

    for state in plain["states"]:
        for trigger in ALL_TRIGGERS:
            assert engine.target(state, trigger, latest) == reference.target(plain, state, trigger, latest)


@settings(max_examples=150)
@given(walks)
def test_replaying_equals_stepping(walk: Walk) -> None:
    stepped = walk.position

    assert walk.engine.replay(stepped.answers) == stepped
    assert reference.walk(walk.plain, stepped.answers) == (stepped.state, stepped.latest, len(stepped.answers))


@settings(max_examples=200)
@given(walks)
def test_answers_that_do_not_replay_give_the_furthest_valid_position(walk: Walk) -> None:
    answers = (*walk.position.answers, *any_answers(walk.plain, walk.random, 4))
    state, latest, fitting = reference.walk(walk.plain, answers)
    furthest = Position(state, answers[:fitting], latest)

    if fitting == len(answers):
        assert walk.engine.replay(answers) == furthest
    else:
        with pytest.raises(NotReplayable) as raised:
            walk.engine.replay(answers)
        assert (raised.value.position, raised.value.dropped) == (furthest, answers[fitting:])


@settings(max_examples=200)
@given(walks)
def test_revising_keeps_each_later_answer_that_applies_where_it_then_stands(walk: Walk) -> None:
    answers = walk.position.answers

    for index in range(len(answers)):
        for trigger in ALL_TRIGGERS:
            expected = reference.revised(walk.plain, answers, index, trigger)
            if expected is None:
                with pytest.raises(ValueError, match=trigger):
                    walk.engine.revise(answers, index, trigger)
            else:
                assert list(walk.engine.revise(answers, index, trigger)) == expected


@given(walks)
def test_revising_to_the_same_answer_changes_nothing(walk: Walk) -> None:
    answers = walk.position.answers

    for index, answer in enumerate(answers):
        assert walk.engine.revise(answers, index, answer.trigger) == answers


@given(walks)
def test_what_is_offered_is_what_can_be_answered_in_the_authors_order_with_lost_last(walk: Walk) -> None:
    offered = [trigger for trigger, _ in walk.engine.open_choices(walk.position)]
    written = [*walk.plain["states"][walk.position.state].get("choices", {}), LOST]

    assert offered == [trigger for trigger in written if walk.engine.step(walk.position, trigger) is not None]


@pytest.mark.parametrize("result", ["code-50126", "code-unknown", "try-later", "cancelled"])
def test_a_result_without_a_branch_of_its_own_goes_to_the_default_and_stays_in_the_answers(result: str) -> None:
    position = sign_in_flow().replay([Answer("try", result)])

    assert (position.state, position.latest) == ("failed", {"try": result})


def test_a_result_with_a_branch_of_its_own_takes_it() -> None:
    engine = sign_in_flow(**{"code-50126": "in"})

    assert engine.replay([Answer("try", "code-50126")]).state == "in"
    assert engine.replay([Answer("try", "code-50127")]).state == "failed"


@pytest.mark.parametrize("result", ["code-0", "code-012", "code-123456789", "code-", "code-x", "signed_in", ""])
def test_what_no_sign_in_can_come_back_with_is_no_answer(result: str) -> None:
    with pytest.raises(NotReplayable):
        sign_in_flow().replay([Answer("try", result)])


def test_the_flow_says_where_a_result_leads_that_a_state_leaves_open() -> None:
    """The state's own branch wins, then the flow's, then the state's default, then the flow's."""
    ending = {"title": "t", "outcome": "over"}
    states = {
        "try": {"no": 1, "title": "t", "invoke": "sign-in", "results": {"code-1": "own", "default": "rest"}},
        "door": {"no": 2, "title": "t", "invoke": "error-code"},
        **{name: {"no": number, **ending} for number, name in enumerate(("own", "shared", "rest", "last"), 3)},
    }
    shared = {"code-1": "shared", "code-2": "shared", "default": "last"}
    engine = Engine(flow_of({"title": "t", "language": "ja", "start": "try", "results": shared, "states": states}))

    assert [engine.target("try", f"code-{number}", {}) for number in (1, 2, 3)] == ["own", "shared", "rest"]
    assert [engine.target("door", f"code-{number}", {}) for number in (1, 2, 3)] == ["shared", "shared", "last"]


@pytest.mark.parametrize("result", ["signed-in", "cancelled", "try-later", "code-", "code-07"])
def test_an_error_code_page_answers_with_numbers_only(result: str) -> None:
    states = {
        "door": {"no": 1, "title": "t", "invoke": "error-code", "results": {"default": "over"}},
        "over": {"no": 2, "title": "t", "outcome": "o"},
    }
    flow = {"title": "t", "language": "ja", "start": "door", "results": {"signed-in": "over"}, "states": states}
    engine = Engine(flow_of(flow))

    assert engine.target("door", result, {}) is None
    assert engine.target("door", "code-unknown", {}) == "over"


def test_a_question_does_not_take_the_results_of_a_sign_in() -> None:
    with pytest.raises(NotReplayable):
        sign_in_flow().replay([Answer("try", "code-1"), Answer("failed", "code-1")])


def test_a_guard_is_asked_before_the_answer_being_given_is_recorded() -> None:
    choice = {"label": "l", "to": [{"to": "first", "when": {"not": {"ask": ["no"]}}}, "second"]}
    states = {
        "ask": {"no": 1, "title": "t", "choices": {"no": choice}},
        "first": {"no": 2, "title": "t", "choices": {"back": {"label": "l", "to": "ask"}}},
        "second": {"no": 3, "title": "t", "outcome": "over"},
    }
    engine = Engine(flow_of({"title": "t", "language": "ja", "start": "ask", "states": states}))
    no, back = Answer("ask", "no"), Answer("first", "back")

    assert engine.replay([no]).state == "first"
    assert engine.replay([no, back, no]).state == "second"


def test_lost_never_leads_to_where_the_person_already_is() -> None:
    states = {
        "ask": {"no": 1, "title": "t", "choices": {"go": {"label": "l", "to": "over"}}},
        "help": {"no": 2, "title": "t", "choices": {"go": {"label": "l", "to": "over"}}},
        "over": {"no": 3, "title": "t", "outcome": "o"},
    }
    flow = flow_of({"title": "t", "language": "ja", "start": "ask", "lost": ["help", "over"], "states": states})
    engine = Engine(flow)

    assert engine.target("ask", LOST, {}) == "help"
    assert engine.target("help", LOST, {}) == "over"
    assert engine.target("over", LOST, {}) is None


def test_an_answer_given_under_a_former_name_is_that_of_the_state_now() -> None:
    states = {"now": {"no": 1, "title": "t", "was": ["then"], "outcome": "o"}}
    engine = Engine(flow_of({"title": "t", "language": "ja", "start": "now", "states": states}))

    assert engine.current(Answer("then", "a")) == Answer("now", "a")
    assert engine.current(Answer("never", "a")) == Answer("never", "a")


def test_eight_threads_that_replay_at_once_come_to_the_same_positions(login: Engine) -> None:
    answers = _long_walk(login)
    prefixes = [answers[:length] for length in range(len(answers) + 1)]
    expected = [login.replay(prefix) for prefix in prefixes]
    barrier = threading.Barrier(8)

    def replay_all(offset: int) -> list[Position]:
        barrier.wait(10)
        order = [(index + offset) % len(prefixes) for index in range(len(prefixes))]
        found = {index: login.replay(prefixes[index]) for index in order for _ in range(5)}
        return [found[index] for index in range(len(prefixes))]

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(replay_all, range(8)))

    assert all(positions == expected for positions in results)


def test_eight_threads_on_the_shared_machine_do_not_touch_one_another(login: Engine) -> None:
    answers = _long_walk(login)
    expected = login.replay(answers)
    barrier = threading.Barrier(8)

    def walk(_: int) -> Person:
        barrier.wait(10)
        person = Person(login.flow.start)
        for answer in answers:
            assert machine_step(login.machine, person, answer.trigger)
        return person

    with ThreadPoolExecutor(8) as threads:
        people = list(threads.map(walk, range(8)))

    assert {person.state for person in people} == {expected.state}
    assert all(person.latest == expected.latest for person in people)


def _long_walk(engine: Engine) -> tuple[Answer, ...]:
    """Go round in the flow for 60 answers: every time the first open choice that was taken least often before."""
    position, taken = engine.replay(()), dict[tuple[str, str], int]()
    while len(position.answers) < 60:
        open_here = [trigger for trigger, _ in engine.open_choices(position)]
        going_on = [trigger for trigger in open_here if _asks(engine, position, trigger)]
        if not going_on:
            break
        trigger = min(going_on, key=lambda each: taken.get((position.state, each), 0))
        taken[position.state, trigger] = taken.get((position.state, trigger), 0) + 1
        following = engine.step(position, trigger)
        assert following is not None
        position = following
    return position.answers


def _asks(engine: Engine, position: Position, trigger: str) -> bool:
    target = engine.target(position.state, trigger, position.latest)
    return target is not None and engine.flow.states[target].asks


def test_nothing_that_an_author_writes_is_imported_or_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bitten = tmp_path / "bitten"
    (tmp_path / "canary.py").write_text(
        f"import pathlib\npathlib.Path({str(bitten)!r}).touch()\n\ndef bite(*args):\n    return True\n", "utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    text = """
title: canary.bite
language: ja
start: ask
lost: canary.bite
outcomes: {over: canary.bite}
states:
  ask:
    no: 1
    title: "{{ canary.bite() }} ${canary.bite()} {canary.bite} %(canary.bite)s"
    text: "[x](canary.bite) `canary.bite`"
    stage: canary.bite
    screen: canary.bite
    notes: canary.bite
    was: canary.bite
    choices:
      before: {label: canary.bite, to: canary.bite}
      conditions: {label: l, to: over, when: {canary.bite: canary.bite}}
      on-enter: {label: l, to: over, when: canary.bite}
      canary.bite: {label: l, to: over}
  canary.bite:
    no: 2
    invoke: canary.bite
    results: {canary.bite: over, default: over}
  over: {no: 3, title: o, outcome: over}
"""
    problems = check_flow(load_flow("flow.yaml", text), Common())

    assert {"bad-guard", "bad-id"} <= {problem.code for problem in problems}
    assert "canary" not in sys.modules
    assert not bitten.exists()


def test_transitions_is_only_ever_handed_callables_made_here(login: Engine) -> None:
    for event in login.machine.events.values():
        for transitions in event.transitions.values():
            for transition in transitions:
                assert [*transition.before, *transition.after, *transition.prepare] == []
                assert all(callable(condition.func) for condition in transition.conditions)
    for state in login.machine.states.values():
        assert [*state.on_enter, *state.on_exit] == []
    assert "to_situation" not in login.machine.events


def test_steps_do_not_change_the_position_they_start_from() -> None:
    engine = sign_in_flow()
    start = engine.replay(())
    engine.step(start, "signed-in")

    assert start == Position("try")
