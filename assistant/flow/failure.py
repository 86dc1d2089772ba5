"""What a person reads off an error page of Microsoft's, or pastes from it: the number, the ids and the time in it."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from assistant.flow.recognising.plain import composed

# The page offers "Copy info to clipboard"; its labels follow the browser's language. Every gap has a limit, so that a
# text made of gaps takes no longer than any other.
_DIGITS: Final = r"([1-9][0-9]{3,7})(?![0-9])"
_SPACE: Final = r"[ \t\r\n]"
# The patterns for numbers are regular expressions of Python and of JavaScript.
NUMBERED: Final = rf"AADSTS[ \t\r\n:#-]{{0,9}}{_DIGITS}"
LABELLED: Final = (
    rf"(?:error|エラー)の?{_SPACE}{{0,3}}(?:code|number|コード|番号){_SPACE}{{0,9}}"
    rf"(?:is|は|が|:|=)?{_SPACE}{{0,9}}#?{_DIGITS}"
)
# Not a part of an id, an address, a time or a word; Japanese goes on without a space: 50126と出ました.
BARE: Final = r"(?<![0-9A-Za-z_])(?<![0-9][.,:/])(?<![0-9A-Za-z]-)([1-9][0-9]{3,7})(?![0-9A-Za-z_]|[.,:/-][0-9A-Za-z])"
_SIGNS: Final = r"[^0-9A-Za-z_\u00c0-\u1fff\u2c00-\u2fef\u3005-\u3007\u3040-\ud7ff\uf900-\ufaff]*"
ALONE: Final = rf"^{_SIGNS}([1-9][0-9]{{3,7}}){_SIGNS}$"

_NUMBERED: Final = re.compile(NUMBERED, re.IGNORECASE)
_LABELLED: Final = re.compile(LABELLED, re.IGNORECASE)
_BARE: Final = re.compile(BARE)
_ALONE: Final = re.compile(ALONE)
_GUID: Final = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9a-z-])"
_CORRELATION: Final = re.compile(
    rf"(?:correlation|相関|関連付け)\s{{0,3}}-?\s{{0,3}}id\s{{0,9}}[:=]?\s{{0,9}}{_GUID}", re.IGNORECASE
)
_REQUEST: Final = re.compile(
    rf"(?:request|trace|要求|トレース)\s{{0,3}}-?\s{{0,3}}id\s{{0,9}}[:=]?\s{{0,9}}{_GUID}", re.IGNORECASE
)
# Without its label an id counts on a line of its own only: the message itself names ids of applications and tenants.
_LONELY_ID: Final = re.compile(rf"^[ \t]{{0,9}}{_GUID}[ \t]{{0,9}}$", re.IGNORECASE | re.MULTILINE)
_TIME: Final = re.compile(
    r"(?<![0-9])(2[0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))[T ]"
    r"((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)(?![0-9])(?:\.[0-9]{1,9})?\s?"
    r"(?:(Z|UTC|GMT|JST)(?![a-z])|([+-][01][0-9]):?([0-5][0-9]))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Failure:
    """What is known of a failed sign-in; `time` is ISO 8601 as it was written, with its zone, or `Z` where none was."""

    number: str | None = None
    correlation_id: str | None = None
    request_id: str | None = None
    time: str | None = None


def read_failure(text: str, known: Container[str] = ()) -> Failure:
    """Pick the number, the ids and the time out of a text; what is not there is None.

    A number counts if it follows AADSTS, if it is one of `known`, if it follows words such as `Error Code:`, or if it
    is all there is; a passcode in a sentence is none of these. Full-width letters and digits count as half-width,
    because people type with the input method on.
    """
    plain = composed(text)
    correlation, request = _first(_CORRELATION, plain), _first(_REQUEST, plain)
    if correlation is None and request is None:
        correlation = _first(_LONELY_ID, plain)
    return Failure(_number(plain, known), correlation, request, _time(plain))


def _number(text: str, known: Container[str]) -> str | None:
    numbered = _first(_NUMBERED, text)
    if numbered is not None:
        return numbered
    labelled: list[str] = _LABELLED.findall(text)
    listed = next((number for number in (*labelled, *_BARE.findall(text)) if number in known), None)
    alone = _ALONE.search(text)
    return listed or next(iter(labelled), None) or (alone[1] if alone else None)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1].lower() if found else None


def _time(text: str) -> str | None:
    found = _TIME.search(text)
    if found is None:
        return None
    date, clock, name, hours, minutes = found.groups()
    zone = f"{hours}:{minutes}" if hours else "+09:00" if name and name.upper() == "JST" else "Z"
    return f"{date}T{clock}{zone}"
