"""The one visible thing that tells the remaining screens apart best, read off their drawings."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.flow.identifier import pieces
from assistant.flow.plain import plain
from assistant.flow.screen import Element, Screen

MAXIMUM_QUESTIONS: Final = 3
# Kinds of elements whose words can be asked for, the one that people find first on a screen before the others, ...
WORDED_KINDS: Final = ("error", "title", "text", "tile", "link", "check", "field", "buttons")
# ... and kinds that can be asked for as such: is there any?
_ANY: Final = ("error", "number", "field", "tile", "check", "identity")
# Two texts that share this part of their pieces (in hundredths) look the same at a glance.
_ALIKE: Final = 60
_SHORTEST: Final = 2
_LONG: Final = 40
# Examples of addresses, numbers and ids differ from what people see.
_EXAMPLE: Final = re.compile(r"@|XX|0000|12345|example|^[0-9 #]+$")
_SENTENCE: Final = re.compile(r"^.+?(?:[。?？]|[.](?= |$))")


@dataclass(frozen=True)
class Question:
    """Whether something stands on the screen: `shown` are the screens with it, `absent` those without, in order.

    `kind` is the kind of element to look for; `text` its words, or None where any element of the kind counts.
    """

    kind: str
    text: str | None
    shown: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True)
class Feature:
    """A text of a drawing, or a kind of element: the kind on each screen that shows it, and where it may seem to be."""

    text: str | None
    shown: Mapping[str, str]
    doubtful: frozenset[str] = frozenset()


class Distinction:
    """What can be asked about screens in one language; it never changes after it was made."""

    def __init__(self, screens: Mapping[str, Screen], language: str) -> None:
        """Compare every visible text with every other, once."""
        wordings = {name: screen.worded(language)[1] for name, screen in screens.items()}
        drawings = {name: wording.drawing for name, wording in wordings.items()}
        self.marked: Final = {_first_sentence(wording.look) for wording in wordings.values()}
        owners: dict[str, dict[str, str]] = {}
        for name, drawing in drawings.items():
            for kind, text in _texts(drawing):
                owners.setdefault(text, {}).setdefault(name, kind)
        self.features: Final = [*_of_kinds(screens, drawings), *_of_texts(owners)]

    def questions(self, remaining: Sequence[str]) -> list[Question]:
        """Return all questions that tell remaining screens apart, the best first.

        The best splits most evenly, what may only seem to be there counted against it; then words come before kinds,
        the place to look at before others, what is found first on a screen (an error before a button), and short words.
        """
        among = frozenset(remaining)
        ranked: list[tuple[tuple[int, bool, bool, int, int], Question]] = []
        for feature in self.features:
            shown = [name for name in remaining if name in feature.shown]
            if not shown or len(shown) == len(among):
                continue
            split = min(len(shown), len(among) - len(shown)) - len(feature.doubtful & among)
            kind = min((feature.shown[name] for name in shown), key=_order)
            words = feature.text or ""
            rank = (-split, not words, words not in self.marked, _order(kind), len(words))
            absent = tuple(name for name in remaining if name not in feature.shown)
            ranked.append((rank, Question(kind, feature.text, tuple(shown), absent)))
        return [question for _, question in sorted(ranked, key=lambda each: each[0])]


def _order(kind: str) -> int:
    return WORDED_KINDS.index(kind) if kind in WORDED_KINDS else len(WORDED_KINDS)


def _texts(drawing: Iterable[Element]) -> Iterator[tuple[str, str]]:
    for element in drawing:
        if element.kind in WORDED_KINDS:
            for text in map(_first_sentence, element.texts):
                if len(plain(text)) >= _SHORTEST and not _EXAMPLE.search(text):
                    yield element.kind, text


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(text) if len(text) > _LONG else None
    return found[0] if found else text


def _of_kinds(screens: Mapping[str, Screen], drawings: Mapping[str, Iterable[Element]]) -> Iterator[Feature]:
    """Yield the kinds of elements that screens have any of; who sent a mail is not who signs in."""
    for kind in _ANY:
        shown = {
            name: kind
            for name, drawing in drawings.items()
            if any(element.kind == kind for element in drawing) and (kind, screens[name].frame) != ("identity", "mail")
        }
        yield Feature(None, shown)


def _of_texts(owners: Mapping[str, Mapping[str, str]]) -> Iterator[Feature]:
    letters = {text: plain(text) for text in owners}
    cut = {text: pieces(letters[text]) for text in owners}
    for text in owners:
        shown, doubtful = dict(owners[text]), set[str]()
        for other, names in owners.items():
            if 100 * len(cut[text] & cut[other]) >= _ALIKE * max(len(cut[text]), len(cut[other]), 1):
                shown = {**names, **shown}
            elif letters[text] in letters[other] or letters[other] in letters[text]:
                doubtful.update(names)
        yield Feature(text, shown, frozenset(doubtful - shown.keys()))
