"""Changes words inside a PO file and nothing else: source texts that were reworded, and translations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from assistant.flow.rewording.editing import Edit

_LINE: Final = re.compile(
    r'[ \t]*(?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]+\])?)\s*)?"(?P<words>(?:[^"\\]|\\.)*)"[ \t\r]*'
)
_LETTER: Final = re.compile(r"\\(.)|[^\\]", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class PoText:
    """A text as a PO file has it: with the places in the file of each of its letters."""

    context: str
    keyword: str
    value: str
    spans: tuple[tuple[int, int], ...]
    source: str = ""

    def rewritten(self, start: int, end: int, new: str) -> list[Edit]:
        """Return the edits that put `new` in the place of these letters; what stands on a second line goes."""
        runs: list[tuple[int, int]] = []
        for first, last in self.spans[start:end]:
            if runs and runs[-1][1] == first:
                runs[-1] = (runs[-1][0], last)
            else:
                runs.append((first, last))
        written = new.replace("\\", "\\\\").replace('"', '\\"')
        return [Edit(*run, written if place == 0 else "") for place, run in enumerate(runs)]


def po_texts(text: str) -> Iterator[PoText]:
    """Yield sources and translations of a PO file in which `read_words` finds nothing wrong, obsolete ones aside."""
    context, source = "", ""
    for keyword, value, spans in _fields(text):
        if keyword == "msgctxt":
            context = value
            continue
        if keyword == "msgid":
            source = value
        yield PoText(context, keyword, value, tuple(spans), source)
        if keyword.startswith("msgstr"):
            context = ""


_Field: TypeAlias = tuple[str, str, list[tuple[int, int]]]


def _fields(text: str) -> Iterator[_Field]:
    keyword, value, spans = "", "", list[tuple[int, int]]()
    place = 0
    for line in text.split("\n"):
        found = _LINE.fullmatch(line)
        if found is not None:
            if found["keyword"]:
                if keyword:
                    yield keyword, value, spans
                keyword, value, spans = found["keyword"], "", []
            for letter in _LETTER.finditer(text, place + found.start("words"), place + found.end("words")):
                value += _ESCAPED.get(letter[1], letter[1]) if letter[1] else letter[0]
                spans.append(letter.span())
        place += len(line) + 1
    if keyword:
        yield keyword, value, spans
