"""Cookies that only we can read and only our pages for signing in are sent; all for one purpose share a seal."""

from typing import Any, Final

from flask import Response, request

from assistant.web.sealing import Seal

# More than we ever set: whoever sends hundreds does not get as many back.
_AT_MOST: Final = 20


class SealedCookies:
    """Cookies of one purpose; another installation on the host, whose ports cookies ignore, names its own otherwise."""

    def __init__(self, seal: Seal, path: str, *, secure: bool) -> None:
        """Seal cookies for this path, sent by https only if `secure`."""
        self._seal: Final = seal
        self._path: Final = path
        self._secure: Final = secure
        self._prefix: Final = f"signin-{seal.name}-"

    def put(self, response: Response, name: str, value: Any, seconds: int) -> None:
        """Set plain data for so many seconds."""
        sealed = self._seal.encrypt(value)
        response.set_cookie(
            self._prefix + name,
            sealed,
            max_age=seconds,
            path=self._path,
            secure=self._secure,
            httponly=True,
            samesite="Lax",
        )

    def get(self, name: str, seconds: int) -> Any:
        """Return what was set at most so many seconds ago, or None."""
        sealed = request.cookies.get(self._prefix + name)
        return self._seal.decrypt(sealed, seconds) if sealed else None

    def forget(self, response: Response, name: str) -> None:
        """Delete a cookie."""
        response.delete_cookie(self._prefix + name, path=self._path, secure=self._secure, httponly=True, samesite="Lax")

    def names(self) -> list[str]:
        """Return the names of those that the browser sent, the oldest first."""
        sent = [name for name in request.cookies if name.startswith(self._prefix)][:_AT_MOST]
        sent.sort(key=lambda name: self._seal.encrypted_at(request.cookies[name]))
        return [name.removeprefix(self._prefix) for name in sent]
