"""Checks a flow: its shape and its names first, then the machine, on every configuration that can really be reached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.engine import Engine
from assistant.flow.explorer import (
    Configuration,
    Exploration,
    closed_results,
    explore,
    lost_forever,
    never_taken,
    stuck,
)
from assistant.flow.loader import Loaded
from assistant.flow.message import NOTHING, Message, say
from assistant.flow.model import Flow
from assistant.flow.problem import Fault, Problem
from assistant.flow.rules.references import REFERENCE_RULES
from assistant.flow.rules.subject import Subject
from assistant.flow.translation import Entry, Words

MAXIMUM_WAYS: Final = 20


@dataclass(frozen=True)
class Verdict:
    """Every problem of one flow, and the engine that runs it if none of them is in the way of building one."""

    problems: tuple[Problem, ...]
    engine: Engine | None = None


def judge(loaded: Loaded[Flow], common: Common, common_broken: frozenset[str] = frozenset()) -> Verdict:
    """Check one flow in every respect, and build its engine on the way, because the proofs run on the real machine."""
    problems = list(loaded.problems)
    if loaded.data is None or loaded.document is None:
        return Verdict(tuple(problems))
    subject = Subject(loaded.data, loaded.document, common, loaded.broken, common_broken)
    for rule in REFERENCE_RULES:
        problems += rule(subject)
    if any(problem.severity == "error" for problem in problems):
        return Verdict(tuple(problems))
    engine = Engine(subject.flow)
    return Verdict((*problems, *check_machine(subject, engine)), engine)


def check_flow(loaded: Loaded[Flow], common: Common, common_broken: frozenset[str] = frozenset()) -> list[Problem]:
    """Return every problem of one flow, those found while reading it included."""
    return list(judge(loaded, common, common_broken).problems)


def check_machine(subject: Subject, engine: Engine) -> Iterator[Problem]:
    """Prove on every configuration that all is reachable and nobody gets stuck."""
    found = explore(engine)
    if not found.complete:
        message = say(
            "more than {count} configurations: too many earlier answers are read by guards; read fewer",
            count=len(found.first) - 1,
        )
        yield subject.problem("too-many-configurations", message, subject.at_key("states"))
        return
    reached = {configuration.state for configuration in found.first}
    for name, state in subject.flow.states.items():
        if name not in reached and state.gone is None:
            message = say("nothing leads to '{name}'; add a choice that does, or delete it", name=name)
            yield subject.problem("unreachable", message, subject.at_key("states", name))
    for answer in never_taken(engine, found):
        message = say(
            "'{trigger}' is never open in '{state}': no answers make its guards pass; mend its 'when' or delete it",
            trigger=answer.trigger,
            state=answer.state,
        )
        yield subject.problem("never-open", message, subject.at_key("states", answer.state, "choices", answer.trigger))
    message = say(
        "the sign-in can come back in a way for which nothing is open; give 'default' a target without 'when'"
    )
    yield from _proof(subject, found, closed_results(engine, found), "closed-result", message)
    yield from _proof(subject, found, stuck(engine, found), "no-way-out", say("no ending can be reached"))
    if subject.flow.lost:
        message = say("someone who always chooses 'lost' never comes to an ending")
        yield from _proof(subject, found, lost_forever(engine, found), "lost-never-ends", message)


def _proof(
    subject: Subject, found: Exploration, failed: list[Configuration], code: str, why: Message
) -> Iterator[Problem]:
    told: set[str] = set()
    for configuration in failed:
        if configuration.state not in told:
            told.add(configuration.state)
            # The first few ways show what is wrong; spelling out thousands of long ones would take half a minute.
            path = "/".join(map(str, found.answers(configuration))) if len(told) <= MAXIMUM_WAYS else ""
            after = say(" after {path}", path=path) if path else NOTHING
            message = say("from '{state}'{after}, {why}", state=configuration.state, after=after, why=why)
            yield subject.problem(code, message, subject.at_key("states", configuration.state))


def check_words(entries: Iterable[Entry], document: Document, words: Words) -> Iterator[Problem]:
    """Return a warning for every text without a translation, or with a stale one, at the place of the text."""
    for entry in entries:
        key = (entry.context, entry.source)
        if key in words.stale:
            message = say("the translation to '{language}' is marked fuzzy; look at it again", language=words.language)
            fault = Fault("stale-translation", message)
        elif not words.has(*key):
            text = _short(entry.source)
            message = say("no translation to '{language}' of '{text}'", language=words.language, text=text)
            fault = Fault("missing-translation", message)
        else:
            continue
        yield Problem(document.path, document.mark(*entry.place), fault.code, fault.message, "warning")


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"
