"""Two versions of a flow, side by side: what each can answer, and which of their states are the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from assistant.flow.engine import Engine, Latest
from assistant.flow.explorer import Configuration, after, answerable, live_answers
from assistant.flow.message import Message, say
from assistant.flow.model import Answer

MAXIMUM: Final = 100_000


class TooManyConfigurations(Exception):
    """The versions cannot be compared exactly, because guards read too many earlier answers; `message` says so."""

    def __init__(self, maximum: int) -> None:
        """Name the limit that was passed."""
        self.message: Final[Message] = say(
            "more than {maximum} configurations: guards read too many earlier answers to compare the flows exactly;"
            " let them read fewer",
            maximum=maximum,
        )
        super().__init__(str(self.message))


@dataclass(frozen=True)
class Version:
    """One version of a flow, ready to be followed from configuration to configuration."""

    engine: Engine
    live: Mapping[str, frozenset[Answer]]
    triggers: Mapping[str, tuple[str, ...]]
    # Every part of the comparison comes by the same configurations again.
    _steps: dict[Configuration, Mapping[str, Configuration]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def start(self) -> Configuration:
        """Return where everybody begins."""
        return Configuration(self.engine.flow.start)

    def ended(self, here: Configuration) -> bool:
        """Say whether the flow has come to an ending."""
        return self.engine.flow.states[here.state].outcome is not None

    def steps(self, here: Configuration) -> Mapping[str, Configuration]:
        """Return what is open in a configuration and where it leads, in the author's order; nothing at an ending."""
        found = self._steps.get(here)
        if found is None:
            triggers = () if self.ended(here) else self.triggers[here.state]
            latest = dict(here.memory)
            steps = ((trigger, self._after(here, trigger, latest)) for trigger in triggers)
            found = self._steps[here] = {trigger: there for trigger, there in steps if there is not None}
        return found

    def step(self, here: Configuration, trigger: str) -> Configuration | None:
        """Return the configuration after any answer, named by this version or not; None if it is not open."""
        found = self.steps(here).get(trigger)
        if found is None and trigger not in self.triggers[here.state]:
            return self._after(here, trigger, dict(here.memory))
        return found

    def _after(self, here: Configuration, trigger: str, latest: Latest) -> Configuration | None:
        target = self.engine.target(here.state, trigger, latest)
        return None if target is None else after(here, trigger, target, self.live[target])


def version_of(engine: Engine) -> Version:
    """Make a version of an engine."""
    live = live_answers(engine.flow)
    return Version(engine, live, answerable(engine.flow, live))


def followed(
    version: Version, starts: Iterable[Configuration], maximum: int
) -> dict[Configuration, Mapping[str, Configuration]]:
    """Return every configuration that can be reached from these, with its steps; raises TooManyConfigurations."""
    waiting = list(dict.fromkeys(starts))
    found: dict[Configuration, Mapping[str, Configuration]] = {here: version.steps(here) for here in waiting}
    while waiting:
        for there in found[waiting.pop()].values():
            if there not in found:
                found[there] = version.steps(there)
                waiting.append(there)
        if len(found) > maximum:
            raise TooManyConfigurations(maximum)
    return found


@dataclass(frozen=True)
class Versions:
    """The old and the new version. A state that the new version calls otherwise (`was:`) is the same state."""

    old: Version
    new: Version

    def now(self, state: str) -> str:
        """Return the id that a state of the old version has in the new one."""
        return self.new.engine.flow.renamed.get(state, state)

    def same(self, old: str | None, new: str | None) -> bool:
        """Say whether a state of the old version and one of the new are the same, or both are none."""
        return new == (None if old is None else self.now(old))
