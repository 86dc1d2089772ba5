"""The check of an ID token, which MSAL leaves to us (OpenID Connect Core 3.1.3.7), and the keys that it needs."""

import re
import time
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from threading import Lock
from typing import Any, Final, TypeGuard

import jwt

ALGORITHM: Final = "RS256"
# Seconds that two clocks may differ, as Microsoft's own libraries allow.
LEEWAY: Final = 300
# Seconds: keys are asked for again after a day, and an unknown one never sooner than a minute after the last in vain.
KEYS_LAST: Final = 86_400
IN_VAIN: Final = 60
_LONGEST_NAME: Final = 320
_REQUIRED: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")
_MAXIMUM: Final = 32_768
# The year 2100, in seconds since 1970.
_FAR: Final = 4_102_444_800
# `anata_example.com#EXT#@tenant.onmicrosoft.com` is how a tenant names an invited guest (`_EXT_` in some claims).
_GUEST: Final = re.compile(r"(?P<local>.+)_(?P<domain>[^_]+)(?:#ext#|_ext_)@.+")


class TokenRefused(Exception):
    """The token proves nothing; the text says which check failed and quotes nothing. `result` is how flows know it."""

    def __init__(self, reason: str, result: str = "misconfigured") -> None:
        """Keep the reason."""
        self.result = result
        super().__init__(reason)


@dataclass(frozen=True)
class Expected:
    """Whose token it must be: from this issuer, for this client and sign-in, of this tenant unless it is empty."""

    issuer: str
    client_id: str
    tenant: str
    nonce: str


class Keys:
    """A provider's public keys, fetched when first needed and once more when a token names one that is not there."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know no key."""
        self._clock: Final = clock
        self._lock: Final = Lock()
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._fetched = self._in_vain = float("-inf")

    def find(self, name: str, fetch: Callable[[], Any]) -> jwt.PyJWK:
        """Return the key of this id; `fetch` gets the provider's key set. Raises TokenRefused."""
        now = self._clock()
        with self._lock:
            key = self._keys.get(name) if now - self._fetched < KEYS_LAST else None
            wait = now - self._in_vain < IN_VAIN
        if key is not None:
            return key
        if wait:
            raise TokenRefused("key unknown, asked a moment ago")
        keys = _signing_keys(fetch())
        if not keys:
            raise TokenRefused("no keys published")
        with self._lock:
            self._keys, self._fetched = keys, now
            if name not in keys:
                self._in_vain = now
        if name not in keys:
            raise TokenRefused("key unknown")
        return keys[name]


def _signing_keys(listed: Any) -> dict[str, jwt.PyJWK]:
    found = {}
    for each in listed.get("keys", ()):
        if (
            isinstance(each, dict)
            and each.get("kty") == "RSA"
            and each.get("use", "sig") == "sig"
            and isinstance(each.get("kid"), str)
        ):
            with suppress(jwt.PyJWTError, ValueError, TypeError):  # one that is no key takes nothing from the others
                found[each["kid"]] = jwt.PyJWK(each, ALGORITHM)
    return found


def key_id(token: Any) -> str:
    """Return the id of the key that a token says it was made with; raises TokenRefused for anything else than RS256."""
    if not isinstance(token, str) or len(token) > _MAXIMUM:
        raise TokenRefused("no token")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise TokenRefused("unreadable") from None
    if header.get("alg") != ALGORITHM:
        raise TokenRefused("alg")
    if not isinstance(header.get("kid"), str):
        raise TokenRefused("kid")
    return str(header["kid"])


def check_token(token: str, key: jwt.PyJWK, expected: Expected) -> Mapping[str, Any]:
    """Return the claims of a token that is what it must be; raises TokenRefused."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=expected.client_id,
            issuer=expected.issuer,
            leeway=LEEWAY,
            options={"require": list(_REQUIRED)},
        )
    except jwt.MissingRequiredClaimError as error:
        raise TokenRefused(f"{error.claim} missing") from None
    except jwt.PyJWTError as error:
        # The class says which check failed; the text may quote the token.
        raise TokenRefused(type(error).__name__) from None
    _check_parties(claims, expected)
    return claims


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims["aud"] not in (expected.client_id, [expected.client_id]):
        raise TokenRefused("aud has others beside us")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise TokenRefused("azp")
    if not claims["sub"]:
        raise TokenRefused("sub is empty")
    for name in ("exp", "iat", "nbf"):  # PyJWT takes what int() takes: words, booleans, the year 10000
        if type(claims.get(name, 1)) not in (int, float) or not 0 < claims.get(name, 1) < _FAR:
            raise TokenRefused(f"{name} is no time")
    nonce = sha256(expected.nonce.encode()).hexdigest()  # MSAL sends the hash
    if not compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise TokenRefused("nonce")
    if expected.tenant and str(claims.get("tid", "")).lower() != expected.tenant:
        raise TokenRefused("tid", "wrong-tenant")


def addresses_in(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses that a token names its person by, as they can be compared, the most telling first."""
    named = (claims.get(claim) for claim in ("email", "preferred_username", "upn"))
    return tuple(dict.fromkeys(comparable(name) for name in named if _is_name(name)))


def _is_name(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable()


def comparable(address: str) -> str:
    """Return an address as it can be compared: width and case ignored, a guest's name in its tenant undone."""
    plain = unicodedata.normalize("NFKC", address).strip().casefold()
    guest = _GUEST.fullmatch(plain)
    return f"{guest['local']}@{guest['domain']}" if guest else plain
