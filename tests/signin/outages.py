"""What goes wrong on the way to a provider: what is said on a connection in place of an answer, well or not."""

import gzip
import json
import socket
import struct
from dataclasses import dataclass

from tests.signin.tls import Asked, Say

MEGABYTES = 1_000_000
_EVERY = 0.05


@dataclass(frozen=True)
class Outage:
    """What is said, and what a customer is told; one that `hangs` is over when our patience is."""

    name: str
    say: Say
    result: str
    hangs: bool = False

    def __str__(self) -> str:
        return self.name


def answer(body: bytes, status: str = "200 OK", *headers: str, kind: str = "application/json") -> Say:
    """Say a whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close"]
    return words("\r\n".join([*lines, *headers, "", ""]).encode() + body)


def words(said: bytes) -> Say:
    """Say these bytes and hang up."""
    return lambda asked: asked.connection.sendall(said)


def silence(asked: Asked) -> None:
    """Take the request and say nothing."""
    asked.over.wait()


def dripping(before: bytes, drop: bytes) -> Say:
    """Begin an answer and go on drop by drop, each long before a socket's own timeout."""

    def say(asked: Asked) -> None:
        asked.connection.sendall(before)
        while not asked.over.wait(_EVERY):
            asked.connection.sendall(drop)

    return say


def late(seconds: float, then: Say) -> Say:
    """Think about it for some seconds."""
    return lambda asked: None if asked.over.wait(seconds) else then(asked)


def reset(asked: Asked) -> None:
    """Begin an answer and break the connection."""
    asked.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
    asked.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def redirected_to_itself(asked: Asked) -> None:
    """Send the request where it went."""
    answer(b"", "302 Found", f"Location: {asked.line.split(' ')[1]}")(asked)


def described(**metadata: object) -> Say:
    """Say a description that has only this in it."""
    return answer(json.dumps(metadata).encode())


DRIPPING_HEAD = dripping(b"HTTP/1.1 200 OK\r\nX-Endless: ", b"x")
DRIPPING_BODY = dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n", b" ")
DRIPPING_CHUNKS = dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n")
HTML = b"<!DOCTYPE html><title>Sign in to the hotel's network</title>"
ZIPPED = ("Content-Encoding: gzip",)

OUTAGES = [
    Outage("hangs up without a word", words(b""), "try-later"),
    Outage("is cut off in the middle", reset, "try-later"),
    Outage("hangs up in the middle", words(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"), "try-later"),
    Outage("says no HTTP", words(b"220 mail.example.com ready\r\n"), "try-later"),
    Outage("says a thousand headers", words(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"), "try-later"),
    Outage("is out of order", answer(HTML, "500 Internal Server Error", kind="text/html"), "try-later"),
    Outage("is busy", answer(b"", "503 Service Unavailable", "Retry-After: 120"), "try-later"),
    Outage("is asked too often", answer(b"{}", "429 Too Many Requests", "Retry-After: 60"), "try-later"),
    Outage("says three megabytes", answer(b" " * 3 * MEGABYTES), "try-later"),
    Outage(
        "says a megabyte a thousand times over",
        answer(gzip.compress(bytes(100 * MEGABYTES)), "200 OK", *ZIPPED),
        "try-later",
    ),
    Outage("says what is not zipped as if it were", answer(b"{}", "200 OK", *ZIPPED), "try-later"),
    Outage("says nothing", silence, "try-later", hangs=True),
    Outage("says one letter of a header at a time", DRIPPING_HEAD, "try-later", hangs=True),
    Outage("says one letter of the answer at a time", DRIPPING_BODY, "try-later", hangs=True),
    Outage("says one chunk of the answer at a time", DRIPPING_CHUNKS, "try-later", hangs=True),
    Outage("answers after ten seconds", late(10, described()), "try-later", hangs=True),
    Outage("knows no such address", answer(b"{}", "404 Not Found"), "misconfigured"),
    Outage("forbids it", answer(HTML, "403 Forbidden", kind="text/html"), "misconfigured"),
    Outage("sends in circles", redirected_to_itself, "misconfigured"),
    Outage("sends elsewhere", answer(b"", "307 Temporary Redirect", "Location: https://example.com/"), "misconfigured"),
    Outage("says half a JSON", answer(b'{"issuer": "https://'), "misconfigured"),
    Outage("says bytes", answer(bytes(range(256))), "misconfigured"),
    Outage("says a page", answer(HTML, kind="text/html"), "misconfigured"),
    Outage("says an empty page", answer(b""), "misconfigured"),
    Outage("says a list", answer(b"[]"), "misconfigured"),
    Outage("says null", answer(b"null"), "misconfigured"),
    Outage("says lists in lists", answer(b"[" * 100_000), "misconfigured"),
    Outage("describes nothing", described(), "misconfigured"),
    Outage(
        "describes itself in numbers", described(issuer=1, authorization_endpoint=2, token_endpoint=3), "misconfigured"
    ),
]
