"""Sign-ins under way, each in a cookie of its own, so that two tabs never lose each other's."""

from collections.abc import Mapping
from hashlib import sha256
from threading import Lock
from typing import Any, Final

from flask import Response

from assistant.web.cookies import SealedCookies

# A passcode mail can take minutes, and its code is good for 30 (measured).
LASTS: Final = 30 * 60
AT_MOST: Final = 3
_REMEMBERED: Final = 10_000


class PendingSignIns:
    """Keeps what a sign-in needs until its answer comes: in the browser, and to be used once."""

    def __init__(self, cookies: SealedCookies) -> None:
        """Keep it in these cookies."""
        self._cookies: Final = cookies
        self._used: Final[dict[str, None]] = {}
        self._lock: Final = Lock()

    def keep(self, response: Response, state: str, value: Mapping[str, Any]) -> None:
        """Keep plain data for a state; the oldest of more than three is given up."""
        names = self._cookies.names()
        for name in names[: max(0, len(names) + 1 - AT_MOST)]:
            self._cookies.forget(response, name)
        self._cookies.put(response, _name(state), {"for": _digest(state), **value}, LASTS)

    def take(self, state: str) -> Mapping[str, Any] | None:
        """Return what was kept for a state, once; None if it is lost, too old, or was taken before."""
        value, digest = self._cookies.get(_name(state), LASTS), _digest(state)
        if value is None or value["for"] != digest:
            return None
        with self._lock:
            if digest in self._used:
                return None
            self._used[digest] = None
            while len(self._used) > _REMEMBERED:
                self._used.pop(next(iter(self._used)))
        return dict(value)

    def give_up(self, response: Response, state: str) -> None:
        """Forget one sign-in."""
        self._cookies.forget(response, _name(state))

    def give_up_all(self, response: Response) -> None:
        """Forget every sign-in of this browser."""
        for name in self._cookies.names():
            self._cookies.forget(response, name)


def _digest(state: str) -> str:
    return sha256(state.encode("utf-8", "replace")).hexdigest()[:32]


def _name(state: str) -> str:
    return _digest(state)[:16]
