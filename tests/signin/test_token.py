"""The check of the token: what differs in one thing from a good one signs nobody in."""

import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from assistant.practice import CLIENT, ELSEWHERE, ISSUER, TENANT
from assistant.signin import Begun, SignIn
from assistant.signin.token import IN_VAIN, KEYS_LAST, Keys, TokenRefused, addresses_in, comparable, key_id
from assistant.web.practice import INVITED, Practice
from tests.signin.practising import REDIRECT_URI, STATE, Liar, answer_of, key, practice_of, signed_in

OTHER_KEY = key(0)
MINUTE = 60


@dataclass(frozen=True)
class Wrong:
    """A token that must be refused, by name: `claims` changes what it says, `forge` makes the whole token."""

    name: str
    claims: dict[str, Any] | None = None
    without: str | None = None
    forge: Callable[[Liar, dict[str, Any]], Any] | None = None
    result: str = "misconfigured"


def encoded(value: Any) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def public_key(liar: Liar) -> bytes:
    return liar.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def with_header(liar: Liar, claims: dict[str, Any], key: Any = None, alg: str = "RS256", **header: Any) -> str:
    return jwt.encode(claims, key or liar.key, alg, headers={"kid": liar.key_id, **header})


def signed_by_hand(liar: Liar, header: dict[str, Any], payload: Any) -> str:
    """A token with a valid signature over a header and a payload that a library would not write."""
    signed = f"{encoded(header)}.{encoded(payload)}"
    signature = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(signed.encode(), liar.key)
    return f"{signed}.{encoded(signature)}"


def hmac_with_public_key(liar: Liar, claims: dict[str, Any]) -> str:
    head = encoded({"alg": "HS256", "kid": liar.key_id, "typ": "JWT"})
    signed = f"{head}.{encoded(claims)}"
    hashed = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    return f"{signed}.{encoded(hashed.sign(signed.encode(), public_key(liar)))}"


def tampered(liar: Liar, claims: dict[str, Any]) -> str:
    head, _, signature = liar.honestly(claims).split(".")
    return f"{head}.{encoded({**claims, 'preferred_username': 'boss@customer.example'})}.{signature}"


@dataclass(frozen=True)
class FromNow:
    """A time so many seconds from when a token is made, as a test of many may run long after it was read."""

    seconds: int
    made: Callable[[int], Any] = int


def timed(claims: dict[str, Any]) -> dict[str, Any]:
    begin = int(time.time())
    return {
        name: value.made(begin + value.seconds) if isinstance(value, FromNow) else value
        for name, value in claims.items()
    }


