"""A small OpenID provider to practise with: real protocol, real tokens, no person and no network behind it.

It speaks as Entra does (Microsoft identity platform, "OAuth 2.0 authorization code flow"), and fails as it is told to.
"""

import secrets
import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from threading import Lock
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from assistant.config import SignInConfig

TENANT: Final = "00000000-0000-4000-8000-000000000000"
CLIENT: Final = "00000000-0000-4000-8000-00000000c11e"
ELSEWHERE: Final = "00000000-0000-4000-8000-00000000e15e"
# Only this process answers for it: `.invalid` is nobody's (RFC 2606).
HOST: Final = "https://practice.invalid"
ISSUER: Final = f"{HOST}/{TENANT}/v2.0"
# Seconds: a code is redeemed at once or never, a token is only looked at once.
CODE_LASTS: Final = 600
TOKEN_LASTS: Final = 3600
_AT_MOST: Final = 1000

SIGNED_IN: Final = "signed-in"
WRONG_TENANT: Final = "wrong-tenant"
# How the provider answers instead of signing anybody in: `error`, AADSTS number and `error_subcode` of the redirect.
REDIRECTED: Final[Mapping[str, tuple[str, str, str]]] = {
    "cancelled": ("access_denied", "", "cancel"),
    "declined": ("access_denied", "65004", ""),
    "needs-interaction": ("interaction_required", "50076", ""),
    "not-assigned": ("access_denied", "50105", ""),
    "try-later": ("temporarily_unavailable", "90033", ""),
}
# The same at the token endpoint: the redirect brings a code, which is refused.
REFUSED: Final[Mapping[str, tuple[str, str]]] = {
    "misconfigured": ("invalid_client", "7000215"),
    "expired": ("invalid_grant", "54005"),
}


@dataclass(frozen=True)
class Grant:
    """What an authorization code stands for: whose sign-in it is, for which request, and how it ends."""

    redirect_uri: str
    challenge: str
    nonce: str
    address: str
    how: str
    made: float


class Provider:
    """The provider of one application: what it publishes, grants and redeems. `clock` gives seconds since 1970."""

    def __init__(self, names: Mapping[str, str], clock: Callable[[], float] = time.time) -> None:
        """Be a provider with a new key and secret that knows what Microsoft calls these error numbers."""
        self.config: Final = SignInConfig(
            client_id=CLIENT, tenant=TENANT, authority=ISSUER, secret=secrets.token_urlsafe(32)
        )
        self.names: Final = names
        self.clock = clock
        self._grants: Final[dict[str, Grant]] = {}
        self._lock: Final = Lock()
        self.rotate()

    def rotate(self) -> None:
        """Sign with a new key from now on; the old one is no longer published."""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = secrets.token_hex(8)

    def metadata(self, address: str) -> dict[str, Any]:
        """Describe the provider, whose pages are at an address (OpenID Connect Discovery 3)."""
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{address}/authorize",
            "token_endpoint": f"{HOST}/{TENANT}/token",
            "jwks_uri": f"{HOST}/{TENANT}/keys",
            "end_session_endpoint": f"{address}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def key_set(self) -> dict[str, Any]:
        """Publish the key (RFC 7517)."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self.key_id, "use": "sig"}]}

    def grant(self, asked: Mapping[str, str], address: str, how: str = SIGNED_IN) -> str:
        """Return a code for a sign-in that was asked for; `how` is how it ends when the code is redeemed."""
        grant = Grant(asked["redirect_uri"], asked["code_challenge"], asked["nonce"], address, how, self.clock())
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._grants[code] = grant
            while len(self._grants) > _AT_MOST:
                self._grants.pop(next(iter(self._grants)))
        return code

    def redeem(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Return status and answer for a code, once, to who holds secret and verifier (RFC 6749 4.1.3, RFC 7636)."""
        if form.get("client_id") != CLIENT or not _same(form.get("client_secret", ""), self.config.secret):
            return self._error("invalid_client", "7000215")
        with self._lock:
            grant = self._grants.pop(form.get("code", ""), None)
        if grant is None or self.clock() - grant.made > CODE_LASTS:
            return self._error("invalid_grant", "54005")
        verifier = sha256(form.get("code_verifier", "").encode()).digest()
        if not _same(urlsafe_b64encode(verifier).rstrip(b"=").decode(), grant.challenge):
            return self._error("invalid_grant", "501481")
        if form.get("redirect_uri") != grant.redirect_uri:
            return self._error("invalid_grant", "50011")
        if grant.how in REFUSED:
            return self._error(*REFUSED[grant.how])
        return 200, {
            "token_type": "Bearer",
            "scope": "openid profile",
            "expires_in": TOKEN_LASTS,
            "access_token": secrets.token_urlsafe(24),
            "id_token": self.sign(self.claims(grant)),
        }

    def claims(self, grant: Grant) -> dict[str, Any]:
        """Return what a token says of the person (Microsoft identity platform, "ID token claims reference")."""
        now = int(self.clock())
        return {
            "iss": ISSUER,
            "aud": CLIENT,
            "tid": ELSEWHERE if grant.how == WRONG_TENANT else TENANT,
            "sub": sha256(grant.address.encode()).hexdigest(),
            "nonce": grant.nonce,
            "iat": now,
            "nbf": now,
            "exp": now + TOKEN_LASTS,
            "preferred_username": grant.address,
            "ver": "2.0",
        }

    def sign(self, claims: Mapping[str, Any]) -> str:
        """Return the token that says this."""
        return jwt.encode(dict(claims), self.key, "RS256", headers={"kid": self.key_id})

    def refusal(self, how: str) -> dict[str, str] | None:
        """Return the error that a redirect brings for this end, or None if it brings a code."""
        number = how.removeprefix("code-") if how.startswith("code-") else ""
        if how not in REDIRECTED and number not in self.names:
            return None
        error, known, subcode = REDIRECTED.get(how, ("access_denied", number, ""))
        return {"error": error, "error_description": self.described(known) if known else "", "error_subcode": subcode}

    def details(self, number: str) -> dict[str, str]:
        """Return what Microsoft's own error page says of a number, line by line."""
        return {
            "Request Id": str(uuid.uuid4()),
            "Correlation Id": str(uuid.uuid4()),
            "Timestamp": f"{datetime.fromtimestamp(self.clock(), UTC):%Y-%m-%dT%H:%M:%SZ}",
            "Message": f"AADSTS{number}: {self.names.get(number) or 'practice'}",
        }

    def described(self, number: str) -> str:
        """Return an `error_description` for a number."""
        details = self.details(number)
        more = " ".join(f"{name}: {value}" for name, value in details.items() if name != "Message")
        return f"{details['Message']} {more}"

    def _error(self, error: str, number: str) -> tuple[int, dict[str, Any]]:
        answer = {"error": error, "error_description": self.described(number), "error_codes": [int(number)]}
        return 401 if error == "invalid_client" else 400, answer


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())
