"""What nobody should give us: passwords and one-time codes in what a person types, found and taken out.

The patterns are regular expressions of Python and of JavaScript, for text after Unicode's NFKC, whatever its case.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

# Digits of 6 to 8, also in two halves, that are no part of an id, an address, a time or a longer number.
CODE: Final = (
    r"(?<![0-9A-Za-z_.,:/+-])(?<![0-9] )(?:[0-9]{6,8}|[0-9]{3}[ -][0-9]{3}|[0-9]{4}[ -][0-9]{4})"
    r"(?![0-9A-Za-z_]|[ .,:/-][0-9])"
)
# Called one: パスワードは…, password: …; only with a digit or a sign in it, or "password is wrong" would be one.
# The group at the end is the secret itself.
CALLED: Final = (
    r"(?:(?:パスワード|暗証番号|合言葉|コード)[ \t]*(?:は|が|:|=|→)?[ \t]*"
    r"|(?<![a-z])(?:passwords?|passcode|passphrase|pwd|pin|code)(?:[ \t]*(?:は|が|is|was|:|=|→)[ \t]*|[ \t]+))"
    r"[「『\"'(]?(?![!-~]*://)(?=[!-~]*[0-9!#$%&*+=?^~])([!-~]{4,64})"
)
# A word that nobody says: letters, digits and signs mixed. Alone in the box, letters and digits are enough.
MIXED: Final = (
    r"(?<![!-~])(?=[!-~]*[A-Za-z])(?=[!-~]*[0-9])(?=[!-~]*[!#$%&*+=?^~])(?![!-~]*(?:@[A-Za-z0-9-]+[.]|://))"
    r"[!-~]{8,64}(?![!-~])"
)
ALONE: Final = (
    r"^[ \t\n]*(?![0-9a-f]{8}-[0-9a-f-]{27})(?=[!-~]*[A-Za-z])(?=[!-~]*[0-9])(?![!-~]*[@:/._])[!-~]{8,64}[ \t\n]*$"
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
DIGITS_AT_END: Final = r"[0-9]+$"

_SECRETS: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in SECRETS)
_ERROR: Final = re.compile(ERROR, re.IGNORECASE)
_DAY: Final = re.compile(DAY)
_DIGITS_AT_END: Final = re.compile(DIGITS_AT_END)


@dataclass(frozen=True)
class Cleaned:
    """A text (NFKC) without its secrets, and whether there were any."""

    text: str
    had_secrets: bool


def without_secrets(text: str, known: Collection[str]) -> Cleaned:
    """Take out of a text what looks like a password or a one-time code; error numbers that are `known` stay.

    So does a number that begins a known one, which a person may just be typing.
    """
    rest = unicodedata.normalize("NFKC", text)
    had = False
    for pattern in _SECRETS:
        errors = [match.span() for match in _ERROR.finditer(rest)]
        spans = [match.span(pattern.groups) for match in pattern.finditer(rest) if not _harmless(match, errors, known)]
        for start, end in reversed(spans):
            rest, had = f"{rest[:start]} {rest[end:]}", True
    return Cleaned(rest, had)


def _harmless(match: re.Match[str], errors: list[tuple[int, int]], known: Collection[str]) -> bool:
    if any(start < match.end() and match.start() < end for start, end in errors):
        return True
    digits = _DIGITS_AT_END.search(match[0].strip())
    return digits is not None and (bool(_DAY.search(digits[0])) or _begins_known(digits[0], known))


def _begins_known(digits: str, known: Collection[str]) -> bool:
    return any(number.startswith(digits) for number in known)
