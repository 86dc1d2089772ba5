"""Values as they stand in the environment, read into what the program works with or refused by the variable's name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

MAXIMUM_PORT: Final = 65_535
# Scheme, host, port and path in plain letters; no user, query, fragment, escape, or segment that begins with a dot.
_ADDRESS: Final = re.compile(
    r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?"
)


class ConfigError(Exception):
    """A setting cannot be used; the text starts with the variable's name and says what to write."""


def is_address(value: str) -> bool:
    """Say whether a text is an http or https address, plain enough to be compared and to have paths put behind it."""
    found = _ADDRESS.fullmatch(value)
    return found is not None and int(found["port"] or 0) <= MAXIMUM_PORT


def read_seconds(name: str, value: str | None) -> int | None:
    """Return a number of seconds, None if none is set; raises ConfigError."""
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()):
        raise ConfigError(f"{name}: '{value}' is not a number of seconds, such as 300")
    return int(value)


def read_secret(environ: Mapping[str, str], name: str) -> str:
    """Return a secret from its variable, or from the file that `..._FILE` names; empty if neither is.

    Raises ConfigError.
    """
    value, file = environ.get(name, ""), environ.get(f"{name}_FILE", "")
    if value and file:
        raise ConfigError(f"{name}: set as {name}_FILE, too; keep one of the two")
    return read_file(f"{name}_FILE", file, secret=True).decode("utf-8", "replace").strip() if file else value


def read_file(name: str, path: str, *, secret: bool = False) -> bytes:
    """Return what is in the file that a variable names; raises ConfigError, which quotes no `secret` name."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        file = "the file that it names" if secret else f"'{path}'"
        reason = error.strerror if isinstance(error, OSError) else None
        raise ConfigError(f"{name}: {file} cannot be read: {reason or 'no file name'}") from None
