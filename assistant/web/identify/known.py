"""What is known of the screens of each flow, made once at start: the index, what recognises, and what tells apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from assistant.catalog import Catalog, Guide
from assistant.flow.recognising.distinction import Distinction
from assistant.flow.recognising.identifier import Identifier
from assistant.flow.recognising.index import build_index
from assistant.flow.recognising.portable import as_json, features_as_json
from assistant.flow.recognising.reading import Read, japanese

INDEX_FILE: Final = "identify-{}.json"
FEATURES_FILE: Final = "identify-{}-{}.json"


@dataclass(frozen=True)
class Known:
    """One flow's screens: `identifier` recognises them, `distinctions` tell them apart in each screen language.

    `files` is the same as JSON by name, from which a browser recognises and tells them apart, too.
    """

    identifier: Identifier
    distinctions: Mapping[str, Distinction]
    files: Mapping[str, bytes]


@lru_cache(maxsize=2)
def know(catalog: Catalog) -> Mapping[str, Known]:
    """Return what is known for each flow of a catalog; it takes most of a second, and once for a catalog."""
    return {name: _know(catalog, guide) for name, guide in catalog.guides.items()}


def index_files(known: Mapping[str, Known]) -> dict[str, bytes]:
    """Return the static files from which browsers recognise screens, by their names."""
    return {name: data for each in known.values() for name, data in each.files.items()}


def _know(catalog: Catalog, guide: Guide) -> Known:
    index = build_index(guide.engine.flow, catalog.common, _reader())
    screens = {entry.screen: catalog.common.screens[entry.screen] for entry in index.entries}
    languages = dict.fromkeys(language for screen in screens.values() for language in screen.wording)
    distinctions = {language: Distinction(screens, language) for language in languages}
    files = {INDEX_FILE.format(guide.id): _written(as_json(index))}
    for language, distinction in distinctions.items():
        files[FEATURES_FILE.format(guide.id, language)] = _written(features_as_json(distinction))
    return Known(Identifier(index), distinctions, files)


def _written(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _reader() -> Read:
    """Return the reader of kanji, whose dictionary is loaded once."""
    return japanese()
