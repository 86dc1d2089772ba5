"""Quotes that an author forgot: one that opens and takes in the lines below, and one that nothing opened."""

import re
from collections.abc import Sequence
from typing import Final

from assistant.flow.message import say
from assistant.flow.problem import Fault, Mark

_BEGINS_PART: Final = re.compile(r"\s*(?:-\s|[A-Za-z0-9_-]{1,100}\s*[:：])")
_APOSTROPHE: Final = re.compile("(?<=[A-Za-z])'(?=[A-Za-z])")


def swallows(start: Mark, end: Mark, lines: Sequence[str]) -> bool:
    """Say whether a text in quotes, from one place to another, takes in lines that were meant as parts of their own."""
    below = [*lines[start.line : end.line - 1], lines[end.line - 1][: end.column - 1]] if end.line > start.line else []
    return any(map(_BEGINS_PART.match, below))


def unclosed(start: Mark, lines: Sequence[str]) -> Fault:
    """Say what to do about a quote that opens at a place and is not closed."""
    sign = lines[start.line - 1][start.column - 1 : start.column]
    return Fault(
        "open-quote", say("the quote that opens here is not closed; write {sign} at the end of the text", sign=sign)
    )


def stray(text: str) -> Fault | None:
    """Say what to do about a text without quotes around it that ends with one which nothing in it opens, or None."""
    sign = text[-1:]
    if sign not in ('"', "'") or _APOSTROPHE.sub("", text).count(sign) % 2 == 0:
        return None
    message = say("{sign} ends the text, but none opens it; delete it, or put the whole text in quotes", sign=sign)
    return Fault("stray-quote", message)
