"""Brings a PO file up to date with its source: stale translations stay in service, nothing translated is lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assistant.flow.translation.header import header_for
from assistant.flow.translation.matching import match
from assistant.flow.translation.written import Field, PoEntry, new_entry, read_entries, write_entries

Key: TypeAlias = tuple[str, str]
Kind: TypeAlias = Literal["new", "stale", "again", "renamed", "revived", "obsolete"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that wants a translation, with what a translator should know: page number, preview link, meaning."""

    context: str
    source: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What an update did with one text. `again`: the source says again what the translation is of."""

    kind: Kind
    context: str
    source: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """A PO file brought up to date, and what that changed in its entries."""

    text: str
    changes: tuple[Change, ...]


def update(text: str | None, language: str, wanted: Iterable[Wanted], renamed: Mapping[str, str]) -> Update:
    """Return the PO file with exactly the wanted texts, in their order; what nothing wants any more is obsolete.

    `text` is the present file, in which `read_words` finds nothing wrong, or None; `renamed` has the present id of
    each former id of a state. Doing it twice changes nothing more.
    """
    entries = read_entries(text or "")
    header = next((entry for entry in entries if entry.fields and entry.key == ("", "")), None)
    merging = _Merging([entry for entry in entries if entry is not header], wanted, renamed)
    merged = [header_for(language, header), *merging.entries(), *merging.rest()]
    return Update(write_entries(merged), tuple(merging.changes))


class _Merging:
    """Finds for each wanted text the entry that has its translation, the surest way first."""

    def __init__(self, entries: Sequence[PoEntry], wanted: Iterable[Wanted], renamed: Mapping[str, str]) -> None:
        self.changes: list[Change] = []
        self._wanted = list({(each.context, each.source): each for each in wanted}.values())
        self._remarks = [entry for entry in entries if not entry.fields]
        present = [_moved(entry, renamed) for entry in entries if entry.fields]
        self._living = [entry for entry in present if not entry.obsolete]
        self._obsolete = [entry for entry in present if entry.obsolete]
        self._used: set[int] = set()
        self._found: dict[Key, PoEntry] = {}
        before = {entry.key for entry in entries}
        self._find_same(before)
        self._find_obsolete()
        self._find_changed()
        self._find_moved_choices()

    def entries(self) -> Iterator[PoEntry]:
        """Yield the entries of all wanted texts."""
        for each in self._wanted:
            entry = self._found.get((each.context, each.source))
            if entry is None:
                self._tell("new", each)
                entry = new_entry(each.context, each.source).with_flags(fuzzy=False)
            yield replace(entry, automatic=(each.remark,) if each.remark else (), references=())

    def rest(self) -> Iterator[PoEntry]:
        """Yield what nothing wants: obsolete entries, and remarks at the end of the file."""
        kept = [entry for entry in self._obsolete if id(entry) not in self._used]
        yield from kept
        keys = {entry.key for entry in kept}
        for entry in self._unused():
            if entry.translated and entry.key not in keys:
                keys.add(entry.key)
                self.changes.append(Change("obsolete", *entry.key))
                yield replace(entry, obsolete=True, automatic=(), references=())
        yield from self._remarks

    def _find_same(self, before: set[Key]) -> None:
        living = {entry.key: entry for entry in reversed(self._living)}
        for each in self._wanted:
            key = (each.context, each.source)
            if key in living:
                self._take(each, living[key], _settled(living[key]))
                if key not in before:
                    self._tell("renamed", each)

    def _find_obsolete(self) -> None:
        made_for = {(entry.text("msgctxt"), _translated_source(entry)): entry for entry in reversed(self._obsolete)}
        obsolete = {**made_for, **{entry.key: entry for entry in reversed(self._obsolete)}}
        for each in self._missing():
            entry = obsolete.get((each.context, each.source))
            if entry is not None and id(entry) not in self._used:
                revived, same = replace(entry, obsolete=False), entry.text("msgid") == each.source
                self._take(each, entry, _settled(revived) if same else _carried(revived, each.source))
                self._tell("revived", each)

    def _find_changed(self) -> None:
        """Carry translations over to texts that were changed, within one context."""
        for context in dict.fromkeys(each.context for each in self._missing()):
            old = [entry for entry in self._living if entry.text("msgctxt") == context]
            new = [each for each in self._wanted if each.context == context]
            pairs = match([entry.text("msgid") for entry in old], [each.source for each in new])
            for place, was in sorted(pairs.items()):
                if old[was].translated and id(old[was]) not in self._used:
                    self._carry(new[place], old[was])

    def _find_moved_choices(self) -> None:
        """Carry a label's translation to the trigger that says the same words now, within one state."""
        for each in self._missing():
            state, choices, _ = each.context.partition(".choices.")
            for entry in self._unused() if choices else []:
                if entry.text("msgctxt").startswith(f"{state}.choices.") and entry.text("msgid") == each.source:
                    self._take(each, entry, _settled(entry.with_text("msgctxt", each.context)))
                    self._tell("renamed", each)
                    break

    def _carry(self, each: Wanted, entry: PoEntry) -> None:
        if (each.context, each.source) in self._found:
            return
        carried = _carried(entry, each.source)
        self._take(each, entry, carried)
        self._tell("stale" if carried.fuzzy else "again", each, entry.text("msgid"))

    def _take(self, each: Wanted, entry: PoEntry, now: PoEntry) -> None:
        self._used.add(id(entry))
        self._found[each.context, each.source] = now

    def _tell(self, kind: Kind, each: Wanted, before: str = "") -> None:
        self.changes.append(Change(kind, each.context, each.source, before))

    def _missing(self) -> list[Wanted]:
        return [each for each in self._wanted if (each.context, each.source) not in self._found]

    def _unused(self) -> list[PoEntry]:
        return [entry for entry in self._living if id(entry) not in self._used]


def _moved(entry: PoEntry, renamed: Mapping[str, str]) -> PoEntry:
    """Return the entry under the present id of its state."""
    state, dot, key = entry.text("msgctxt").partition(".")
    return entry.with_text("msgctxt", f"{renamed[state]}.{key}") if dot and state in renamed else entry


def _settled(entry: PoEntry) -> PoEntry:
    """Return the entry as its flag says: the source of before is only kept while the translation is fuzzy."""
    return replace(entry.with_flags(fuzzy=entry.fuzzy), previous=entry.previous if entry.fuzzy else ())


def _carried(entry: PoEntry, source: str) -> PoEntry:
    """Return the entry with another source text: fuzzy, unless its translation was made for just this one."""
    was = _translated_source(entry)
    previous = entry.previous if entry.fuzzy and entry.previous else (Field.of("msgid", was),)
    stale = was != source
    now = entry.with_text("msgid", source).with_flags(fuzzy=stale)
    return replace(now, previous=previous if stale else ())


def _translated_source(entry: PoEntry) -> str:
    """Return the source text of which an entry's translation is, which a fuzzy one keeps beside it."""
    return entry.previous[-1].text if entry.fuzzy and entry.previous else entry.text("msgid")
