"""A rewording in all files of a folder of flows: what changes in each, and which pages and drawings show it then."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from assistant.catalog.files import CommonFiles, Files, FlowFiles
from assistant.catalog.sources import FLOW_FILE, LOCALES, SCENARIO_FILE, label
from assistant.flow.common import Codes, Common, Facts, Notes, Screens
from assistant.flow.loader import load, load_flow
from assistant.flow.model import Flow
from assistant.flow.reader import decode
from assistant.flow.rewording import Rewording
from assistant.flow.rewording.files import Reworded, reword_po, reword_yaml
from assistant.flow.rewording.places import FileKind
from assistant.flow.translation import Entry, common_entries, common_language, flow_entries

_SHARED: Final[Mapping[FileKind, type[BaseModel]]] = {
    "facts": Facts,
    "notes": Notes,
    "codes": Codes,
    "screens": Screens,
}


@dataclass(frozen=True)
class FileChange:
    """A file, the bytes that were read from it, and what a rewording does to its text."""

    path: Path
    bytes_before: bytes
    reworded: Reworded


@dataclass(frozen=True)
class Plan:
    """What a rewording changes: the files, the texts of each flow by their context, and what flows share."""

    files: tuple[FileChange, ...]
    contexts: Mapping[str, frozenset[str]]
    shared: frozenset[tuple[str, str]]

    @property
    def changed(self) -> list[FileChange]:
        """Return the files in which anything changes."""
        return [each for each in self.files if each.reworded.edits]

    def drawings(self) -> list[str]:
        """Return the screens whose drawings or other wordings change."""
        return sorted(name for kind, name in self.shared if kind == "screens")

    def pages(self, name: str, flow: Flow) -> Iterator[str]:
        """Yield the states of a flow whose pages look different afterwards."""
        for state, data in flow.states.items():
            parts = {("notes", use.note) for use in data.notes} | {("screens", data.screen or "")}
            parts |= {("screens", choice.screen or "") for choice in data.choices.values()}
            own = {context.partition(".")[0] for context in self.contexts.get(name, ())}
            if state in own or parts & self.shared:
                yield state


def plan(files: Files, rewording: Rewording) -> Plan:
    """Return what a rewording changes in all files; raises CannotReword and OSError. Nothing is written."""
    flows = (each.loaded.data for each in files.flows.values() if each.loaded.data is not None)
    changes = list(_shared_changes(files.shared, common_language(flows) or "", rewording))
    shared, common = _reworded_common(files.shared.common, changes)
    translations = list(_translations(files.shared.folder, shared, rewording))
    common |= {(kind, part) for kind, part, *_ in (context.split(".") for context in _contexts(translations))}
    changes += translations
    contexts: dict[str, frozenset[str]] = {}
    for name, flow in files.flows.items():
        if flow.loaded.data is not None:
            changed, texts = _flow_changes(flow, flow.loaded.data, rewording)
            changes += changed
            contexts[name] = frozenset(context for context, _ in texts) | _contexts(changed)
    return Plan(tuple(changes), contexts, common)


def _contexts(changes: Iterable[FileChange]) -> frozenset[str]:
    """Return the texts whose translations say something else."""
    return frozenset[str]().union(*(each.reworded.contexts for each in changes))


def _shared_changes(shared: CommonFiles, source: str, rewording: Rewording) -> Iterator[FileChange]:
    for kind in _SHARED if shared.folder is not None else ():
        path = Path(shared.folder or "", f"{kind}.yaml")
        if path.is_file():
            yield _yaml(path, kind, source, rewording)


def _flow_changes(
    files: FlowFiles, flow: Flow, rewording: Rewording
) -> tuple[list[FileChange], Mapping[tuple[str, str], str]]:
    own = _yaml(files.folder / FLOW_FILE, "flow", flow.language, rewording)
    after = load_flow("", own.reworded.after).data
    texts = _pairs(list(flow_entries(flow)), list(flow_entries(after))) if after is not None else {}
    changes = [own]
    if (files.folder / SCENARIO_FILE).is_file():
        changes.append(_yaml(files.folder / SCENARIO_FILE, "scenarios", flow.language, rewording))
    return [*changes, *_translations(files.folder, texts, rewording)], texts


def _yaml(path: Path, kind: FileKind, source: str, rewording: Rewording) -> FileChange:
    data, text = _read(path)
    return FileChange(path, data, reword_yaml(label(path), text, kind, source, rewording))


def _translations(
    folder: Path | None, texts: Mapping[tuple[str, str], str], rewording: Rewording
) -> Iterator[FileChange]:
    for path in sorted((folder / LOCALES).glob("*.po")) if folder is not None else ():
        data, text = _read(path)
        yield FileChange(path, data, reword_po(label(path), text, path.stem, texts, rewording))


def _read(path: Path) -> tuple[bytes, str]:
    data = path.read_bytes()
    text = decode(label(path), data)
    return data, text if isinstance(text, str) else ""


def _reworded_common(
    common: Common, changes: list[FileChange]
) -> tuple[Mapping[tuple[str, str], str], frozenset[tuple[str, str]]]:
    """Return the new source texts of what flows share, and what of it looks different: kind and name."""
    texts = {each.path.stem: each.reworded.after for each in changes}
    loaded = {kind: load("", texts[kind], _SHARED[kind], kind).data for kind in _SHARED if kind in texts}
    after = common.model_copy(update={kind: getattr(data, kind) for kind, data in loaded.items() if data is not None})
    changed = {
        (kind, name)
        for kind in loaded
        for name, part in getattr(after, kind).items()
        if part != getattr(common, kind)[name]
    }
    return _pairs(list(common_entries(common)), list(common_entries(after))), frozenset(changed)


def _pairs(before: list[Entry], after: list[Entry]) -> dict[tuple[str, str], str]:
    return {
        (old.context, old.source): new.source
        for old, new in zip(before, after, strict=True)
        if old.source != new.source
    }
