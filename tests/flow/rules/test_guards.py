"""Guards that can never say yes or never no, and targets that never win, are found exactly and shown with a way."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from assistant.flow.checker import check_flow
from assistant.flow.document import Document
from assistant.flow.engine import Engine
from assistant.flow.explorer import answerable, explore
from assistant.flow.guarded import on_page, targets, tried
from assistant.flow.loader import load_flow
from assistant.flow.model import Flow
from assistant.flow.problem import Mark
from assistant.flow.rules.guards import guard_problems
from assistant.flow.rules.subject import Place, Subject
from tests.flow.good_flow import COMMON, GOOD
from tests.flow.random_flows import flow_of, plain_flows

TOO_MANY = 2000
SECOND = "          - {to: check, when: {check: [back]}}\n          - try\n"
HINTS = "notes: [hint, {note: hint, when: {check: back}}]"


def told(old: str, new: str) -> list[str]:
    assert GOOD.count(old) == 1
    problems = check_flow(load_flow("flow.yaml", GOOD.replace(old, new)), COMMON, name="demo")
    return [f"{problem.mark.line}:{problem.mark.column}: {problem.severity}: {problem.code}" for problem in problems]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # a target that one before it always wins over
        (
            SECOND,
            SECOND.replace("try", "{to: try, when: {not: {check: back}}}\n          - help"),
            "28:13: error: never-taken",
        ),
        (
            SECOND,
            SECOND.replace("{check: [back]}", "{any: [{check: back}, {not: {check: back}}]}"),
            "27:13: error: never-taken",
        ),
        # a list whose every target has a guard is a complete case: its last guard finds what is added later
        (SECOND, SECOND.replace("try\n", "{to: try, when: {not: {check: back}}}\n"), ""),
        # guards that say the same in every configuration
        (SECOND, SECOND.replace("check: [back]", "try: signed-in"), "26:25: error: guard-never"),
        (HINTS, HINTS.replace("check: back", "try: signed-in"), "19:32: warning: guard-never"),
        (HINTS, HINTS.replace("{check: back}", "{not: {try: signed-in}}"), "19:32: warning: guard-always"),
        (
            "{text: もう一度です。, when: {check: back}}",
            "{text: x, when: {all: [{check: back}, {check: fine}]}}",
            "18:19: warning: guard-never",
        ),
        (
            "{label: よい, to: try}",
            "{label: よい, to: try, when: {not: {try: signed-in}}}",
            "34:34: warning: guard-always",
        ),
        ("text: 本文}", "text: [{text: 本文, when: {not: {try: closed}}}]}", ""),
    ],
)
def test_what_can_never_be_met_is_told_with_its_place(old: str, new: str, expected: str) -> None:
    assert told(old, new) == ([expected] if expected else [])


def test_the_targets_of_a_choice_are_asked_only_where_it_is_open() -> None:
    opened = GOOD.replace("        label: また出た\n", "        label: また出た\n        when: {check: back}\n")
    assert opened != GOOD
    (problem,) = check_flow(load_flow("flow.yaml", opened), COMMON)

    assert (problem.code, problem.mark) == ("never-taken", Mark(28, 13))


def test_a_guard_is_shown_with_the_shortest_way_to_it() -> None:
    text = GOOD.replace("{label: よい, to: try}", "{label: よい, to: try, when: {not: {try: signed-in}}}")
    (problem,) = check_flow(load_flow("flow.yaml", text), COMMON, name="demo")

    assert str(problem.message) == "this guard passes whenever it is asked; leave it out; see /ja/demo/ask.seen/"


def test_an_answer_that_cannot_be_the_latest_is_told_where_it_stands() -> None:
    text = GOOD.replace("when: {check: back}}]\n", "when: {check: [back, lost]}}]\n")
    assert text != GOOD
    (problem,) = check_flow(
        load_flow("flow.yaml", text.replace("found: {label: あった, to: ask}", "found: {label: あった, to: check}")),
        COMMON,
    )

    assert (problem.code, problem.severity) == ("guard-never-answered", "warning")
    assert "cannot have answered 'check.lost' last" in str(problem.message)


def test_a_state_that_is_on_no_way_there_cannot_have_been_answered() -> None:
    text = GOOD.replace("あった, to: ask}", "あった, to: ended}").replace(
        HINTS, HINTS.replace("check: back", "help: found")
    )
    (problem,) = check_flow(load_flow("flow.yaml", text), COMMON)

    assert (problem.code, problem.severity, problem.mark) == ("guard-never-answered", "error", Mark(19, 39))
    assert "'help' is on no way to here, so 'help.found' can never" in str(problem.message)


@given(plain=plain_flows())
def test_they_are_the_guards_that_say_the_same_after_all_answers_there_are(plain: dict[str, Any]) -> None:
    flow = flow_of(plain)
    engine = Engine(flow)
    said = said_anywhere(engine)
    if said is None:
        return
    subject = Subject(flow, Document("flow.yaml", {}, Mark()), COMMON)
    surveyed = [problem.code for problem in guard_problems(subject, engine, explore(engine))]

    never = {place for place, outcomes in said.items() if outcomes == {False}}
    always = {place for place, outcomes in said.items() if outcomes == {True}}
    assert ("guard-never" in surveyed) <= bool(never)
    assert ("guard-always" in surveyed) <= bool(always)
    texts = [place for place in never | always if place[2:3] in (("text",), ("notes",))]
    assert len([code for code in surveyed if code in {"guard-never", "guard-always", "guard-never-answered"}]) >= len(
        texts
    )


def said_anywhere(engine: Engine) -> dict[Place, set[bool]] | None:
    """Ask every guard wherever answers lead, remembering them all; None if that is too much."""
    flow = engine.flow
    said: dict[Place, set[bool]] = defaultdict(set)
    waiting, seen = [(flow.start, frozenset[tuple[str, str]]())], set[tuple[str, frozenset[tuple[str, str]]]]()
    triggers = answerable(flow, explore(engine).live)
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        if len(seen) > TOO_MANY:
            return None
        name, latest = here[0], dict(here[1])
        for place, passes in asked(flow, name, triggers[name], latest):
            said[place].add(passes)
        for trigger in triggers[name]:
            target = engine.target(name, trigger, latest)
            if target is not None:
                waiting.append((target, frozenset({**latest, name: trigger}.items())))
    return said


def asked(flow: Flow, name: str, triggers: tuple[str, ...], latest: dict[str, str]) -> Iterator[tuple[Place, bool]]:
    for each in on_page(flow, name):
        if each.guard is not None:
            yield each.place, each.passes(latest)
    for trigger in triggers:
        choice = flow.states[name].choices.get(trigger)
        if choice is None or choice.when is None or choice.when.allows(latest):
            for each, passes in tried(targets(flow, name, trigger), latest):
                if each.guard is not None:
                    yield each.place, passes
