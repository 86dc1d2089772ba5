"""The PO files of a folder of flows: which there are or should be, what stands in them, and their present state."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.catalog.files import Files
from assistant.catalog.sources import COMMON, LOCALES, label
from assistant.flow.problem import Problem
from assistant.flow.translation import Words, common_language
from assistant.flow.translation.remarks import wanted_of_common, wanted_of_flow
from assistant.flow.translation.updating import Update, Wanted, update


@dataclass(frozen=True)
class Translated:
    """A flow, or what flows share, as something to translate: its folder, and its texts for a language."""

    name: str
    folder: Path
    source: str
    words: Mapping[str, Words]
    wanted: Callable[[str], Iterable[Wanted]]
    renamed: Mapping[str, str]

    def languages(self) -> list[str]:
        """Return the languages that it has a PO file for, its own aside."""
        return [language for language in self.words if language != self.source]

    def path(self, language: str) -> Path:
        """Return where the PO file of a language is, or would be."""
        return self.folder / LOCALES / f"{language}.po"

    def update(self, text: str | None, language: str) -> Update:
        """Bring the PO file with this text up to date."""
        return update(text, language, self.wanted(language), self.renamed)


@dataclass(frozen=True)
class Status:
    """How far a translation is: how many texts there are, translated and in order, stale, and missing."""

    name: str
    language: str
    texts: int
    translated: int
    stale: int
    missing: int

    @property
    def percent(self) -> int:
        """Return the share of texts that are translated and in order, rounded down: 100 means all."""
        return 100 * self.translated // self.texts if self.texts else 100


def to_translate(files: Files) -> Iterator[Translated]:
    """Yield what can be translated: what flows share first, then every flow that could be read."""
    flows = {name: each.loaded.data for name, each in files.flows.items() if each.loaded.data is not None}
    shared = files.shared
    if shared.folder is not None:
        source = common_language(flows.values()) or ""
        yield Translated(
            COMMON,
            shared.folder,
            source,
            shared.words,
            lambda language: wanted_of_common(shared.common, flows, language),
            {},
        )
    for name, flow in flows.items():
        own = files.flows[name]
        yield Translated(
            name,
            own.folder,
            flow.language,
            own.words,
            partial(wanted_of_flow, name, flow),
            flow.renamed,
        )


def in_the_way(files: Files, each: Translated) -> list[Problem]:
    """Return the problems that have to be mended before translations are touched: texts could not all be read."""
    own = {label(path) for path in [*each.folder.glob("*.yaml"), *each.folder.glob(f"{LOCALES}/*.po")]}
    own.discard(label(each.folder / "scenarios.yaml"))
    return [problem for problem in files.problems if problem.severity == "error" and problem.path in own]


def status(each: Translated, language: str) -> Status:
    """Count the texts of a flow in a language."""
    keys = {(wanted.context, wanted.source) for wanted in each.wanted(language)}
    words = each.words.get(language, Words(language))
    stale = sum(key in words.stale and words.has(*key) for key in keys)
    missing = sum(not words.has(*key) for key in keys)
    return Status(each.name, language, len(keys), len(keys) - stale - missing, stale, missing)
