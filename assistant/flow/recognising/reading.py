"""How kanji are read, for words typed before they were converted; the only module that imports the analyser."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

Read: TypeAlias = Callable[[str], str]

_KANJI: Final = re.compile("[㐀-䶿一-鿿]")


def as_written(text: str) -> str:
    """Return a text as it is: the reader of whoever has no need of readings."""
    return text


def japanese() -> Read:
    """Return what reads a Japanese text: kana for every word with kanji in it, all else as it was written.

    Loading the dictionary takes about a tenth of a second, so whoever needs no readings does not ask for one.
    """
    from sudachipy import Dictionary

    tokenizer = Dictionary(dict="small").tokenizer()

    def read(text: str) -> str:
        if not _KANJI.search(text):
            return text
        words = ((word.surface(), word.reading_form()) for word in tokenizer.tokenize(text))
        return "".join(reading if _KANJI.search(surface) else surface for surface, reading in words)

    return read
