"""What a sign-in needs: the tenant or another provider, the application's registration there, and the way to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from assistant.config.values import ConfigError, is_address, read_file, read_secret

CERTIFICATE: Final = "ASSISTANT_CLIENT_CERTIFICATE"
CERTIFICATE_PASSWORD: Final = "ASSISTANT_CLIENT_CERTIFICATE_PASSWORD"
MICROSOFT: Final = "https://login.microsoftonline.com"
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
# Any of these says that people are to sign in.
_SET: Final = (
    *("ASSISTANT_TENANT_ID", "ASSISTANT_CLIENT_ID", "ASSISTANT_CLIENT_SECRET", CERTIFICATE, "ASSISTANT_AUTHORITY"),
)
_GUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class SignInConfig:
    """Where people sign in, and as which application: with a secret, or with a certificate's file in `certificate`.

    Without an `authority` it is Microsoft's, of the tenant.
    """

    client_id: str
    tenant: str = ""
    authority: str = ""
    secret: str = field(default="", repr=False)
    certificate: bytes | None = field(default=None, repr=False)
    certificate_password: str = field(default="", repr=False)
    proxy: str = field(default="", repr=False)
    ca_file: str = ""

    @property
    def is_microsoft(self) -> bool:
        """Say whether people sign in at Microsoft, which does more than every provider must."""
        return not self.authority

    @property
    def authority_address(self) -> str:
        """Return the authority as MSAL takes it."""
        return self.authority or f"{MICROSOFT}/{self.tenant}"

    @property
    def issuer(self) -> str:
        """Return who must have issued a token, without a slash at its end (for a tenant: Entra's v2.0 endpoint)."""
        return self.authority or f"{self.authority_address}/v2.0"

    @property
    def metadata_address(self) -> str:
        """Return where the provider describes itself (OpenID Connect Discovery 4)."""
        return f"{self.issuer}/.well-known/openid-configuration"


def read_sign_in(environ: Mapping[str, str]) -> SignInConfig | None:
    """Return what a sign-in needs, None if nothing of it is set; raises ConfigError."""
    config = SignInConfig(
        client_id=environ.get("ASSISTANT_CLIENT_ID", ""),
        tenant=_tenant(environ.get("ASSISTANT_TENANT_ID", "")),
        authority=_provider("ASSISTANT_AUTHORITY", environ.get("ASSISTANT_AUTHORITY", "")),
        secret=read_secret(environ, "ASSISTANT_CLIENT_SECRET"),
        certificate=_certificate(environ),
        certificate_password=read_secret(environ, CERTIFICATE_PASSWORD),
        proxy=_proxy(environ.get("ASSISTANT_PROXY_URL", "")),
        ca_file=environ.get("ASSISTANT_CA_FILE", ""),
    )
    if config.ca_file:
        read_file("ASSISTANT_CA_FILE", config.ca_file)
    if not any(environ.get(name) or environ.get(f"{name}_FILE") for name in _SET):
        return None
    missing = [
        *(["ASSISTANT_TENANT_ID"] if not config.tenant and not config.authority else []),
        *(["ASSISTANT_CLIENT_ID"] if not config.client_id else []),
        *([f"ASSISTANT_CLIENT_SECRET or {CERTIFICATE}"] if not config.secret and config.certificate is None else []),
        *(["ASSISTANT_BASE_URL"] if not environ.get("ASSISTANT_BASE_URL") else []),
    ]
    if missing:
        more = f" (and {', '.join(missing[1:])})" if missing[1:] else ""
        raise ConfigError(f"{missing[0]}: not set{more}, but sign-in needs it, as {_set_already(environ)} is set")
    if config.secret and config.certificate is not None:
        raise ConfigError(f"{CERTIFICATE}: a secret is set, too; keep one of the two")
    if not config.authority and not _GUID.fullmatch(config.client_id.lower()):
        advice = "write the GUID under 'Application (client) ID' on the registration's page"
        raise ConfigError(f"ASSISTANT_CLIENT_ID: '{config.client_id}' is not an application's ID; {advice}")
    _check_redirect(environ["ASSISTANT_BASE_URL"])
    return config


def _set_already(environ: Mapping[str, str]) -> str:
    return next(name for name in _SET if environ.get(name) or environ.get(f"{name}_FILE"))


def _check_redirect(base_url: str) -> None:
    """Refuse what Entra refuses: redirect addresses are https, or http on this computer (Entra, "Redirect URI")."""
    parts = urlsplit(base_url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ConfigError(f"ASSISTANT_BASE_URL: sign-in needs https; '{base_url}' is plain http")


def _tenant(value: str) -> str:
    if value.lower() in ("common", "organizations", "consumers"):
        reason = "guests must sign in at the tenant that invited them, and its tokens could not be told from others"
        raise ConfigError(f"ASSISTANT_TENANT_ID: '{value}' lets in accounts of every tenant; {reason}")
    if value and not _GUID.fullmatch(value.lower()):
        advice = "the GUID under 'Directory (tenant) ID' on the registration's page"
        raise ConfigError(f"ASSISTANT_TENANT_ID: '{value}' is not a tenant's ID; write {advice}")
    return value.lower()


def _provider(name: str, value: str) -> str:
    if value and not (is_address(value) and value.startswith("https://") and urlsplit(value).path.strip("/")):
        quoted = f"'{value}' is" if "@" not in value else "this is"  # there may be a password in it
        raise ConfigError(f"{name}: {quoted} not an https address with a path, such as https://id.example.com/tenant")
    if urlsplit(value).path.split("/")[1:2] in (["common"], ["organizations"], ["consumers"]):
        raise ConfigError(f"{name}: '{value}' lets in accounts of every tenant; name the tenant in it")
    return value.rstrip("/")


def _proxy(value: str) -> str:
    if value and not re.fullmatch(r"https?://(?:[^\s/@]+@)?[A-Za-z0-9.-]+(?::[0-9]{1,5})?/?", value):
        raise ConfigError("ASSISTANT_PROXY_URL: not an address such as http://proxy.example.com:8080")
    return value


def _certificate(environ: Mapping[str, str]) -> bytes | None:
    """Return the certificate's file; the variable may hold the PEM text itself."""
    value = environ.get(CERTIFICATE, "")
    file = environ.get(f"{CERTIFICATE}_FILE", "")
    if value and file:
        raise ConfigError(f"{CERTIFICATE}: set as {CERTIFICATE}_FILE, too; keep one of the two")
    if "-----BEGIN" in value:
        return value.encode()
    return read_file(CERTIFICATE, value or file, secret=True) if value or file else None
