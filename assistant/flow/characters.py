"""Characters that no text may have: nobody sees them, they turn the reading direction, or no browser takes them."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from assistant.flow.message import say
from assistant.flow.problem import Fault, Mark

# What a forbidden character is replaced by before the text is read; itself the sign of a character lost in saving.
LOST: Final = "\ufffd"
FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufffd-\uffff\ud800-\udfff\ue000\ue001\U000e0000-\U000e007f]"
)
# Ends of lines to YAML and not to editors.
_LINE_ENDS: Final = re.compile("[\x85\u2028\u2029]")
_MOST: Final = 100


def forbidden(text: str) -> Iterator[tuple[Mark, Fault]]:
    """Yield the first hundred forbidden characters of a text, each with its place."""
    if text.isascii() and text.isprintable():
        return
    for found in islice(FORBIDDEN.finditer(text), _MOST):
        start = max(text.rfind("\n", 0, found.start()), text.rfind("\r", 0, found.start()))
        yield Mark(_line(text, found.start()), found.start() - start), fault(found.group())


def fault(character: str) -> Fault:
    """Say what is wrong with a forbidden character."""
    if character == LOST:
        return Fault("lost-character", say("a character was lost here when the file was saved; write it again"))
    name = f"U+{ord(character):04X}"
    return Fault("control-character", say("an invisible character {name} is in the file; delete it", name=name))


def readable(text: str) -> str:
    """Return a text that YAML can read: forbidden characters replaced, each by one, so that every place stays."""
    return FORBIDDEN.sub(LOST, _LINE_ENDS.sub(" ", text))


def _line(text: str, end: int) -> int:
    breaks = text.count("\n", 0, end) + text.count("\r", 0, end) - text.count("\r\n", 0, end)
    return breaks + 1
