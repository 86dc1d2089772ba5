"""What probably went wrong on a line that YAML cannot read, or reads otherwise than an author meant it."""

import re
from typing import Final

from assistant.flow.message import say
from assistant.flow.problem import Fault

_KEY: Final = r"^\s*(?:- )?[A-Za-z0-9_-]+"
_MEANT_AS_KEY: Final = frozenset({"full-width-colon", "full-width-space", "no-space"})

# Pattern and advice; the first that matches is told, at the place of its group.
LINE_ADVICE: Final = (
    (re.compile(r"^[ ]*(\t)"), Fault("tab", say("a tab cannot indent; use spaces"))),
    (
        re.compile(r"^[ \u3000]*(\u3000)"),
        Fault("full-width-space", say("a full-width space cannot indent; use half-width spaces")),
    ),
    (
        re.compile(rf"{_KEY}\s*(：)"),
        Fault("full-width-colon", say("a full-width ：is no separator; write ': '")),
    ),
    (
        re.compile(rf"{_KEY}:([\u3000\xa0])"),
        Fault("full-width-space", say("a full-width or fixed space follows ':'; write ': '")),
    ),
    (re.compile(rf"{_KEY}(:)[^\s:]"), Fault("no-space", say("a space is missing after ':'"))),
    (
        re.compile(r"^[^'\"]*?(?::|-|,)\s+(\[)[^\]]*\]\s*[^\s,\]}#]"),
        Fault("bracket", say("a text that starts with [ needs quotes or 「」")),
    ),
    (
        re.compile(r"^[^'\"]*?(?::|-)\s+(\{)[a-z0-9-]+\}"),
        Fault("brace", say("a text that starts with {{ needs quotes")),
    ),
    (
        re.compile(rf"{_KEY}:\s+([*&!%@`>|])"),
        Fault("special-start", say("a text that starts with this sign needs quotes")),
    ),
    (
        re.compile(rf"{_KEY}:\s+[^'\"\s][^'\"]*(: )"),
        Fault("colon-in-text", say("a text that contains ': ' needs quotes")),
    ),
    (
        re.compile(r"^[^'\"]*\S\s+(#)[^\s#]"),
        Fault("cut-by-comment", say("' #' starts a comment and cuts the text; put it in quotes")),
    ),
)


def text_advice(value: str) -> Fault | None:
    """Return code and advice for a text that was probably meant as `key: value`, or None."""
    for pattern, fault in LINE_ADVICE:
        if fault.code in _MEANT_AS_KEY and pattern.match(value):
            return fault
    return None
