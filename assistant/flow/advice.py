"""What probably went wrong on a line that YAML cannot read, or reads otherwise than an author meant it."""

import re
import unicodedata
from typing import Final

from assistant.flow.message import say
from assistant.flow.problem import Fault

_KEY: Final = r"^\s*(?:- )?[A-Za-z0-9_-]+"
_QUOTED: Final = r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_MEANT_AS_KEY: Final = frozenset({"full-width-colon", "full-width-space", "no-space"})
_WIDE: Final = re.compile("[，、：；｛｝［］（）“”‘’＂＇＃－　]")

_NEEDS_QUOTES: Final = Fault("special-start", say("a text that starts with this sign needs quotes"))
_NO_COLON: Final = Fault("full-width-colon", say("a full-width ： is no separator; write ': '"))

# Pattern and advice; the first that matches is told, at the place of its group.
LINE_ADVICE: Final = (
    (re.compile(r"^[ ]*(\t)"), Fault("tab", say("a tab cannot indent; use spaces"))),
    (
        re.compile(r"^[ \u3000]*(\u3000)"),
        Fault("full-width-space", say("a full-width space cannot indent; use half-width spaces")),
    ),
    (re.compile(r"^\s*(＃)"), Fault("full-width-sign", say("a full-width ＃ starts no comment; write '# '"))),
    (
        re.compile(r"^\s*([－‐–—])\s"),
        Fault("full-width-sign", say("this sign starts no list; write a half-width '- '")),
    ),
    (
        re.compile(rf"{_KEY}\s*[:：]\s*([｛［])"),
        Fault("full-width-sign", say("full-width brackets are text; write half-width ones")),
    ),
    (re.compile(rf"{_KEY}\s*(：)"), _NO_COLON),
    (
        re.compile(rf"{_KEY}:([\u3000\xa0])"),
        Fault("full-width-space", say("a full-width or fixed space follows ':'; write ': '")),
    ),
    (re.compile(rf"{_KEY}(:)[^\s:]"), Fault("no-space", say("a space is missing after ':'"))),
    (re.compile(rf"^[^'\"]*[{{\[,]\s*{_KEY[4:]}\s*(：)"), _NO_COLON),
    (
        re.compile(r"^[^'\"]*[{\[][^'\"]*?([，、])\s*[A-Za-z0-9_-]+\s*[:：]"),
        Fault("full-width-sign", say("a full-width comma separates nothing; write ', '")),
    ),
    (
        re.compile(rf"^[^'\"]*?(?:[:\-,{{\[])\s+{_QUOTED}\s*([^\s,\]}}:#'\"])"),
        Fault("after-quote", say("text follows a closing quote; put the whole text in quotes")),
    ),
    (
        re.compile(r"^[^'\"]*?(?::|-|,)\s+(\[)[^\]]*\]\s*[^\s,\]}#]"),
        Fault("bracket", say("a text that starts with [ needs quotes or 「」")),
    ),
    (
        re.compile(r"^[^'\"]*?(?::|-)\s+(\{)[a-z0-9-]+\}\s*[^\s,\]}#]"),
        Fault("brace", say("a text that starts with {{ needs quotes")),
    ),
    (re.compile(rf"(?:{_KEY}:|^\s*-|^[^'\"]*[{{,]\s*[A-Za-z0-9_-]+:)\s+([*&!%@`,\]}}]|[?-]\s)"), _NEEDS_QUOTES),
    (re.compile(rf"(?:{_KEY}:|^\s*-)\s+([>|])(?![+-]?[0-9]?[+-]?\s*(?:#.*)?$)"), _NEEDS_QUOTES),
    (
        re.compile(rf"{_KEY}:\s+[^'\"\s{{\[][^'\"]*(: )"),
        Fault("colon-in-text", say("a text that contains ': ' needs quotes")),
    ),
    (
        re.compile(r"^[^'\"]*\S\s+(#)[^\s#]"),
        Fault("cut-by-comment", say("' #' starts a comment and cuts the text; put it in quotes")),
    ),
)


def text_advice(value: str) -> Fault | None:
    """Return what to say about a text that was probably meant as `key: value` or as a list, or None."""
    if value[:1] in "｛［" and value:
        return Fault("full-width-sign", say("full-width brackets are text; write half-width ones"))
    for pattern, fault in LINE_ADVICE:
        if fault.code in _MEANT_AS_KEY and pattern.match(value):
            return fault
    return None


def key_advice(key: str) -> Fault | None:
    """Return what to say about a key with full-width letters or signs in it, or None."""
    narrow = unicodedata.normalize("NFKC", key)
    if "\u3000" in key:
        return Fault(
            "full-width-space", say("a full-width space is in the key '{key}'; use half-width spaces", key=key)
        )
    if _WIDE.search(key) or (narrow != key and narrow.isascii()):
        return Fault(
            "full-width-sign", say("full-width letters or signs are in the key '{key}'; use half-width", key=key)
        )
    return None
