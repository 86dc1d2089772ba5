"""What probably went wrong on a line that YAML cannot read, or reads otherwise than an author meant it."""

import re
from typing import Final

# Pattern, code and advice; the first that matches is told, at the place of its group.
LINE_ADVICE: Final = (
    (re.compile(r"^[ ]*(\t)"), "tab", "a tab cannot indent; use spaces"),
    (re.compile(r"^[ \u3000]*(\u3000)"), "full-width-space", "a full-width space cannot indent; use half-width spaces"),
    (re.compile(r"^\s*(?:- )?[A-Za-z0-9_-]+\s*(：)"), "full-width-colon", "a full-width ：is no separator; write ': '"),
    (
        re.compile(r"^\s*(?:- )?[A-Za-z0-9_-]+:([\u3000\xa0])"),
        "full-width-space",
        "a full-width or fixed space follows ':'; write ': '",
    ),
    (re.compile(r"^\s*(?:- )?[A-Za-z0-9_-]+(:)[^\s:]"), "no-space", "a space is missing after ':'"),
    (
        re.compile(r"^[^'\"]*?(?::|-|,)\s+(\[)[^\]]*\]\s*[^\s,\]}#]"),
        "bracket",
        "a text that starts with [ needs quotes or 「」",
    ),
    (re.compile(r"^[^'\"]*?(?::|-)\s+(\{)[a-z0-9-]+\}"), "brace", "a text that starts with { needs quotes"),
    (
        re.compile(r"^\s*(?:- )?[A-Za-z0-9_-]+:\s+([*&!%@`>|])"),
        "special-start",
        "a text that starts with this sign needs quotes",
    ),
    (
        re.compile(r"^\s*(?:- )?[A-Za-z0-9_-]+:\s+[^'\"\s][^'\"]*(: )"),
        "colon-in-text",
        "a text that contains ': ' needs quotes",
    ),
    (
        re.compile(r"^[^'\"]*\S\s+(#)[^\s#]"),
        "cut-by-comment",
        "' #' starts a comment and cuts the text; put it in quotes",
    ),
)


def text_advice(value: str) -> tuple[str, str] | None:
    """Return code and advice for a text that was probably meant as `key: value`, or None."""
    for pattern, code, message in LINE_ADVICE:
        if code in {"full-width-colon", "full-width-space", "no-space"} and pattern.match(value):
            return code, message
    return None
