"""What a person reads off an error page of Microsoft's, or pastes from it: the number, the ids and the time in it."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

# The page offers "Copy info to clipboard"; its labels follow the browser's language.
_NUMBERED: Final = re.compile(r"AADSTS[\s:#-]*([1-9][0-9]{3,7})(?![0-9])", re.IGNORECASE)
_LABELLED: Final = re.compile(r"(?:code|コード|番号)\s*[:#]?\s*([1-9][0-9]{3,7})(?![0-9])", re.IGNORECASE)
_BARE: Final = re.compile(r"(?<![\w.:-])([1-9][0-9]{3,7})(?![\w.:-])")
_GUID: Final = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_CORRELATION: Final = re.compile(rf"(?:correlation|相関|関連付け)\s*-?\s*id\s*[:=]?\s*{_GUID}", re.IGNORECASE)
_REQUEST: Final = re.compile(rf"(?:request|trace|要求|トレース)\s*-?\s*id\s*[:=]?\s*{_GUID}", re.IGNORECASE)
_ANY_ID: Final = re.compile(rf"(?<![0-9a-f-]){_GUID}(?![0-9a-f-])", re.IGNORECASE)
_TIME: Final = re.compile(
    r"(?<![0-9])(2[0-9]{3}-[01][0-9]-[0-3][0-9])[T ]([0-2][0-9]:[0-5][0-9](?::[0-6][0-9])?)(?:\.[0-9]+)?\s?"
    r"(Z|UTC|GMT|[+-][01][0-9]:?[0-5][0-9])?",
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

    A number counts if it follows AADSTS or a word such as `Error Code:`, if it is one of `known`, or if it is all there
    is. Full-width letters and digits count as half-width, because people type with the input method on.
    """
    plain = unicodedata.normalize("NFKC", text)
    correlation, request = _first(_CORRELATION, plain), _first(_REQUEST, plain)
    if correlation is None and request is None:
        correlation = _first(_ANY_ID, plain)
    return Failure(_number(plain, known), correlation, request, _time(plain))


def _number(text: str, known: Container[str]) -> str | None:
    found = _first(_NUMBERED, text) or _first(_LABELLED, text)
    if found is None and re.fullmatch(r"[1-9][0-9]{3,7}", text.strip()):
        found = text.strip()
    return found or next((number for number in _BARE.findall(text) if number in known), None)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1].lower() if found else None


def _time(text: str) -> str | None:
    found = _TIME.search(text)
    if found is None:
        return None
    zone = (found[3] or "Z").upper()
    return f"{found[1]}T{found[2]}{'Z' if zone in {'Z', 'UTC', 'GMT'} else zone}"
