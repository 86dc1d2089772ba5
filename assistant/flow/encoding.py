"""Bytes of a file to text: UTF-8 and nothing else; the encodings that files are saved in by mistake are named."""

import re
from typing import Final

from assistant.flow.message import NOTHING, Message, say
from assistant.flow.problem import Mark, Problem

_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
# Half-width katakana, which nobody writes: what EUC-JP looks like where it is read as CP932.
_HALF_WIDTH: Final = re.compile("[\uff61-\uff9f]")


def decode(path: str, data: bytes) -> str | Problem:
    """Return the text of a file that must be UTF-8 (with or without a byte order mark), or what is wrong with it."""
    if data.startswith(_WIDE) or b"\x00" in data[:4]:
        message = say("the file is not UTF-8; {guess}save it as UTF-8", guess=say("it looks like UTF-16; "))
        return Problem(path, Mark(), "not-utf-8", message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        message = say("the file is not UTF-8; {guess}save it as UTF-8", guess=_guess(data))
        return Problem(path, Mark(line, len(before.decode("utf-8-sig")) + 1), "not-utf-8", message)


def _guess(data: bytes) -> Message:
    euc, shift = _text(data, "euc_jp"), _text(data, "cp932")
    if shift is not None and (euc is None or not _HALF_WIDTH.search(shift)):
        return say("it looks like Shift_JIS (CP932); ")
    return NOTHING if euc is None else say("it looks like EUC-JP; ")


def _text(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
