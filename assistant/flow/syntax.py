"""Why YAML cannot be read, in an author's words: the parser's error and the lines around it."""

import re
from collections.abc import Sequence
from typing import Any, Final

from assistant.flow.advice import LINE_ADVICE
from assistant.flow.message import say
from assistant.flow.problem import Fault, Mark
from assistant.flow.quotes import swallows, unclosed

# Advice looks at the beginning of a line only: its patterns go over a line again and again.
_LOOKED_AT: Final = 1_000
_FIRST_KEY: Final = re.compile(r"\s*(?:- )*[^:]*:(?:\s|$)")
_START: Final = (
    *("mapping keys are not allowed", "block sequence entries are not allowed", "cannot start any token"),
    *("expected node content", "incompatible YAML document", "unknown directive"),
)
_SCANNING: Final = ("scanning an alias", "scanning an anchor", "scanning a tag", "scanning a block scalar")


def explained(error: Any, lines: Sequence[str]) -> tuple[Mark, Fault]:
    """Return where an error of libyaml's comes from, and what to say about it."""
    place = error.problem_mark
    context = getattr(error, "context_mark", None) or place
    what, where = getattr(error, "problem", None) or "", getattr(error, "context", None) or ""
    if "quoted scalar" in where:
        return _quoted(what, _mark(context), _mark(place), lines)
    return _advice(_suspects(place, context, where), lines) or _reason(what, where, _mark(context), _mark(place), lines)


def _mark(place: Any) -> Mark:
    return Mark(place.line + 1, place.column + 1)


def _suspects(place: Any, context: Any, where: str) -> list[int]:
    """Return the numbers of the lines that may be wrong, the likeliest first; a block begins far above its faults."""
    near = [place.line + 1, place.line]
    return list(dict.fromkeys(near if "parsing a block" in where else [context.line + 1, *near]))


def _advice(numbers: Sequence[int], lines: Sequence[str]) -> tuple[Mark, Fault] | None:
    for number in numbers:
        line = lines[number - 1][:_LOOKED_AT] if 0 < number <= len(lines) else ""
        for pattern, fault in LINE_ADVICE:
            if found := pattern.match(line):
                return Mark(number, found.start(1) + 1), fault
    return None


def _quoted(what: str, context: Mark, place: Mark, lines: Sequence[str]) -> tuple[Mark, Fault]:
    if "end of stream" in what or "document indicator" in what or swallows(context, place, lines):
        return context, unclosed(context, lines)
    message = say("a \\ in double quotes starts a special character; use single quotes, or write \\\\")
    return place, Fault("escape", message)


def _reason(what: str, where: str, context: Mark, place: Mark, lines: Sequence[str]) -> tuple[Mark, Fault]:
    if "expected ':'" in what:
        return context, Fault("no-colon", say("this line has no ': '; write 'key: text', or indent it below its text"))
    if "expected ',' or" in what:
        return _open(where, context, place)
    if "undefined tag" in what:
        return context, Fault("tag", say("a text that starts with ! needs quotes"))
    if any(each in where for each in _SCANNING):
        return context, Fault("special-start", say("a text that starts with this sign needs quotes"))
    if any(each in what for each in _START):
        return place, Fault("special-start", say("a text that starts with this sign needs quotes"))
    if "mapping values are not allowed" in what:
        return _second_colon(place, lines)
    if "parsing a block" in where and not _before(place, lines):
        message = say("the indentation fits none of the lines above; begin the line below the one that it belongs to")
        return place, Fault("indentation", message)
    if "parsing a block" in where or "<document start>" in what:
        message = say("this does not belong here; delete it, or put the whole text in quotes")
        return place, Fault("syntax", message)
    return place, Fault("syntax", say("not valid YAML: {what}; check the indentation, brackets and quotes", what=what))


def _before(place: Mark, lines: Sequence[str]) -> str:
    """Return what stands before a place on its line."""
    return lines[place.line - 1][: place.column - 1].strip() if place.line <= len(lines) else ""


def _open(where: str, context: Mark, place: Mark) -> tuple[Mark, Fault]:
    sign = "]" if "sequence" in where else "}"
    if place.line > context.line:
        return context, Fault("open-bracket", say("the bracket that opens here is not closed; write {sign}", sign=sign))
    return place, Fault("missing-comma", say("a ',' or {sign} is missing here", sign=sign))


def _second_colon(place: Mark, lines: Sequence[str]) -> tuple[Mark, Fault]:
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    found = _FIRST_KEY.match(line[:_LOOKED_AT])
    if found is not None and place.column <= len(found[0]):
        begins = Mark(place.line, len(line) - len(line.lstrip()) + 1)
        message = say("this line is indented more than the one above, which has its text already; align the two")
        return begins, Fault("indentation", message)
    return place, Fault("colon-in-text", say("a text that contains ': ' needs quotes"))
