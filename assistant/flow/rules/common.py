"""Rules about what all flows share: facts, notes, error codes and the drawings of screens."""

from collections.abc import Iterator, Mapping

from assistant.flow.common import UNKNOWN, Common
from assistant.flow.document import Document
from assistant.flow.message import say
from assistant.flow.problem import Problem
from assistant.flow.rules.screens import screens_can_be_recognised
from assistant.flow.rules.texts import text_problems
from assistant.flow.screen import Screen, Wording
from assistant.flow.translation import common_entries


def check_common(common: Common, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Return problems of what the flows share; `documents` are facts, notes, codes and screens by these names."""
    places = {name: documents.get(name) for name in ("facts", "notes", "codes")}
    for entry in common_entries(common):
        document = places.get(str(entry.place[0]))
        if document is not None:
            yield from text_problems(entry, document, common, frozenset())
    codes = documents.get("codes")
    if codes is not None and common.codes and UNKNOWN not in common.codes:
        message = say("no 'unknown' says what to do about a number that is not listed here; add it")
        yield Problem(codes.path, codes.key_mark("codes"), "missing-unknown", message)
    screens = documents.get("screens")
    if screens is not None:
        yield from screens_can_be_drawn(common, screens)
        yield from screens_can_be_recognised(common, screens)


def screens_can_be_drawn(common: Common, document: Document) -> Iterator[Problem]:
    """A drawing has one place to look at, a host if it is a web page, and the same elements in every language."""
    for name, screen in common.screens.items():
        if screen.frame == "browser" and screen.host is None:
            message = say("'{name}' is a web page; add the 'host' that the address bar shows", name=name)
            yield Problem(document.path, document.key_mark("screens", name), "missing-key", message)
        for language, wording in screen.wording.items():
            yield from _wording_problems(document, screen, name, language, wording)


def _wording_problems(
    document: Document, screen: Screen, name: str, language: str, wording: Wording
) -> Iterator[Problem]:
    place = ("screens", name, "wording", language)
    count = list(wording.labels()).count(wording.look)
    if count != 1:
        message = say(
            "'{words}' stands in the drawing {count} times; 'look' names exactly one of its texts, once",
            words=wording.look,
            count=count,
        )
        yield Problem(document.path, document.mark(*place, "look"), "bad-look", message)
    first_language, first = next(iter(screen.wording.items()))
    if wording.shape() != first.shape():
        message = say(
            "drawn differently from '{language}'; use the same elements in the same order", language=first_language
        )
        yield Problem(document.path, document.key_mark(*place), "drawing-differs", message)
