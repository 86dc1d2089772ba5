"""What the checker tells an author, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, NamedTuple
from unicodedata import normalize

from assistant.flow.message import NOTHING, Message, Translate, say

Severity = Literal["error", "warning"]

# To compare a longer word, or with more of them, would take longer than it helps: a flow of thousands of states may
# have a thousand unknown targets. Of many words only those that begin or end alike are compared.
_LONGEST: Final = 100
_MOST_COMPARED: Final = 300
_MOST_KNOWN: Final = 5_000


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; line and column count from 1, columns in characters."""

    line: int = 1
    column: int = 1


class Fault(NamedTuple):
    """What is wrong, with its stable code, before anybody knows where it stands."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: what is wrong and what to write instead, at a place, with a stable code."""

    path: str
    mark: Mark
    code: str
    message: Message
    severity: Severity = "error"

    def __str__(self) -> str:
        """Say it in one line, in English: `path:line:column: message [code]`."""
        return self.said(lambda template: template)

    def said(self, translate: Translate) -> str:
        """Say it in one line in the language of `translate`."""
        kind = "" if self.severity == "error" else translate("warning: ")
        place = f"{self.path}:{self.mark.line}:{self.mark.column}"
        return f"{place}: {kind}{self.told(translate)} [{self.code}]"

    def told(self, translate: Translate) -> str:
        """Return the message alone in the language of `translate`, on one line, whatever an author wrote."""
        return " ".join(self.message.said(translate).splitlines())

    def as_json(self, translate: Translate) -> dict[str, str | int]:
        """Give the problem as `assistant check --format json` prints it."""
        return {
            "path": self.path,
            "line": self.mark.line,
            "column": self.mark.column,
            "code": self.code,
            "severity": self.severity,
            "message": self.told(translate),
        }


class FlowError(Exception):
    """The flows cannot be used; `problems` says why, all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, in the order in which an author reads the files."""
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.path, problem.mark, problem.code)))
        super().__init__("\n".join(map(str, self.problems)))


def suggestion(word: str, known: Iterable[str]) -> Message:
    """Return `; did you mean 'x'?` for the known word that is nearest, or nothing."""
    near = nearest(word, known, 0.6)
    return say("; did you mean '{near}'?", near=near) if near else NOTHING


def nearest(word: str, known: Iterable[str], likeness: float) -> str | None:
    """Return the known word that is nearest, if it is at least so much alike (0 to 1, as difflib measures), or None."""
    names = list(known)
    if len(word) > _LONGEST or len(names) > _MOST_KNOWN:
        return None
    meant = normalize("NFKC", word).strip()
    if len(names) > _MOST_COMPARED:
        names = [name for name in names if name[:1] == meant[:1] or name[-1:] == meant[-1:]][:_MOST_COMPARED]
    return next(iter(get_close_matches(meant, names, n=1, cutoff=likeness)), None)
