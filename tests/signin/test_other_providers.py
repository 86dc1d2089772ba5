"""Signing in at OpenID providers that nobody here wrote, over TLS, from the guide's button back into the guide."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from assistant.config import SignInConfig
from assistant.signin import Begun, SignIn
from tests.signin.practising import STATE, key, query_of
from tests.signin.providers import CALLBACK, CLIENT, HOME, Customer, Page, certified, guide, mock, onward, result_in
from tests.signin.tls import Authority, Identity

GUEST = "guest@customer.example"
COLLEAGUE = "colleague@customer.example"
SECRET = "a secret of the installation's own"
BY_CERTIFICATE = "guide-by-certificate"
NEVER_ISSUED = "a-code-that-was-never-issued"


@pytest.fixture(scope="module")
def issuer(identity: Identity) -> Iterator[str]:
    """The certified provider, which knows the guide twice: by secret, and by certificate."""
    addresses = {"redirect_uris": [CALLBACK], "post_logout_redirect_uris": [f"{HOME}/auth/end"]}
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key(1).public_key(), as_dict=True)
    by_secret = {"client_id": CLIENT, "client_secret": SECRET, "token_endpoint_auth_method": "client_secret_post"}
    by_certificate = {
        "client_id": BY_CERTIFICATE,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "PS256",
        "jwks": {"keys": [public]},
    }
    with certified(identity, {**addresses, **by_secret}, {**addresses, **by_certificate}) as found:
        yield found


@pytest.fixture(scope="module")
def strict(issuer: str, authority: Authority) -> SignInConfig:
    """What an installation sets to sign in at the certified provider."""
    return SignInConfig(CLIENT, authority=issuer, secret=SECRET, ca_file=str(authority.file))


@pytest.fixture
def lenient(identity: Identity, authority: Authority) -> Iterator[SignInConfig]:
    """What an installation sets to sign in at the provider from PyPI."""
    with mock(identity, authority.file) as config:
        yield config


# What it is made of warns of its own future when it signs a token.
of_pypi = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")


@pytest.fixture(params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def customer(strict: SignInConfig, authority: Authority) -> Iterator[Customer]:
    person = Customer(guide(strict), authority.file)
    yield person
    person.close()


@pytest.fixture
def other_customer(lenient: SignInConfig, authority: Authority, language: str) -> Iterator[Customer]:
    person = Customer(guide(lenient), authority.file, language)
    yield person
    person.close()


def log_in(customer: Customer, address: str, name: str = GUEST) -> Page:
    """Type a name and a password at the certified provider, and agree."""
    asked_to_agree = customer.send(customer.visit(address), "[name=login]", login=name, password="any")
    return customer.send(asked_to_agree)


def changed(page: Page, **query: str) -> Page:
    """The address that the provider sent to, with another query."""
    return Page(f"{page.address.partition('?')[0]}?{urlencode(query_of(page.address) | query)}")


def test_the_certified_provider_signs_in_who_logs_in_and_agrees(customer: Customer) -> None:
    back = log_in(customer, customer.led_on(address=GUEST))

    assert customer.arrived_at(customer.arrive(back))["data-state"] == "sign-in-worked"


def test_it_is_told_the_address_that_the_customer_typed(customer: Customer) -> None:
    asked = customer.visit(customer.led_on(address=GUEST))

    assert asked.form("[name=login]").select("[name=login]")[0]["value"] == GUEST


def test_it_names_itself_in_its_answer_and_signs_nobody_in_under_another_name(customer: Customer) -> None:
    back = log_in(customer, customer.led_on())

    assert query_of(back.address)["iss"] != ""
    assert result_in(customer.arrive(changed(back, iss="https://localhost/elsewhere"))) == "misconfigured"


def test_who_logs_in_with_another_address_is_shown_both_masked(customer: Customer) -> None:
    back = log_in(customer, customer.led_on(address=GUEST), COLLEAGUE)

    arrived = customer.arrive(back)
    shown = customer.open(arrived.headers["Location"])
    assert (arrived.status_code, arrived.headers["Location"]) == (303, "/auth/result")
    assert ("g***@c***" in shown.text, "c***@c***" in shown.text) == (True, True)
    assert (GUEST in shown.text, COLLEAGUE in shown.text) == (False, False)


def test_who_does_not_agree_has_declined(customer: Customer) -> None:
    page = customer.visit(customer.led_on())

    (cancel,) = (link for link in page.soup.select("a[href]") if "abort" in str(link["href"]))
    back = customer.visit(str(cancel["href"]))
    assert result_in(customer.arrive(back)) == "declined"


def test_a_code_that_it_never_issued_is_refused(customer: Customer) -> None:
    back = log_in(customer, customer.led_on())

    assert result_in(customer.arrive(changed(back, code=NEVER_ISSUED))) == "expired"


def test_an_answer_of_it_signs_in_once(customer: Customer) -> None:
    back = log_in(customer, customer.led_on())

    assert result_in(customer.arrive(back)) == "signed-in"
    assert result_in(customer.arrive(back)) == "expired"


def test_two_tabs_are_both_signed_in(customer: Customer) -> None:
    one, other = customer.led_on(), customer.led_on()

    back = log_in(customer, one)
    assert result_in(customer.arrive(customer.visit(other))) == "signed-in"
    assert result_in(customer.arrive(back)) == "signed-in"


def test_a_code_is_worth_nothing_to_who_did_not_ask_for_it(strict: SignInConfig, customer: Customer) -> None:
    sign_in = SignIn(strict, CALLBACK)
    mine, stolen = sign_in.begin(STATE), sign_in.begin(STATE)

    assert isinstance(mine, Begun)
    assert isinstance(stolen, Begun)
    answer = query_of(log_in(customer, stolen.address).address)
    assert sign_in.complete(mine.kept, answer).result == "expired"


def test_a_wrong_secret_is_for_the_installation_to_mend(strict: SignInConfig, authority: Authority) -> None:
    wrong = SignInConfig(CLIENT, authority=strict.authority, secret="forgotten", ca_file=strict.ca_file)
    customer = Customer(guide(wrong), authority.file)

    back = log_in(customer, customer.led_on())
    assert result_in(customer.arrive(back)) == "misconfigured"
    customer.close()


def test_who_signs_out_is_asked_to_log_in_again_and_told_that_it_is_done(customer: Customer) -> None:
    customer.arrive(log_in(customer, customer.led_on()))

    leaving = customer.visit(onward(customer.press("/auth/end")))
    back = customer.send(leaving, "input[name=xsrf]", logout="yes")
    assert "Microsoft からサインアウトしました。" in customer.arrive(back).text
    assert customer.visit(customer.led_on()).soup.select("[name=login]") != []


@pytest.fixture(scope="module")
def certificate() -> bytes:
    """A certificate and its key, as an administrator makes them."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "guide")])
    until = datetime.now(UTC) + timedelta(days=1)
    public = key(1).public_key()
    made = x509.CertificateBuilder(name, name, public, x509.random_serial_number(), until - timedelta(days=2), until)
    private = key(1).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.sign(key(1), SHA256()).public_bytes(Encoding.PEM) + private


