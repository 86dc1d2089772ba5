"""What is known of the screens of each flow, made once at start: the index, what recognises, and what tells apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from assistant.catalog import Catalog, Guide
from assistant.flow.distinction import Distinction
from assistant.flow.identifier import Identifier
from assistant.flow.index import build_index
from assistant.flow.portable import as_json
from assistant.flow.reading import Read, japanese

INDEX_FILE: Final = "identify-{}.json"


@dataclass(frozen=True)
class Known:
    """One flow's screens: `identifier` recognises them, `distinctions` tell them apart in each screen language.

    `data` is the index as JSON, from which a browser recognises them, too.
    """

    identifier: Identifier
    distinctions: Mapping[str, Distinction]
    data: bytes


def know(catalog: Catalog) -> dict[str, Known]:
    """Return what is known for each flow of a catalog."""
    return {name: _know(catalog, guide) for name, guide in catalog.guides.items()}


def index_files(known: Mapping[str, Known]) -> dict[str, bytes]:
    """Return the static files from which browsers recognise screens, by their names."""
    return {INDEX_FILE.format(name): each.data for name, each in known.items()}


def _know(catalog: Catalog, guide: Guide) -> Known:
    index = build_index(guide.engine.flow, catalog.common, _reader())
    screens = {entry.screen: catalog.common.screens[entry.screen] for entry in index.entries}
    languages = dict.fromkeys(language for screen in screens.values() for language in screen.wording)
    distinctions = {language: Distinction(screens, language) for language in languages}
    data = json.dumps(as_json(index), ensure_ascii=False, separators=(",", ":")).encode()
    return Known(Identifier(index), distinctions, data)


@cache
def _reader() -> Read:
    """Return the reader of kanji, whose dictionary is loaded once."""
    return japanese()
