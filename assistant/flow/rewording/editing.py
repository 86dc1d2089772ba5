"""Changes of a text at places of it, and how they look line by line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from assistant.flow.problem import Mark


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` up to `end` of a file become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line before and after, in parts: what stays and, every second one, what goes or comes."""

    mark: Mark
    before: tuple[str, ...]
    after: tuple[str, ...]


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made; those at one place stand in their order."""
    parts, place = list[str](), 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        parts += [text[place : edit.start], edit.text]
        place = edit.end
    return "".join([*parts, text[place:]])


def changed_lines(text: str, edits: Iterable[Edit]) -> Iterator[ChangedLine]:
    """Yield every line that edits change; a line that is added has nothing before."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    for edit in (edit for edit in ordered if _adds_line(edit)):
        mark = Mark(mark_of(text, edit.start).line + 1, 1)
        yield ChangedLine(mark, (), ("", edit.text.strip(), ""))
    inside = (edit for edit in ordered if not _adds_line(edit))
    for start, group in groupby(inside, key=lambda edit: text.rfind("\n", 0, edit.start) + 1):
        before, after, place = list[str](), list[str](), start
        here = list(group)
        for edit in here:
            before += [text[place : edit.start], text[edit.start : edit.end]]
            after += [text[place : edit.start], edit.text]
            place = edit.end
        end = text.find("\n", place)
        rest = text[place : len(text) if end < 0 else end].rstrip("\r")
        yield ChangedLine(mark_of(text, here[0].start), (*before, rest), (*after, rest))


def _adds_line(edit: Edit) -> bool:
    return edit.start == edit.end and edit.text.lstrip("\r").startswith("\n")


def mark_of(text: str, place: int) -> Mark:
    """Return line and column of a place in a text."""
    return Mark(text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place))


def line_at(text: str, place: int) -> str:
    """Return the line in which a place is, without the spaces around it."""
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : len(text) if end < 0 else end].strip()
