"""Which screens can be found from a position, and how: kept for each configuration, which is all that it depends on."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from assistant.catalog import Guide
from assistant.flow.common import Common
from assistant.flow.engine import Position
from assistant.flow.explorer import Configuration
from assistant.flow.model import Answer
from assistant.flow.recognising.way import ways_home

Answers: TypeAlias = tuple[Answer, ...]
Outlook: TypeAlias = Mapping[str, Answers]

MAXIMUM_OUTLOOKS: Final = 256


class Outlooks:
    """Looks ahead from positions; shared by all threads. What it remembers is bounded and never changes an answer."""

    def __init__(self, common: Common) -> None:
        """Take the screens, whose order every outlook has."""
        self._order: Final = {screen: place for place, screen in enumerate(common.screens)}
        self._kept: Final[dict[tuple[str, Configuration], Outlook]] = {}

    def ahead(self, guide: Guide, position: Position) -> Outlook:
        """Return for each screen that can be found from here the answers still to give, in the order of the screens."""
        key = (guide.id, guide.exploration.configuration(position))
        found = self._kept.get(key)
        if found is None:
            given = len(position.answers)
            ways = ways_home(guide.engine, guide.exploration, position)
            found = {screen: ways[screen][given:] for screen in sorted(ways, key=self._order.__getitem__)}
            if len(self._kept) >= MAXIMUM_OUTLOOKS:
                self._kept.clear()
            self._kept[key] = found
        return found

    def nearest(self, guide: Guide, position: Position) -> Position | None:
        """Return the latest position on the way here from which any screen can be found, or None."""
        for given in range(len(position.answers), -1, -1):
            earlier = position if given == len(position.answers) else guide.engine.replay(position.answers[:given])
            if self.ahead(guide, earlier):
                return earlier
        return None
