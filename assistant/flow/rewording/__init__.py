"""A wording that Microsoft changed, such as a button's name: where it stands in a text, and that text reworded."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

# What a place is: a label by itself, part of another label, or words in a sentence.
Kind: TypeAlias = Literal["label", "other-label", "words"]

# A name of something on a screen as texts write it (see `markup`); [words](target) is a link and no name.
_NAMED: Final = re.compile(r"\[(?P<button>[^\[\]]+)\](?!\()|「(?P<corner>[^「」]+)」|“(?P<quoted>[^“”]+)”")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place of the old wording in a text, from `start` up to `end` (characters, counted from 0)."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Rewording:
    """The old and the new wording; with `words` in sentences, too; in one screen language, or (None) in all.

    `alias` keeps the old one as another wording of the screens that have it, for as long as both are about.
    """

    old: str
    new: str
    language: str | None = None
    words: bool = False
    alias: bool = True

    def speaks(self, language: str) -> bool:
        """Say whether texts in this language are meant."""
        return self.language in (None, language)

    def wanted(self, occurrence: Occurrence) -> bool:
        """Say whether this place is to be changed."""
        return occurrence.kind == "label" or (self.words and occurrence.kind == "words")

    def find(self, text: str, *, drawn: bool = False) -> Iterator[Occurrence]:
        """Yield every place of the old wording; all of a text that is drawn on a screen is one label."""
        named = [(0, len(text))] if drawn or text == self.old else list(_named(text))
        pattern = re.compile(f"{_edge(self.old[0], '<!')}{re.escape(self.old)}{_edge(self.old[-1], '!')}")
        for found in pattern.finditer(text):
            yield Occurrence(found.start(), found.end(), _kind(found.span(), named))

    def reword(self, text: str, occurrences: Iterable[Occurrence]) -> str:
        """Return the text with the new wording at these places."""
        for each in sorted(occurrences, key=lambda each: each.start, reverse=True):
            text = text[: each.start] + self.new + text[each.end :]
        return text


def _named(text: str) -> Iterator[tuple[int, int]]:
    for found in _NAMED.finditer(text):
        if found.lastgroup is not None:
            yield found.span(found.lastgroup)


def _kind(place: tuple[int, int], named: Iterable[tuple[int, int]]) -> Kind:
    around = next(((start, end) for start, end in named if start <= place[0] and place[1] <= end), None)
    return "words" if around is None else "label" if around == place else "other-label"


def _edge(letter: str, look: str) -> str:
    """Return a pattern for where a word of Latin letters begins or ends; other scripts write no spaces."""
    return f"(?{look}[A-Za-z0-9])" if letter.isascii() and letter.isalnum() else ""
