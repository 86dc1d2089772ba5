"""The real server process: says where it is, finishes what it began, and tells in one sentence why it cannot start."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from urllib.parse import urlsplit

import pytest

from assistant.server import IDLE, THREADS
from tests.real_parts import COMMAND, ROOT, environment_without_settings

WITHIN = 30.0
FIRST_HALF = b"GET /ja/login/ HTTP/1.1\r\nHost: help.example.com\r\nX-Slow"
SECOND_HALF = b": yes\r\nConnection: close\r\n\r\n"
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: help.example.com\r\nConnection: close\r\n\r\n"

stopped_by_signal = pytest.mark.skipif(sys.platform == "win32", reason="Windows stops a process without a signal")


class Server:
    """An `assistant serve` of our own on a free port."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *options],
            cwd=ROOT,
            env=environment_without_settings(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        # The address is written before any answer could be given, so reading this line is waiting enough.
        self.printed = self.process.stdout.readline()

    @property
    def port(self) -> int:
        """The port that the printed address names."""
        return urlsplit(self.printed.strip()).port or 80

    def connect(self) -> socket.socket:
        """A connection to the server."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=WITHIN)

    def end(self) -> tuple[int, str]:
        """Exit code and what was written to standard error."""
        _, errors = self.process.communicate(timeout=WITHIN)
        return self.process.returncode, errors


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    server = Server(*options)
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            server.process.kill()
        server.process.communicate()


def everything_from(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < deadline, "it never came"


def refuses(server: Server) -> bool:
    try:
        server.connect().close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return False


def test_the_address_is_printed_first_and_answers_at_once() -> None:
    with serving() as server, closing(server.connect()) as connection:
        connection.sendall(WHOLE)
        answer = everything_from(connection)

    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/\n", server.printed)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"\r\n\r\nok\n")


@stopped_by_signal
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_request_in_flight_is_finished_when_the_server_is_stopped(number: signal.Signals) -> None:
    with serving() as server, closing(server.connect()) as slow:
        slow.sendall(FIRST_HALF)
        # Connections are served in the order in which they came, so when a later one was answered, a thread reads ours.
        with closing(server.connect()) as later:
            later.sendall(WHOLE)
            assert everything_from(later).startswith(b"HTTP/1.1 200 ")

        server.process.send_signal(number)
        until(lambda: refuses(server))
        slow.sendall(SECOND_HALF)
        answer = everything_from(slow)
        code, errors = server.end()

    head, _, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: ([0-9]+)", head)
    assert head.startswith(b"HTTP/1.1 200 ")
    assert length
    assert len(body) == int(length[1])
    assert body.rstrip().endswith(b"</html>")
    assert code == 0
    assert "Traceback" not in errors


def test_silent_connections_keep_nobody_waiting() -> None:
    with serving() as server, ExitStack() as open_connections:
        for _ in range(2 * THREADS):
            open_connections.enter_context(closing(server.connect()))
        with closing(server.connect()) as visitor:
            visitor.settimeout(IDLE / 2)
            visitor.sendall(WHOLE)
            assert everything_from(visitor).startswith(b"HTTP/1.1 200 ")


@stopped_by_signal
def test_silent_connections_do_not_delay_the_end() -> None:
    with serving() as server, closing(server.connect()), closing(server.connect()) as idle:
        idle.sendall(WHOLE.replace(b"close", b"keep-alive"))
        assert idle.recv(65536).startswith(b"HTTP/1.1 200 ")

        server.process.send_signal(signal.SIGTERM)
        server.process.wait(timeout=IDLE / 2)
        assert server.end()[0] == 0


def test_a_taken_port_is_told_in_one_sentence() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with serving("--port", str(port)) as server:
            code, errors = server.end()

    assert (server.printed, code) == ("", 1)
    assert errors.count("\n") == 1
    assert str(port) in errors
    assert "--port" in errors


def test_what_is_not_configured_is_told_after_the_address() -> None:
    with serving() as server:
        server.process.terminate()
        _, errors = server.end()

    assert re.search(r"^Facts: .*ASSISTANT_FACTS", errors, re.MULTILINE)
    assert "Traceback" not in errors


@pytest.mark.parametrize(("options", "named"), [((), True), (("--demo-sign-in",), False)])
def test_the_address_of_the_guide_is_named_as_missing_unless_the_address_that_customers_open_is_known(
    options: tuple[str, ...], named: bool
) -> None:
    with serving(*options) as server:  # to practise, the address of this server is the one that customers open
        server.process.terminate()
        _, errors = server.end()

    missing = re.search(r"^Facts: .*", errors, re.MULTILINE)
    assert missing is not None
    assert "login-manual" in missing[0]
    assert ("guide-address" in missing[0]) == named


@stopped_by_signal
def test_where_people_practise_both_servers_end_together() -> None:
    with serving("--demo-sign-in") as server:
        server.process.send_signal(signal.SIGINT)
        code, errors = server.end()

    assert code == 0
    assert re.search(r"^Sign-in: to practise only", errors, re.MULTILINE)
    assert "Traceback" not in errors
