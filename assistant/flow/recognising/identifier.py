"""Which screen a person is looking at, from what they say, type or paste: it proposes, and the person decides.

Text is cut into pieces of two and three letters (character n-grams), which need no word boundaries and forgive
misspelling. A screen scores by how close its closest phrase comes (cosine) and by how much of what was said its phrases
cover; what has nothing to do with signing in competes with all of them. There are whole numbers only, so that
`identify.js`, which does the same in the browser, comes to exactly the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Final

from assistant.flow.failure import read_failure
from assistant.flow.recognising.index import Index
from assistant.flow.recognising.plain import composed, placed, plain

# Lengths of the pieces into which text is cut, and the shortest part of a heading that names it.
LENGTHS: Final = (2, 3)
SHORTEST_PART: Final = 3
MAXIMUM_LETTERS: Final = 3000
FULL: Final = 1000
PART_OF_HEADING: Final = 850
# Tuned on sentences that none of the phrases were made from; `tests/benchmarks` prints what they are worth.
LEAST_RELEVANCE: Final = 180
USUAL: Final = 20
OFTEN: Final = 6
KEPT: Final = 500
MAXIMUM_CANDIDATES: Final = 8
NEARLY: Final = 900

# 「…の確認」, なんとかの確認: what stands for the words that were not read, and where the words of the heading end.
GAP: Final = r"[.]{2,}|・{2,}|[~〜○◯]+|なんとか|何とか|なんちゃら|ほにゃらら|something|blah"
TAIL: Final = r"(?:って|という|と出|と書|と表示|と言|と聞|です|みたい|[」』\"”])[\s\S]*"
NUMBER: Final = r"(?:AADSTS[ \t\n:#-]{0,9})?[1-9][0-9]{3,7}"

_GAP: Final = re.compile(GAP, re.IGNORECASE | re.ASCII)
_TAIL: Final = re.compile(TAIL, re.IGNORECASE)
_NUMBER: Final = re.compile(NUMBER, re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Candidate:
    """A screen that it may be, the state that is its home or that its number leads to, and the score (0 to 1000)."""

    screen: str
    state: str
    score: int


@dataclass(frozen=True)
class Evidence:
    """Why a screen is a candidate: its closest phrase (in plain letters), how close, how much of the text it covers.

    `words` are the parts of the text that it shares with the screen, as they were written, the weightiest three first.
    """

    phrase: str
    closeness: int
    coverage: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Identification:
    """The candidates, the best first, or none; `number` is the error number if one was said that leads somewhere."""

    candidates: tuple[Candidate, ...]
    number: str | None = None

    @property
    def near(self) -> tuple[Candidate, ...]:
        """Return the candidates that fit nearly as well as the best, itself included."""
        least = self.candidates[0].score * NEARLY if self.candidates else 0
        return tuple(candidate for candidate in self.candidates if candidate.score * FULL >= least)


class Identifier:
    """Recognises the screens of one index; it never changes after it was made, so any number of threads may ask."""

    def __init__(self, index: Index) -> None:
        """Look up for every piece which phrases and which screens have it, what it weighs and where it leans."""
        self.index: Final = index
        groups = [entry.phrases for entry in index.entries] + [index.elsewhere]
        self._owner: Final = [place for place, phrases in enumerate(groups) for _ in phrases]
        self._places: Final = {entry.screen: place for place, entry in enumerate(index.entries)}
        self._texts: Final = [phrase for phrases in groups for phrase in phrases]
        self._pieces: Final = [pieces(phrase) for phrase in self._texts]
        self._phrases: Final = _postings(self._pieces)
        self._entries: Final = {piece: {self._owner[phrase] for phrase in has} for piece, has in self._phrases.items()}
        self._unseen: Final = logarithm(len(groups) + 1)
        self._weight: Final = {piece: self._weigh(len(has)) for piece, has in self._entries.items()}
        self._size: Final = [sum(self._weight[piece] for piece in phrase) for phrase in self._pieces]
        self._lean: Final = self._leanings()
        self._usual: Final = [FULL + USUAL * min(entry.drawn, OFTEN) for entry in index.entries]

    def identify(self, text: str) -> Identification:
        """Return what this may be about; a number of Microsoft's that leads somewhere comes before all words."""
        number = read_failure(text, self.index.numbers).number
        if number is None or number not in self.index.numbers:
            return Identification(_likeliest(self._by_words(text, self.scores(text))))
        words = _NUMBER.sub(" ", composed(text))
        scores = self.scores(words)
        first = list(self._by_number(number, scores))
        named = {candidate.screen for candidate in first}
        others = [candidate for candidate in self._by_words(words, scores) if candidate.screen not in named]
        return Identification(_likeliest([*first, *others]), number)

    def scores(self, text: str) -> list[int]:
        """Return how well a text fits each entry of the index, and last what has to do with none; each 0 to 1000."""
        said = _said(text)
        closest, covered = [0] * (len(self.index.entries) + 1), [0] * (len(self.index.entries) + 1)
        size = sum(self._weight.get(piece, self._unseen) for piece in said)
        shared: dict[int, int] = {}
        for piece in said:
            weight = self._weight.get(piece, 0)
            if weight == 0:
                continue
            for entry in self._entries[piece]:
                covered[entry] += weight
            for phrase in self._phrases[piece]:
                shared[phrase] = shared.get(phrase, 0) + weight
        for phrase, weight in shared.items():
            entry = self._owner[phrase]
            closest[entry] = max(closest[entry], FULL * weight // max(isqrt(size * self._size[phrase]), 1))
        scores = [(near + FULL * weight // max(size, 1)) // 2 for near, weight in zip(closest, covered, strict=True)]
        for entry, usual in enumerate(self._usual):
            scores[entry] = min(scores[entry] * usual // FULL, FULL)
        for entry, least in self._by_heading(text):
            scores[entry] = least + scores[entry] * (FULL - least) // FULL
        return scores

    def relevance(self, text: str, scores: Sequence[int]) -> int:
        """Return how much more a text is about a screen than about anything else; below `LEAST_RELEVANCE` it is not."""
        said = _said(text)
        leaning = 3 * sum(self._lean.get(piece, 0) for piece in said) // max(len(said), 1)
        return max(scores[:-1], default=0) - scores[-1] // 2 + leaning

    def explain(self, text: str, screen: str) -> Evidence:
        """Return what spoke for a screen; raises KeyError for one that is not in the index."""
        entry = self._places[screen]
        said = _said(text)
        size = sum(self._weight.get(piece, self._unseen) for piece in said)
        near = [(self._nearness(said, size, phrase), phrase) for phrase, of in enumerate(self._owner) if of == entry]
        closeness, closest = max(near, key=lambda each: each[0])
        covered = sum(self._weight[piece] for piece in said if entry in self._entries.get(piece, ()))
        phrase = self._texts[closest]
        return Evidence(phrase, closeness, FULL * covered // max(size, 1), self._words(text, entry))

    def _nearness(self, said: set[str], size: int, phrase: int) -> int:
        shared = sum(self._weight[piece] for piece in said & self._pieces[phrase])
        return FULL * shared // max(isqrt(size * self._size[phrase]), 1)

    def _words(self, text: str, entry: int) -> tuple[str, ...]:
        letters, places, quoted = placed(text)
        found: dict[str, int] = {}
        for start, end in self._runs(letters, entry):
            part = quoted[places[start] : places[end - 1] + 1]
            found[part] = sum(self._weight.get(piece, 0) for piece in pieces(letters[start:end]))
        return tuple(sorted(found, key=lambda part: -found[part])[:3])

    def _by_number(self, number: str, scores: Sequence[int]) -> Iterator[Candidate]:
        numbered = self.index.numbers[number]
        said = {entry.screen: score for entry, score in zip(self.index.entries, scores[:-1], strict=True)}
        # Words that fit all of them alike are those of the page that shows any number, which comes last.
        worded = any(said[screen] for screen in numbered.screens)
        likely = numbered.screens[::-1] if worded else numbered.screens
        for place, screen in enumerate(sorted(likely, key=lambda screen: -said[screen])):
            yield Candidate(screen, numbered.state, FULL - place)

    def _by_words(self, text: str, scores: Sequence[int]) -> list[Candidate]:
        if self.relevance(text, scores) < LEAST_RELEVANCE:
            return []
        likely = [
            Candidate(entry.screen, entry.state, score)
            for entry, score in zip(self.index.entries, scores[:-1], strict=True)
            if score > 0
        ]
        return sorted(likely, key=lambda candidate: -candidate.score)

    def _by_heading(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the entries with a heading that this is, or is the head or the tail of, and the score that is worth."""
        read = {plain(_TAIL.sub("", part)) for part in _GAP.split(composed(text))}
        parts = tuple(part for part in read if len(part) >= SHORTEST_PART)
        for place, entry in enumerate(self.index.entries):
            headings = entry.phrases[: entry.headings]
            if not read.isdisjoint(headings):
                yield place, FULL
            elif any(heading.startswith(parts) or heading.endswith(parts) for heading in headings):
                yield place, PART_OF_HEADING

    def _weigh(self, entries: int) -> int:
        """Return what a piece weighs that so many entries have; one that more than half of them have says nothing."""
        weight = self._unseen - logarithm(entries)
        return weight if weight >= logarithm(2) else 0

    def _leanings(self) -> dict[str, int]:
        """Return for each piece how much more often phrases of screens have it than those about anything else."""
        none = len(self.index.entries)
        usual = logarithm(2 * (len(self._owner) - len(self.index.elsewhere)) + 2)
        usual -= logarithm(2 * len(self.index.elsewhere) + 2)
        leanings: dict[str, int] = {}
        for piece, has in self._phrases.items():
            other = sum(self._owner[phrase] == none for phrase in has)
            leanings[piece] = logarithm(2 * (len(has) - other) + 1) - logarithm(2 * other + 1) - usual
        return leanings

    def _runs(self, letters: str, entry: int) -> Iterator[tuple[int, int]]:
        start = end = 0
        for place in range(len(letters)):
            for length in LENGTHS:
                piece = letters[place : place + length]
                if len(piece) == length and entry in self._entries.get(piece, ()):
                    if place > end:
                        if end > start:
                            yield start, end
                        start = place
                    end = place + length
        if end > start:
            yield start, end


def pieces(letters: str) -> set[str]:
    """Return all pieces of plain letters."""
    return {letters[place : place + length] for length in LENGTHS for place in range(len(letters) - length + 1)}


def logarithm(number: int) -> int:
    """Return about a hundred times the binary logarithm of a number from 1 on, by whole numbers alone."""
    exponent = number.bit_length() - 1
    return 100 * exponent + 100 * (number - (1 << exponent)) // (1 << exponent)


def _said(text: str) -> set[str]:
    return pieces(plain(text)[:MAXIMUM_LETTERS])


def _likeliest(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    least = candidates[0].score * KEPT // FULL if candidates else 0
    return tuple(candidate for candidate in candidates[:MAXIMUM_CANDIDATES] if candidate.score >= least)


def _postings(phrases: Sequence[set[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, phrase in enumerate(phrases):
        for piece in phrase:
            found.setdefault(piece, []).append(place)
    return found
