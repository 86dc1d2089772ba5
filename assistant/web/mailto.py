"""Links that open the mail program with a ready-made text in it (RFC 6068)."""

import re
from urllib.parse import quote

from assistant.web.sheet import cut, mark


def mailto(address: str, subject: str, body: str) -> str:
    """Return a link to write to an address, or to nobody yet if it is none; slots in the body stay slots."""
    recipient = quote(address, safe="@") if re.fullmatch(r"[^\s@]+@[^\s@]+", address) else ""
    return f"mailto:{recipient}?subject={quote(subject)}&body={_quoted(body)}"


def _quoted(body: str) -> str:
    """Percent-encode a text, whose lines end as RFC 6068 wants them, leaving its slots."""
    pieces = cut(body.replace("\n", "\r\n"))
    return "".join(mark(piece) if index % 2 else quote(piece) for index, piece in enumerate(pieces))
