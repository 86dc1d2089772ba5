"""YAML text to plain values with their marks, from the parser's events: nothing is guessed, run or expanded.

Every scalar stays the words that were written (`no`, `1:30` and `012` are texts). Anchors, aliases, tags, merge keys,
duplicate keys, deep nesting and oversized files are refused before anything is built, because PyYAML's own loaders take
24 s for a 380-byte merge-key bomb and crash the process at a nesting of 100,000 (measured).
"""

import re
from collections.abc import Callable
from typing import Any, Final

import yaml

from assistant.flow.advice import text_advice
from assistant.flow.characters import FORBIDDEN, LOST, fault, forbidden, readable
from assistant.flow.document import Document, Marks, Value, place
from assistant.flow.encoding import decode
from assistant.flow.message import Message, say
from assistant.flow.problem import Fault, Mark, Problem
from assistant.flow.quotes import stray, swallows, unclosed
from assistant.flow.syntax import explained

__all__ = ["MAXIMUM_CHARACTERS", "MAXIMUM_DEPTH", "MAXIMUM_PROBLEMS", "MAXIMUM_VALUES", "decode", "parse"]

MAXIMUM_CHARACTERS: Final = 8_000_000
MAXIMUM_VALUES: Final = 400_000
MAXIMUM_ENTRIES: Final = 10_000
MAXIMUM_TEXT: Final = 100_000
MAXIMUM_DEPTH: Final = 24
MAXIMUM_PROBLEMS: Final = 1_000


def parse(path: str, text: str) -> tuple[Document | None, list[Problem]]:
    """Return the document in a YAML text and every problem of the text itself; None if nothing can be built."""
    if len(text) > MAXIMUM_CHARACTERS:
        message = say(
            "the file has {count} characters, more than {most}; split it", count=len(text), most=MAXIMUM_CHARACTERS
        )
        return None, [Problem(path, Mark(), "too-large", message)]
    builder = _Builder(path, text)
    return builder.build(), builder.problems


_CUT: Final = re.compile(r"[ \t]+#(?=[^\s#])")
_LINE_END: Final = re.compile(r"\r\n|[\n\r]")
_IDS: Final = re.compile(r"[a-z][a-z0-9-]*(?:[，、]\s*[a-z][a-z0-9-]*)+")
# What was meant as a key and its text, so that the key is not told to be missing, too.
_MEANT: Final = re.compile(r"([A-Za-z0-9_-]+)\s*[:：]\s*(.+)", re.DOTALL)
_LISTED: Final = re.compile(r"［\s*([a-z][a-z0-9.-]*(?:[,，、]\s*[a-z][a-z0-9.-]*)*)\s*］")
_DASHES: Final = ("－", "‐", "–", "—")


class _Stop(Exception):
    """Nothing more can be read from this file."""


