"""Text made plain, so that the same words are the same letters however they were typed, pasted or read by a machine."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_SMALL: Final = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
# What character recognition and tired eyes take for one another.
_ALIKE: Final = dict(zip("口力二八卜夕工01i|", "ろかにはとたえolll", strict=True))
# Signs that people name.
_SIGNS: Final = {"●": "丸", "•": "丸", "▼": "三角", "#": "しやぷ"}
# Vowel lengths are left out or added as one likes (ユーザ, ユーザー), and look like the kanji for one.
_DROPPED: Final = "ー一々"


def _folded() -> dict[str, str]:
    katakana = {chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)}
    kana = {letter: _SMALL.get(same, same) for letter, same in katakana.items()}
    return {**kana, **_SMALL, **_ALIKE, **_SIGNS, **dict.fromkeys(_DROPPED, "")}


FOLDED: Final[Mapping[str, str]] = _folded()
# What is left: digits, small Latin letters, hiragana and kanji. A regular expression of Python and of JavaScript.
OTHER: Final = "[^0-9a-zぁ-ゖ㐀-䶿一-鿿]"

# Addresses are whose, not where: of people, of pages, and the ids and times that error pages carry.
# Every repetition begins where a word does or has a limit, so that no text takes longer than any other of its length.
ADDRESS: Final = (
    r"(?<![!-?A-~])[!-?A-~]{1,64}@[!-?A-~]+|https?://[!-~]+|[0-9a-f]{8}-[0-9a-f-]{27}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9:.z]+"
)
# Of a longer text the rest is not read; NFKC may make one letter into many.
LONGEST: Final = 10_000

_TABLE: Final = str.maketrans(dict(FOLDED))
_OTHER: Final = re.compile(OTHER)
_ADDRESS: Final = re.compile(ADDRESS, re.IGNORECASE | re.ASCII)


def composed(text: str) -> str:
    """Return a text after Unicode's NFKC, at most `LONGEST` letters of it."""
    return unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]


def plain(text: str) -> str:
    """Return the letters of a text alone: half-width, small, hiragana for katakana, no spaces, signs or long marks.

    Addresses and ids are left out. `ADDRESS`, `FOLDED` and `OTHER` are all there is to it after Unicode's NFKC, so that
    another language can do the same.
    """
    return _OTHER.sub("", _ADDRESS.sub(" ", composed(text).lower()).translate(_TABLE))


def placed(text: str) -> tuple[str, list[int], str]:
    """Return the plain letters, for each its place in the composed text, and that text (NFKC), to quote from."""
    quoted = _ADDRESS.sub(" ", composed(text))
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(quoted):
        for letter in plain(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places, quoted
