"""Sign-ins under way, each in an encrypted cookie of its own, so that two tabs never lose each other's."""

from collections.abc import Mapping
from hashlib import sha256
from threading import Lock
from typing import Any, Final

from flask import Response, request

from assistant.web.sealing import Seal

# A passcode mail can take minutes, and its code is good for 30 (measured).
LASTS: Final = 30 * 60
AT_MOST: Final = 3
_PREFIX: Final = "signin-"
_REMEMBERED: Final = 10_000


class PendingSignIns:
    """Keeps what a sign-in needs until its answer comes: in the browser, readable by us only, and used once."""

    def __init__(self, seal: Seal, path: str, *, secure: bool) -> None:
        """Seal cookies for this path, sent by https only if `secure`."""
        self._seal: Final = seal
        self._path: Final = path
        self._secure: Final = secure
        self._used: dict[str, None] = {}
        self._lock: Final = Lock()

    def keep(self, response: Response, state: str, value: Mapping[str, Any]) -> None:
        """Keep plain data for a state; the oldest of more than three is given up."""
        names = sorted(self._names(), key=lambda name: self._seal.encrypted_at(request.cookies[name]))
        for name in names[: max(0, len(names) + 1 - AT_MOST)]:
            self._forget(response, name)
        sealed = self._seal.encrypt({"for": _digest(state), **value})
        self.set(response, _name(state), sealed, LASTS)

    def take(self, state: str) -> Mapping[str, Any] | None:
        """Return what was kept for a state, once; None if it is lost, too old, or was taken before."""
        sealed = request.cookies.get(_name(state))
        value = self._seal.decrypt(sealed, LASTS) if sealed else None
        if value is None or value.get("for") != _digest(state):
            return None
        with self._lock:
            if _digest(state) in self._used:
                return None
            self._used[_digest(state)] = None
            while len(self._used) > _REMEMBERED:
                self._used.pop(next(iter(self._used)))
        return dict(value)

    def give_up(self, response: Response, state: str) -> None:
        """Forget one sign-in."""
        self._forget(response, _name(state))

    def give_up_all(self, response: Response) -> None:
        """Forget every sign-in of this browser."""
        for name in self._names():
            self._forget(response, name)

    def set(self, response: Response, name: str, value: str, seconds: int) -> None:
        """Set a cookie that only our own pages for signing in are sent."""
        response.set_cookie(
            name, value, max_age=seconds, path=self._path, secure=self._secure, httponly=True, samesite="Lax"
        )

    def _forget(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path=self._path, secure=self._secure, httponly=True, samesite="Lax")

    def _names(self) -> list[str]:
        return [name for name in request.cookies if name.startswith(_PREFIX)]


def _digest(state: str) -> str:
    return sha256(state.encode()).hexdigest()[:32]


def _name(state: str) -> str:
    return _PREFIX + _digest(state)[:16]