HEADER = {"alg": "RS256", "typ": "JWT"}
WRONG = [
    Wrong("the key of somebody else", forge=lambda liar, c: with_header(liar, c, OTHER_KEY)),
    Wrong(
        "a key that the token brings along",
        forge=lambda liar, c: with_header(
            liar, c, OTHER_KEY, jwk=jwt.algorithms.RSAAlgorithm.to_jwk(OTHER_KEY.public_key(), as_dict=True)
        ),
    ),
    Wrong(
        "no signature, alg none", forge=lambda liar, c: f"{encoded({'alg': 'none', 'kid': liar.key_id})}.{encoded(c)}."
    ),
    Wrong(
        "alg None in capitals", forge=lambda liar, c: f"{encoded({'alg': 'NONE', 'kid': liar.key_id})}.{encoded(c)}."
    ),
    Wrong("the public key as a shared secret", forge=hmac_with_public_key),
    Wrong(
        "our client secret as a shared secret",
        forge=lambda liar, c: with_header(liar, c, liar.config.secret, "HS256"),
    ),
    Wrong("another algorithm with the right key", forge=lambda liar, c: with_header(liar, c, alg="RS512")),
    Wrong("another padding with the right key", forge=lambda liar, c: with_header(liar, c, alg="PS256")),
    Wrong("a key id that nobody publishes", forge=lambda liar, c: with_header(liar, c, kid="unheard-of")),
    Wrong("no key id", forge=lambda liar, c: signed_by_hand(liar, HEADER, c)),
    Wrong("a key id that is a number", forge=lambda liar, c: signed_by_hand(liar, {**HEADER, "kid": 1}, c)),
    Wrong("a key id that is a list", forge=lambda liar, c: signed_by_hand(liar, {**HEADER, "kid": [liar.key_id]}, c)),
    Wrong(
        "a header that must be understood and is not",
        forge=lambda liar, c: signed_by_hand(liar, {**HEADER, "kid": liar.key_id, "crit": ["x"], "x": 1}, c),
    ),
    Wrong("a signature cut off", forge=lambda liar, c: liar.honestly(c).rpartition(".")[0] + "."),
    Wrong("a signature cut short", forge=lambda liar, c: liar.honestly(c)[:-20]),
    Wrong("claims changed after signing", forge=tampered),
    Wrong("two parts", forge=lambda liar, c: liar.honestly(c).rpartition(".")[0]),
    Wrong("five parts", forge=lambda liar, c: liar.honestly(c) + ".a.b"),
    Wrong("no token at all", forge=lambda liar, c: None),
    Wrong("an empty token", forge=lambda liar, c: ""),
    Wrong("a token that is a list", forge=lambda liar, c: [liar.honestly(c)]),
    Wrong("a token that is a mapping", forge=lambda liar, c: {"token": liar.honestly(c)}),
    Wrong("words instead of a token", forge=lambda liar, c: "not a token"),
    Wrong("a header that is no JSON", forge=lambda liar, c: f"{encoded(b'{')}.{encoded(c)}.c2ln"),
    Wrong("claims that are no JSON", forge=lambda liar, c: signed_by_hand(liar, {**HEADER, "kid": liar.key_id}, b"{")),
    Wrong("claims that are a list", forge=lambda liar, c: signed_by_hand(liar, {**HEADER, "kid": liar.key_id}, [1])),
    Wrong("a token of a hundred kilobytes", claims={"padding": "x" * 100_000}),
    Wrong("another issuer", claims={"iss": "https://login.example.com/v2.0"}),
    Wrong("the issuer of another tenant", claims={"iss": ISSUER.replace(TENANT, ELSEWHERE)}),
    Wrong("the issuer with a slash more", claims={"iss": f"{ISSUER}/"}),
    Wrong(
        "the issuer in a list",
        forge=lambda liar, c: signed_by_hand(liar, {**HEADER, "kid": liar.key_id}, {**c, "iss": [ISSUER]}),
    ),
    Wrong("no issuer", without="iss"),
    Wrong("another audience", claims={"aud": "somebody-else"}),
    Wrong("another audience beside us", claims={"aud": [CLIENT, "somebody-else"]}),
    Wrong("another audience beside us, and us as the party", claims={"aud": [CLIENT, "x"], "azp": CLIENT}),
    Wrong("an empty audience", claims={"aud": []}),
    Wrong("an audience that begins like us", claims={"aud": CLIENT[:-1]}),
    Wrong("no audience", without="aud"),
    Wrong("another authorized party", claims={"azp": "somebody-else"}),
    Wrong("another tenant", claims={"tid": ELSEWHERE}, result="wrong-tenant"),
    Wrong("a tenant that is empty", claims={"tid": ""}, result="wrong-tenant"),
    Wrong("a tenant in a list", claims={"tid": [TENANT]}, result="wrong-tenant"),
    Wrong("no tenant", without="tid", result="wrong-tenant"),
    Wrong("expired ten minutes ago", claims={"exp": FromNow(-10 * MINUTE)}),
    Wrong("expiring never", without="exp"),
    Wrong("expiring in words", claims={"exp": "tomorrow"}),
    Wrong("not valid for ten minutes yet", claims={"nbf": FromNow(10 * MINUTE)}),
    Wrong("issued in ten minutes", claims={"iat": FromNow(10 * MINUTE)}),
    Wrong("issued in words", claims={"iat": "now"}),
    Wrong("issued never", without="iat"),
    Wrong("the nonce of another sign-in", claims={"nonce": sha256(b"another").hexdigest()}),
    Wrong("an empty nonce", claims={"nonce": ""}),
    Wrong("no nonce", without="nonce"),
    Wrong("a nonce that is a number", claims={"nonce": 1}),
    Wrong("nobody", without="sub"),
    Wrong("a person without a name", claims={"sub": ""}),
    Wrong("expiring in the year 10000", claims={"exp": 10**12}),
    Wrong("expiring as far as numbers go", claims={"exp": 1e300}),
    Wrong("expiring in digits that are words", claims={"exp": FromNow(3600, str)}),
    Wrong("issued at yes", claims={"iat": True}),
    Wrong("issued at nothing", claims={"iat": 0}),
    Wrong("valid since digits that are words", claims={"nbf": "1"}),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_a_wrong_token_signs_nobody_in(practice: Practice, provider: Liar, sign_in: SignIn, wrong: Wrong) -> None:
    def lie(claims: dict[str, Any]) -> dict[str, Any]:
        changed = {**claims, **timed(wrong.claims or {})}
        return {name: value for name, value in changed.items() if name != wrong.without}

    provider.lie, provider.forge = lie, wrong.forge
    outcome = signed_in(practice, sign_in)

    assert (outcome.result, outcome.addresses) == (wrong.result, ())
    assert outcome.reason
    assert INVITED not in outcome.reason


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("us alone in a list of audiences", {"aud": [CLIENT]}),
        ("us as the authorized party", {"azp": CLIENT}),
        ("a tenant in capitals", {"tid": TENANT.upper()}),
        ("a clock four minutes ahead", {"iat": FromNow(4 * MINUTE), "nbf": FromNow(4 * MINUTE)}),
        ("a clock four minutes behind", {"exp": FromNow(-4 * MINUTE)}),
        ("claims that nobody asked for", {"groups": ["x"], "roles": []}),
    ],
)
def test_a_right_token_signs_in(
    practice: Practice, provider: Liar, sign_in: SignIn, name: str, claims: dict[str, Any]
) -> None:
    provider.lie = lambda said: {**said, **timed(claims)}

    assert signed_in(practice, sign_in).result == "signed-in", name


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://elsewhere.example.com"},
        {"issuer": None},
        {"issuer": [ISSUER]},
        {"jwks_uri": None},
        {"jwks_uri": "http://practice.invalid/keys"},
        {"token_endpoint": "http://practice.invalid/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://practice.example.com/authorize"},
        {"end_session_endpoint": "https://["},
        {"end_session_endpoint": ["https://practice.example.com"]},
    ],
)
def test_metadata_of_somebody_else_are_not_believed(provider: Liar, change: dict[str, Any]) -> None:
    honest = provider.metadata
    provider.metadata = lambda address: {**honest(address), **change}  # type: ignore[method-assign]  # a lie for one test
    practice = practice_of(provider)
    sign_in = SignIn(provider.config, REDIRECT_URI, practice.send)
    under_way = sign_in.begin(STATE)
    if isinstance(under_way, Begun):  # MSAL itself looks at the issuer only
        under_way = sign_in.complete(under_way.kept, answer_of(practice, under_way.address))

    assert under_way.result == "misconfigured"


