"""A sign-in at the practice provider without a socket: real MSAL, real checks, and a provider that lies if told to."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa

from assistant import resources
from assistant.practice import TENANT, Grant, Provider
from assistant.signin import Begun, Outcome, SignIn
from assistant.web.assets import Assets
from assistant.web.practice import INVITED, Practice
from assistant.web.templating import Templates

REDIRECT_URI = "https://help.example.com/auth/callback"
CODES = {"50020": "UserUnauthorized", "50126": "InvalidUserNameOrPassword", "53003": "BlockedByConditionalAccess"}
STATE = "state-of-ours"

_templates = Templates(resources.folder("templates"))
_assets = Assets.read(resources.static_folder())


@cache
def key(number: int) -> rsa.RSAPrivateKey:
    """One of a few keys that all tests share, because making one takes longer than a test."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Liar(Provider):
    """A provider whose tokens a test changes: their claims before they are signed, or the whole of them after."""

    def __init__(self) -> None:
        self._rotated = 0
        super().__init__(CODES)
        self.lie: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.forge: Callable[[Liar, dict[str, Any]], Any] | None = None

    def rotate(self) -> None:
        self._rotated += 1
        self.key, self.key_id = key(self._rotated), f"key-{self._rotated}"

    def claims(self, grant: Grant) -> dict[str, Any]:
        return self.lie(super().claims(grant))

    def sign(self, claims: Mapping[str, Any]) -> str:
        return super().sign(claims) if self.forge is None else self.forge(self, dict(claims))

    def honestly(self, claims: Mapping[str, Any]) -> str:
        """The token as it ought to be."""
        return super().sign(claims)


class Microsoft(Liar):
    """The practice provider under the tenant's own addresses at Microsoft, which only this process answers for."""

    def __init__(self) -> None:
        super().__init__()
        self.config = replace(self.config, authority="")  # type: ignore[misc]  # Final for everybody else
        self.lie = lambda claims: {**claims, "iss": self.config.issuer}

    def metadata(self, address: str) -> dict[str, Any]:
        host = "https://login.microsoftonline.com"
        own = {"token_endpoint": f"{host}/{TENANT}/token", "jwks_uri": f"{host}/{TENANT}/keys"}
        return {**super().metadata(address), "issuer": self.config.issuer, **own}


def practice_of(provider: Provider, redirect_uri: str = REDIRECT_URI) -> Practice:
    return Practice(provider, "https://practice.example.com", redirect_uri, _templates, _assets)


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def answer_of(practice: Practice, address: str, **chosen: str) -> dict[str, str]:
    """The query with which the provider's page sends people back."""
    asked = query_of(address)
    response = practice.app.test_client().get("/answer", query_string={**asked, **chosen})
    assert response.status_code == 302, response.text
    return query_of(response.headers["Location"])


def begun(sign_in: SignIn, **options: Any) -> Begun:
    result = sign_in.begin(STATE, **options)
    assert isinstance(result, Begun), result
    return result


def signed_in(practice: Practice, sign_in: SignIn, **chosen: str) -> Outcome:
    """Go all the way with what is chosen at the provider (`how`, `who`)."""
    under_way = begun(sign_in)
    return sign_in.complete(under_way.kept, answer_of(practice, under_way.address, **{"who": INVITED, **chosen}))
