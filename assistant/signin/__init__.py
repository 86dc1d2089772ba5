"""The real sign-in: authorization code flow with PKCE through MSAL, and a check of the token of our own.

Knows nothing of pages and flows. Nothing that comes from the provider is kept, logged or shown but the result and the
address that the person signed in with.
"""

import logging
import traceback
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final, TypeVar
from urllib.parse import urlencode, urlsplit

import msal

from assistant.config import SignInConfig
from assistant.signin.credential import read_credential
from assistant.signin.exchange import Exchange, Send, TransportFailed, over_network, within
from assistant.signin.result import read_error
from assistant.signin.token import Expected, Keys, TokenRefused, addresses_in, check_token, comparable, key_id

__all__ = ["Begun", "Outcome", "SignIn", "comparable"]

T = TypeVar("T")

# Seconds for all requests of one step together: the person waits in front of a white page.
DEADLINE: Final = 5.0
# Steps at once: each holds a thread of the server, and the guide must keep some.
AT_ONCE: Final = 6
_KEPT: Final = ("state", "nonce", "code_verifier", "redirect_uri", "scope")

# Chromium sends no SameSite=Lax cookie with a `form_post` from another site (measured), so the answer comes as a query.
warnings.filterwarnings("ignore", "response_mode='form_post' is recommended", UserWarning)
# MSAL logs an answer that it cannot read, with whatever stands in it.
logging.getLogger("msal").setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True)
class Begun:
    """A sign-in under way: where to send the person, and what `complete` needs when they come back."""

    address: str
    kept: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """How a step ended: the result as flows know it, a reason for the operator, the addresses of who signed in.

    The reason holds nothing of the provider's but its error's name and number; addresses are as `comparable` gives.
    """

    result: str
    reason: str = ""
    addresses: tuple[str, ...] = ()


class SignIn:
    """Signs people in at one provider. Shared by all threads; each step has an MSAL application of its own.

    The constructor in MSAL asks the network, and a shared application would keep every person's tokens (measured).
    """

    def __init__(
        self, config: SignInConfig, redirect_uri: str, send: Send | None = None, deadline: float = DEADLINE
    ) -> None:
        """Read the credential; raises ConfigError. The provider is first asked when somebody signs in."""
        self.config: Final = config
        self.redirect_uri: Final = redirect_uri
        self._send: Final = send or over_network(proxy=config.proxy or None, ca_file=config.ca_file or None)
        self._deadline: Final = deadline
        self._credential: Final = read_credential(config)
        self._keys: Final = Keys()
        self._slots: Final = BoundedSemaphore(AT_ONCE)

    def begin(self, state: str, *, hint: str | None = None, choose: bool = False) -> Begun | Outcome:
        """Prepare a sign-in with a `state` of ours.

        `hint` is the address that it is about; `choose` shows the list of accounts instead (never both: they exclude
        each other).
        """
        return self._step(lambda exchange: self._begin(exchange, state, hint, choose))

    def complete(self, kept: Mapping[str, Any], answer: Mapping[str, str]) -> Outcome:
        """Return how a sign-in ended, by the query of the redirect and what was kept for its `state`."""
        if not compare_digest(str(kept.get("state", "")).encode(), answer.get("state", "").encode()):
            return Outcome("expired", "state")
        if "code" not in answer:
            return Outcome(
                *read_error(answer.get("error", ""), answer.get("error_description", ""), answer.get("error_subcode"))
            )
        return self._step(lambda exchange: self._redeem(exchange, kept, answer))

    def end(self, back: str, state: str) -> str | None:
        """Return the address where the provider signs people out and sends them `back`, or None if none is known."""
        found = self._step(lambda exchange: exchange.json(self.config.metadata_address).get("end_session_endpoint"))
        if not isinstance(found, str) or urlsplit(found).scheme not in ("https", "http"):
            return None
        query = urlencode({"post_logout_redirect_uri": back, "client_id": self.config.client_id, "state": state})
        return f"{found}{'&' if '?' in found else '?'}{query}"

    def _step(self, work: Callable[[Exchange], T]) -> T | Outcome:
        """Do one step under the deadline, if not too many are at it; whatever goes wrong becomes an outcome."""
        if not self._slots.acquire(blocking=False):
            return Outcome("try-later", "too many at once")

        def slotted() -> T:
            try:
                return work(Exchange(self._send, self._deadline))
            finally:
                self._slots.release()

        try:
            return within(self._deadline, slotted)
        except TransportFailed as error:
            return Outcome(error.result, f"provider: {error}")
        except TokenRefused as error:
            return Outcome(error.result, f"token: {error}")
        except Exception as error:  # MSAL raises what it likes for an answer that makes no sense, and may quote it
            return Outcome("misconfigured", f"provider's answer: {type(error).__name__} at {_place(error)}")

    def _application(self, exchange: Exchange) -> Any:
        place = {"oidc_authority" if self.config.authority else "authority": self.config.authority_address}
        return msal.ConfidentialClientApplication(
            self.config.client_id,
            client_credential=self._credential,
            http_client=exchange,
            token_cache=msal.TokenCache(),
            instance_discovery=False,
            exclude_scopes=["offline_access"],
            **place,
        )

    def _begin(self, exchange: Exchange, state: str, hint: str | None, choose: bool) -> Begun:
        about = {"prompt": "select_account"} if choose else {"login_hint": hint} if hint else {}
        flow = self._application(exchange).initiate_auth_code_flow(
            [], redirect_uri=self.redirect_uri, state=state, response_mode="query", **about
        )
        return Begun(flow["auth_uri"], {name: flow[name] for name in _KEPT})

    def _redeem(self, exchange: Exchange, kept: Mapping[str, Any], answer: Mapping[str, str]) -> Outcome:
        application = self._application(exchange)
        metadata = exchange.json(self.config.metadata_address)
        issuer = self._issuer(metadata)
        if answer.get("iss", issuer) != issuer:  # RFC 9207: an answer of another provider's
            raise TokenRefused("iss of the answer")
        found = application.acquire_token_by_auth_code_flow(
            dict(kept), {"state": answer["state"], "code": answer["code"]}
        )
        if "error" in found:
            return Outcome(*read_error(str(found["error"]), str(found.get("error_description", ""))))
        token = found.get("id_token")
        key = self._keys.find(key_id(token), lambda: exchange.json(str(metadata.get("jwks_uri"))))
        expected = Expected(issuer, self.config.client_id, self.config.tenant, kept["nonce"])
        return Outcome("signed-in", addresses=addresses_in(check_token(token, key, expected)))

    def _issuer(self, metadata: Mapping[str, Any]) -> str:
        """Return the issuer, which is the authority itself (OpenID Connect Discovery 4.3; Entra, for a GUID)."""
        issuer = metadata.get("issuer")
        if not isinstance(issuer, str) or issuer.rstrip("/") != self.config.issuer:
            raise TokenRefused("issuer of the metadata")
        return issuer


def _place(error: Exception) -> str:
    """Return where an exception was raised, which quotes nobody, for whoever has to find out why."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"
