"""When the provider is down, silent, slow, wrong or another: the customer soon reads what to do, in their language."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from threading import Event
from typing import Any

import pytest

from assistant.config import SignInConfig
from assistant.signin import SignIn
from tests.signin.outages import OUTAGES, Outage, answer, described, silence
from tests.signin.providers import (
    CLIENT,
    Customer,
    Page,
    PracticeOverTls,
    guide,
    practice_over_tls,
    result_in,
)
from tests.signin.tls import HERE, Authority, Identity, Site, forward, saying

WITHIN = 6.0
AT_ONCE_IS = 1.0
PATIENCE = 0.5
ELSEWHERE = "id.provider.invalid"
HANGING = [outage for outage in OUTAGES if outage.hangs]
STATES = {"signed-in": "sign-in-worked", "try-later": "try-later", "misconfigured": "helpdesk-site"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def identity(authority: Authority) -> Identity:
    return authority.issue(*HERE, ELSEWHERE)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that nobody told the guide to trust."""
    return Authority(tmp_path_factory.mktemp("stranger"))


@pytest.fixture(params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def running(identity: Identity, authority: Authority) -> Iterator[tuple[Site, PracticeOverTls]]:
    with practice_over_tls(identity, authority.file) as found:
        yield found


@pytest.fixture
def site(running: tuple[Site, PracticeOverTls]) -> Site:
    return running[0]


@pytest.fixture
def provider(running: tuple[Site, PracticeOverTls]) -> PracticeOverTls:
    return running[1]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the guide wait for a provider as long as it takes to see that it waits."""
    monkeypatch.setattr("assistant.web.SignIn", partial(SignIn, deadline=PATIENCE))


@contextmanager
def customer_of(config: SignInConfig, authority: Authority, language: str = "ja") -> Iterator[Customer]:
    customer = Customer(guide(config), authority.file, language)
    yield customer
    customer.close()


def at(address: str, authority: Authority) -> SignInConfig:
    """The settings of a guide that signs in at a provider there."""
    return SignInConfig(CLIENT, authority=f"{address}/tenant", secret="any", ca_file=str(authority.file))


def chosen(customer: Customer, **fields: str) -> Page:
    """Choose the first person of the practice provider."""
    page = customer.visit(customer.led_on(**fields))
    link = next(link for link in page.soup.select("a[href]") if "who=" in str(link["href"]))
    return customer.visit(page.address.partition("/authorize")[0] + "/" + str(link["href"]))


def told(customer: Customer, result: str) -> None:
    """Press the button, and be told a result soon, on its page in the customer's language."""
    started = time.monotonic()
    response = customer.start()

    assert time.monotonic() - started < WITHIN
    assert result_in(response) == result
    assert customer.arrived_at(response)["data-state"] == STATES[result]


def told_on_return(customer: Customer, back: Page, result: str) -> None:
    """Come back from the provider, and be told a result soon, on its page in the customer's language."""
    started = time.monotonic()
    response = customer.arrive(back)

    assert time.monotonic() - started < WITHIN
    assert result_in(response) == result
    assert customer.arrived_at(response)["data-state"] == STATES[result]


# -- over TLS on this computer


def test_a_sign_in_goes_all_its_way_over_tls_with_an_authority_of_its_own(
    provider: PracticeOverTls, authority: Authority, language: str
) -> None:
    with customer_of(provider.settings, authority, language) as customer:
        told_on_return(customer, chosen(customer), "signed-in")


def test_a_provider_that_nobody_vouches_for_is_not_asked(
    provider: PracticeOverTls, authority: Authority, language: str
) -> None:
    with customer_of(replace(provider.settings, ca_file=""), authority, language) as customer:
        told(customer, "misconfigured")


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_environment_vouches_for_nobody(
    provider: PracticeOverTls, authority: Authority, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(authority.file))

    with customer_of(replace(provider.settings, ca_file=""), authority) as customer:
        told(customer, "misconfigured")


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_environment_takes_nobodys_trust_away(
    provider: PracticeOverTls,
    authority: Authority,
    stranger: Authority,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    monkeypatch.setenv(variable, str(stranger.file))

    with customer_of(provider.settings, authority) as customer:
        told_on_return(customer, chosen(customer), "signed-in")


def test_a_proxy_of_the_environment_is_not_asked(
    provider: PracticeOverTls, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with saying(forward({}), None) as proxy, customer_of(provider.settings, authority) as customer:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        told_on_return(customer, chosen(customer), "signed-in")

        assert proxy.asked.empty()


def test_everything_goes_through_the_proxy_that_is_set_which_alone_knows_where_the_provider_is(
    identity: Identity, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    with practice_over_tls(identity, authority.file, f"https://{ELSEWHERE}") as (site, provider):
        port = int(site.address.rpartition(":")[2])
        with saying(forward({ELSEWHERE: port}), None) as proxy:
            config = replace(provider.settings, proxy=proxy.address)
            with customer_of(config, authority) as customer:
                told_on_return(customer, chosen(customer), "signed-in")

                asked = [proxy.asked.get_nowait().rpartition(" ")[0] for _ in range(proxy.asked.qsize())]
                # To begin: the description. To complete: the description, the token, the keys.
                assert asked == [f"CONNECT {ELSEWHERE}:443"] * 4


@pytest.mark.parametrize(
    "refusal", ["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway", "504 Gateway Timeout"]
)
def test_a_proxy_that_refuses_is_a_reason_to_try_later(
    provider: PracticeOverTls, authority: Authority, language: str, refusal: str
) -> None:
    with (
        saying(answer(b"", refusal), None) as proxy,
        customer_of(replace(provider.settings, proxy=proxy.address), authority, language) as customer,
    ):
        told(customer, "try-later")


# -- when a sign-in begins


@pytest.mark.parametrize("outage", [outage for outage in OUTAGES if not outage.hangs], ids=str)
def test_a_provider_that_fails_at_the_start_is_told_at_once(
    identity: Identity, authority: Authority, language: str, outage: Outage
) -> None:
    with (
        saying(outage.say, identity) as talker,
        customer_of(at(talker.address, authority), authority, language) as customer,
    ):
        told(customer, outage.result)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("outage", "language"), [*zip(HANGING, cycle(["ja", "en"]), strict=False)], ids=str)
def test_a_provider_that_hangs_at_the_start_is_told_when_patience_ends(
    identity: Identity, authority: Authority, language: str, outage: Outage
) -> None:
    with (
        saying(outage.say, identity) as talker,
        customer_of(at(talker.address, authority), authority, language) as customer,
    ):
        started = time.monotonic()
        told(customer, outage.result)

        assert time.monotonic() - started >= PATIENCE


@pytest.mark.usefixtures("impatient")
def test_a_provider_that_does_not_even_shake_hands_is_told_soon(authority: Authority, language: str) -> None:
    with saying(silence, None) as talker:
        address = talker.address.replace("http://", "https://")
        with customer_of(at(address, authority), authority, language) as customer:
            told(customer, "try-later")


def test_a_provider_that_is_down_is_told_at_once(authority: Authority, language: str) -> None:
    with customer_of(at(f"https://localhost:{closed_port()}", authority), authority, language) as customer:
        told(customer, "try-later")


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_provider_without_tls_is_not_believed(authority: Authority, language: str) -> None:
    with saying(described(), None) as talker:
        address = talker.address.replace("http://", "https://")
        with customer_of(at(address, authority), authority, language) as customer:
            told(customer, "misconfigured")


def test_a_provider_that_a_stranger_vouches_for_is_not_believed(
    authority: Authority, stranger: Authority, language: str
) -> None:
    with (
        saying(described(), stranger.issue(*HERE)) as talker,
        customer_of(at(talker.address, authority), authority, language) as customer,
    ):
        told(customer, "misconfigured")

        assert talker.asked.empty()


def test_a_provider_with_the_certificate_of_another_is_not_believed(authority: Authority, language: str) -> None:
    with (
        saying(described(), authority.issue("login.example.com")) as talker,
        customer_of(at(talker.address, authority), authority, language) as customer,
    ):
        told(customer, "misconfigured")

        assert talker.asked.empty()


@pytest.mark.parametrize("days", [-1, 5], ids=["expired", "not valid yet"])
def test_a_certificate_out_of_its_time_is_not_believed(authority: Authority, language: str, days: int) -> None:
    with (
        saying(described(), authority.issue(*HERE, until=datetime.now(UTC) + timedelta(days=days))) as talker,
        customer_of(at(talker.address, authority), authority, language) as customer,
    ):
        told(customer, "misconfigured")

        assert talker.asked.empty()


def test_a_name_that_nobody_knows_is_told_at_once(
    authority: Authority, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", nobody_knows)

    with customer_of(at(f"https://{ELSEWHERE}", authority), authority, language) as customer:
        told(customer, "try-later")


def nobody_knows(host: str, *of: Any, **more: Any) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.usefixtures("impatient")
def test_a_name_that_is_looked_up_for_ever_is_told_soon(
    authority: Authority, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Event()

    def looked_up_for_ever(host: str, *of: Any, **more: Any) -> Any:
        over.wait()
        nobody_knows(host)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up_for_ever)

    with customer_of(at(f"https://{ELSEWHERE}", authority), authority, language) as customer:
        told(customer, "try-later")
    over.set()
