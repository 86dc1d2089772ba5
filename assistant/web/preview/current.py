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
    """Holds the present moment, and lets many threads wait for the next one."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._now = Now()
        self._closed = False
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

    def wait(self, stamp: int, seconds: float) -> Now:
        """Return the present moment as soon as its stamp is another, the time is over, or the preview ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._now.stamp != stamp, seconds)
            return self._now

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
