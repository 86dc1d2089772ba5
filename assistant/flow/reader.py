"""YAML text to plain values with their marks, from the parser's events: nothing is guessed, run or expanded.

Every scalar stays the words that were written (`no`, `1:30` and `012` are texts). Anchors, aliases, tags, merge keys,
duplicate keys, deep nesting and oversized files are refused before anything is built, because PyYAML's own loaders take
24 s for a 380-byte merge-key bomb and crash the process at a nesting of 100,000 (measured).
"""

import re
from collections.abc import Callable
from typing import Any, Final

import yaml

from assistant.flow.advice import LINE_ADVICE
from assistant.flow.document import Document, Marks, Value, place
from assistant.flow.message import NOTHING, Message, say
from assistant.flow.problem import Mark, Problem

MAXIMUM_CHARACTERS: Final = 8_000_000
MAXIMUM_DEPTH: Final = 24


def decode(path: str, data: bytes) -> str | Problem:
    """Return the text of a file that must be UTF-8 (with or without a byte order mark), or what is wrong with it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8-sig")) + 1
        try:
            data.decode("cp932")
            guess = say("it looks like Shift_JIS (CP932); ")
        except UnicodeDecodeError:
            guess = NOTHING
        message = say("the file is not UTF-8; {guess}save it as UTF-8", guess=guess)
        return Problem(path, Mark(line, column), "not-utf-8", message)


def parse(path: str, text: str) -> tuple[Document | None, list[Problem]]:
    """Return the document in a YAML text and every problem of the text itself; None if nothing can be built."""
    if len(text) > MAXIMUM_CHARACTERS:
        message = say(
            "the file has {count} characters, more than {most}; split it", count=len(text), most=MAXIMUM_CHARACTERS
        )
        return None, [Problem(path, Mark(), "too-large", message)]
    builder = _Builder(path, text)
    return builder.build(), builder.problems


# Invisible or text-reversing characters, and lone surrogates, which cannot be sent to a browser.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ue000\ue001]"
)
# What YAML takes for the end of a line and editors do not; and what it cannot take at all.
_UNREADABLE = re.compile("[\x85\u2028\u2029\ud800-\udfff]")
_CUT = re.compile(r"[ \t]+#(?=[^\s#])")
# Advice looks at the beginning of a line only: its patterns go over a line again and again.
_LOOKED_AT = 1_000


class _Stop(Exception):
    """Nothing more can be read from this file."""


class _Builder:
    """Builds value and marks from the event stream of libyaml; collects problems instead of stopping at the first."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        for found in _UNREADABLE.finditer(text):
            self._invisible(found)
        if self.problems:
            self.text = _UNREADABLE.sub(" ", text)
        self.lines = self.text.splitlines()
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

    def _node(self, event: Any, depth: int) -> tuple[Value, Marks | Mark]:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        mark = _mark(event)
        if kind is yaml.AliasEvent:
            message = say("'*{name}' repeats another part; write the words again", name=event.anchor)
            self._problem("alias", message, mark)
            return "", mark
        if depth > MAXIMUM_DEPTH:
            self.problems.append(self._too_deep(mark))
            raise _Stop
        self._refuse_extras(event, mark)
        if kind is yaml.MappingStartEvent:
            return self._mapping(mark, depth)
        return self._sequence(mark, depth)

    def _too_deep(self, mark: Mark) -> Problem:
        message = say("nested more than {most} levels deep; a flow needs fewer", most=MAXIMUM_DEPTH)
        return Problem(self.path, mark, "too-deep", message)

    def _refuse_extras(self, event: Any, mark: Mark) -> None:
        if event.anchor:
            message = say("'&{name}' names a part for reuse; write the words where they are needed", name=event.anchor)
            self._problem("anchor", message, mark)
        if event.tag:
            message = say("'{name}' asks for a special type; leave it out, every value is a text", name=event.tag)
            self._problem("tag", message, mark)

    def _scalar(self, event: Any) -> tuple[str, Mark]:
        value: str = event.value
        start = event.start_mark
        mark = Mark(start.line + 1, start.column + 1)
        if event.anchor or event.tag:
            self._refuse_extras(event, mark)
        if not value.isascii() or not value.isprintable():
            found = _FORBIDDEN.search(value)
            if found:
                name = f"U+{ord(found.group()):04X}"
                message = say("an invisible character {name} is in this text; delete it", name=name)
                self._problem("control-character", message, mark)
                value = _FORBIDDEN.sub("", value)
        if event.style is None or event.style == "":
            self._comment_cut(event.end_mark)
        return value, mark

    def _comment_cut(self, end: Any) -> None:
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if line[end.column : end.column + 1] in (" ", "\t") and (found := _CUT.match(line, end.column)):
            mark = Mark(end.line + 1, found.end())
            message = say(
                "' #' starts a comment and cuts the text; put the text in quotes (or write '# ' for a comment)"
            )
            self._problem("cut-by-comment", message, mark)

    def _mapping(self, mark: Mark, depth: int) -> tuple[dict[str, Value], Marks]:
        value: dict[str, Value] = {}
        keys: dict[str, Mark] = {}
        children: dict[str, Marks | Mark] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, key_marks = self._node(event, depth + 1)
            child, child_marks = self._node(self._next(), depth + 1)
            key_mark = place(key_marks)
            if not isinstance(key, str):
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
        return value, Marks(mark, keys, children)

    def _sequence(self, mark: Mark, depth: int) -> tuple[list[Value], Marks]:
        value: list[Value] = []
        children: list[Marks | Mark] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            child, child_marks = self._node(event, depth + 1)
            value.append(child)
            children.append(child_marks)
        return value, Marks(mark, None, children)

    def _syntax(self, error: yaml.YAMLError) -> None:
        place = getattr(error, "problem_mark", None)
        if place is None:
            self._unreadable(error)
            return
        context = getattr(error, "context_mark", None) or place
        lines = {place.line + 1, max(place.line, 1), context.line + 1}
        if any(problem.code == "cut-by-comment" and problem.mark.line in lines for problem in self.problems):
            return  # What follows from the cut would only mislead.
        self.problems.append(self._advice(lines) or self._explanation(error, place, context))

    def _advice(self, lines: set[int]) -> Problem | None:
        written = {
            number: self.lines[number - 1][:_LOOKED_AT]
            for number in sorted(lines, reverse=True)
            if number <= len(self.lines)
        }
        for pattern, fault in LINE_ADVICE:
            for number, line in written.items():
                if found := pattern.match(line):
                    return Problem(self.path, Mark(number, found.start(1) + 1), fault.code, fault.message)
        return None

    def _explanation(self, error: yaml.YAMLError, place: Any, context: Any) -> Problem:
        what = getattr(error, "problem", None) or "cannot be read"
        if "nesting depth" in what:  # libyaml's own limit, met while it reads ahead
            return self._too_deep(Mark(place.line + 1, place.column + 1))
        if "quoted scalar" in (getattr(error, "context", None) or ""):
            if "end of stream" in what or "document indicator" in what:
                message = say("the quote that opens here is not closed; close it")
                return Problem(self.path, Mark(context.line + 1, context.column + 1), "open-quote", message)
            message = say("a \\ in double quotes starts a special character; use single quotes, or write \\\\")
            return Problem(self.path, Mark(place.line + 1, place.column + 1), "escape", message)
        message = say(
            "not valid YAML: {what}; check the indentation, a missing ': ' or a quote that is not closed", what=what
        )
        return Problem(self.path, Mark(place.line + 1, place.column + 1), "syntax", message)

    def _unreadable(self, error: yaml.YAMLError) -> None:
        found = _FORBIDDEN.search(self.text) or re.compile("").search(self.text, getattr(error, "position", None) or 0)
        if found:
            self._invisible(found)

    def _invisible(self, found: re.Match[str]) -> None:
        line = self.text.count("\n", 0, found.start()) + 1
        column = found.start() - self.text.rfind("\n", 0, found.start())
        name = f"U+{ord(found.group()):04X}" if found.group() else ""
        message = say("an invisible character {name} is in the file; delete it", name=name)
        self._problem("control-character", message, Mark(line, column))


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
