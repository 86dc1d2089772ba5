"""Reads the flows again and again: each time they become the version that is shown, or the problems beside it."""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from assistant.catalog.files import Files, read
from assistant.catalog.places import no_flow
from assistant.catalog.sources import Memory, label
from assistant.flow.message import say
from assistant.flow.problem import FlowError, Mark, Problem
from assistant.web.preview.current import Current, Now
from assistant.web.preview.version import Making, Version

_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """The files as they were read, None where that failed, and every problem."""

    files: Files | None
    problems: tuple[Problem, ...]


class Renewing:
    """Reads a folder of flows and changes what is current; whatever is in the files, the last good version stays."""

    def __init__(self, making: Making, current: Current, told: Callable[[Now], None]) -> None:
        """Take what makes versions, what holds the present one, and who is told of each change."""
        self._making: Final = making
        self._current: Final = current
        self._told: Final = told
        self._memory: Final = Memory()

    def read(self) -> Reading:
        """Read and check the files."""
        try:
            with _uncollected():
                files = read(self._making.folder, self._memory)
        except OSError:  # the folder itself is gone or being replaced
            return Reading(None, (no_flow(self._making.folder),))
        except Exception as fault:  # an author goes on writing whatever a file does to the checker
            return Reading(None, (self._failed(fault),))
        return Reading(files, files.problems)

    def renew(self, reading: Reading) -> None:
        """Show what was read, or what is wrong with it."""
        good, problems = None, reading.problems
        try:
            good = None if reading.files is None else self._making.version(reading.files)
        except FlowError as error:
            problems = tuple(dict.fromkeys((*problems, *error.problems)))
        except Exception as fault:
            problems = (*problems, self._failed(fault))
        self._current.change(lambda now: _next(now, good, reading.files, problems))
        self._told(self._current.now)

    def _failed(self, fault: Exception) -> Problem:
        _LOGGER.error("the flows could not be shown", exc_info=fault)
        message = say(
            "could not be shown because of a fault in the program: {fault}; the terminal says more", fault=fault
        )
        return Problem(label(self._making.folder), Mark(), "preview-failed", message)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off looking for garbage among many new objects, which all are needed: it takes a third of reading flows."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _next(now: Now, good: Version | None, files: Files | None, problems: tuple[Problem, ...]) -> Now:
    return Now(now.stamp + 1, good or now.good, files, problems, stale=good is None)
