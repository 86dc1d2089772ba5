"""What nobody should give us: passwords and one-time codes in what a person types, found and taken out.

The patterns are regular expressions of Python and of JavaScript, for text after Unicode's NFKC, whatever its case.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from assistant.flow.recognising.plain import composed

# Digits of 6 to 8, also in groups, that are no part of an id, an address, a time or a longer number.
CODE: Final = (
    r"(?<![0-9A-Za-z_.,:/+-])(?:[0-9]{6,8}(?![0-9A-Za-z_]|[.,:/-][0-9])"
    r"|(?<![0-9] )(?:[0-9]{3}[ -][0-9]{3}|[0-9]{4}[ -][0-9]{4}|[0-9](?:[ \t]{1,2}[0-9]){5,7})"
    r"(?![0-9A-Za-z_]|[ .,:/-][0-9]))"
)
# Called one: パスワードは…, password: …. It has a digit or a sign in it, or "password is wrong" would be one; behind a
# Japanese name six Latin letters are enough. The group at the end is the secret itself.
CALLED: Final = (
    r"(?:(?:パスワード|暗証番号|合言葉|(?<!QR)(?<!バー)(?<!郵便)(?<!商品)コード)"
    r"[ \t]*(?:(?:は|が|を|、|:|=|→)[ \t]*){0,2}"
    r"|(?<![a-z])(?:passwords?|passcode|passphrase|pwd|pass|pw|pin|code)(?:[ \t]*(?:は|が|is|was|:|=|→)[ \t]*|[ \t]+))"
    r"[「『\"'(【“]?(?![!-~]{0,64}://)(?![*]{4}|[0-9][ -]?(?:digit|桁))"
    r"([0-9]{3}[ -][0-9]{3,4}(?![0-9])|(?=[!-~]{0,63}[0-9]|[!-~]{0,62}[!#$%&*+=?^~@][!-~])[!-~]{4,64}"
    r"|(?<=パスワードは)[!-~]{6,64})"
)
# A word that nobody says: letters, digits and signs mixed. Alone in the box, letters and digits are enough.
MIXED: Final = (
    r"(?<![!-~])(?=[!-~]{0,63}[A-Za-z])(?=[!-~]{0,63}[0-9])(?=[!-~]{0,63}[!#$%&*+=?^~@])"
    r"(?![!-~]{0,64}(?:@[A-Za-z0-9-]{1,63}[.]|://))[!-~]{8,64}(?![!-~])"
)
ALONE: Final = (
    r"^[ \t\n]{0,64}(?![0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4}-[0-9]{2}-|(?:[a-z0-9-]{1,63}[.]){1,5}[a-z]{2,24}(?:[/:]|$))"
    r"(?![!-~]{0,64}(?:@[A-Za-z0-9-]{1,63}[.]|://))(?=[!-~]{0,63}[A-Za-z])(?=[!-~]{0,63}[0-9])[!-~]{8,64}[ \t\n]{0,64}$"
)
# What looks like one and is not: error numbers with their name or form, products, and days (20260115).
ERROR: Final = (
    r"AADSTS[ \t\n:#-]{0,9}[0-9]{3,8}"
    r"|(?:error|エラー)の?[ \t]{0,3}(?:code|number|コード|番号)?[ \t]{0,9}(?:is|は|が|:|=)?[ \t]{0,9}[0-9]{3,8}"
    r"|(?<![0-9a-z])(?:0x[0-9a-f]{4,16}|CAA[0-9a-f]{4,8})(?![0-9a-z])"
    r"|(?<![0-9a-z])(?:microsoft|office|windows|outlook|iphone|android)[ \t]{0,2}[0-9]{1,3}(?![0-9a-z])"
)
DAY: Final = r"^20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$"

SECRETS: Final = (CALLED, MIXED, ALONE, CODE)
# Signs behind a word that belong to the sentence.
SIGNS_AT_END: Final = r"[.,:;)\]'\"]{1,9}$"

_SECRETS: Final = tuple(re.compile(pattern, re.IGNORECASE | re.ASCII) for pattern in SECRETS)
_ERROR: Final = re.compile(ERROR, re.IGNORECASE | re.ASCII)
_DAY: Final = re.compile(DAY)
_SIGNS_AT_END: Final = re.compile(SIGNS_AT_END)


@dataclass(frozen=True)
class Cleaned:
    """A text (NFKC) without its secrets, and whether there were any."""

    text: str
    had_secrets: bool


def without_secrets(text: str, known: Collection[str]) -> Cleaned:
    """Take out of a text what looks like a password or a one-time code; error numbers that are `known` stay.

    So does a number that begins a known one, which a person may just be typing.
    """
    rest = composed(text)
    had = False
    for pattern in _SECRETS:
        errors = [match.span() for match in _ERROR.finditer(rest)]
        spans = [match.span(pattern.groups) for match in pattern.finditer(rest) if not _harmless(match, errors, known)]
        for start, end in reversed(spans):
            rest, had = f"{rest[:start]} {rest[end:]}", True
    return Cleaned(rest, had)


def _harmless(match: re.Match[str], errors: list[tuple[int, int]], known: Collection[str]) -> bool:
    """Say whether it is an error number or, if nobody called it a secret, a day or what may become a known number."""
    called = bool(match.re.groups)
    found = _SIGNS_AT_END.sub("", match[match.re.groups].strip())
    start = match.start(match.re.groups)
    if any(first <= start and start + len(found) <= last for first, last in errors):
        return True
    if not found.isascii() or not found.isdigit():
        return False
    return found in known if called else bool(_DAY.search(found)) or any(each.startswith(found) for each in known)
