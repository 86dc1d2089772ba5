"""How wide words are and where they break, for text that is drawn without a browser to measure it."""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import combining, east_asian_width

# No line of Japanese begins with the first or ends with the second (JIS X 4051).
_NEVER_FIRST: Final = (
    "\u00a0/、。，．・：；？！?!,.:;)]}〉》」』】〕）｝］ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々…"
)
_NEVER_LAST: Final = "([{〈《「『【〔（｛［◇"
_PIECE: Final = re.compile(r"[!-~À-ɏ]+|\s+|.", re.DOTALL)


def width_of(text: str) -> float:
    """Return the width of a text in em, as sans-serif fonts with Japanese have it."""
    return sum(map(_width, text))


def _width(letter: str) -> float:
    if combining(letter):
        return 0.0
    if east_asian_width(letter) in "WFA":
        return 1.0
    return 0.68 if letter.isupper() else 0.95 if letter in "mw@%…—" else 0.55


def wrap(text: str, width: float, lines: int) -> tuple[str, ...]:
    """Return a text as at most so many lines, none wider than `width` em; what does not fit ends in an ellipsis.

    The lines are about as long as each other, so that the last one is not a single letter.
    """
    found = _filled(text, width)
    if len(found) > lines:
        shown = map(str.rstrip, found[: lines - 1])
        return (*shown, shorten("".join(found[lines - 1 :]).rstrip(), width))
    longest = max(map(width_of, _pieces(text, width)), default=0.0)
    widths = (width * share / 16 for share in range(16 // len(found), 16))
    narrower = (_filled(text, tried) for tried in widths if tried >= longest)
    return tuple(map(str.rstrip, next((tried for tried in narrower if len(tried) == len(found)), found)))


def _filled(text: str, width: float) -> tuple[str, ...]:
    """Break a text into lines, each as full as it can be; only the space at a line's end may pass the width."""
    found: list[str] = []
    line = ""
    for piece in _pieces(text, width):
        if line and width_of((line + piece).rstrip()) > width:
            found.append(line)
            line = ""
        line += piece if line else piece.lstrip()
    return (*found, line)


def shorten(text: str, width: float) -> str:
    """Return a text cut to `width` em, with an ellipsis if anything was cut."""
    if width_of(text) <= width:
        return text
    while text and width_of(text) + 1 > width:
        text = text[:-1]
    return f"{text}…"


def _pieces(text: str, width: float) -> Iterator[str]:
    """Yield what must not be broken: Latin words, and letters with the punctuation that belongs to them."""
    held = ""
    for piece in (part for found in _PIECE.findall(text) for part in _cut(found, width)):
        joins = held and (piece[0] in _NEVER_FIRST or held[-1] in _NEVER_LAST)
        if held and not (joins and width_of(held + piece) <= width):
            yield held
            held = ""
        held += piece
    if held:
        yield held


def _cut(piece: str, width: float) -> Iterator[str]:
    """Yield a word that is wider than a line in parts that are not, cut after a mark in it if there is one."""
    while width_of(piece) > width and len(piece) > 1:
        fitting = [end for end in range(1, len(piece)) if width_of(piece[:end]) <= width] or [1]
        end = next((end for end in reversed(fitting) if not piece[end - 1].isalnum()), fitting[-1])
        yield piece[:end]
        piece = piece[end:]
    yield piece
