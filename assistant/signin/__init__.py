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
from urllib.parse import urlencode

import msal

from assistant.config import SignInConfig
from assistant.signin.credential import read_credential
from assistant.signin.exchange import Described, Exchange, NotStarted, Send, TransportFailed, over_network, within
from assistant.signin.metadata import Metadata, MetadataRefused, read_metadata
from assistant.signin.result import read_error
from assistant.signin.token import Expected, Keys, TokenRefused, addresses_in, check_token, comparable, key_id

__all__ = ["Begun", "Outcome", "SignIn", "comparable"]

T = TypeVar("T")

# Seconds for all requests of one step together: the person waits in front of a white page.
DEADLINE: Final = 5.0
# Steps of a kind at once: each holds a thread of the server, and the guide must keep some.
AT_ONCE: Final = 4
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
    It is `ours` if the cause is on our side or on the way to the provider, so that an operator should know.
    """

    result: str
    reason: str = ""
    addresses: tuple[str, ...] = ()
    ours: bool = False


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
        self._described: Final = Described()
        # Apart, so that whoever begins sign-ins by the hundred does not keep out those who come back from one.
        self._leaving: Final = BoundedSemaphore(AT_ONCE)
        self._returning: Final = BoundedSemaphore(AT_ONCE)

    def begin(self, state: str, *, hint: str | None = None, choose: bool = False) -> Begun | Outcome:
        """Prepare a sign-in with a `state` of ours.

        `hint` is the address that it is about; `choose` shows the list of accounts instead (never both: they exclude
        each other).
        """
        return self._step(self._leaving, lambda exchange: self._begin(exchange, state, hint, choose))

    def complete(self, kept: Mapping[str, Any], answer: Mapping[str, str]) -> Outcome:
        """Return how a sign-in ended, by the query of the redirect and what was kept for its `state`."""
        if not compare_digest(str(kept.get("state", "")).encode(), answer.get("state", "").encode()):
            return Outcome("expired", "state")
        if "code" not in answer:
            return _failed(answer.get("error", ""), answer.get("error_description", ""), answer.get("error_subcode"))
        return self._step(self._returning, lambda exchange: self._redeem(exchange, kept, answer))

    def end(self, back: str, state: str) -> str | None:
        """Return the address where the provider signs people out and sends them `back`, or None if none is known."""
        metadata = self._step(self._leaving, self._describe)
        if isinstance(metadata, Outcome) or metadata.end is None:
            return None
        query = urlencode({"post_logout_redirect_uri": back, "client_id": self.config.client_id, "state": state})
        return f"{metadata.end}{'&' if '?' in metadata.end else '?'}{query}"

    def _step(self, slots: BoundedSemaphore, work: Callable[[Exchange], T]) -> T | Outcome:
        """Do one step under the deadline, if not too many are at it; whatever goes wrong becomes an outcome."""
        if not slots.acquire(blocking=False):
            return Outcome("try-later", "too many at once")

        def slotted() -> T:
            try:
                return work(Exchange(self._send, self._deadline, self._described.known()))
            finally:
                slots.release()

        try:
            return within(self._deadline, slotted)
        except NotStarted:
            slots.release()
            return Outcome("try-later", "no thread could be started", ours=True)
        except Exception as error:
            self._described.forget()
            return _went_wrong(error)

    def _describe(self, exchange: Exchange) -> Metadata:
        """Return how the provider describes itself, asked again after some minutes."""
        address = self.config.metadata_address
        metadata = read_metadata(exchange.json(address), self.config.issuer)
        self._described.keep(address, exchange.get(address))
        return metadata

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
        self._describe(exchange)
        about = {"prompt": "select_account"} if choose else {"login_hint": hint} if hint else {}
        flow = self._application(exchange).initiate_auth_code_flow(
            [], redirect_uri=self.redirect_uri, state=state, response_mode="query", **about
        )
        return Begun(flow["auth_uri"], {name: flow[name] for name in _KEPT})

    def _redeem(self, exchange: Exchange, kept: Mapping[str, Any], answer: Mapping[str, str]) -> Outcome:
        metadata = self._describe(exchange)
        if answer.get("iss", None if metadata.names_itself else metadata.issuer) != metadata.issuer:
            raise TokenRefused("iss of the answer")  # RFC 9207 2.4: an answer of another provider's
        found = self._application(exchange).acquire_token_by_auth_code_flow(
            dict(kept), {"state": answer["state"], "code": answer["code"]}
        )
        if "error" in found:
            return _failed(str(found["error"]), str(found.get("error_description", "")))
        token = found.get("id_token")
        key = self._keys.find(key_id(token), lambda: exchange.json(metadata.keys))
        expected = Expected(metadata.issuer, self.config.client_id, self.config.tenant, kept["nonce"])
        return Outcome("signed-in", addresses=addresses_in(check_token(token, key, expected)))


def _went_wrong(error: Exception) -> Outcome:
    if isinstance(error, TransportFailed):
        return Outcome(error.result, f"provider: {error}", ours=True)
    if isinstance(error, MetadataRefused):
        return Outcome("misconfigured", f"provider: {error}", ours=True)
    if isinstance(error, TokenRefused):
        return Outcome(error.result, f"token: {error}", ours=error.result == "misconfigured")
    # MSAL raises what it likes for an answer that makes no sense, and may quote it.
    return Outcome("misconfigured", f"provider's answer: {type(error).__name__} at {_place(error)}", ours=True)


def _failed(error: str, description: str, subcode: str | None = None) -> Outcome:
    result, reason = read_error(error, description, subcode)
    return Outcome(result, reason, ours=result == "misconfigured")


def _place(error: Exception) -> str:
    """Return where an exception was raised, which quotes nobody, for whoever has to find out why."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"
