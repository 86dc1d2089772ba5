"""A PO file as it is written, entry by entry: what nobody changed is written back letter by letter."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from babel.messages.catalog import Message
from babel.messages.pofile import normalize, unescape

FUZZY: Final = "fuzzy"
_FIELD: Final = re.compile(r'(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]+\])?)\s*(?P<quoted>".*")')


@dataclass(frozen=True, slots=True)
class Field:
    """A keyword such as `msgid` with its text, and the lines in which the file has them."""

    keyword: str
    text: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, keyword: str, text: str) -> "Field":
        """Write a text: in one line, or a line for each of its own."""
        return cls(keyword, text, tuple(f"{keyword} {normalize(text, width=0)}".split("\n")))


@dataclass(frozen=True, slots=True)
class PoEntry:
    """One entry. `comments` and `references` are lines as written; `previous` is the source that the words are of."""

    fields: tuple[Field, ...]
    comments: tuple[str, ...] = ()
    automatic: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: tuple[Field, ...] = ()
    obsolete: bool = False

    def text(self, keyword: str) -> str:
        """Return the text behind a keyword, empty if there is none."""
        return next((each.text for each in self.fields if each.keyword == keyword), "")

    @property
    def key(self) -> tuple[str, str]:
        """Return context and source text, by which words are looked up."""
        return self.text("msgctxt"), self.text("msgid")

    @property
    def translated(self) -> bool:
        """Say whether there are words of the other language."""
        return any(each.text for each in self.fields if each.keyword.startswith("msgstr"))

    @property
    def fuzzy(self) -> bool:
        """Say whether the translation has to be looked at again."""
        return FUZZY in self.flags

    def with_text(self, keyword: str, text: str) -> "PoEntry":
        """Return the entry with another text behind a keyword; the same text stays as it is written."""
        if self.text(keyword) == text:
            return self
        return replace(self, fields=tuple(_changed(each, keyword, text) for each in self.fields))

    def with_flags(self, *, fuzzy: bool) -> "PoEntry":
        """Return the entry with the flags that its source text asks for, and those that somebody else set."""
        asked = Message(self.text("msgid")).flags
        others = {flag for flag in self.flags if flag not in {FUZZY, "python-format", "python-brace-format"}} | asked
        return replace(self, flags=((FUZZY,) if fuzzy else ()) + tuple(sorted(others)))


def _changed(each: Field, keyword: str, text: str) -> Field:
    return Field.of(keyword, text) if each.keyword == keyword else each


def new_entry(context: str, source: str, translation: str = "") -> PoEntry:
    """Make an entry that no file has yet."""
    named = (Field.of("msgctxt", context),) if context else ()
    return PoEntry((*named, Field.of("msgid", source), Field.of("msgstr", translation)))


@dataclass
class _Reading:
    """The entry that is being read, line by line."""

    comments: list[str] = field(default_factory=list)
    automatic: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    previous: list[Field] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    obsolete: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.fields) and self.fields[-1].keyword.startswith("msgstr")

    def entry(self) -> PoEntry:
        return PoEntry(
            fields=tuple(self.fields),
            comments=tuple(self.comments),
            automatic=tuple(self.automatic),
            references=tuple(self.references),
            flags=tuple(self.flags),
            previous=tuple(self.previous),
            obsolete=self.obsolete,
        )

    def comment(self, line: str) -> None:
        kind = line[:2]
        if kind == "#.":
            self.automatic.append(line[2:].strip())
        elif kind == "#:":
            self.references.append(line)
        elif kind == "#,":
            self.flags += [flag.strip() for flag in line[2:].split(",") if flag.strip()]
        elif kind == "#|":
            _add(self.previous, line[2:].strip())
        elif line.startswith("#~|"):
            _add(self.previous, line[3:].strip())
        else:
            self.comments.append(line)


def _add(fields: list[Field], line: str) -> None:
    found = _FIELD.fullmatch(line)
    if found is not None:
        fields.append(Field(found["keyword"], unescape(found["quoted"]), (line,)))
    elif fields and line.startswith('"'):
        last = fields[-1]
        fields[-1] = replace(last, text=last.text + unescape(line), lines=(*last.lines, line))


def read_entries(text: str) -> list[PoEntry]:
    """Return the entries of a PO text in which `read_words` finds nothing wrong.

    Remarks at the end of the file come as an entry without fields.
    """
    entries: list[PoEntry] = []
    reading = _Reading()
    for written in text.split("\n"):
        line = written.strip()
        obsolete = line.startswith("#~") and not line.startswith("#~|")
        content = line[2:].strip() if obsolete else line
        starts = content.startswith(("#", "msgctxt", "msgid ", "msgid\t", 'msgid"'))
        if starts and reading.complete:
            entries.append(reading.entry())
            reading = _Reading()
        if not content:
            if reading.comments and not reading.fields:
                reading.comments.append("")
        elif content.startswith("#"):
            reading.comment(content)
        else:
            reading.obsolete = obsolete
            _add(reading.fields, content)
    if reading.complete or reading.comments:
        entries.append(reading.entry())
    return entries


def write_entries(entries: Iterable[PoEntry]) -> str:
    """Return the text of a PO file, an empty line between two entries."""
    return "\n".join("".join(f"{line}\n" for line in _lines(entry)) for entry in entries)


def lines_of(text: str) -> dict[tuple[str, str], int]:
    """Return the line of each entry's translation, counted from 1, in a text that `write_entries` wrote."""
    places: dict[tuple[str, str], int] = {}
    end = 0
    for entry in read_entries(text):
        end += len(list(_lines(entry)))
        places.setdefault(entry.key, end - len(entry.fields[-1].lines) + 1 if entry.fields else end)
        end += 1
    return places


def _lines(entry: PoEntry) -> Iterator[str]:
    yield from _without_last_gap(entry)
    yield from (f"#. {words}" for words in entry.automatic)
    yield from entry.references
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}"
    before, now = ("#~| ", "#~ ") if entry.obsolete else ("#| ", "")
    yield from (before + line for each in entry.previous for line in each.lines)
    yield from (now + line for each in entry.fields for line in each.lines)


def _without_last_gap(entry: PoEntry) -> tuple[str, ...]:
    comments = entry.comments
    return comments[:-1] if comments and not comments[-1] and not entry.fields else comments