class _Builder:
    """Builds value and marks from the event stream of libyaml; collects problems instead of stopping at the first."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        for mark, found in forbidden(text):
            self._problem(found.code, found.message, mark)
        self.text = readable(text) if self.problems else text
        self.lines = _LINE_END.split(self.text)
        self._values = 0
        self._over_lines: tuple[Mark, Mark] | None = None  # where the last text in quotes over several lines stands
        self._next: Callable[[], Any] = iter(()).__next__

    def build(self) -> Document | None:
        parser: Any = yaml.CLoader(self.text)
        self._next = parser.get_event
        try:
            self._next()  # stream start
            event = self._next()
            if isinstance(event, yaml.StreamEndEvent):
                self._problem("empty", say("the file is empty; write a mapping such as 'title: ...'"), Mark())
                return None
            value, marks = self._node(self._next(), 1)
            self._next()  # document end
            event = self._next()
            if not isinstance(event, yaml.StreamEndEvent):
                message = say("'---' starts a second document; keep one per file")
                self._problem("several-documents", message, _mark(event))
        except _Stop:
            return None
        except yaml.YAMLError as error:
            self._syntax(error)
            return None
        finally:
            parser.dispose()
        return Document(self.path, value, marks)

    def _problem(self, code: str, message: Message, mark: Mark) -> None:
        self.problems.append(Problem(self.path, mark, code, message))
        if len(self.problems) >= MAXIMUM_PROBLEMS:
            more = say("more than {most} problems in this file; mend these first", most=MAXIMUM_PROBLEMS - 1)
            self.problems[-1] = Problem(self.path, mark, "too-many-problems", more)
            raise _Stop

    def _stop(self, found: Fault, mark: Mark) -> Any:
        self.problems.append(Problem(self.path, mark, found.code, found.message))
        raise _Stop

    def _node(self, event: Any, depth: int) -> tuple[Value, Marks | Mark]:
        self._values += 1
        if self._values > MAXIMUM_VALUES:
            message = say("the file has more than {most} keys and values; split it", most=MAXIMUM_VALUES)
            self._stop(Fault("too-large", message), _mark(event))
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        mark = _mark(event)
        if kind is yaml.AliasEvent:
            message = say("'*{name}' repeats another part; write the words again", name=event.anchor)
            self._problem("alias", message, mark)
            return f"*{event.anchor}", mark
        if depth > MAXIMUM_DEPTH:
            self._stop(_too_deep(), mark)
        self._refuse_extras(event, mark)
        if kind is yaml.MappingStartEvent:
            return self._mapping(mark, depth)
        return self._sequence(mark, depth)

    def _refuse_extras(self, event: Any, mark: Mark) -> None:
        if event.anchor:
            message = say("'&{name}' names a part for reuse; write the words where they are needed", name=event.anchor)
            self._problem("anchor", message, mark)
        if event.tag:
            message = say("'{name}' asks for a special type; leave it out, every value is a text", name=event.tag)
            self._problem("tag", message, mark)

    def _scalar(self, event: Any) -> tuple[Value, Marks | Mark]:
        value: str = event.value
        start = event.start_mark
        mark = Mark(start.line + 1, start.column + 1)
        if event.anchor or event.tag:
            self._refuse_extras(event, mark)
        if len(value) > MAXIMUM_TEXT:
            message = say("a text of {count} characters fits on no page; split it", count=len(value))
            self._stop(Fault("too-large", message), mark)
        if not value.isascii() or not value.isprintable():
            value = self._visible(value, mark)
        if event.style is None or event.style == "":
            self._dashes(event, mark)
            if value[-1:] in ('"', "'") and (found := stray(value)) is not None:
                self._problem(found.code, found.message, _before(event.end_mark))
            if self._comment_cut(event.end_mark):
                value = value or "#"  # so that it is not told to be empty, too
            elif value.startswith("［") and (listed := _LISTED.fullmatch(value)):
                self._problem("full-width-sign", say("full-width brackets are text; write half-width ones"), mark)
                meant: list[Value] = [*re.split(r"[,，、]\s*", listed[1].strip())]
                return meant, Marks(mark, None, [mark] * len(meant))
        elif event.style in ('"', "'") and event.end_mark.line > start.line:
            self._over_lines = mark, _marked(event.end_mark)
        return value, mark

    def _visible(self, value: str, mark: Mark) -> str:
        """Return a value without forbidden characters; those not told yet were written as escapes."""
        escaped = next((found.group() for found in FORBIDDEN.finditer(value) if found.group() != LOST), None)
        if escaped is not None:
            found = fault(escaped)
            self._problem(found.code, found.message, mark)
        return FORBIDDEN.sub("", value)

    def _dashes(self, event: Any, mark: Mark) -> None:
        """Tell a text whose lines begin with full-width dashes, which was meant as a list."""
        first, last = event.start_mark.line, event.end_mark.line
        if last > first and event.value.startswith(_DASHES):
            written = [line.lstrip() for line in self.lines[first : last + 1] if line.strip()]
            if all(line.startswith(_DASHES) for line in written[1:-1]):
                self._problem("full-width-sign", say("this sign starts no list; write a half-width '- '"), mark)

    def _comment_cut(self, end: Any) -> bool:
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if line[end.column : end.column + 1] in (" ", "\t") and (found := _CUT.match(line, end.column)):
            mark = Mark(end.line + 1, found.end())
            message = say(
                "' #' starts a comment and cuts the text; put the text in quotes (or write '# ' for a comment)"
            )
            self._problem("cut-by-comment", message, mark)
            return True
        return False

    def _mapping(self, mark: Mark, depth: int) -> tuple[dict[str, Value], Marks]:
        value: dict[str, Value] = {}
        keys: dict[str, Mark] = {}
        children: dict[str, Marks | Mark] = {}
        alone: list[tuple[str, Mark]] = []
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            self._limit(len(value), event)
            key, key_marks = self._node(event, depth + 1)
            child, child_marks = self._node(self._next(), depth + 1)
            key_mark = place(key_marks)
            if child == "" and isinstance(key, str) and not self._has_colon(event):
                alone.append((key, key_mark))
            elif not isinstance(key, str):
                self._problem("bad-key", say("a key must be a word; text in [ ] or {{ }} needs quotes"), key_mark)
            elif key == "<<" and not event.style:
                self._problem("merge", say("'<<' merges another part in; write the keys here"), key_mark)
            elif key in value:
                line = keys[key].line
                message = say(
                    "'{key}' stands here a second time (first on line {line}); keep one of them", key=key, line=line
                )
                self._problem("duplicate-key", message, key_mark)
            else:
                value[key], keys[key], children[key] = child, key_mark, child_marks
        if len(alone) == 1 and not value and text_advice(alone[0][0]) is None:
            ((key, key_mark),) = alone  # {helpdesk-phone} is a text that lacks quotes
            return {key: ""}, Marks(mark, {key: key_mark}, {key: key_mark})
        for key, key_mark in alone:
            found = text_advice(key) or Fault("no-colon", _without_colon(key))
            self._problem(found.code, found.message, key_mark)
            if (meant := _MEANT.fullmatch(key)) is not None and meant[1] not in value:
                value[meant[1]], keys[meant[1]], children[meant[1]] = meant[2], key_mark, key_mark
        return value, Marks(mark, keys, children)

    def _has_colon(self, key: Any) -> bool:
        """Say whether a ':' follows a key; what stands alone between commas is a key without one."""
        end = key.end_mark
        behind = [self.lines[end.line][end.column :], *self.lines[end.line + 1 : end.line + 3]]
        return next((line.lstrip().startswith(":") for line in behind if line.strip()), False)

    def _limit(self, entries: int, event: Any) -> None:
        if entries >= MAXIMUM_ENTRIES:
            message = say("more than {most} entries stand here; that is too many to survey", most=MAXIMUM_ENTRIES)
            self._stop(Fault("too-large", message), _mark(event))

    def _sequence(self, mark: Mark, depth: int) -> tuple[list[Value], Marks]:
        value: list[Value] = []
        children: list[Marks | Mark] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            self._limit(len(value), event)
            child, child_marks = self._node(event, depth + 1)
            parts: list[Value] = [child]
            if isinstance(child, str) and not child.isascii() and _IDS.fullmatch(child):
                message = say("a full-width comma separates nothing; write ', '")
                self._problem("full-width-sign", message, place(child_marks))
                parts = list(re.split(r"[，、]\s*", child))
            value += parts
            children += [child_marks] * len(parts)
        return value, Marks(mark, None, children)

    def _syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        if mark is None:  # libyaml cannot even read the characters; the forbidden ones are told already
            if not self.problems:
                self._problem("syntax", say("not valid YAML: {what}", what=error), Mark())
            return
        context = getattr(error, "context_mark", None) or mark
        lines = {mark.line + 1, max(mark.line, 1), context.line + 1}
        if any(problem.code == "cut-by-comment" and problem.mark.line in lines for problem in self.problems):
            return  # What follows from the cut would only mislead.
        if "nesting depth" in (getattr(error, "problem", None) or ""):  # libyaml's own limit, met while it reads ahead
            self.problems.append(Problem(self.path, _marked(mark), *_too_deep()))
            return
        at, found = self._open_quote(_marked(mark)) or explained(error, self.lines)
        self.problems.append(Problem(self.path, at, found.code, found.message))

    def _open_quote(self, at: Mark) -> tuple[Mark, Fault] | None:
        """Tell a quote that was closed by the next one, which was to open a text, beside where reading ended."""
        start, end = self._over_lines or (at, at)
        if at.line - end.line <= 1 and swallows(start, end, self.lines):
            return start, unclosed(start, self.lines)
        return None


def _too_deep() -> Fault:
    return Fault("too-deep", say("nested more than {most} levels deep; a flow needs fewer", most=MAXIMUM_DEPTH))


def _without_colon(key: str) -> Message:
    return say("'{words}' has no ': ' after it; a text with a comma inside {{ }} needs quotes", words=key)


def _mark(event: Any) -> Mark:
    return _marked(event.start_mark)


def _before(place: Any) -> Mark:
    return Mark(place.line + 1, place.column)


def _marked(place: Any) -> Mark:
    return Mark(place.line + 1, place.column + 1)
