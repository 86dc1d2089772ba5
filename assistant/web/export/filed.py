"""Where the pages of a static site are: one file for each configuration, named by its state."""

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.catalog import Guide
from assistant.flow.engine import Position
from assistant.flow.explorer import Configuration
from assistant.flow.model import Answer, code_of


class Filed:
    """The pages of one flow: the first page is the flow's folder, each other one a folder below it.

    A state's nearest configuration has the name of the state, those further off have a number behind it.
    """

    def __init__(self, guide: Guide) -> None:
        """Name every configuration that can be reached."""
        self.guide: Final = guide
        self._found: Final = guide.exploration
        self.start: Final = self._found.configuration(guide.engine.replay(()))
        self._names: Final[dict[Configuration, str]] = {}
        counts: dict[str, int] = {}
        for configuration in self._found.first:
            count = counts[configuration.state] = counts.get(configuration.state, 0) + 1
            name = configuration.state if count == 1 else f"{configuration.state}.{count}"
            self._names[configuration] = "" if configuration == self.start else f"{name}/"

    def path(self, configuration: Configuration) -> str:
        """Return the path of a configuration's page below its flow: empty, or with a slash at its end."""
        return self._names[configuration]

    def of_answers(self, answers: Sequence[Answer]) -> str:
        """Return the path of the page that answers lead to; raises NotReplayable."""
        return self.path(self._found.configuration(self.guide.engine.replay(answers)))

    def of_state(self, state: str) -> str:
        """Return the path of the page that a state's number leads to; raises KeyError if nothing leads there."""
        return self.of_answers(self.guide.shortest[state])

    def position(self, configuration: Configuration) -> Position:
        """Return a position of a configuration: as much of the answers as anything there can depend on."""
        return Position(configuration.state, (), dict(configuration.memory))

    def following(self, configuration: Configuration) -> dict[str, str]:
        """Return the paths of the pages that triggers lead to from a configuration."""
        return {trigger: self.path(there) for trigger, there in self._found.edges[configuration]}

    def reachable(self) -> Iterator[Configuration]:
        """Yield every configuration that links of the site lead to, by choices or by numbers; the first page first."""
        named = {self._found.configuration(self.guide.engine.replay(way)) for way in self.guide.shortest.values()}
        waiting = [self.start, *sorted(named - {self.start}, key=self.path)]
        seen = set(waiting)
        while waiting:
            here = waiting.pop(0)
            yield here
            choices = {trigger for trigger, _ in self.guide.engine.open_choices(self.position(here))}
            for trigger, there in self._found.edges[here]:
                if (trigger in choices or code_of(trigger)) and there not in seen:
                    seen.add(there)
                    waiting.append(there)