@given(st.text(max_size=200))
def test_words_are_no_token(words: str) -> None:
    with pytest.raises(TokenRefused):
        key_id(words)


@pytest.mark.parametrize(
    ("claims", "addresses"),
    [
        ({"email": "a@x.example", "preferred_username": "b@x.example", "upn": "c@x.example"}, ("a", "b", "c")),
        ({"preferred_username": "ＡＮＡＴＡ@X.example"}, ("anata",)),
        ({"preferred_username": "A@x.example", "upn": "a@X.EXAMPLE"}, ("a",)),
        ({"upn": "anata_x.example#EXT#@inviting.onmicrosoft.com"}, ("anata",)),
        ({"upn": "anata_x.example_EXT_@inviting.onmicrosoft.com"}, ("anata",)),
        ({"upn": "an_ata_x.example#EXT#@inviting.onmicrosoft.com"}, ("an_ata",)),
        ({"email": "", "upn": 1, "preferred_username": None}, ()),
        ({"email": "\ud800@x.example", "upn": "a\0@x.example", "preferred_username": "a" * 400}, ()),
    ],
)
def test_a_person_is_known_by_any_address_that_the_token_names(claims: dict[str, Any], addresses: tuple[str]) -> None:
    assert addresses_in(claims) == tuple(f"{name}@x.example" for name in addresses)


@given(st.text(max_size=100))
def test_an_address_made_comparable_stays_as_it_is(address: str) -> None:
    assert comparable(comparable(address)) == comparable(address)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class KeySet:
    """A provider's key set, and how often it was asked for."""

    def __init__(self) -> None:
        self.provider = Liar()
        self.asked = 0

    def __call__(self) -> Any:
        self.asked += 1
        return self.provider.key_set()


def test_a_key_that_nobody_publishes_is_asked_for_once_a_minute() -> None:
    clock, keys = Clock(), KeySet()
    known = Keys(clock)
    for clock.now in (0, 1, IN_VAIN - 1, IN_VAIN + 1):
        with pytest.raises(TokenRefused):
            known.find("unheard-of", keys)

    assert keys.asked == 2


def test_a_known_key_is_found_while_an_unknown_one_must_wait() -> None:
    keys = KeySet()
    known = Keys(Clock())
    with pytest.raises(TokenRefused):
        known.find("unheard-of", keys)

    assert known.find(keys.provider.key_id, keys).key_id == keys.provider.key_id
    assert keys.asked == 1


@pytest.mark.parametrize("published", [{"keys": []}, {"keys": ["words", None, 1]}])
def test_a_set_without_keys_takes_none_of_those_that_are_known(published: dict[str, Any]) -> None:
    keys = KeySet()
    known = Keys(Clock())
    known.find(keys.provider.key_id, keys)
    with pytest.raises(TokenRefused):
        known.find("unheard-of", lambda: published)

    assert known.find(keys.provider.key_id, keys).key_id == keys.provider.key_id


def test_a_key_is_believed_for_a_day_at_most() -> None:
    clock, keys = Clock(), KeySet()
    known = Keys(clock)
    old = keys.provider.key_id
    known.find(old, keys)
    keys.provider.rotate()
    clock.now = KEYS_LAST - 1
    assert known.find(old, keys).key_id == old
    clock.now = KEYS_LAST + 1

    with pytest.raises(TokenRefused):
        known.find(old, keys)


@pytest.mark.parametrize(
    "published",
    [
        {},
        {"keys": []},
        {"keys": [{"kty": "oct", "kid": "k", "k": "c2VjcmV0"}]},
        {"keys": [{"kty": "RSA", "kid": "k", "use": "enc", "n": "AQAB", "e": "AQAB"}]},
        {"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]},
    ],
)
def test_only_public_keys_for_signatures_count(published: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        Keys(Clock()).find("k", lambda: published)
