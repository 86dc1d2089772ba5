"""How a provider describes itself (OpenID Connect Discovery 3), believed only where it keeps to what we know of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant.config import LOOPBACK


class MetadataRefused(Exception):
    """The provider is not the one that it should be; the text says what is wrong and quotes nothing."""


@dataclass(frozen=True)
class Metadata:
    """Where a provider does what; `names_itself` if its answers always say whose they are (RFC 9207)."""

    issuer: str
    keys: str
    end: str | None
    names_itself: bool


def read_metadata(said: Mapping[str, Any], issuer: str) -> Metadata:
    """Return what a provider says of itself if it is this issuer; raises MetadataRefused.

    The issuer is the authority itself (Discovery 4.3; Entra, for a tenant's GUID). Secrets and codes travel by https
    only; what browsers open may be http on this computer, where people practise.
    """
    named = said.get("issuer")
    if not isinstance(named, str) or named.rstrip("/") != issuer:
        raise MetadataRefused("issuer of the metadata")
    for name in ("token_endpoint", "jwks_uri"):
        if not _is_secure(said.get(name)):
            raise MetadataRefused(name)
    for name in ("authorization_endpoint", "end_session_endpoint"):
        if said.get(name) is not None and not _can_be_opened(said[name]):
            raise MetadataRefused(name)
    return Metadata(
        issuer=named,
        keys=str(said["jwks_uri"]),
        end=said.get("end_session_endpoint"),
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def _is_secure(address: Any) -> bool:
    return _parted(address)[0] == "https"


def _can_be_opened(address: Any) -> bool:
    scheme, host = _parted(address)
    return scheme == "https" or (scheme == "http" and host in LOOPBACK)


def _parted(address: Any) -> tuple[str, str | None]:
    try:
        parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
        return (parts.scheme, parts.hostname) if parts.hostname else ("", None)
    except ValueError:
        return "", None
