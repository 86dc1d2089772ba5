"""What the preview shows at the moment: the last good version, and what is wrong with the files as they are now."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from assistant.catalog.files import Files
from assistant.flow.problem import Problem
from assistant.web.preview.version import Version


@dataclass(frozen=True)
class Now:
    """One moment: `stamp` counts what was read, `good` is the last good version, `problems` are those of `files`.

    `stale` says that `good` is older than the files; `files` is None where nothing could be read at all.
    """

    stamp: int = 0
    good: Version | None = None
    files: Files | None = None
    problems: tuple[Problem, ...] = ()
    stale: bool = False


class Current:
    """Holds the present moment, and lets a number of threads wait for the next one."""

    def __init__(self, waiting: int) -> None:
        """Begin with nothing read; so many may wait at once."""
        self._now = Now()
        self._closed = False
        self._maximum: Final = waiting
        self._waiting: Final[dict[object, None]] = {}
        self._changed: Final = threading.Condition()

    @property
    def now(self) -> Now:
        """Return the present moment."""
        return self._now

    def change(self, make: Callable[[Now], Now]) -> None:
        """Replace the present moment by what `make` makes of it, and wake everybody who waits."""
        with self._changed:
            self._now = make(self._now)
            self._changed.notify_all()

    def wait(self, stamp: int, seconds: float) -> Now | None:
        """Return the present moment as soon as its stamp is another, the time is over, or the preview ends.

        Who comes when too many wait already takes the place of who has waited longest, and often is there no more: a
        browser that went on to another page does not say so. That one gets None.
        """
        place = object()
        with self._changed:
            self._waiting[place] = None
            if len(self._waiting) > self._maximum:
                del self._waiting[next(iter(self._waiting))]
                self._changed.notify_all()
            self._changed.wait_for(lambda: self._over(stamp, place), seconds)
            displaced = place not in self._waiting
            self._waiting.pop(place, None)
            return None if displaced and self._now.stamp == stamp else self._now

    def _over(self, stamp: int, place: object) -> bool:
        return self._closed or self._now.stamp != stamp or place not in self._waiting

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
