"""When the provider is down, silent, slow, wrong or another: the customer soon reads what to do, in their language."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from threading import Event, Thread
from typing import Any

import pytest
import requests

from assistant.config import Config, SignInConfig
from assistant.server import address_of, create_server
from assistant.signin import AT_ONCE, DEADLINE, SignIn
from assistant.web import create_app
from tests.signin.outages import (
    DRIPPING_BODY,
    DRIPPING_HEAD,
    OUTAGES,
    Outage,
    answer,
    described,
    reset,
    silence,
)
from tests.signin.providers import (
    CLIENT,
    PAGE,
    Customer,
    Page,
    PracticeOverTls,
    chosen,
    guide,
    practise_at,
    result_in,
    shipped,
)
from tests.signin.tls import HERE, Authority, Identity, Say, Site, forward, over_tls, saying

WITHIN = 6.0
AT_ONCE_IS = 1.0
PATIENCE = 0.5
DAY = 24 * 60
ELSEWHERE = "id.provider.invalid"
PROMPT = [outage for outage in OUTAGES if not outage.hangs]
HANGING = [outage for outage in OUTAGES if outage.hangs]
STATES = {"signed-in": "sign-in-worked", "try-later": "try-later", "misconfigured": "helpdesk-site"}


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
def provider(site: Site, authority: Authority) -> PracticeOverTls:
    return practise_at(site, authority.file)


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
    site: Site, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    provider = practise_at(site, authority.file, f"https://{ELSEWHERE}")
    there = forward({ELSEWHERE: int(site.address.rpartition(":")[2])})

    with (
        saying(there, None) as proxy,
        customer_of(replace(provider.settings, proxy=proxy.address), authority) as customer,
    ):
        told_on_return(customer, chosen(customer), "signed-in")
        asked = [proxy.asked.get_nowait().rpartition(" ")[0] for _ in range(proxy.asked.qsize())]
        # To begin: the description. To complete: the token, the keys.
        assert asked == [f"CONNECT {ELSEWHERE}:443"] * 3


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


@pytest.mark.parametrize("outage", PROMPT, ids=str)
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


# -- when a person comes back


@pytest.mark.parametrize("place", ["token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(("outage", "language"), [*zip(PROMPT, cycle(["ja", "en"]), strict=False)], ids=str)
def test_a_provider_that_fails_on_return_is_told_at_once(
    provider: PracticeOverTls, identity: Identity, authority: Authority, language: str, outage: Outage, place: str
) -> None:
    with (
        saying(outage.say, identity) as talker,
        customer_of(provider.settings, authority, language) as customer,
    ):
        provider.elsewhere = {place: f"{talker.address}/{place}"}
        back = chosen(customer)

        told_on_return(customer, back, outage.result)
        assert talker.asked.get_nowait().split(" ")[1] == f"/{place}"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("place", ["token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(("outage", "language"), [*zip(HANGING, cycle(["en", "ja"]), strict=False)], ids=str)
def test_a_provider_that_hangs_on_return_is_told_when_patience_ends(
    provider: PracticeOverTls, identity: Identity, authority: Authority, language: str, outage: Outage, place: str
) -> None:
    with (
        saying(outage.say, identity) as talker,
        customer_of(provider.settings, authority, language) as customer,
    ):
        provider.elsewhere = {place: f"{talker.address}/{place}"}
        back = chosen(customer)

        told_on_return(customer, back, outage.result)


def test_a_provider_that_went_down_meanwhile_is_told_on_return(
    identity: Identity, authority: Authority, language: str
) -> None:
    with over_tls(identity) as site:
        provider = practise_at(site, authority.file)
        customer = Customer(guide(provider.settings), authority.file, language)
        back = chosen(customer)
    told_on_return(customer, back, "try-later")
    customer.close()


def test_who_was_told_to_try_later_is_signed_in_later(
    provider: PracticeOverTls, identity: Identity, authority: Authority
) -> None:
    with saying(reset, identity) as talker, customer_of(provider.settings, authority) as customer:
        provider.elsewhere = {"jwks_uri": talker.address}
        told_on_return(customer, chosen(customer), "try-later")
        provider.elsewhere = {}

        told_on_return(customer, chosen(customer), "signed-in")


def test_keys_may_change_between_two_sign_ins(provider: PracticeOverTls, authority: Authority, language: str) -> None:
    with customer_of(provider.settings, authority, language) as customer:
        told_on_return(customer, chosen(customer), "signed-in")
        provider.rotate()

        told_on_return(customer, chosen(customer), "signed-in")


def test_keys_may_change_while_somebody_signs_in(provider: PracticeOverTls, authority: Authority) -> None:
    with customer_of(provider.settings, authority) as customer:
        told_on_return(customer, chosen(customer), "signed-in")
        back = chosen(customer)
        provider.rotate()

        told_on_return(customer, back, "signed-in")


def test_a_key_that_nobody_can_use_takes_nothing_from_the_others(
    provider: PracticeOverTls, identity: Identity, authority: Authority
) -> None:
    broken = [{"kty": "RSA", "kid": "broken"}, {"kty": "RSA", "kid": "short", "n": "AQAB", "e": "AQAB"}, {"kty": "OKP"}]
    keys = {"keys": [*broken, *provider.key_set()["keys"]]}

    with (
        saying(described(**keys), identity) as talker,
        customer_of(provider.settings, authority) as customer,
    ):
        provider.elsewhere = {"jwks_uri": talker.address}
        told_on_return(customer, chosen(customer), "signed-in")


@pytest.mark.parametrize("keys", [None, {}, "none", [None], ["key"], [[]], [{"kty": "RSA", "kid": "broken", "n": 1}]])
def test_keys_that_are_none_are_for_the_installation_to_look_at(
    provider: PracticeOverTls, identity: Identity, authority: Authority, keys: object
) -> None:
    with (
        saying(described(keys=keys), identity) as talker,
        customer_of(provider.settings, authority) as customer,
    ):
        provider.elsewhere = {"jwks_uri": talker.address}
        told_on_return(customer, chosen(customer), "misconfigured")


@pytest.mark.parametrize("minutes", [-4, 4])
def test_clocks_may_differ_by_minutes(provider: PracticeOverTls, authority: Authority, minutes: int) -> None:
    provider.wrong_by = 60 * minutes

    with customer_of(provider.settings, authority) as customer:
        told_on_return(customer, chosen(customer), "signed-in")


@pytest.mark.parametrize("minutes", [10, 3 * DAY, -3 * DAY])
def test_clocks_that_differ_by_more_are_for_the_installation_to_set(
    provider: PracticeOverTls, authority: Authority, language: str, minutes: int
) -> None:
    provider.wrong_by = 60 * minutes

    with customer_of(provider.settings, authority, language) as customer:
        told_on_return(customer, chosen(customer), "misconfigured")


def test_a_token_of_a_clock_that_is_behind_is_good_until_it_ends(
    provider: PracticeOverTls, authority: Authority
) -> None:
    provider.wrong_by = -10 * 60

    with customer_of(provider.settings, authority) as customer:
        told_on_return(customer, chosen(customer), "signed-in")


# -- and everybody else


@contextmanager
def served(config: SignInConfig) -> Iterator[str]:
    """The guide as it is served; gives its address."""
    server = create_server("127.0.0.1", 0)
    server.expiration_interval = 0.05
    address = address_of(server)
    server.wsgi_app = create_app(Config(base_url=address, sign_in=config), shipped())
    thread = Thread(target=server.serve, name="guide")
    thread.start()
    yield address
    server.stop()
    thread.join()


@dataclass(frozen=True)
class Told:
    """What somebody was told, and after how many seconds."""

    status: int
    target: str
    seconds: float


def asked(method: str, address: str, page: str = "") -> Told:
    """Open a page, or press the button that signs in on the page."""
    _, _, flow, answers = page.split("/", 3) if page else ("", "", "", "")
    fields = {"language": "en", "flow": flow, "answers": answers}
    headers = {"Origin": "/".join(address.split("/")[:3])}
    started = time.monotonic()
    with requests.Session() as session:
        session.trust_env = False
        found = session.request(method, address, data=fields, headers=headers, allow_redirects=False, timeout=30)
    return Told(found.status_code, found.headers.get("Location", ""), time.monotonic() - started)


def hang_in_turn() -> Say:
    """Hang in another way each time."""
    ways = cycle([silence, DRIPPING_HEAD, DRIPPING_BODY])
    return lambda request: next(ways)(request)


def test_while_as_many_hang_as_may_the_guide_goes_on_and_the_next_is_told_at_once(
    identity: Identity, authority: Authority
) -> None:
    with (
        saying(hang_in_turn(), identity) as talker,
        served(at(talker.address, authority)) as address,
        ThreadPoolExecutor(AT_ONCE) as people,
    ):
        page = asked("GET", f"{address}/en/{PAGE}").target
        hanging = [people.submit(asked, "POST", f"{address}/auth/start", page) for _ in range(AT_ONCE)]
        for _ in hanging:
            talker.asked.get(timeout=WITHIN)
        pages = [asked("GET", f"{address}{path}") for path in (page, "/ja/login/", "/api/v1/ja/login/", "/healthz")]
        next_one = asked("POST", f"{address}/auth/start", page)
        still_hang = not any(each.done() for each in hanging)
        told = [each.result() for each in hanging]

    assert still_hang
    assert [(each.status, each.seconds < AT_ONCE_IS) for each in pages] == [(200, True)] * 4
    assert next_one.target.endswith(".try-later/")
    assert next_one.seconds < AT_ONCE_IS
    # This is the one test that waits as long as customers do.
    assert [(each.status, each.target.endswith(".try-later/")) for each in told] == [(303, True)] * AT_ONCE
    assert min(each.seconds for each in told) >= DEADLINE
    assert max(each.seconds for each in told) < WITHIN


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("outage", HANGING, ids=str)
def test_those_who_hung_take_no_place_of_those_who_come_later(
    provider: PracticeOverTls, identity: Identity, authority: Authority, outage: Outage
) -> None:
    app = guide(provider.settings)
    customers = [Customer(app, authority.file) for _ in range(AT_ONCE)]
    with saying(outage.say, identity) as talker, ThreadPoolExecutor(AT_ONCE) as people:
        provider.elsewhere = {"jwks_uri": talker.address}
        back = [chosen(customer) for customer in customers]
        told = [*people.map(Customer.arrive, customers, back)]
        for thread in threads_of_steps():
            thread.join(WITHIN)
        provider.elsewhere = {}

        assert [result_in(each) for each in told] == ["try-later"] * AT_ONCE
        assert threads_of_steps() == []
        told_on_return(customers[0], chosen(customers[0]), "signed-in")
    for customer in customers:
        customer.close()


def threads_of_steps() -> list[Thread]:
    """The threads that ask a provider."""
    return [thread for thread in threading.enumerate() if thread.name == "sign-in"]
