"""Connections that end when their time is over, whatever the other side is doing."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter


@contextmanager
def session_for(seconds: float) -> Iterator[requests.Session]:
    """Give a session whose connections are cut after so many seconds.

    A socket's own timeout counts from byte to byte: an answer that comes drop by drop would hold its thread for hours.
    """
    connections = _Connections()
    timer = Timer(seconds, connections.cut)
    timer.daemon = True
    timer.start()
    try:
        with requests.Session() as session:
            session.mount("https://", connections)
            session.mount("http://", connections)
            yield session
    finally:
        timer.cancel()


class _Connections(HTTPAdapter):
    """What carries requests, and remembers the sockets that it opens."""

    def __init__(self) -> None:
        self._over = False
        self._opened: Final[list[socket.socket]] = []
        self._lock: Final = Lock()
        super().__init__()

    def get_connection_with_tls_context(self, *arguments: Any, **named: Any) -> Any:
        """Return the pool of an address, whose connections report their sockets: the plain one, then the one with TLS.

        A connection forgets its socket when the answer is to be the last, long before that has come.
        """
        pool: Any = super().get_connection_with_tls_context(*arguments, **named)
        usual: Any = pool.ConnectionCls
        opened = self._remember

        class Connection(usual):  # type: ignore[misc]  # known only when it runs: another one for a proxy
            def __setattr__(self, name: str, value: Any) -> None:
                super().__setattr__(name, value)
                if name == "sock" and value is not None:
                    opened(value)

        pool.ConnectionCls = Connection
        return pool

    def cut(self) -> None:
        """Wake whoever waits at a socket, and whoever will."""
        with self._lock:
            self._over = True
            for each in self._opened:
                _shut(each)

    def _remember(self, opened: socket.socket) -> None:
        with self._lock:
            self._opened.append(opened)
            if self._over:
                _shut(opened)


def _shut(opened: socket.socket) -> None:
    with suppress(OSError):  # closed meanwhile
        opened.shutdown(socket.SHUT_RDWR)
