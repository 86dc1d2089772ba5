"""Rules about how well screens can be recognised: what is said of them, and what tells them apart."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.message import NOTHING, say
from assistant.flow.problem import Problem
from assistant.flow.recognising.distinction import looks_like
from assistant.flow.recognising.plain import plain
from assistant.flow.screen import Screen

LEAST_SENTENCES: Final = 3
# Of a hundred pieces of what is said of a screen this many at least are said of no other.
LEAST_OWN: Final = 5
_PIECE: Final = 3
_NAMED: Final = 3
# To find the nearest of thousands of screens, for thousands of them, would take minutes; real guides have a hundred.
_TOLD: Final = 50
_COMPARED: Final = 300


def screens_can_be_recognised(common: Common, document: Document) -> Iterator[Problem]:
    """Warn about screens of which too little is said, or that neither words nor drawings tell from another."""
    yield from _said_too_little(common.screens, document)
    yield from _not_told_apart(common.screens, document)
    yield from _looking_the_same(common.screens, document)


def _said_too_little(screens: Mapping[str, Screen], document: Document) -> Iterator[Problem]:
    for name, screen in screens.items():
        for language, wording in screen.wording.items():
            if len(wording.says) < LEAST_SENTENCES:
                message = say(
                    "what customers say of '{name}' ({count} in '{language}') is too little to recognise it by; "
                    "write {least} sentences or more under 'says'",
                    name=name,
                    count=len(wording.says),
                    language=language,
                    least=LEAST_SENTENCES,
                )
                mark = document.key_mark("screens", name, "wording", language)
                yield Problem(document.path, mark, "few-sentences", message, "warning")


def _not_told_apart(screens: Mapping[str, Screen], document: Document) -> Iterator[Problem]:
    said = {name: _pieces(screen) for name, screen in screens.items()}
    owners = Counter(piece for pieces in said.values() for piece in pieces)
    told = 0
    for name, pieces in said.items():
        own = sum(owners[piece] == 1 for piece in pieces)
        others = [other for other in screens if other != name]
        if told < _TOLD and others and pieces and 100 * own < LEAST_OWN * len(pieces):
            told += 1
            nearest = max(others, key=lambda other: len(pieces & said[other]))
            shared = ", ".join(f"「{text}」" for text in _shared(screens[name], screens[nearest]))
            message = say(
                "the words of '{name}' are those of '{nearest}', too{shared}; "
                "nothing said tells them apart, so write what only one of them is called or says",
                name=name,
                nearest=nearest,
                shared=say(": {words}", words=shared) if shared else NOTHING,
            )
            yield Problem(document.path, document.key_mark("screens", name), "not-told-apart", message, "warning")


def _looking_the_same(screens: Mapping[str, Screen], document: Document) -> Iterator[Problem]:
    languages = dict.fromkeys(language for screen in screens.values() for language in screen.wording)
    for language in languages:
        drawn = {name: screen for name, screen in screens.items() if language in screen.wording}
        shapes: dict[object, list[str]] = {}
        for name, screen in drawn.items():
            shapes.setdefault((screen.frame, screen.wording[language].shape()), []).append(name)
        for first, second in (pair for names in shapes.values() for pair in combinations(names[:_COMPARED], 2)):
            texts = [drawn[name].wording[language].labels() for name in (first, second)]
            if all(looks_like(one, other) for one, other in zip(*texts, strict=True)):
                message = say(
                    "'{second}' is drawn in '{language}' like '{first}'; show what tells them apart, or make them one",
                    second=second,
                    language=language,
                    first=first,
                )
                mark = document.key_mark("screens", second, "wording", language)
                yield Problem(document.path, mark, "drawings-alike", message, "warning")


def _texts(screen: Screen) -> Iterator[str]:
    for wording in screen.wording.values():
        yield from (text for element in wording.drawing if element.kind == "title" for text in element.texts)
        yield from wording.aliases
        yield from wording.says


def _pieces(screen: Screen) -> set[str]:
    """Return the pieces of all that is said of a screen at once, which is quicker than text by text."""
    letters = plain("\n".join(_texts(screen)))
    return {letters[place : place + _PIECE] for place in range(len(letters) - _PIECE + 1)}


def _shared(one: Screen, other: Screen) -> list[str]:
    theirs = {plain(text) for text in _texts(other)}
    return [text for text in dict.fromkeys(_texts(one)) if plain(text) in theirs][:_NAMED]
