"""What may be kept of a text in somebody's own words: no secret, address or number that could be theirs, few letters.

A name cannot be told from other words; whoever asks for such a text asks for it without names.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Final

from assistant.flow.recognising.secret import without_secrets

MARK: Final = "●●●"
LONGEST: Final = 200
# Letters that are read at all; what stands behind them would not be kept anyway.
MAXIMUM_READ: Final = 2000
# Digits that are a number of somebody's: in one piece, or together with signs between them, as in telephone numbers.
IN_ONE_PIECE: Final = 4
IN_PIECES: Final = 6

_ANY: Final = r"[^\s@「」『』、。]"
# Web addresses go on over letters of any script right behind a sign, and end where Japanese words follow letters.
_REST: Final = r"(?:[!-~]|(?<=[/?=&#%_.-])[^\s!-~「」『』、。]+)"
_MAIL_LETTER: Final = r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]"
_ADDRESSES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[a-z][a-z0-9+.-]{{0,15}}://{_REST}*",
        rf"(?<![a-z0-9-])www[.]{_REST}+",
        rf"(?<![a-z0-9.-])(?:[a-z0-9-]+[.])+[a-z]{{2,24}}(?::\d+)?/{_REST}*",
        rf"(?<!{_MAIL_LETTER}){_MAIL_LETTER}+@\[?[a-z0-9][a-z0-9.:-]*\]?",
        rf"(?<!{_MAIL_LETTER}){_MAIL_LETTER}+ ?(?:@|\(at\)|\[at\]) ?(?:[a-z0-9-]+[.])+[a-z0-9-]+",
        rf"(?<!{_ANY}){_ANY}+(?:@{_ANY}+)+",
    )
)
_GUID: Final = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d+")
_RUN: Final = r"[+(]{0,2}\d(?>(?:[ ()./,:_~ー‐‑–—−-]{0,2}\d)*)"
_NUMBERS: Final = re.compile(_RUN)
# Numbers that are no part of a longer word, which may be a password.
_NUMBERS_ALONE: Final = re.compile(rf"(?<![!-'*+0-9;-~-]){_RUN}(?![()./,:-]*[!-'*+0-9;-~])")


def masked(text: str, known_numbers: Collection[str]) -> str:
    """Return what may be kept of a text: one line of at most 200 letters (NFKC), marks in place of what is left out.

    Left out are what looks like a password or a one-time code, addresses of mail and of the web, GUIDs, telephone
    numbers, and every number of four digits or more that is no error number in `known_numbers`. Masking again changes
    nothing.
    """
    rest = text[:MAXIMUM_READ]
    while True:
        found = _once(rest, known_numbers)[:LONGEST].rstrip()
        if found == rest:
            return found
        rest = found


def has_words(text: str) -> bool:
    """Say whether anything can be read in a masked text, or marks and signs are all there is."""
    return any(letter.isalnum() for letter in text)


def _once(text: str, known: Collection[str]) -> str:
    def numbers(match: re.Match[str]) -> str:
        return "".join(_parts(match[0], known))

    # GUIDs and telephone numbers first and whole: parts of them look like one-time codes.
    rest = _NUMBERS_ALONE.sub(numbers, _GUID.sub(MARK, _one_line(text)))
    rest = _one_line(without_secrets(rest, known).text)
    for pattern in _ADDRESSES:
        rest = pattern.sub(MARK, rest)
    return _NUMBERS.sub(numbers, rest)


def _one_line(text: str) -> str:
    """Return a text without what no eye can see, such as control letters: it could hide digits or fool a terminal."""
    seen = " ".join(unicodedata.normalize("NFKC", text).split())
    return "".join(letter for letter in seen if not unicodedata.category(letter).startswith("C"))


def _parts(numbers: str, known: Collection[str]) -> Iterator[str]:
    """Yield numbers that stand together, masked but for those that are known."""
    start = 0
    for digits in _DIGITS.finditer(numbers):
        if digits[0] in known:
            yield _masked_numbers(numbers[start : digits.start()])
            yield digits[0]
            start = digits.end()
    yield _masked_numbers(numbers[start:])


def _masked_numbers(numbers: str) -> str:
    pieces = _DIGITS.findall(numbers)
    longest, all_digits = max(map(len, pieces), default=0), sum(map(len, pieces))
    if longest < IN_ONE_PIECE and all_digits < IN_PIECES:
        return numbers
    first, last = _DIGITS.search(numbers), numbers.rstrip("()./,:_~ー‐‑–—−- ")
    start = first.start() if first else 0
    return f"{numbers[:start].rstrip('+(')}{MARK}{numbers[len(last) :]}"
