"""What a path of the guide means: a flow in a language and a list of answers, or a state's number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import abort
from werkzeug.datastructures import LanguageAccept

from assistant.catalog import Catalog, Guide
from assistant.flow.model import Answer
from assistant.web.address import guide_path, parse_answers


@dataclass(frozen=True, slots=True)
class Place:
    """A guide URL taken apart: whose flow in which language, and the answers as they are written there."""

    guide: Guide
    language: str
    answers: tuple[Answer, ...]


class Routes:
    """Finds what a path of the guide means; knows the catalog and nothing of pages."""

    def __init__(self, catalog: Catalog) -> None:
        """Index the numbers of all states; guides come in the order of the numbers of their first pages."""
        self._guides: Final = dict(sorted(catalog.guides.items(), key=lambda named: _first_number(named[1])))
        self.languages: Final = tuple(
            dict.fromkeys(code for guide in self._guides.values() for code in guide.languages)
        )
        self._known: Final = {name: _answers(guide) for name, guide in self._guides.items()}
        self._numbers: Final = {
            state.no: (guide, state.gone or name)
            for guide in self._guides.values()
            for name, state in guide.engine.flow.states.items()
        }

    def exact(self, path: str) -> Place | None:
        """Return what a path names if it is spelled exactly as our links are, with nothing to look up but its parts."""
        parts = path.split("/")
        if len(parts) < 4 or parts[0] or parts[-1]:
            return None
        guide = self._guides.get(parts[2])
        if guide is None or parts[1] not in guide.languages:
            return None
        known = self._known[guide.id]
        try:
            return Place(guide, parts[1], tuple([known[part] for part in parts[3:-1]]))
        except KeyError:
            return None

    def place(self, parts: Sequence[str]) -> Place:
        """Return what the parts of a path name; raises 404 for an unknown language or flow."""
        language, name, *answers = parts
        guide = self._guides.get(name)
        if guide is None or language not in guide.languages:
            abort(404)
        return Place(guide, language, parse_answers(answers))

    def numbered(self, number: str, language: str) -> str:
        """Return the path of the shortest answers to the state with this number; raises 404."""
        found = self._numbers.get(int(number)) if number.isascii() and number.isdecimal() and len(number) < 6 else None
        if found is None:
            abort(404)
        guide, state = found
        answers = guide.shortest.get(state)
        if answers is None:
            abort(404)
        return guide_path(language if language in guide.languages else guide.languages[0], guide.id, answers)

    def preferred(self, accepted: LanguageAccept) -> str:
        """Return the language that a browser asks for, else the first; a stranger to all of them is offered English."""
        best = accepted.best_match(self.languages)
        if best is None and accepted and "en" in self.languages:
            return "en"
        return best or self.languages[0]

    def only_flow(self) -> str | None:
        """Return the id of the flow if there is just one."""
        return next(iter(self._guides)) if len(self._guides) == 1 else None

    def first_guide(self, language: str) -> Guide | None:
        """Return the guide that comes first among those that speak a language, or None if none does."""
        return next(iter(self.guides(language)), None)

    def current(self, place: Place) -> tuple[Answer, ...]:
        """Return the answers with every renamed state (`was:`) under its present id."""
        return tuple(map(place.guide.engine.current, place.answers))

    def guides(self, language: str) -> list[Guide]:
        """Return the guides that speak a language, in their order."""
        return [guide for guide in self._guides.values() if language in guide.languages]

    def number(self, parts: Sequence[str]) -> str | None:
        """Return the number that a path names (`/27`, `/ja/27`), or None if it is another kind of path."""
        named = len(parts) == 1 or (len(parts) == 2 and parts[0] in self.languages)
        return parts[-1] if named and parts[-1].isdecimal() else None


def _first_number(guide: Guide) -> int:
    flow = guide.engine.flow
    return flow.states[flow.start].no


def _answers(guide: Guide) -> dict[str, Answer]:
    """Return every answer that the flow itself knows, as it stands in a path."""
    table = guide.engine.table
    answers = (Answer(state, trigger) for state, triggers in table.items() for trigger in triggers)
    return {str(answer): answer for answer in answers}
