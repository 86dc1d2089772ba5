"""Saved links that now stop early: answers of the old version that no longer replay to their end in the new one."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.flow.difference.version import Versions
from assistant.flow.difference.walk import Step, Walk
from assistant.flow.model import Answer


@dataclass(frozen=True)
class Link:
    """The shortest saved answers whose last one no longer fits, and the state in which such a link now stops."""

    answers: tuple[Answer, ...]
    stops_at: str


def stopping_links(versions: Versions, walked: Walk) -> tuple[Link, ...]:
    """Return one link for each answer that does not fit any more, in the order of the shortest answers."""
    direct, behind = dict[Answer, Step](), dict[Answer, Step]()
    for step in walked.steps:
        if step.old_took and not step.new_took:
            direct.setdefault(step.answer, step)
        elif step.old_took and step.parts:
            for answer in _next(versions, step):
                behind.setdefault(answer, step)
    links = dict[Answer, Link]()
    for answer, step in direct.items():
        links[answer] = Link((*walked.answers(step.origin), answer), step.origin.new.state)
    for answer, step in behind.items():
        answers = (*walked.answers(step.origin), step.answer, answer)
        if step.there.new is not None and (answer not in links or len(answers) < len(links[answer].answers)):
            links[answer] = Link(answers, step.there.new.state)
    return tuple(sorted(links.values(), key=lambda link: len(link.answers)))


def _next(versions: Versions, step: Step) -> Iterator[Answer]:
    here = step.there.old
    if here is not None:
        yield from (Answer(here.state, trigger) for trigger in versions.old.steps(here))
