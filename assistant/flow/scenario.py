"""Scenarios: customer stories in the author's words, replayed to prove that the guide keeps its promises."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, InstanceOf
from pydantic_core import PydanticCustomError

from assistant.flow.document import Document
from assistant.flow.engine import Engine, NotReplayable, Position
from assistant.flow.model import Answer, Model, Words
from assistant.flow.problem import Problem


def parse_answer(value: Any) -> Any:
    """Return the answer that `state.trigger` writes; raises PydanticCustomError if it is not of that form."""
    state, dot, trigger = value.partition(".") if isinstance(value, str) else ("", "", "")
    if not (state and dot and trigger):
        reason = "an answer is written 'state.trigger'"
        raise PydanticCustomError("bad-answer", "{reason}", {"reason": reason})
    return Answer(state, trigger)


class Scenario(Model):
    """One story: the answers a customer gives, the outcome or state it `ends` at, the states it passes `through`.

    `mentions` lists words that must stand on the last page.
    """

    title: Words
    answers: tuple[Annotated[InstanceOf[Answer], BeforeValidator(parse_answer)], ...]
    ends: Words
    through: tuple[Words, ...] = ()
    mentions: tuple[Words, ...] = ()


class Scenarios(Model):
    """The file `flows/<id>/scenarios.yaml`."""

    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1)]


def check_scenarios(scenarios: Scenarios, engine: Engine, document: Document) -> Iterator[Problem]:
    """Return what the scenarios promise and the flow does not keep, `mentions` aside (they need a page's words)."""
    for index, scenario in enumerate(scenarios.scenarios):
        message = _failure(scenario, engine)
        if message:
            mark = document.mark("scenarios", index, "answers")
            yield Problem(document.path, mark, "scenario-fails", f"'{scenario.title}': {message}")


def _failure(scenario: Scenario, engine: Engine) -> str | None:
    try:
        position = engine.replay(scenario.answers)
    except NotReplayable as error:
        possible = ", ".join(trigger for trigger, _ in engine.open_choices(error.position)) or "nothing"
        return f"{error}; possible there: {possible}"
    if scenario.ends not in ends(position, engine):
        return f"ends at '{position.state}', not at '{scenario.ends}'"
    passed = {answer.state for answer in scenario.answers} | {position.state}
    missed = [name for name in scenario.through if name not in passed]
    return f"does not pass through '{missed[0]}'" if missed else None


def ends(position: Position, engine: Engine) -> set[str]:
    """Return the names by which a scenario can call the end of a walk: the state and its outcome."""
    outcome = engine.flow.states[position.state].outcome
    return {position.state} | ({outcome} if outcome else set())
