"""What an installation sets, read once from the environment into typed values; a wrong value stops the start."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from assistant.flow.document import Document
from assistant.flow.problem import Problem
from assistant.flow.reader import decode, parse

VARIABLES: Final[Mapping[str, str]] = {
    "ASSISTANT_FLOWS": "folder of the flows (default: those that come with the program)",
    "ASSISTANT_FACTS": "YAML file with this installation's facts, such as 'helpdesk-phone: 03-0000-0000'",
    "ASSISTANT_BASE_URL": "address that customers open, such as https://help.example.com/sign-in (may carry a path)",
    "ASSISTANT_MAX_AGE": "seconds that caches may keep a guide page without asking again (default: they always ask)",
    "ASSISTANT_SECRET_KEY": "at least 32 random characters, the same on every node, that seal cookies (or ..._FILE)",
    "ASSISTANT_TENANT_ID": "directory (tenant) ID whose guests sign in, a GUID",
    "ASSISTANT_CLIENT_ID": "application (client) ID of this installation's registration",
    "ASSISTANT_CLIENT_SECRET": "the registration's secret (or ..._FILE)",
    "ASSISTANT_CLIENT_CERTIFICATE": "in place of a secret: file with certificate and key, PEM or PFX (or ..._FILE)",
    "ASSISTANT_CLIENT_CERTIFICATE_PASSWORD": "password of that file, if it has one (or ..._FILE)",
    "ASSISTANT_AUTHORITY": "another OpenID provider than Microsoft, such as https://id.example.com/tenant",
    "ASSISTANT_PROXY_URL": "proxy for requests to the provider, such as http://proxy.example.com:8080",
    "ASSISTANT_CA_FILE": "PEM file of the certificate authorities to trust for the provider",
}
CERTIFICATE: Final = "ASSISTANT_CLIENT_CERTIFICATE"
CERTIFICATE_PASSWORD: Final = "ASSISTANT_CLIENT_CERTIFICATE_PASSWORD"
SECRETS: Final = ("ASSISTANT_SECRET_KEY", "ASSISTANT_CLIENT_SECRET", CERTIFICATE, CERTIFICATE_PASSWORD)
SIGN_IN: Final = (
    *("ASSISTANT_TENANT_ID", "ASSISTANT_CLIENT_ID", "ASSISTANT_CLIENT_SECRET", CERTIFICATE, "ASSISTANT_AUTHORITY"),
)
MICROSOFT: Final = "https://login.microsoftonline.com"
MINIMUM_KEY: Final = 32

MAXIMUM_PORT: Final = 65_535
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_GUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Scheme, host, port and path, spelt as in a request; no user, query, fragment, or segment that begins with a dot.
_ADDRESS: Final = re.compile(
    r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:/[A-Za-z0-9_~%-][A-Za-z0-9._~%-]*)*/?"
)


class ConfigError(Exception):
    """A setting cannot be used; the text starts with the variable's name and says what to write."""


@dataclass(frozen=True)
class FactValue:
    """What an installation says for a fact, by language; `""` is for every language without an own text."""

    texts: Mapping[str, str]

    def text(self, language: str) -> str | None:
        """Return the text in this language, or None if this installation says nothing in it."""
        return self.texts.get(language, self.texts.get(""))


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


