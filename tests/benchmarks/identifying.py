"""How well and how fast screens are recognised: by sentences of several writers, pasted pages and half headings."""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant import resources
from assistant.catalog import Catalog, open_catalog
from assistant.flow.recognising.identifier import Identifier
from assistant.flow.recognising.index import build_index
from assistant.flow.recognising.plain import plain
from assistant.flow.recognising.portable import as_json
from assistant.flow.recognising.reading import japanese
from tests.benchmarks.measuring import ROUNDS, compare
from tests.benchmarks.pasting import pasted

SENTENCES: Final = Path(__file__).parent / "sentences"
NONE: Final = "none"
CONFUSIONS: Final = 8


@dataclass(frozen=True)
class Said:
    """What somebody said or pasted, and all the screens that it fits."""

    language: str
    screens: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Score:
    """How many of these were right at once, how many among three, how many of the unrelated were refused."""

    known: int
    first: int
    among_three: int
    unrelated: int
    refused: int
    confusions: Counter[tuple[str, str]]

    def __str__(self) -> str:
        """Return the shares, as far as there is anything to count."""
        shares = [f"first {self.first / self.known:6.1%}   among three {self.among_three / self.known:6.1%}"]
        if self.unrelated:
            shares.append(f"unrelated refused {self.refused / self.unrelated:6.1%}")
        return "   ".join(shares)


def read(name: str) -> list[Said]:
    """Return the sentences of a file beside this one."""
    lines = (SENTENCES / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [Said(language, tuple(screens.split(",")), text.replace("\\n", "\n")) for language, screens, text in rows]


def score(identifier: Identifier, sentences: Iterable[Said]) -> Score:
    """Return how well these are recognised."""
    counts, confusions = Counter[str](), Counter[tuple[str, str]]()
    for said in sentences:
        found = [candidate.screen for candidate in identifier.identify(said.text).candidates]
        if said.screens == (NONE,):
            counts.update(unrelated=1, refused=not found)
            continue
        right = bool(found) and found[0] in said.screens
        counts.update(known=1, first=right, among_three=not set(said.screens).isdisjoint(found[:3]))
        if not right:
            confusions[said.screens[0], found[0] if found else NONE] += 1
    return Score(confusions=confusions, **{name: counts[name] for name in _COUNTED})


_COUNTED: Final = ("known", "first", "among_three", "unrelated", "refused")


def shipped() -> tuple[Catalog, Identifier]:
    """Return the shipped flows and the identifier of the login flow."""
    catalog = open_catalog(resources.folder("flows"))
    return catalog, Identifier(build_index(catalog.guides["login"].engine.flow, catalog.common, japanese()))


def identifying_figures() -> Iterator[str]:
    """Yield how often the right screen comes first, for every collection, what is confused, and what it costs."""
    catalog, identifier = shipped()
    written = read("written")
    collections = {
        "written, seen in tuning": written[::2],
        "written, never seen": written[1::2],
        "held back (another writer)": read("held-back"),
        "pasted pages": read("pages"),
        "pasted pages, generated": [Said(*_row(row)) for row in pasted(catalog.common, 1, 2)],
    }
    confusions = Counter[tuple[str, str]]()
    for name, sentences in collections.items():
        for language in dict.fromkeys(said.language for said in sentences):
            found = score(identifier, [said for said in sentences if said.language == language])
            yield f"{f'{name}, {language}':<42}{found}"
            confusions += found.confusions
        yield f"{name:<42}{score(identifier, sentences)}   aim 85 %, 97 %, 90 %; pages 95 % first"
    headings = read("headings")
    given = [{candidate.screen for candidate in identifier.identify(said.text).candidates} for said in headings]
    complete = sum(set(said.screens) <= found for said, found in zip(headings, given, strict=True))
    yield f"{'half and shared headings, all given':<42}{complete} of {len(headings)}"
    for (meant, taken), count in confusions.most_common(CONFUSIONS):
        yield f"{'  taken for another':<42}{meant} for {taken}: {count} times"
    yield from _costs(identifier, [said.text for said in written])


def _row(row: tuple[str, str, str]) -> tuple[str, tuple[str, ...], str]:
    language, screen, text = row
    return language, (screen,), text


def _costs(identifier: Identifier, texts: list[str]) -> Iterator[str]:
    phrases = [phrase for entry in identifier.index.entries for phrase in entry.phrases]

    def recognise() -> None:
        for text in texts:
            identifier.identify(text)

    def look_for_each_phrase() -> None:
        for text in texts:
            letters = plain(text)
            for phrase in phrases:
                phrase.find(letters)

    found = compare([recognise] * ROUNDS, look_for_each_phrase, units=len(texts))
    name = "a sentence, beside a search in all phrases"
    yield f"{name:<42}{found.ratio:7.2f} x  aim < 2 ms {found.subject * 1e3:7.2f} ms"
    data = json.dumps(as_json(identifier.index), ensure_ascii=False, separators=(",", ":")).encode()
    yield f"{'index, compressed':<42}{len(gzip.compress(data, 9)) / 1000:7.1f} kB aim < 100 kB"
