"""Where an installation keeps what somebody asked to keep, and what it keeps there."""

import re
from collections.abc import Mapping
from typing import Final

from assistant.config.values import ConfigError, read_secret

DATABASE_URL: Final = "ASSISTANT_DATABASE_URL"
UNKNOWN_SCREENS: Final = "ASSISTANT_UNKNOWN_SCREENS"
KEEP: Final = "keep"
_EXAMPLES: Final = "sqlite:////srv/assistant/assistant.db or postgresql://user:password@host/assistant"
_SQLITE: Final = re.compile(r"sqlite:///(?P<path>[^?#\x00]*[^?#/\\\x00])")
_POSTGRESQL: Final = re.compile(r"postgresql(?:\+psycopg)?://[^\s/?#][^\s#]*")


def read_database_url(environ: Mapping[str, str]) -> str:
    """Return the address of the database, empty if none is set; raises ConfigError, which never quotes it."""
    url = read_secret(environ, DATABASE_URL)
    if not url:
        return ""
    found = _SQLITE.fullmatch(url)
    if found is not None and found["path"] != ":memory:":
        return url
    if _POSTGRESQL.fullmatch(url):
        return url.replace("postgresql://", "postgresql+psycopg://", 1)
    raise ConfigError(f"{DATABASE_URL}: not an address such as {_EXAMPLES}")


def read_unknown_screens(environ: Mapping[str, str], database_url: str) -> bool:
    """Say whether to keep what customers tell about screens that were not recognised; raises ConfigError."""
    value = environ.get(UNKNOWN_SCREENS, "")
    if not value:
        return False
    if value != KEEP:
        raise ConfigError(f"{UNKNOWN_SCREENS}: '{value}' is not known; write '{KEEP}', or unset it to keep nothing")
    if not database_url:
        raise ConfigError(
            f"{UNKNOWN_SCREENS}: there is no database to keep them in; set {DATABASE_URL}, such as {_EXAMPLES}"
        )
    return True
