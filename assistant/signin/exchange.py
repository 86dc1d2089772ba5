"""The requests of one step of a sign-in, under one deadline; what MSAL calls an http client."""

import json
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, TypeAlias, TypeVar

import requests

from assistant.config import ConfigError
from assistant.signin.connection import session_for

T = TypeVar("T")

DESCRIBED_LASTS: Final = 300
MAXIMUM_BYTES: Final = 1_000_000
_CHUNK: Final = 16_384
# The provider is out of order or busy, whatever else it says; MSAL takes either for an answer that makes no sense.
_LATER: Final = frozenset({429, *range(500, 600)})


class TransportFailed(Exception):
    """No usable answer came; `result` is how flows know it: waiting helps, unless our settings are at fault."""

    def __init__(self, reason: str, result: str = "try-later") -> None:
        """Keep a reason that names neither address nor content."""
        self.result = result
        super().__init__(reason)


class NotStarted(Exception):
    """There was no thread to do the work in."""


@dataclass(frozen=True)
class Reply:
    """An HTTP answer as MSAL reads one."""

    status_code: int
    headers: Mapping[str, str]
    text: str

    def raise_for_status(self) -> None:
        """Raise TransportFailed for an error of the server or a client error."""
        if self.status_code >= 400:
            refused = self.status_code < 500 and self.status_code != 429
            raise TransportFailed(f"status {self.status_code}", "misconfigured" if refused else "try-later")


@dataclass(frozen=True)
class Request:
    """An HTTP request to the provider, and how many seconds it may take."""

    method: str
    url: str
    timeout: float
    params: Mapping[str, str] | None = None
    data: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] | None = field(default=None, repr=False)


# Sends one request, redirects not followed; raises TransportFailed.
Send: TypeAlias = Callable[[Request], Reply]


class Exchange:
    """Sends the requests of one step; each may take what is left of the step's seconds.

    What was fetched by GET is fetched once: MSAL and the token check need the same metadata. `known` has been fetched
    before the step.
    """

    def __init__(self, send: Send, seconds: float, known: Mapping[str, Reply] | None = None) -> None:
        """Start the clock."""
        self._send: Final = send
        self._until: Final = time.monotonic() + seconds
        self._fetched: Final = dict(known or {})

    def get(
        self, url: str, params: Any = None, headers: Mapping[str, str] | None = None, **_: Any
    ) -> Reply:  # the shape of MSAL's HttpClient
        """Fetch an address, or return what was fetched from it before."""
        if params:
            return self._ask("GET", url, params, None, headers)
        if url not in self._fetched:
            self._fetched[url] = self._ask("GET", url, None, None, headers)
        return self._fetched[url]

    def post(
        self, url: str, params: Any = None, data: Any = None, headers: Mapping[str, str] | None = None, **_: Any
    ) -> Reply:
        """Post a form."""
        return self._ask("POST", url, params, data, headers)

    def close(self) -> None:
        """Close nothing: every request closes what it opened."""

    def json(self, url: str) -> Any:
        """Fetch an address and return the JSON object there; raises TransportFailed or ValueError."""
        reply = self.get(url)
        reply.raise_for_status()
        value = json.loads(reply.text)
        if not isinstance(value, dict):
            raise TypeError("no JSON object")
        return value

    def _ask(self, method: str, url: str, params: Any, data: Any, headers: Mapping[str, str] | None) -> Reply:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TransportFailed("out of time")
        reply = self._send(Request(method, url, left, params, data, headers))
        if reply.status_code in _LATER:
            reply.raise_for_status()
        return reply


class Described:
    """How the provider described itself last, for some minutes: to begin a sign-in then needs nobody's answer."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing."""
        self._clock: Final = clock
        self._kept: tuple[float, Mapping[str, Reply]] = (float("-inf"), {})

    def known(self) -> Mapping[str, Reply]:
        """Return what is still believed, by address."""
        kept_at, replies = self._kept
        return replies if self._clock() - kept_at < DESCRIBED_LASTS else {}

    def keep(self, address: str, reply: Reply) -> None:
        """Believe a reply that was found good."""
        if address not in self.known():
            self._kept = (self._clock(), {address: reply})

    def forget(self) -> None:
        """Believe nothing: something went wrong, and it may be that the provider has moved."""
        self._kept = (float("-inf"), {})


def over_network(*, proxy: str | None, ca_file: str | None) -> Send:
    """Return what sends over the network, by this proxy if one is given, trusting this CA file or the public ones.

    The environment's own proxy and CA variables count for nothing: `REQUESTS_CA_BUNDLE` would silently win (measured).
    Raises ConfigError for a CA file that holds no certificate.
    """
    if ca_file:
        _check_ca_file(ca_file)

    def send(request: Request) -> Reply:
        until = time.monotonic() + request.timeout
        try:
            with session_for(request.timeout) as session:
                session.trust_env = False
                session.verify = ca_file or True
                session.proxies = {"http": proxy, "https": proxy} if proxy else {}
                with session.request(
                    request.method,
                    request.url,
                    params=request.params,
                    data=request.data,
                    headers=request.headers,
                    timeout=request.timeout,
                    stream=True,
                    allow_redirects=False,
                ) as answer:
                    return Reply(answer.status_code, dict(answer.headers), _body(answer, until))
        except requests.exceptions.SSLError as error:
            raise TransportFailed("TLS", "misconfigured") from error
        except requests.RequestException as error:
            raise TransportFailed(type(error).__name__) from error
        except OSError as error:  # the CA file was taken away while we run
            raise TransportFailed(type(error).__name__, "misconfigured") from error

    return send


def _check_ca_file(ca_file: str) -> None:
    try:
        ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise ConfigError(f"ASSISTANT_CA_FILE: '{ca_file}' holds no PEM certificate") from error


def _body(answer: requests.Response, until: float) -> str:
    body = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        body += chunk
        if len(body) > MAXIMUM_BYTES:
            raise TransportFailed("too large")
    if time.monotonic() > until:  # cut off, which may look like an end
        raise TransportFailed("out of time")
    return body.decode("utf-8", "replace")


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what `work` returns, or raise TransportFailed when the seconds are over, NotStarted if it never began.

    Name look-ups cannot be cut short, so only a thread of its own keeps the promise; a late one ends soon after, when
    its connection is cut.
    """
    outcome: SimpleQueue[Callable[[], T]] = SimpleQueue()

    def run() -> None:
        try:
            value = work()
        except BaseException as error:
            outcome.put(_raising(error))
        else:
            outcome.put(lambda: value)

    try:
        Thread(target=run, name="sign-in", daemon=True).start()
    except RuntimeError:  # the system gives no more threads
        raise NotStarted from None
    try:
        return outcome.get(timeout=seconds)()
    except Empty:
        raise TransportFailed("out of time") from None


def _raising(error: BaseException) -> Callable[[], Any]:
    def again() -> Any:
        raise error

    return again
