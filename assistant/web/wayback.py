"""A position as it travels through a sign-in, and the guide's page to come back to when a result is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assistant.flow.engine import NotReplayable, Position
from assistant.web.address import MAXIMUM_PATH, View, answers_path, guide_path, segments
from assistant.web.links import shorten
from assistant.web.routes import Place, Routes

_FIELDS: Final = ("language", "flow", "answers", "screen")


@dataclass(frozen=True)
class Way:
    """Where somebody is in which guide, replayed; nothing in it is personal."""

    place: Place
    position: Position
    screen: str | None = None

    @property
    def invoke(self) -> str | None:
        """Return what the state runs."""
        return self.place.guide.engine.flow.states[self.position.state].invoke

    @property
    def language(self) -> str:
        """Return the language of the page that it came from."""
        return self.place.language

    @property
    def number(self) -> int:
        """Return the number at the bottom of the page that it came from."""
        return self.place.guide.engine.flow.states[self.position.state].no

    @property
    def view(self) -> View:
        """Return how the page was shown."""
        return View(self.screen)

    @property
    def path(self) -> str:
        """Return the path of the page that it came from, with its view."""
        return guide_path(self.language, self.place.guide.id, self.position.answers) + self.view.suffix

    def after(self, trigger: str) -> str:
        """Return the path of the page that a result leads to, or of this page if the result leads nowhere."""
        engine = self.place.guide.engine
        following = engine.step(self.position, trigger)
        if following is None:
            return self.path
        path = guide_path(self.language, self.place.guide.id, following.answers)
        if len(path) > MAXIMUM_PATH:
            path = guide_path(self.language, self.place.guide.id, shorten(self.place.guide, following))
        return path + self.view.suffix

    @property
    def fields(self) -> dict[str, str]:
        """Return the way as a form's fields."""
        return dict(zip(_FIELDS, self.packed(), strict=True))

    def packed(self) -> list[str]:
        """Return the way as plain data."""
        return [self.language, self.place.guide.id, answers_path(self.position.answers), self.screen or ""]


class Ways:
    """Reads ways; knows the flows."""

    def __init__(self, routes: Routes, screens: Sequence[str]) -> None:
        """Take the flows, and the languages that screens are drawn in."""
        self._routes: Final = routes
        self._screens: Final = screens

    def read(self, fields: Mapping[str, str]) -> Way | str:
        """Return the way that a form's fields name, or the path of the furthest page that the guide still has of it.

        Raises 404 for an unknown language or flow.
        """
        language, flow, answers, screen = (fields.get(name, "") for name in _FIELDS)
        place = self._routes.place([language, flow, *segments(answers)])
        current = Place(place.guide, place.language, self._routes.current(place))
        try:
            position = place.guide.engine.replay(current.answers)
        except NotReplayable as error:
            return f"{guide_path(language, flow, error.position.answers)}?changed"
        return Way(current, position, screen if screen in self._screens and screen != language else None)

    def unpack(self, packed: Any) -> Way | str:
        """Return a way that was packed, as `read` does."""
        return self.read(dict(zip(_FIELDS, packed, strict=True)))
