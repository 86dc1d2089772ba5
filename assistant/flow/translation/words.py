"""The words of one language, as a PO file has them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from babel.messages.pofile import PoFileError, read_po

from assistant.flow.message import say
from assistant.flow.problem import Mark, Problem
from assistant.flow.translation.soundness import problems_of

# Babel takes `#~| msgid "..."`, which msgmerge and Poedit write, for a fault; what is obsolete is nobody's word.
_OBSOLETE: Final = re.compile(r"(?m)^[ \t]*#~.*$")


@dataclass(frozen=True)
class Words:
    """The words of one language. A stale translation stays in service; a missing one falls back to the source.

    `path` is the file that they were read from, `lines` where in it each source text stands.
    """

    language: str
    translated: Mapping[tuple[str, str], str] = field(default_factory=dict)
    stale: frozenset[tuple[str, str]] = frozenset()
    path: str = ""
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def say(self, context: str, source: str) -> str:
        """Return the words for a source text in its context (such as `password.title`), or the source itself."""
        return self.translated.get((context, source), source)

    def has(self, context: str, source: str) -> bool:
        """Say whether this language has words of its own for the text."""
        return (context, source) in self.translated


def read_words(path: str, text: str, language: str) -> tuple[Words, list[Problem]]:
    """Return the words of a PO file and what is wrong with it."""
    problems = problems_of(path, text)
    if problems:
        return Words(language), problems
    try:
        catalog = read_po(StringIO(_OBSOLETE.sub("", text)), locale=None, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", None)
        mark = Mark(line + 1 if isinstance(line, int) else 1, 1)
        return Words(language), [Problem(path, mark, "bad-po-file", say("not a valid PO file: {reason}", reason=error))]
    translated: dict[tuple[str, str], str] = {}
    stale: set[tuple[str, str]] = set()
    lines: dict[tuple[str, str], int] = {}
    for message in catalog:
        if not message.id or not isinstance(message.id, str) or not isinstance(message.string, str):
            continue
        key = (message.context or "", message.id)
        lines[key] = message.lineno or 1
        if message.string:
            translated[key] = message.string
        if message.fuzzy:
            stale.add(key)
    return Words(language, translated, frozenset(stale), path, lines), []
