"""What is wrong with a PO file as it is written: babel would pass over it, or read something else than is meant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from assistant.flow.characters import forbidden
from assistant.flow.message import say
from assistant.flow.problem import Fault, Mark, Problem
from assistant.flow.reader import MAXIMUM_PROBLEMS

# Babel would cut a letter off words whose quote is missing, and say nothing.
_LINE: Final = re.compile(
    r'\s*(?:#.*|(?:(?P<keyword>msgctxt|msgid|msgid_plural|msgstr|msgstr\[[0-9]\])\s*)?"(?:[^"\\]|\\.)*"\s*)?', re.DOTALL
)
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPES: Final = 'ntr"\\'
_CHARSET: Final = re.compile(r"Content-Type:[^\"]*charset=([^\s\\\"]+)", re.IGNORECASE)
_UTF_8: Final = frozenset({"utf-8", "utf8"})
# What an entry's keyword may stand behind; "" is the beginning of the file.
_BEHIND: Final[Mapping[str, frozenset[str]]] = {
    "msgctxt": frozenset({"", "msgstr", "msgstr[]"}),
    "msgid": frozenset({"", "msgctxt", "msgstr", "msgstr[]"}),
    "msgid_plural": frozenset({"msgid"}),
    "msgstr": frozenset({"msgid"}),
    "msgstr[]": frozenset({"msgid_plural", "msgstr[]"}),
}


def problems_of(path: str, text: str) -> list[Problem]:
    """Return what is wrong with the lines of a PO file, nothing if babel can be trusted with it."""
    lines = text.split("\n")
    faults = list(islice(_unreadable(lines), MAXIMUM_PROBLEMS)) or [
        *islice(_out_of_order(lines), MAXIMUM_PROBLEMS),
        *islice(_misread(lines), MAXIMUM_PROBLEMS),
        *forbidden(text),
        *_whole(text),
    ]
    return [Problem(path, mark, *fault) for mark, fault in faults]


def _whole(text: str) -> Iterator[tuple[Mark, Fault]]:
    if "msg" not in text:
        yield Mark(), Fault("empty", say("the file is empty; write it with 'assistant translate', or delete it"))
    elif "\r" in text and "\n" not in text:
        message = say("the lines end in CR alone, so all of the file is one line; save it with LF or CR LF")
        yield Mark(), Fault("bad-po-file", message)


def _unreadable(lines: Sequence[str]) -> Iterator[tuple[Mark, Fault]]:
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line):
            advice = say('not a line of a PO file; write the words between two quotes, and \\" for a quote in them')
            yield Mark(number), Fault("bad-po-file", advice)


def _out_of_order(lines: Sequence[str]) -> Iterator[tuple[Mark, Fault]]:
    message = say("an entry is 'msgctxt', 'msgid' and 'msgstr', in this order; one of them is missing here")
    before, at = "", 0
    for number, line in enumerate((*lines, 'msgctxt ""'), 1):
        found = _LINE.fullmatch(line)
        keyword = re.sub("[0-9]", "", (found and found["keyword"]) or "")
        if keyword:
            if before not in _BEHIND[keyword]:
                yield Mark(number if keyword.startswith("msgstr") else at), Fault("bad-po-file", message)
            before, at = keyword, number


def _misread(lines: Sequence[str]) -> Iterator[tuple[Mark, Fault]]:
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith("#"):
            continue
        for found in _ESCAPE.finditer(line):
            if found[1] not in _ESCAPES:
                message = say("'{sign}' means nothing in a PO file; write \\\\ for a backslash", sign=found[0])
                yield Mark(number, found.start() + 1), Fault("bad-po-file", message)
        charset = _CHARSET.search(line)
        if charset is not None and charset[1].lower() not in _UTF_8:
            message = say("the file says that it is {charset}; save it as UTF-8 and write UTF-8", charset=charset[1])
            yield Mark(number, charset.start(1) + 1), Fault("bad-po-file", message)
