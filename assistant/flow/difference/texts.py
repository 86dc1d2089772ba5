"""Texts that read otherwise, and translations that a changed source text has made stale."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from assistant.flow.common import Common
from assistant.flow.difference.states import kept_states
from assistant.flow.difference.version import Versions
from assistant.flow.difference.wording import Change, aligned, changes
from assistant.flow.translation import Entry, Words, common_entries, flow_entries

_Translations: TypeAlias = Mapping[str, Words]
_Entries: TypeAlias = Iterable[tuple[str, Entry]]
_NOTHING: Final = Words("")


@dataclass(frozen=True)
class Text:
    """A text in one language, by its new context, before and after; None where it is not there."""

    context: str
    language: str
    before: str | None
    after: str | None

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return what stays, goes and comes, word by word."""
        return changes(self.before, self.after)


@dataclass(frozen=True)
class Stale:
    """A translation made for another text, `made_for`, than `source`, which now stands in this context."""

    context: str
    language: str
    source: str
    translation: str
    made_for: str


@dataclass(frozen=True)
class Texts:
    """All that readers of any language find said otherwise."""

    changed: tuple[Text, ...] = ()
    stale: tuple[Stale, ...] = ()


def changed_texts(versions: Versions, old: _Translations, new: _Translations) -> Texts:
    """Compare the texts of a flow. Those of states and choices that only one version has are not told."""
    before, after = versions.old.engine.flow, versions.new.engine.flow
    kept = kept_states(versions)
    former = {now: name for name, now in kept.items()}
    choices_before = {(kept[name], trigger) for name in kept for trigger in before.states[name].choices}
    choices = choices_before & {(now, trigger) for now in former for trigger in after.states[now].choices}
    return _compare(
        after.language,
        [(_context(entry, kept), entry) for entry in flow_entries(before) if _shared(entry, kept, choices)],
        [
            (entry.context, entry)
            for entry in flow_entries(after)
            if _shared(entry, {now: now for now in former}, choices)
        ],
        old,
        new,
    )


def changed_common_texts(language: str, before: Common, after: Common, old: _Translations, new: _Translations) -> Texts:
    """Compare what the flows share, written in this language, and the drawings of screens in each screen language."""
    told = _compare(language, _named(common_entries(before)), _named(common_entries(after)), old, new)
    return Texts((*told.changed, *_drawings(before, after)), told.stale)


def _named(entries: Iterable[Entry]) -> _Entries:
    return [(entry.context, entry) for entry in entries]


def _shared(entry: Entry, kept: Mapping[str, str], choices: set[tuple[str, str]]) -> bool:
    """Say whether both versions have the state or choice that a text belongs to."""
    match entry.place:
        case ("states", str(name), "choices", str(trigger), *_):
            return name in kept and (kept[name], trigger) in choices
        case ("states", str(name), *_):
            return name in kept
    return True


def _context(entry: Entry, kept: Mapping[str, str]) -> str:
    match entry.place:
        case ("states", str(name), *_):
            return kept[name] + entry.context.removeprefix(name)
    return entry.context


def _compare(language: str, before: _Entries, after: _Entries, old: _Translations, new: _Translations) -> Texts:
    changed: list[Text] = []
    stale: list[Stale] = []
    others = [name for name in dict.fromkeys((*new, *old)) if name != language]
    for context, was, now in _pairs(before, after):
        if was is None or now is None or was.source != now.source:
            changed.append(Text(context, language, was.source if was else None, now.source if now else None))
        for other in others:
            old_words, new_words = old.get(other, _NOTHING), new.get(other, _NOTHING)
            told, translated = _said(old_words, was), _said(new_words, now)
            if was and now and was.source != now.source and told is not None and _unmended(new_words, now, told):
                stale.append(Stale(context, other, now.source, told, was.source))
            elif told != translated:
                changed.append(Text(context, other, told, translated))
    return Texts(tuple(changed), tuple(stale))


def _pairs(before: _Entries, after: _Entries) -> Iterator[tuple[str, Entry | None, Entry | None]]:
    old, new = defaultdict[str, list[Entry]](list), defaultdict[str, list[Entry]](list)
    for side, entries in ((old, before), (new, after)):
        for context, entry in entries:
            side[context].append(entry)
    for context in dict.fromkeys((*new, *old)):
        was, now = old[context], new[context]
        for left, right in aligned([entry.source for entry in was], [entry.source for entry in now]):
            yield context, None if left is None else was[left], None if right is None else now[right]


def _said(words: Words, entry: Entry | None) -> str | None:
    return None if entry is None else words.translated.get((entry.context, entry.source))


def _unmended(words: Words, entry: Entry, told: str) -> bool:
    """Say whether the translation is still the one of the former text, or marked as one to look at."""
    return _said(words, entry) in (None, told) or (entry.context, entry.source) in words.stale


def _drawings(before: Common, after: Common) -> Iterator[Text]:
    for name in after.screens:
        if name in before.screens:
            old, new = before.screens[name].wording, after.screens[name].wording
            for language in dict.fromkeys((*new, *old)):
                was = list(old[language].labels()) if language in old else []
                now = list(new[language].labels()) if language in new else []
                for left, right in aligned(was, now):
                    told = None if left is None else was[left], None if right is None else now[right]
                    if told[0] != told[1]:
                        yield Text(f"screens.{name}.drawing", language, *told)
