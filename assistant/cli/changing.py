"""Writes the files that a command changes, or ends with why none of them was written."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.cli.common import PROBLEMS, fail
from assistant.cli.language import said
from assistant.flow.message import say

if TYPE_CHECKING:
    from assistant.writing import Rewrite


def write_or_fail(rewrites: "Iterable[Rewrite]") -> None:
    """Write all files, or none and end."""
    from assistant.writing import ChangedMeanwhile, write_all

    try:
        write_all(rewrites)
    except ChangedMeanwhile as error:
        message = say("{file} was changed by somebody else just now; nothing was written, try again", file=error.path)
        fail(said(message), PROBLEMS)
    except OSError as error:
        message = say("{file} cannot be written: {reason}", file=error.filename or "", reason=error.strerror or error)
        fail(said(message), PROBLEMS)
