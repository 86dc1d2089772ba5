"""Checks a flow: its shape and its names first, then the machine, on every configuration that can really be reached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.engine import Engine
from assistant.flow.explorer import Exploration, explore
from assistant.flow.limit import limited
from assistant.flow.loader import Loaded
from assistant.flow.message import say
from assistant.flow.model import Flow
from assistant.flow.problem import Fault, Problem
from assistant.flow.rules.machine import check_machine
from assistant.flow.rules.promises import PROMISE_RULES
from assistant.flow.rules.references import REFERENCE_RULES
from assistant.flow.rules.subject import Subject
from assistant.flow.rules.words import WORD_RULES
from assistant.flow.translation import Entry, Words


@dataclass(frozen=True)
class Verdict:
    """Every problem of one flow; its engine if none is in the way of building it, and all its configurations."""

    problems: tuple[Problem, ...]
    engine: Engine | None = None
    found: Exploration | None = None


def judge(
    loaded: Loaded[Flow], common: Common, common_broken: frozenset[str] = frozenset(), name: str = "flow"
) -> Verdict:
    """Check one flow in every respect, and build its engine on the way, because the proofs run on the real machine.

    `name` is the flow's id, under which its pages are found.
    """
    problems = list(loaded.problems)
    if loaded.data is None or loaded.document is None:
        return Verdict(tuple(problems))
    subject = Subject(loaded.data, loaded.document, common, loaded.broken, common_broken, name)
    for rule in REFERENCE_RULES:
        problems += limited(rule(subject))
    sound = all(problem.severity == "warning" for problem in problems)
    for rule in (*WORD_RULES, *PROMISE_RULES):
        problems += limited(rule(subject))
    if not sound:
        return Verdict(tuple(problems))
    engine = Engine(subject.flow)
    found = explore(engine)
    problems += limited(check_machine(subject, engine, found))
    # What was explored of a flow that has too many configurations proves nothing, and is large.
    return Verdict(tuple(problems), engine, found if found.complete else None)


def check_flow(
    loaded: Loaded[Flow], common: Common, common_broken: frozenset[str] = frozenset(), name: str = "flow"
) -> list[Problem]:
    """Return every problem of one flow, those found while reading it included."""
    return list(judge(loaded, common, common_broken, name).problems)


def check_words(entries: Iterable[Entry], document: Document, words: Words) -> Iterator[Problem]:
    """Return a warning for every text without a translation, or with a stale one, at the place of the text."""
    return limited(_without_words(entries, document, words))


def _without_words(entries: Iterable[Entry], document: Document, words: Words) -> Iterator[Problem]:
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
