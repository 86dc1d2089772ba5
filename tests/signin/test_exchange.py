"""The requests of one step: under one deadline, each address asked once, failures named without quoting anybody."""

import time
from pathlib import Path
from threading import Event

import pytest

from assistant.config import ConfigError
from assistant.signin.exchange import (
    DESCRIBED_LASTS,
    Described,
    Exchange,
    Reply,
    Request,
    TransportFailed,
    over_network,
    within,
)

HERE = "https://provider.example.com/metadata"


class Recording:
    """Answers every request the same and remembers what was asked."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.asked: list[tuple[str, str]] = []
        self.timeouts: list[float] = []

    def __call__(self, request: Request) -> Reply:
        self.asked.append((request.method, request.url))
        self.timeouts.append(request.timeout)
        return self.reply


def test_an_address_is_fetched_once_and_posted_to_as_often_as_asked() -> None:
    send = Recording(Reply(200, {}, "{}"))
    exchange = Exchange(send, 5)
    exchange.get(HERE)
    exchange.get(HERE, headers={"Accept": "application/json"})
    exchange.post(HERE, data={"a": "b"})
    exchange.post(HERE, data={"a": "b"})

    assert [method for method, _ in send.asked] == ["GET", "POST", "POST"]


def test_every_request_may_take_what_is_left_of_the_time() -> None:
    send = Recording(Reply(200, {}, "{}"))
    exchange = Exchange(send, 5)
    exchange.post(HERE)
    exchange.post(HERE)

    assert 5 >= send.timeouts[0] >= send.timeouts[1] > 0


def test_nothing_is_asked_when_the_time_is_over() -> None:
    send = Recording(Reply(200, {}, "{}"))

    with pytest.raises(TransportFailed, match="out of time"):
        Exchange(send, 0).get(HERE)
    assert send.asked == []


@pytest.mark.parametrize(
    ("status", "result"), [(400, "misconfigured"), (404, "misconfigured"), (429, "try-later"), (503, "try-later")]
)
def test_a_status_that_is_an_error_says_whether_waiting_helps(status: int, result: str) -> None:
    with pytest.raises(TransportFailed) as failed:
        Exchange(Recording(Reply(status, {}, "planted")), 5).json(HERE)

    assert failed.value.result == result
    assert "planted" not in str(failed.value)


@pytest.mark.parametrize("text", ["", "planted", "[1]", '"planted"', "{"])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        Exchange(Recording(Reply(200, {}, text)), 5).json(HERE)


def test_how_a_provider_describes_itself_is_believed_for_minutes() -> None:
    now = 0.0
    described = Described(lambda: now)
    described.keep(HERE, Reply(200, {}, "old"))
    now = DESCRIBED_LASTS - 1
    described.keep(HERE, Reply(200, {}, "new"))
    assert described.known()[HERE].text == "old"
    now = DESCRIBED_LASTS + 1

    assert described.known() == {}


def test_work_that_is_done_in_time_gives_its_value() -> None:
    assert within(5, lambda: 42) == 42


def test_work_that_fails_fails_as_it_did() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        within(5, fail)


def test_work_that_is_late_is_not_waited_for() -> None:
    released = Event()
    begin = time.monotonic()
    with pytest.raises(TransportFailed, match="out of time"):
        within(0.05, lambda: released.wait(timeout=30))
    took = time.monotonic() - begin
    released.set()

    assert took < 5


@pytest.mark.parametrize("text", ["", "words", "-----BEGIN CERTIFICATE-----\nwords\n-----END CERTIFICATE-----\n"])
def test_a_ca_file_without_a_certificate_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(text, "utf-8")

    with pytest.raises(ConfigError, match=r"ASSISTANT_CA_FILE: .* holds no PEM certificate"):
        over_network(proxy=None, ca_file=str(file))