@dataclass(frozen=True)
class Config:
    """The settings of one running installation."""

    flows: Path | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    base_url: str = ""
    max_age: int | None = None
    secret_key: str = field(default="", repr=False)
    sign_in: SignInConfig | None = None

    @property
    def prefix(self) -> str:
        """Return the path under which everything lives, without a slash at its end; empty at the root."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def secure(self) -> bool:
        """Say whether customers come by https."""
        return self.base_url.startswith("https://")

    @property
    def origin(self) -> str:
        """Return scheme, host and port that customers open, as browsers write an origin; empty if none is set."""
        parts = urlsplit(self.base_url)
        default = {"https": ":443", "http": ":80"}.get(parts.scheme, "")
        return f"{parts.scheme}://{parts.netloc.lower().removesuffix(default)}" if self.base_url else ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Config":
        """Read the settings; raises ConfigError."""
        unknown = sorted(name for name in environ if name.startswith("ASSISTANT_") and not _known(name))
        if unknown:
            raise ConfigError(f"{unknown[0]}: no such setting; known are {', '.join(VARIABLES)}")
        facts = environ.get("ASSISTANT_FACTS")
        flows = environ.get("ASSISTANT_FLOWS")
        return cls(
            flows=Path(flows) if flows else None,
            facts=_facts(Path(facts)) if facts else {},
            base_url=_base_url(environ.get("ASSISTANT_BASE_URL", "")),
            max_age=_seconds("ASSISTANT_MAX_AGE", environ.get("ASSISTANT_MAX_AGE")),
            secret_key=_secret_key(environ),
            sign_in=_sign_in(environ),
        )


def _known(name: str) -> bool:
    return name in VARIABLES or name.removesuffix("_FILE") in SECRETS or name.startswith("ASSISTANT_TEST_")


def _secret(environ: Mapping[str, str], name: str) -> str:
    """Return a secret from its variable, or from the file that `..._FILE` names; empty if neither is set."""
    value, file = environ.get(name, ""), environ.get(f"{name}_FILE", "")
    if value and file:
        raise ConfigError(f"{name}: set as {name}_FILE, too; keep one of the two")
    return _file(f"{name}_FILE", file).decode("utf-8", "replace").strip() if file else value


def _file(name: str, path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ConfigError(f"{name}: '{path}' cannot be read: {error.strerror or error}") from None


def _secret_key(environ: Mapping[str, str]) -> str:
    key = _secret(environ, "ASSISTANT_SECRET_KEY")
    if key and len(key) < MINIMUM_KEY:
        raise ConfigError(f"ASSISTANT_SECRET_KEY: too short; use at least {MINIMUM_KEY} random characters")
    return key


def _sign_in(environ: Mapping[str, str]) -> SignInConfig | None:
    """Read what a sign-in needs; None if nothing of it is set."""
    if not any(environ.get(name) or environ.get(f"{name}_FILE") for name in SIGN_IN):
        return None
    config = SignInConfig(
        client_id=environ.get("ASSISTANT_CLIENT_ID", ""),
        tenant=_tenant(environ.get("ASSISTANT_TENANT_ID", "")),
        authority=_provider("ASSISTANT_AUTHORITY", environ.get("ASSISTANT_AUTHORITY", "")),
        secret=_secret(environ, "ASSISTANT_CLIENT_SECRET"),
        certificate=_certificate(environ),
        certificate_password=_secret(environ, CERTIFICATE_PASSWORD),
        proxy=_proxy(environ.get("ASSISTANT_PROXY_URL", "")),
        ca_file=environ.get("ASSISTANT_CA_FILE", ""),
    )
    if config.ca_file:
        _file("ASSISTANT_CA_FILE", config.ca_file)
    missing = [
        *(["ASSISTANT_TENANT_ID"] if not config.tenant and not config.authority else []),
        *(["ASSISTANT_CLIENT_ID"] if not config.client_id else []),
        *([f"ASSISTANT_CLIENT_SECRET or {CERTIFICATE}"] if not config.secret and config.certificate is None else []),
        *(["ASSISTANT_BASE_URL"] if not environ.get("ASSISTANT_BASE_URL") else []),
    ]
    if missing:
        raise ConfigError(f"{missing[0]}: not set, but sign-in needs it, as {_set_already(environ)} is set")
    if config.secret and config.certificate is not None:
        raise ConfigError(f"{CERTIFICATE}: a secret is set, too; keep one of the two")
    _check_redirect(environ["ASSISTANT_BASE_URL"])
    return config


def _set_already(environ: Mapping[str, str]) -> str:
    return next(name for name in SIGN_IN if environ.get(name) or environ.get(f"{name}_FILE"))


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
    found = _ADDRESS.fullmatch(value) if value else None
    if value and (found is None or not value.startswith("https://") or not urlsplit(value).path.strip("/")):
        raise ConfigError(
            f"{name}: '{value}' is not an https address with a path, such as https://id.example.com/tenant"
        )
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
    if value.startswith("-----BEGIN"):
        return value.encode()
    return _file(CERTIFICATE, value or file) if value or file else None


def _base_url(value: str) -> str:
    if not value:
        return ""
    found = _ADDRESS.fullmatch(value)
    if found is None or int(found["port"] or 0) > MAXIMUM_PORT:
        raise ConfigError(f"ASSISTANT_BASE_URL: '{value}' is not an address such as https://help.example.com/sign-in")
    return value.rstrip("/")


def _seconds(name: str, value: str | None) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()):
        raise ConfigError(f"{name}: '{value}' is not a number of seconds, such as 300")
    return int(value)


def _facts(path: Path) -> dict[str, FactValue]:
    try:
        text = decode(path.name, path.read_bytes())
    except OSError as error:
        raise ConfigError(f"ASSISTANT_FACTS: '{path}' cannot be read: {error.strerror or error}") from None
    if isinstance(text, Problem):
        raise ConfigError(f"ASSISTANT_FACTS: {text}")
    document, problems = parse(path.name, text)
    if document is None or problems:
        raise ConfigError(f"ASSISTANT_FACTS: {problems[0]}")
    return _fact_values(document)


def _fact_values(document: Document) -> dict[str, FactValue]:
    if not isinstance(document.value, dict):
        raise ConfigError("ASSISTANT_FACTS: write one fact a line, such as 'helpdesk-phone: 03-0000-0000'")
    facts: dict[str, FactValue] = {}
    for name, value in document.value.items():
        texts = {"": value} if isinstance(value, str) else value
        if not isinstance(texts, dict) or not all(isinstance(text, str) and text for text in texts.values()):
            mark = document.mark(name)
            example = json.dumps({"ja": "...", "en": "..."})
            raise ConfigError(f"ASSISTANT_FACTS: line {mark.line}: '{name}' takes a text, or one a language: {example}")
        facts[name] = FactValue({language: str(text) for language, text in texts.items()})
    return facts
