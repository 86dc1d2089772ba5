"""What an installation sets, read once from the environment into typed values; a wrong value stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from assistant.config.database import DATABASE_URL, UNKNOWN_SCREENS, read_database_url, read_unknown_screens
from assistant.config.facts import FactValue, facts_told, read_facts
from assistant.config.sign_in import CERTIFICATE, CERTIFICATE_PASSWORD, LOOPBACK, SignInConfig, read_sign_in
from assistant.config.values import ConfigError, is_address, read_seconds, read_secret

__all__ = [
    "CERTIFICATE",
    "CERTIFICATE_PASSWORD",
    "DATABASE_URL",
    "LOOPBACK",
    "UNKNOWN_SCREENS",
    "VARIABLES",
    "Config",
    "ConfigError",
    "FactValue",
    "SignInConfig",
]

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
    "ASSISTANT_DATABASE_URL": "where to keep what is kept, such as sqlite:////srv/assistant/assistant.db (or ..._FILE)",
    "ASSISTANT_UNKNOWN_SCREENS": "'keep' lets customers tell which screen was not recognised; needs a database",
}
SECRETS: Final = ("ASSISTANT_SECRET_KEY", "ASSISTANT_CLIENT_SECRET", CERTIFICATE, CERTIFICATE_PASSWORD, DATABASE_URL)
MINIMUM_KEY: Final = 32
# A path that begins so could not be told from our own by a proxy that takes it off.
OWN_PATHS: Final = ("api", "auth", "desk", "healthz", "metrics", "readyz", "static")


@dataclass(frozen=True)
class Config:
    """The settings of one running installation."""

    flows: Path | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    base_url: str = ""
    max_age: int | None = None
    secret_key: str = field(default="", repr=False)
    sign_in: SignInConfig | None = None
    database_url: str = field(default="", repr=False)
    keeps_unknown_screens: bool = False

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

    @property
    def shown_facts(self) -> Mapping[str, FactValue]:
        """Return the facts that pages show: those set as facts, else those that other settings tell."""
        tenant = self.sign_in.tenant if self.sign_in is not None and self.sign_in.is_microsoft else ""
        return {**facts_told(self.base_url, tenant), **self.facts}

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Config":
        """Read the settings; raises ConfigError."""
        unknown = sorted(name for name in environ if name.startswith("ASSISTANT_") and not _known(name))
        if unknown:
            raise ConfigError(f"{unknown[0]}: no such setting; known are {', '.join(VARIABLES)}")
        facts = environ.get("ASSISTANT_FACTS")
        flows = environ.get("ASSISTANT_FLOWS")
        database_url = read_database_url(environ)
        return cls(
            flows=Path(flows) if flows else None,
            facts=read_facts(Path(facts)) if facts else {},
            base_url=_base_url(environ.get("ASSISTANT_BASE_URL", "")),
            max_age=read_seconds("ASSISTANT_MAX_AGE", environ.get("ASSISTANT_MAX_AGE")),
            secret_key=_secret_key(environ),
            sign_in=read_sign_in(environ),
            database_url=database_url,
            keeps_unknown_screens=read_unknown_screens(environ, database_url),
        )


def _known(name: str) -> bool:
    return name in VARIABLES or name.removesuffix("_FILE") in SECRETS or name.startswith("ASSISTANT_TEST_")


def _secret_key(environ: Mapping[str, str]) -> str:
    key = read_secret(environ, "ASSISTANT_SECRET_KEY")
    if key and len(key) < MINIMUM_KEY:
        raise ConfigError(f"ASSISTANT_SECRET_KEY: too short; use at least {MINIMUM_KEY} random characters")
    return key


def _base_url(value: str) -> str:
    if not value:
        return ""
    if not is_address(value):
        quoted = f"'{value}' is" if "@" not in value else "this is"  # there may be a password in it
        raise ConfigError(f"ASSISTANT_BASE_URL: {quoted} not an address such as https://help.example.com/sign-in")
    if urlsplit(value).path.split("/")[1:2] and urlsplit(value).path.split("/")[1] in OWN_PATHS:
        raise ConfigError(f"ASSISTANT_BASE_URL: the path of '{value}' begins as one of our own pages; choose another")
    return value.rstrip("/")
