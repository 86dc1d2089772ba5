"""What a provider says, and what only one person may know, is planted everywhere and turns up in no log."""

import json
import logging
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from assistant.config import SignInConfig
from assistant.signin import SignIn
from assistant.signin.exchange import Reply, Request
from tests.signin.outages import answer
from tests.signin.practising import STATE, Liar, practice_of, query_of
from tests.signin.providers import (
    CLIENT,
    HOME,
    Customer,
    PracticeOverTls,
    chosen,
    guide,
    practise_at,
    result_in,
)
from tests.signin.tls import Authority, Identity, Say, Site, saying

PLANTED = "planted-b8f1c2"
ADDRESS = f"{PLANTED}@customer.example"
TEXT = f"AADSTS50126: {PLANTED} {ADDRESS} Trace ID: {PLANTED}"
ANSWERS: dict[str, Say] = {
    "an error": answer(json.dumps({"error": PLANTED, "error_description": TEXT}).encode(), "400 Bad Request"),
    "an error of a known name": answer(
        json.dumps({"error": "invalid_grant", "error_description": TEXT, "error_uri": PLANTED}).encode(),
        "400 Bad Request",
    ),
    "an error page": answer(TEXT.encode(), "500 Internal Server Error", f"X-Said: {PLANTED}", kind="text/html"),
    "a page": answer(TEXT.encode(), "200 OK", f"Set-Cookie: {PLANTED}={PLANTED}", kind="text/html"),
    "a redirect": answer(b"", "302 Found", f"Location: https://{PLANTED}.example/?code={PLANTED}"),
    "half a JSON": answer(f'{{"id_token": "{PLANTED}'.encode()),
    "a list": answer(json.dumps([PLANTED]).encode()),
    "no token": answer(json.dumps({"access_token": PLANTED, "id_token": None}).encode()),
    "a token that is none": answer(json.dumps({"access_token": PLANTED, "id_token": f"{PLANTED}.b.c"}).encode()),
    "a token that is a number": answer(json.dumps({"access_token": PLANTED, "id_token": 1, PLANTED: PLANTED}).encode()),
    "an error that is a list": answer(json.dumps({"error": [PLANTED], "error_description": [TEXT]}).encode()),
}


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """All that the guide logs from now on, down to the last detail, and all that is printed."""
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(by_the_guide)

    def text() -> str:
        printed = capfd.readouterr()
        records = [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
        return "\n".join([caplog.text, *records, printed.out, printed.err])

    yield text
    caplog.handler.removeFilter(by_the_guide)


def by_the_guide(record: logging.LogRecord) -> bool:
    """Leave out what the customer's browser logs, which is in this process, too."""
    return record.name != "urllib3.connectionpool" or record.threadName == "sign-in"


@pytest.fixture
def provider(site: Site, authority: Authority) -> PracticeOverTls:
    return practise_at(site, authority.file)


@pytest.fixture
def customer(provider: PracticeOverTls, authority: Authority) -> Iterator[Customer]:
    person = Customer(guide(provider.settings), authority.file)
    yield person
    person.close()


def readable(response: TestResponse) -> str:
    """What an answer says to whoever sees it pass, its sealed cookies unpacked as far as anybody can."""
    cookies = "\n".join(response.headers.getlist("Set-Cookie"))
    packed = [
        part for cookie in response.headers.getlist("Set-Cookie") for part in cookie.split(";")[0].split("=")[1:2]
    ]
    return "\n".join([response.headers.get("Location", ""), cookies, *(_unpacked(each) for each in packed)])


def _unpacked(value: str) -> str:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode("latin-1")


def test_nothing_of_a_sign_in_is_told(provider: PracticeOverTls, customer: Customer, told: Callable[[], str]) -> None:
    started = customer.start(address=ADDRESS)
    back = chosen(customer, address=ADDRESS)
    arrived = customer.arrive(back)

    asked = query_of(customer.led_on(address=ADDRESS))
    secrets = [ADDRESS, PLANTED, *provider.heard, asked["nonce"], asked["code_challenge"], asked["state"]]
    assert result_in(arrived) == "signed-in"
    assert [len(secret) > 10 for secret in secrets] == [True] * 10
    logged = told()
    assert ("sign-in from page 68: signed-in" in logged, "POST" in logged) == (True, True)
    assert [secret for secret in secrets if secret in logged] == []
    assert [secret for secret in secrets if secret in readable(started) + readable(arrived)] == []


def test_nothing_of_two_different_addresses_is_told(
    provider: PracticeOverTls, customer: Customer, told: Callable[[], str]
) -> None:
    arrived = customer.arrive(chosen(customer, who=1, address=ADDRESS))
    shown = customer.open(arrived.headers["Location"])

    secrets = [ADDRESS, PLANTED, "guest@customer.example", *provider.heard]
    assert (arrived.headers["Location"], shown.status_code) == ("/auth/result", 200)
    assert [secret for secret in secrets if secret in told() + readable(arrived) + shown.text] == []


@pytest.mark.parametrize("error", ["access_denied", "server_error", "invalid_request", PLANTED, f"{PLANTED} {ADDRESS}"])
def test_nothing_of_an_error_that_comes_back_is_told(customer: Customer, told: Callable[[], str], error: str) -> None:
    state = query_of(customer.led_on())["state"]

    arrived = customer.open(callback(state, error=error, error_description=TEXT, error_uri=PLANTED, session=PLANTED))
    assert arrived.status_code == 303
    assert PLANTED not in told() + readable(arrived)


@pytest.mark.parametrize("query", ["state=STATE&iss=https://PLANTED", "state=PLANTED", "", "state=STATE&state=PLANTED"])
def test_nothing_of_a_code_that_is_not_taken_is_told(customer: Customer, told: Callable[[], str], query: str) -> None:
    state = query_of(customer.led_on())["state"]

    target = f"/auth/callback?{query}&code=PLANTED".replace("STATE", state).replace("PLANTED", PLANTED)
    arrived = customer.open(target)
    assert arrived.status_code in (303, 400)
    assert PLANTED not in told() + readable(arrived) + arrived.text


def callback(state: str, **query: str) -> str:
    """The target that a provider sends a person back to."""
    return f"/auth/callback?{urlencode({'state': state, **query})}"


@pytest.mark.parametrize("said", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("place", ["token_endpoint", "jwks_uri"])
def test_nothing_of_an_answer_in_place_of_tokens_or_keys_is_told(
    provider: PracticeOverTls, identity: Identity, customer: Customer, told: Callable[[], str], said: Say, place: str
) -> None:
    with saying(said, identity) as talker:
        provider.elsewhere = {place: f"{talker.address}/{place}"}
        back = chosen(customer)
        arrived = customer.arrive(back)

        secrets = [PLANTED, query_of(back.address)["code"], *filter(None, provider.heard)]
        assert result_in(arrived) != "signed-in"
        assert [secret for secret in secrets if secret in told() + readable(arrived)] == []


@pytest.mark.parametrize("said", ANSWERS.values(), ids=ANSWERS)
def test_nothing_of_an_answer_in_place_of_a_description_is_told(
    authority: Authority, identity: Identity, told: Callable[[], str], said: Say
) -> None:
    with saying(said, identity) as talker:
        config = SignInConfig(CLIENT, authority=f"{talker.address}/tenant", secret=PLANTED, ca_file=str(authority.file))
        customer = Customer(guide(config), authority.file)
        answered = customer.start(address=ADDRESS)

        assert result_in(answered) in ("try-later", "misconfigured")
        assert PLANTED not in told() + readable(answered)
    customer.close()


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": PLANTED},
        {"iss": f"https://{PLANTED}.example"},
        {"nonce": PLANTED},
        {"exp": PLANTED},
        {"exp": float("inf")},
        {"iat": [PLANTED]},
        {"tid": PLANTED},
        {"email": [PLANTED], "aud": [PLANTED]},
    ],
    ids=str,
)
def test_nothing_of_a_wrong_token_is_told(
    provider: PracticeOverTls, customer: Customer, told: Callable[[], str], claims: dict[str, object]
) -> None:
    provider.lie = lambda honest: {**honest, "sub": PLANTED, "preferred_username": ADDRESS, **claims}

    arrived = customer.arrive(chosen(customer))
    assert result_in(arrived) in ("misconfigured", "wrong-tenant")
    assert [secret for secret in (PLANTED, *provider.heard) if secret in told() + readable(arrived)] == []


@pytest.mark.parametrize(
    "failure",
    [
        ValueError(TEXT),
        RuntimeError(TEXT),
        KeyError(TEXT),
        OSError(TEXT),
        OverflowError(TEXT),
        Exception(TEXT),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_nothing_of_what_went_wrong_is_told(told: Callable[[], str], failure: Exception) -> None:
    def send(request: Request) -> Reply:
        raise failure

    customer = Customer(guide(practice_of(Liar()).provider.config, practice=send))
    answered = customer.start(address=ADDRESS)
    assert result_in(answered) in ("try-later", "misconfigured")
    assert PLANTED not in told()
    customer.close()


def test_the_password_of_a_proxy_is_not_told(
    provider: PracticeOverTls, authority: Authority, told: Callable[[], str]
) -> None:
    with saying(answer(b"", "407 Proxy Authentication Required"), None) as proxy:
        address = proxy.address.replace("://", f"://{PLANTED}:{PLANTED}@")
        sign_in = SignIn(replace(provider.settings, proxy=address), f"{HOME}/auth/callback")
        outcome = sign_in.begin(STATE)

        assert "provider: ProxyError" in str(outcome)
        assert PLANTED not in told() + str(outcome) + repr(sign_in.config)
