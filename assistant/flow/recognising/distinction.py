"""The one visible thing that tells the remaining screens apart best, read off their drawings."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from assistant.flow.recognising.identifier import pieces
from assistant.flow.recognising.plain import plain
from assistant.flow.screen import Element, Screen

MAXIMUM_QUESTIONS: Final = 3
# Kinds of elements whose words can be asked for, the one that people find first on a screen before the others, ...
WORDED_KINDS: Final = ("error", "title", "text", "tile", "link", "check", "field", "buttons")
# ... and kinds that can be asked for as such: is there any?
_ANY: Final = ("error", "number", "field", "tile", "check")
# Two texts that share this part of their pieces (in hundredths) look the same at a glance.
_ALIKE: Final = 60
_SHORTEST: Final = 2
_LONG: Final = 40
# Examples of addresses, numbers and ids differ from what people see.
_EXAMPLE: Final = re.compile(r"@|XX|0000|12345|example|^[0-9 #]+$")
_SENTENCE: Final = re.compile(r"^.+?(?:[。?？]|[.](?= |$))")


@dataclass(frozen=True)
class Question:
    """Whether something stands on the screen: `shown` are the screens of those who say yes, `absent` of no, in order.

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
            for kind, text in _texts(drawing, _words_of(screens[name])):
                owners.setdefault(text, {}).setdefault(name, kind)
        self.features: Final = [*_of_kinds(screens, drawings), *_of_texts(owners)]

    def questions(self, remaining: Sequence[str]) -> list[Question]:
        """Return all questions that tell remaining screens apart, the best first.

        The best leaves the fewest screens, whatever the answer; then words come before kinds, the place to look at
        before others, what is found first on a screen (an error before a button), and short words. Where something
        may only seem to be there, the screen stays with both answers, so that no true answer loses the right one.
        """
        ranked: list[tuple[tuple[int, int, bool, bool, int, int], Question]] = []
        for feature in self.features:
            sure = [name for name in remaining if name in feature.shown]
            shown = tuple(name for name in remaining if name in feature.shown or name in feature.doubtful)
            absent = tuple(name for name in remaining if name not in feature.shown)
            left = max(len(shown), len(absent))
            if not sure or left == len(remaining):
                continue
            kind = min((feature.shown[name] for name in sure), key=_order)
            words = feature.text or ""
            rank = (left, len(shown) + len(absent), not words, words not in self.marked, _order(kind), len(words))
            ranked.append((rank, Question(kind, feature.text, shown, absent)))
        return [question for _, question in sorted(ranked, key=lambda each: each[0])]


def _order(kind: str) -> int:
    return WORDED_KINDS.index(kind) if kind in WORDED_KINDS else len(WORDED_KINDS)


def _words_of(screen: Screen) -> Collection[str]:
    """Return the kinds of elements whose words are the same for everybody; mails and pages of others have few."""
    if "example" in (screen.host or ""):
        return ()
    return ("link", "buttons") if screen.frame == "mail" else WORDED_KINDS


def _texts(drawing: Iterable[Element], kinds: Collection[str]) -> Iterator[tuple[str, str]]:
    for element in drawing:
        if element.kind in kinds:
            for text in map(_first_sentence, element.texts):
                if len(plain(text)) >= _SHORTEST and not _EXAMPLE.search(text):
                    yield element.kind, text


def looks_like(text: str, other: str) -> bool:
    """Say whether two texts look the same at a glance."""
    return text == other or _nearly(pieces(plain(text)), pieces(plain(other)))


def _nearly(one: Set[str], other: Set[str]) -> bool:
    return 100 * len(one & other) >= _ALIKE * max(len(one), len(other), 1)


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(text) if len(text) > _LONG else None
    return found[0] if found else text


def _of_kinds(screens: Mapping[str, Screen], drawings: Mapping[str, Sequence[Element]]) -> Iterator[Feature]:
    """Yield what can be asked for as such: kinds of elements, whose account it is, and whether it is a mail."""
    for kind in _ANY:
        yield Feature(None, {name: kind for name, drawing in drawings.items() if any(e.kind == kind for e in drawing)})
    mails = {name: "mail" for name, screen in screens.items() if screen.frame == "mail"}
    yield Feature(None, mails)
    signed = {
        name: "identity"
        for name, drawing in drawings.items()
        if name not in mails and any(element.kind == "identity" for element in drawing)
    }
    addresses = {name for name, drawing in drawings.items() if any("@" in text for e in drawing for text in e.texts)}
    yield Feature(None, signed, frozenset(addresses - signed.keys()))


def _of_texts(owners: Mapping[str, Mapping[str, str]]) -> Iterator[Feature]:
    letters = {text: plain(text) for text in owners}
    cut = {text: pieces(letters[text]) for text in owners}
    for text in owners:
        shown, doubtful = dict(owners[text]), set[str]()
        for other, names in owners.items():
            if _nearly(cut[text], cut[other]):
                alike = {name: kind for name, kind in names.items() if kind in owners[text].values()}
                shown = {**alike, **shown}
                doubtful.update(names.keys() - alike)
            elif letters[text] in letters[other] or letters[other] in letters[text]:
                doubtful.update(names)
        yield Feature(text, shown, frozenset(doubtful - shown.keys()))
