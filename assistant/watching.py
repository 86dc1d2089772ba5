"""Watches a folder of flows: what it holds is read again once its files have been left alone for a moment.

Looking at the files every 50 ms costs next to nothing for a folder of flows, and works on network drives, too.
"""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, Generic, TypeAlias, TypeVar

T = TypeVar("T")
Signature: TypeAlias = Mapping[str, tuple[int, int, int]]

# Seconds: between two looks, and for how long nothing may change before a save is taken for complete.
INTERVAL: Final = 0.05
STABLE: Final = 0.2

# The files that a folder of flows is read from; what editors write beside them has other names.
_PATTERNS: Final = ("*/*.yaml", "*/locales/*.po")


def signature(folder: Path) -> Signature:
    """Return modification time, size and inode of every file that flows are read from; what vanishes is left out."""
    found: dict[str, tuple[int, int, int]] = {}
    for pattern in _PATTERNS:
        # A file or folder that is replaced or removed just now: the next look sees what came of it.
        with suppress(OSError):
            found.update(_signed(path) for path in folder.glob(pattern))
    return found


def _signed(path: Path) -> tuple[str, tuple[int, int, int]]:
    status = path.stat()
    return str(path), (status.st_mtime_ns, status.st_size, status.st_ino)


class Watcher(Generic[T]):
    """Reads a folder again after each complete save, and hands on what was read while nothing changed."""

    def __init__(self, folder: Path, seen: Signature, read: Callable[[], T], settled: Callable[[T], None]) -> None:
        """Watch from `seen` on, which is the signature taken before the folder was read the first time."""
        self._folder: Final = folder
        self._seen = seen
        self._read: Final = read
        self._settled: Final = settled
        self._stopping: Final = threading.Event()

    def serve(self) -> None:
        """Watch until stopped."""
        while not self._stopping.wait(INTERVAL):
            now = signature(self._folder)
            if now != self._seen:
                self._follow(now)

    def stop(self) -> None:
        """End watching."""
        self._stopping.set()

    def _follow(self, changed: Signature) -> None:
        stable = self._stable(changed)
        if stable is None:
            return
        found = self._read()
        # What was saved while we read may have been read by half; the next look begins again.
        if signature(self._folder) == stable:
            self._seen = stable
            self._settled(found)

    def _stable(self, changed: Signature) -> Signature | None:
        """Return the signature once it has stayed the same for `STABLE` seconds, or None when stopped before."""
        since = time.monotonic()
        while time.monotonic() - since < STABLE:
            if self._stopping.wait(INTERVAL / 2):
                return None
            now = signature(self._folder)
            if now != changed:
                changed, since = now, time.monotonic()
        return changed