def test_a_certificate_proves_who_we_are_in_place_of_a_secret(
    issuer: str, authority: Authority, certificate: bytes
) -> None:
    config = SignInConfig(BY_CERTIFICATE, authority=issuer, certificate=certificate, ca_file=str(authority.file))
    customer = Customer(guide(config), authority.file)

    back = log_in(customer, customer.led_on())
    assert result_in(customer.arrive(back)) == "signed-in"
    customer.close()


@of_pypi
def test_the_provider_from_pypi_signs_in_who_authorizes(other_customer: Customer) -> None:
    form = other_customer.visit(other_customer.led_on())

    back = other_customer.send(form, "input[name=sub]", sub=GUEST)
    assert other_customer.arrived_at(other_customer.arrive(back))["data-state"] == "sign-in-worked"


@of_pypi
def test_who_denies_comes_back_without_a_way_and_is_told_so_in_their_language(
    other_customer: Customer, language: str
) -> None:
    form = other_customer.visit(other_customer.led_on())

    back = other_customer.send(form, "[value=deny]", action="deny")
    told = other_customer.arrive(back)
    assert "state" not in parse_qs(urlsplit(back.address).query)
    assert told.status_code == 400
    assert f'<html lang="{language}"' in told.text


@of_pypi
def test_a_code_that_the_provider_from_pypi_never_issued_is_refused(other_customer: Customer) -> None:
    form = other_customer.visit(other_customer.led_on())

    back = changed(other_customer.send(form, "input[name=sub]", sub=GUEST), code=NEVER_ISSUED)
    assert result_in(other_customer.arrive(back)) == "expired"


@of_pypi
def test_a_token_that_names_no_key_signs_nobody_in(identity: Identity, authority: Authority) -> None:
    with mock(identity, authority.file, names_its_key=False) as config:
        customer = Customer(guide(config), authority.file)
        back = customer.send(customer.visit(customer.led_on()), "input[name=sub]", sub=GUEST)

        assert result_in(customer.arrive(back)) == "misconfigured"
    customer.close()


@of_pypi
def test_who_signs_out_there_comes_back_to_where_it_says_that_it_is_done(
    other_customer: Customer, language: str
) -> None:
    leaving = other_customer.visit(onward(other_customer.press("/auth/end")))

    back = other_customer.send(leaving)
    done = {"ja": "Microsoft からサインアウトしました。", "en": "You have been signed out of Microsoft."}
    assert done[language] in other_customer.arrive(back).text
