"""The HTTP server of `assistant serve`: runs on Windows too and finishes the requests in flight when it is stopped."""

import signal
import threading
from collections.abc import Callable
from typing import Any, Final, Protocol

from cheroot import wsgi

THREADS: Final = 16
# Connections that the system keeps until they are accepted; with cheroot's 5 a burst of visitors waits for seconds.
WAITING: Final = 128
# Seconds: a client that sends nothing is let go, and requests in flight are waited for when stopping.
IDLE: Final = 10
STOPPING: Final = 10


class Running(Protocol):
    """What runs beside a server: `serve` returns after `stop` was called, from another thread, at any time."""

    def serve(self) -> None:
        """Run until stopped."""

    def stop(self) -> None:
        """Ask to end."""


class Server(wsgi.Server):
    """Gives a connection a thread when it first says something; each spare one of a browser would hold a thread."""

    def process_conn(self, conn: Any) -> None:
        if conn.last_used is None:
            self.put_conn(conn)
        else:
            super().process_conn(conn)


def create_server(host: str, port: int) -> Server:
    """Return a server that is bound to its address already; raises OSError if it cannot be.

    Its `wsgi_app` is set before it runs: an application may have to know the port that was free.
    """
    server = Server(
        (host, port), None, numthreads=THREADS, request_queue_size=WAITING, timeout=IDLE, shutdown_timeout=STOPPING
    )
    server.server_name = "assistant"
    server.prepare()
    return server


def address_of(server: Server) -> str:
    """Return the address that a server is bound to, as browsers write it."""
    host, port = server.bind_addr[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(server: Server, started: Callable[[], None], *beside: Running) -> None:
    """Serve until SIGINT or SIGTERM; then take no new request, finish those in flight, and return.

    What is `beside` it runs as long as it does.
    """

    def stop(number: int, frame: Any) -> None:
        # Not in the signal handler's own thread, which is busy serving.
        for each in (server, *beside):
            threading.Thread(target=each.stop, name="stop").start()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    threads = [threading.Thread(target=each.serve, name="beside") for each in beside]
    for thread in threads:
        thread.start()
    started()
    server.serve()
    for thread in threads:
        thread.join()
