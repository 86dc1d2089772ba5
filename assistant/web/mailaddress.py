"""The address that a customer types before signing in: read once, compared, and shown only masked."""

import re
import unicodedata
from typing import Final

from assistant.signin import comparable

MAXIMUM: Final = 254
_ADDRESS: Final = re.compile(r"[^\s@<>\"(),:;\\]{1,64}@[^\s@<>\"(),:;\\]+\.[^\s@<>\"(),:;\\.]+")


class NotAnAddress(ValueError):
    """What was typed is no mail address."""


def read_address(typed: str) -> str | None:
    """Return a typed address in half-width characters, None if nothing was typed; raises NotAnAddress."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain:
        return None
    if len(plain) > MAXIMUM or not _ADDRESS.fullmatch(plain):
        raise NotAnAddress
    return plain


def same(typed: str, signed_in: tuple[str, ...]) -> bool:
    """Say whether one of the addresses signed in with is the typed one; width and case do not count."""
    return comparable(typed) in signed_in


def masked(address: str) -> str:
    """Return an address that its owner recognises and nobody else can use: `t***@e***.co.jp`."""
    local, _, domain = address.partition("@")
    first, dot, rest = domain.partition(".")
    return f"{local[:1]}***@{first[:1]}***{dot}{rest}" if domain else f"{local[:1]}***"


def difference(typed: str, signed_in: str) -> str:
    """Say which side of the @ differs: `before`, `after` or `both`; masked they may look alike."""
    local, _, domain = comparable(typed).partition("@")
    other, _, elsewhere = signed_in.partition("@")
    return "after" if local == other else "before" if domain == elsewhere else "both"
