"""What is known of the screens of each flow, made once at start: the index, what recognises, and what tells apart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, Final

from assistant.catalog import Catalog, Guide
from assistant.flow.recognising.distinction import Distinction
from assistant.flow.recognising.identifier import Identifier
from assistant.flow.recognising.index import Index, build_index
from assistant.flow.recognising.portable import as_json, features_as_json
from assistant.flow.recognising.reading import Read, japanese

INDEX_FILE: Final = "identify-{}.json"
FEATURES_FILE: Final = "identify-{}-{}.json"


@dataclass(frozen=True)
class Known:
    """One flow's screens: `identifier` recognises them, `distinctions` tell them apart in each screen language.

    `files` is the same as JSON by name, from which a browser recognises and tells them apart, too.
    """

    index: Index
    distinctions: Mapping[str, Distinction]
    files: Mapping[str, bytes]

    @cached_property
    def identifier(self) -> Identifier:
        """Return what recognises the screens; weighing every piece of their words takes half a second."""
        return Identifier(self.index)


@lru_cache(maxsize=2)
def know(catalog: Catalog) -> Mapping[str, Known]:
    """Return what is known for each flow of a catalog; it takes most of a second, and once for a catalog."""
    known = know_for_now(catalog, _reader())
    for each in known.values():
        _ = each.identifier  # made before anybody waits for it
    return known


def know_for_now(catalog: Catalog, read: Read) -> Mapping[str, Known]:
    """Return what is known where a catalog soon gives way to another: what recognises is made when first asked."""
    return {name: _know(catalog, guide, read) for name, guide in catalog.guides.items()}


def index_files(known: Mapping[str, Known]) -> dict[str, bytes]:
    """Return the static files from which browsers recognise screens, by their names."""
    return {name: data for each in known.values() for name, data in each.files.items()}


def _know(catalog: Catalog, guide: Guide, read: Read) -> Known:
    index = build_index(guide.engine.flow, catalog.common, read)
    screens = {entry.screen: catalog.common.screens[entry.screen] for entry in index.entries}
    languages = dict.fromkeys(language for screen in screens.values() for language in screen.wording)
    distinctions = {language: Distinction(screens, language) for language in languages}
    files = {INDEX_FILE.format(guide.id): _written(as_json(index))}
    for language, distinction in distinctions.items():
        files[FEATURES_FILE.format(guide.id, language)] = _written(features_as_json(distinction))
    return Known(index, distinctions, files)


def _written(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _reader() -> Read:
    """Return the reader of kanji, whose dictionary is loaded once."""
    return japanese()
