"""Where somebody is who asks which screen it is, and the links from there: relative, with the reader's screens kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.flow.engine import Position
from assistant.flow.model import LOST, Answer
from assistant.flow.recognising.way import way_by_number
from assistant.web.address import MAXIMUM_PATH, View, answers_path, guide_path
from assistant.web.identify.outlook import Outlook
from assistant.web.links import shorten
from assistant.web.routes import Place


@dataclass(frozen=True)
class Here:
    """The position from which is asked, the language of the reader's drawings if not the guide's, and what lies ahead.

    `depth` is how many parts the page's path has behind the position's.
    """

    place: Place
    position: Position
    screen: str | None
    ahead: Outlook
    depth: int = 1

    @property
    def number(self) -> int:
        """Return the number of the position's page."""
        return self.place.guide.engine.flow.states[self.position.state].no

    @property
    def suffix(self) -> str:
        """Return the query that keeps the reader's screens on the next page."""
        return View(self.screen).suffix

    @property
    def root(self) -> str:
        """Return the link to the root of the site."""
        return "../" * (len(self.position.answers) + 2 + self.depth)

    @property
    def box(self) -> str:
        """Return the link to the page with the box."""
        return f"{'../' * (self.depth - 1) or './'}{self.suffix}"

    @property
    def back(self) -> str:
        """Return the link to the position's page."""
        return f"{'../' * self.depth}{self.suffix}"

    @property
    def lost(self) -> str | None:
        """Return the link to where the position leads those who are lost, or None where it leads nowhere."""
        following = self.place.guide.engine.step(self.position, LOST)
        return None if following is None else self.link(following.answers)

    def way(self, screen: str) -> str:
        """Return the link to what to do on a screen that can be found from here."""
        return self.link((*self.position.answers, *self.ahead[screen]))

    def way_by_number(self, number: str) -> str | None:
        """Return the link to what an error number leads to, or None where no page takes it."""
        ways = {screen: (*self.position.answers, *answers) for screen, answers in self.ahead.items()}
        answers = way_by_number(self.place.guide.engine, ways, number)
        return None if answers is None else self.link(answers)

    def link(self, answers: tuple[Answer, ...]) -> str:
        """Return the link to the page of these answers, those of the position included."""
        guide = self.place.guide
        if len(guide_path(self.place.language, guide.id, answers)) > MAXIMUM_PATH:
            answers = shorten(guide, guide.engine.replay(answers))
            return f"{self.root}{self.place.language}/{guide.id}/{answers_path(answers)}{self.suffix}"
        return f"{'../' * self.depth}{answers_path(answers[len(self.position.answers) :])}{self.suffix}"

    def in_language(self, code: str, page: str, queries: Mapping[str | None, str]) -> str:
        """Return the link to the same page in another language of the guide, with the same drawings."""
        drawn = self.screen or self.place.language
        query = queries[None if drawn == code else drawn]
        return f"{self.root}{code}/{self.place.guide.id}/{answers_path(self.position.answers)}{page}{query}"
