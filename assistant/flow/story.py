"""Writes a scenario as YAML, and puts it at the end of a file of scenarios that otherwise stays as it is."""

import re
from collections.abc import Sequence
from typing import Final

import yaml

from assistant.flow.document import Document
from assistant.flow.markup import Voice, plain_inline
from assistant.flow.model import Answer, Flow
from assistant.flow.scenario import Scenario

_WIDTH: Final = 120
_HEAD: Final = "scenarios:\n"
_DASH: Final = re.compile(r"( *)- +")


class NotAppendable(Exception):
    """The scenarios are not written as a list with a dash before each, so nothing can be put behind the last."""


def suggested_title(flow: Flow, answers: Sequence[Answer]) -> str:
    """Return a title to be replaced by a better one: the words of what was chosen, results by their names."""
    voice = Voice(lambda name: f"{{{name}}}", lambda label: label)
    said = []
    for state, trigger in answers:
        choice = flow.states[state].choices.get(trigger)
        said.append(trigger if choice is None else plain_inline(choice.label, voice))
    return " → ".join(said) or flow.title


def written(title: str, answers: Sequence[Answer], ends: str, indent: int = 2) -> str:
    """Return the YAML of one scenario in a list that is indented by so many spaces."""
    space = " " * indent
    listed = ", ".join(map(str, answers))
    line = f"{space}  answers: [{listed}]\n"
    if len(line) > _WIDTH:
        line = f"{space}  answers:\n" + "".join(f"{space}    - {answer}\n" for answer in answers)
    return f"{space}- title: {_scalar(title)}\n{line}{space}  ends: {_scalar(ends)}\n"


def appended(text: str, document: Document | None, title: str, answers: Sequence[Answer], ends: str) -> str:
    """Return the text of a file of scenarios with one more at its end; `document` is the text as it was read, if any.

    Raises NotAppendable.
    """
    if document is None:
        return _HEAD + written(title, answers, ends)
    mark = document.mark("scenarios", 0)
    dash = _DASH.fullmatch(text.splitlines()[mark.line - 1][: mark.column - 1])
    if dash is None:
        raise NotAppendable
    newline = "\r\n" if "\r\n" in text else "\n"
    kept = text if text.endswith("\n") else text + newline
    return kept + written(title, answers, ends, len(dash[1])).replace("\n", newline)


def standing(scenarios: Sequence[Scenario], answers: Sequence[Answer]) -> int | None:
    """Return which scenario, counted from 0, gives just these answers; None if none does."""
    told = [scenario.answers for scenario in scenarios]
    return told.index(tuple(answers)) if tuple(answers) in told else None


def _scalar(words: str) -> str:
    style = "'" if set("'\"") & set(words) else None  # a quote inside reads as a forgotten one
    dumped: str = yaml.safe_dump(words, allow_unicode=True, width=10_000, default_style=style)
    return dumped.removesuffix("...\n").strip()
