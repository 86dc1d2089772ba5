"""Scenarios: customer stories in the author's words, replayed to prove that the guide keeps its promises."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, InstanceOf

from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.engine import Engine, NotReplayable, Position
from assistant.flow.message import NOTHING, Message, say
from assistant.flow.model import Answer, Model, Words
from assistant.flow.page import page_words
from assistant.flow.problem import Problem, suggestion
from assistant.flow.refusal import refused
from assistant.flow.rules.subject import Place


def parse_answer(value: Any) -> Any:
    """Return the answer that `state.trigger` writes; refuses what is not of that form."""
    state, dot, trigger = value.partition(".") if isinstance(value, str) else ("", "", "")
    if not (state and dot and trigger):
        raise refused("bad-answer", say("an answer is written 'state.trigger'"))
    return Answer(state, trigger)


class Scenario(Model):
    """One story: the answers a customer gives, the outcome or state it `ends` at, the states it passes `through`.

    `mentions` lists words that must stand on the last page, `mentions-not` words that must not, in the flow's language
    and with every fact at its default.
    """

    title: Words
    answers: tuple[Annotated[InstanceOf[Answer], BeforeValidator(parse_answer)], ...]
    ends: Words
    through: tuple[Words, ...] = ()
    mentions: tuple[Words, ...] = ()
    mentions_not: Annotated[tuple[Words, ...], Field(alias="mentions-not")] = ()


class Scenarios(Model):
    """The file `flows/<id>/scenarios.yaml`."""

    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1)]


def check_scenarios(scenarios: Scenarios, engine: Engine, document: Document, common: Common) -> Iterator[Problem]:
    """Return what the scenarios promise and the flow does not keep, each at the place of the promise."""
    for index, scenario in enumerate(scenarios.scenarios):
        for place, reason in _failures(scenario, engine, common):
            message = say("'{title}': {reason}", title=scenario.title, reason=reason)
            yield Problem(document.path, document.mark("scenarios", index, *place), "scenario-fails", message)


def replays(scenario: Scenario, engine: Engine) -> bool:
    """Say whether a scenario's answers can be given to their end."""
    try:
        engine.replay(scenario.answers)
    except NotReplayable:
        return False
    return True


def _failures(scenario: Scenario, engine: Engine, common: Common) -> Iterator[tuple[Place, Message]]:
    try:
        position = engine.replay(scenario.answers)
    except NotReplayable as error:
        yield ("answers", len(error.position.answers)), not_answerable(error, engine)
        return
    if scenario.ends not in ends(position, engine):
        yield ("ends",), _other_end(scenario.ends, position, engine)
    passed = {answer.state for answer in scenario.answers} | {position.state}
    for index, name in enumerate(scenario.through):
        if name not in passed:
            near = NOTHING if name in engine.flow.states else suggestion(name, engine.flow.states)
            yield ("through", index), say("does not pass through '{state}'{near}", state=name, near=near)
    words = page_words(engine, common, position) if scenario.mentions or scenario.mentions_not else ""
    for index, mentioned in enumerate(scenario.mentions):
        if " ".join(mentioned.split()) not in words:
            message = say("the page of '{state}' does not mention '{words}'", state=position.state, words=mentioned)
            yield ("mentions", index), message
    for index, mentioned in enumerate(scenario.mentions_not):
        if " ".join(mentioned.split()) in words:
            message = say("the page of '{state}' mentions '{words}'", state=position.state, words=mentioned)
            yield ("mentions-not", index), message


def not_answerable(error: NotReplayable, engine: Engine) -> Message:
    """Say which answer cannot be given, and what can."""
    state = error.position.state
    possible = [trigger for trigger, _ in engine.open_choices(error.position)]
    possible += engine.flow.results_of(engine.flow.states[state])
    if not possible:
        return say(
            "'{answer}' cannot be answered in '{state}', which is an ending", answer=error.dropped[0], state=state
        )
    return say(
        "'{answer}' cannot be answered in '{state}'; possible there: {triggers}",
        answer=error.dropped[0],
        state=state,
        triggers=", ".join(possible),
    )


def _other_end(expected: str, position: Position, engine: Engine) -> Message:
    flow = engine.flow
    known = {*flow.states, *flow.outcomes, *(state.outcome for state in flow.states.values() if state.outcome)}
    near = NOTHING if expected in known else suggestion(expected, known)
    return say("ends at '{state}', not at '{expected}'{near}", state=position.state, expected=expected, near=near)


def ends(position: Position, engine: Engine) -> set[str]:
    """Return the names by which a scenario can call the end of a walk: the state and its outcome."""
    outcome = engine.flow.states[position.state].outcome
    return {position.state} | ({outcome} if outcome else set())
