"""What a page of questions asks about, as its query says it: ids of screens and how far the questions have come."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs

from assistant.flow.recognising.distinction import MAXIMUM_QUESTIONS, Question

ALL: Final = "all"


@dataclass(frozen=True)
class Asked:
    """Which screens it may be: `among` these, or all where None; `without` were seen and are none of them.

    `asked` counts the questions so far; so many of the best questions as `unsure` says are passed over.
    """

    among: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    asked: int = 0
    unsure: int = 0

    def remaining(self, screens: Iterable[str]) -> tuple[str, ...]:
        """Return which of these screens it may be, in their order."""
        return tuple(
            screen for screen in screens if screen not in self.without and (self.among is None or screen in self.among)
        )

    @property
    def more(self) -> bool:
        """Say whether there is a question left to ask."""
        return self.asked < MAXIMUM_QUESTIONS

    def narrowed(self, screens: tuple[str, ...]) -> "Asked":
        """Return what to ask about after an answer that leaves these."""
        return replace(self, among=screens, asked=self.asked + 1, unsure=0)

    def answered(self, question: Question) -> "tuple[Asked, Asked, Asked]":
        """Return what to ask about after yes, no, and "I do not know", which takes the next best question."""
        again = replace(self, asked=self.asked + 1, unsure=self.unsure + 1)
        return self.narrowed(question.shown), self.narrowed(question.absent), again

    def none_of(self, screens: Iterable[str], order: Sequence[str]) -> "Asked":
        """Return what to ask about when it is none of these, either."""
        seen = {*self.without, *screens}
        return Asked(without=tuple(screen for screen in order if screen in seen))

    def query(self, screen: str | None) -> str:
        """Return the one spelling of this as a query, for a reader whose drawings are in another language."""
        parts = [f"among={ALL if self.among is None else ','.join(self.among)}"]
        parts += [f"not={','.join(self.without)}"] if self.without else []
        parts += [f"asked={self.asked}"] if self.asked else []
        parts += [f"unsure={self.unsure}"] if self.unsure else []
        parts += [f"screen={screen}"] if screen else []
        return "&".join(parts)


def parse_asked(query: str, screens: Sequence[str]) -> Asked | None:
    """Return what a query asks about, None if it asks nothing; what is not understood or unknown is left out."""
    values = parse_qs(query, keep_blank_values=True)
    if "among" not in values:
        return None
    named, left_out = (set(",".join(values.get(name, [])).split(",")) for name in ("among", "not"))
    without = tuple(screen for screen in screens if screen in left_out)
    among = tuple(screen for screen in screens if screen in named and screen not in left_out)
    everything = tuple(screen for screen in screens if screen not in left_out)
    asked, unsure = (_count(values.get(name)) for name in ("asked", "unsure"))
    every = ALL in named or not among or among == everything
    return Asked(None if every else among, without, min(asked, MAXIMUM_QUESTIONS), unsure)


def _count(values: list[str] | None) -> int:
    return int(values[0]) if values and re.fullmatch(r"[1-9][0-9]?", values[0]) else 0
