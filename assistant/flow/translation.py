"""Words in the reader's language: gettext PO files with state and key as context; the only module that knows Babel."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from babel.messages.pofile import PoFileError, read_po

from assistant.flow.common import Common
from assistant.flow.model import Flow
from assistant.flow.problem import Mark, Problem

# Babel would cut a letter off words whose quote is missing, and say nothing.
_LINE: Final = re.compile(
    r'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[[0-9]\])\s*)?"(?:[^"\\]|\\.)*"\s*)?', re.DOTALL
)


@dataclass(frozen=True)
class Words:
    """The words of one language. A stale translation stays in service; a missing one falls back to the source."""

    language: str
    translated: Mapping[tuple[str, str], str] = field(default_factory=dict)
    stale: frozenset[tuple[str, str]] = frozenset()

    def say(self, context: str, source: str) -> str:
        """Return the words for a source text in its context (such as `password.title`), or the source itself."""
        return self.translated.get((context, source), source)

    def has(self, context: str, source: str) -> bool:
        """Say whether this language has words of its own for the text."""
        return (context, source) in self.translated


def read_words(path: str, text: str, language: str) -> tuple[Words, list[Problem]]:
    """Return the words of a PO file and what is wrong with it."""
    unreadable = [number for number, line in enumerate(text.split("\n"), 1) if not _LINE.fullmatch(line)]
    if unreadable:
        advice = 'not a line of a PO file; write the words between two quotes, and \\" for a quote in them'
        return Words(language), [Problem(path, Mark(number), "bad-po-file", advice) for number in unreadable]
    try:
        catalog = read_po(StringIO(text), locale=None, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", None)
        mark = Mark(line + 1 if isinstance(line, int) else 1, 1)
        return Words(language), [Problem(path, mark, "bad-po-file", f"not a valid PO file: {error}")]
    translated: dict[tuple[str, str], str] = {}
    stale: set[tuple[str, str]] = set()
    for message in catalog:
        if not message.id or not isinstance(message.id, str) or not isinstance(message.string, str):
            continue
        key = (message.context or "", message.id)
        if message.string:
            translated[key] = message.string
        if message.fuzzy:
            stale.add(key)
    return Words(language, translated, frozenset(stale)), []


@dataclass(frozen=True)
class Entry:
    """A text of the source language that wants a translation: its context, its words, and where they stand."""

    context: str
    source: str
    place: tuple[str | int, ...]


def flow_entries(flow: Flow) -> Iterator[Entry]:
    """Yield every text of a flow that a reader can meet."""
    yield Entry("title", flow.title, ("title",))
    for group, names in (("stages", flow.stages), ("outcomes", flow.outcomes)):
        for name, words in names.items():
            yield Entry(f"{group}.{name}", words, (group, name))
    for name, state in flow.states.items():
        if state.gone is not None:
            continue
        place = ("states", name)
        yield Entry(f"{name}.title", state.title, (*place, "title"))
        for key, text in (("text", state.text), ("script", state.script)):
            for index, paragraph in enumerate(text):
                yield Entry(f"{name}.{key}", paragraph.text, (*place, key, index))
        for trigger, choice in state.choices.items():
            yield Entry(f"{name}.choices.{trigger}", choice.label, (*place, "choices", trigger, "label"))
        if state.message is not None:
            yield Entry(f"{name}.message.subject", state.message.subject, (*place, "message", "subject"))
            for index, paragraph in enumerate(state.message.text):
                yield Entry(f"{name}.message.text", paragraph.text, (*place, "message", "text", index))


def common_entries(common: Common) -> Iterator[Entry]:
    """Yield every text that the flows share and a reader can meet."""
    for name, fact in common.facts.items():
        yield Entry(f"facts.{name}.text", fact.text, ("facts", name, "text"))
    for name, note in common.notes.items():
        yield Entry(f"notes.{name}.title", note.title, ("notes", name, "title"))
        for index, paragraph in enumerate(note.text):
            yield Entry(f"notes.{name}.text", paragraph, ("notes", name, "text", index))
    for name, screen in common.screens.items():
        yield Entry(f"screens.{name}.name", screen.name, ("screens", name, "name"))
    for number, code in common.codes.items():
        for index, paragraph in enumerate(code.text):
            yield Entry(f"codes.{number}.text", paragraph, ("codes", number, "text", index))
