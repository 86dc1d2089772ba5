"""A folder of flows, or one flow, read and checked: what each file says, where, and every problem of any of them."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from assistant import resources
from assistant.catalog.misnamed import check_names
from assistant.catalog.places import flow_places, no_flow, readable
from assistant.catalog.sources import (
    COMMON,
    FLOW_FILE,
    LOCALES,
    SCENARIO_FILE,
    Memory,
    Sources,
    is_file,
    is_folder,
    label,
    shown,
)
from assistant.flow.checker import check_words, judge
from assistant.flow.common import Codes, Common, Elsewhere, Facts, Notes, Screens
from assistant.flow.document import Document
from assistant.flow.engine import Engine
from assistant.flow.explorer import Exploration
from assistant.flow.loader import Loaded
from assistant.flow.message import Message, say
from assistant.flow.model import ID, RESERVED_FLOWS, Flow
from assistant.flow.problem import Mark, Problem
from assistant.flow.rules.common import check_common
from assistant.flow.rules.promises import untested_transitions
from assistant.flow.rules.references import duplicate_number
from assistant.flow.rules.translations import check_all_translations
from assistant.flow.rules.unused import check_unused, check_unused_words
from assistant.flow.rules.words import check_sentences, check_translated_sentences
from assistant.flow.scenario import Scenarios, check_scenarios
from assistant.flow.translation import Words, common_entries, common_language, flow_entries

_SHARED: Final[Mapping[str, type[BaseModel]]] = {
    "facts": Facts,
    "notes": Notes,
    "screens": Screens,
    "codes": Codes,
    "elsewhere": Elsewhere,
}
# What is told of something that is not there; of a file that could not be read, nobody knows what it has.
_NOT_THERE: Final[Mapping[str, frozenset[str]]] = {
    "facts": frozenset({"unknown-fact"}),
    "notes": frozenset({"unknown-note", "no-half-width"}),
    "screens": frozenset({"unknown-screen", "button-not-drawn", "button-misspelt"}),
}


@dataclass(frozen=True)
class CommonFiles:
    """What flows share: the data, the documents by name, parts that could not be read, and the words by language.

    `unread` has the kinds of parts of which nothing could be read, though their file is there.
    """

    folder: Path | None
    common: Common
    documents: Mapping[str, Document]
    broken: frozenset[str]
    words: Mapping[str, Words]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FlowFiles:
    """One flow's files. `engine` and `scenarios` are None where too much is wrong; `words` has the source language."""

    folder: Path
    loaded: Loaded[Flow]
    words: Mapping[str, Words]
    engine: Engine | None
    scenarios: Loaded[Scenarios] | None = None
    found: Exploration | None = None


@dataclass(frozen=True)
class Files:
    """Everything that was read, by a flow's folder name, with every problem in the order of files and lines."""

    shared: CommonFiles
    flows: Mapping[str, FlowFiles]
    problems: tuple[Problem, ...]
    version: str


def read(path: Path, memory: Memory | None = None) -> Files:
    """Read a folder of flows, a flow's folder, a flow file, or any file beside one or shared by flows.

    A flow without a folder of flows around it is read with what the installed flows share. Raises FileNotFoundError.
    With a `memory`, what did not change since the last reading is not taken apart again.
    """
    path = readable(path)
    home = path.parent if is_file(path) else path
    sources = Sources(memory=memory or Memory())
    sources.memory.turn()
    one = is_file(path) or FLOW_FILE in sources.names(path)
    folder = (home.parent if one else home) / COMMON
    if one and not is_folder(folder):
        folder = resources.folder("flows") / COMMON
    shared = _read_common(sources, folder if is_folder(folder) else None)
    if one:
        file = path if is_file(path) else path / FLOW_FILE
        if file.name == FLOW_FILE:
            sources.problems += check_names(home, sources.names(home), (FLOW_FILE, SCENARIO_FILE))
        flows = {shown(home.resolve().name): _read_flow(sources, home, shared, file)}
    else:
        folders = list(flow_places(sources, path))
        flows = {shown(each.name): _read_flow(sources, each, shared, each / FLOW_FILE) for each in folders}
        _check_names(sources, folders)
        _check_numbers(sources, [files.loaded for files in flows.values()])
        _check_use(sources, shared, [files.loaded for files in flows.values()])
        _check_languages(sources, shared, flows.values())
    spoken = [(files.loaded.data, files.words) for files in flows.values() if files.loaded.data is not None]
    sources.problems += check_all_translations(shared.common, shared.words, spoken)
    if not flows and not is_folder(folder) and not sources.problems:
        sources.problems.append(no_flow(path))
    return Files(shared, flows, _told(sources, shared), sources.digest.hexdigest()[:12])


def _told(sources: Sources, shared: CommonFiles) -> tuple[Problem, ...]:
    """Return every problem once, in the order of files and lines, left out what only follows from an unread file."""
    following = frozenset[str]().union(*(_NOT_THERE.get(kind, ()) for kind in shared.unread))
    told = {problem for problem in sources.problems if problem.code not in following}
    return tuple(sorted(told, key=lambda each: (each.path, each.mark, each.code, str(each.message))))


def _read_common(sources: Sources, folder: Path | None) -> CommonFiles:
    if folder is None:
        return CommonFiles(None, Common(), {}, frozenset(), {})
    files: dict[str, Loaded[Any]] = {
        name: sources.load_if_there(folder / f"{name}.yaml", model, name) for name, model in _SHARED.items()
    }
    common = Common.model_construct(
        **{name: getattr(file.data, name) if file.data else {} for name, file in files.items()}
    )
    documents = {name: file.document for name, file in files.items() if file.document is not None}
    broken = frozenset[str]().union(*(file.broken for file in files.values()))
    names = sources.names(folder)
    unread = frozenset(
        kind for kind, file in files.items() if file.data is None and (not names or f"{kind}.yaml" in names)
    )
    sources.problems += check_names(folder, names, (f"{kind}.yaml" for kind in _SHARED))
    sources.problems += check_common(common, documents)
    words = sources.locales(folder / LOCALES)
    for name, document in documents.items():
        entries = [entry for entry in common_entries(common) if entry.place[0] == name]
        for each in words.values():
            sources.problems += check_words(entries, document, each)
        sources.problems += check_sentences(entries, document)
    for each in words.values() if len(documents) == len(files) and not broken and not unread else ():
        sources.problems += check_unused_words(common_entries(common), each)
        sources.problems += check_translated_sentences(each)
    return CommonFiles(folder, common, documents, broken, words, unread)


def _read_flow(sources: Sources, folder: Path, shared: CommonFiles, path: Path) -> FlowFiles:
    sources.digest.update(os.fsencode(folder.name))
    loaded = sources.load(path, Flow, "states")
    verdict = judge(loaded, shared.common, shared.broken, shown(folder.resolve().name))
    sources.problems += verdict.problems
    words = sources.locales(folder / LOCALES)
    if loaded.data is None or loaded.document is None:
        return FlowFiles(folder, loaded, words, None)
    for each in words.values():
        sources.problems += check_words(flow_entries(loaded.data), loaded.document, each)
        if not loaded.broken:
            sources.problems += check_unused_words(flow_entries(loaded.data), each, loaded.data)
        sources.problems += check_translated_sentences(each)
    scenarios = None
    if verdict.engine is not None and not any(problem.severity == "error" for problem in verdict.problems):
        scenarios = _read_scenarios(sources, folder / SCENARIO_FILE, verdict.engine, shared.common)
        if scenarios.data is not None:
            sources.problems += untested_transitions(scenarios.data.scenarios, verdict.engine, loaded.document)
    source = loaded.data.language
    spoken = {source: Words(source), **{code: each for code, each in words.items() if code != source}}
    return FlowFiles(folder, loaded, spoken, verdict.engine, scenarios, verdict.found)


def _read_scenarios(sources: Sources, path: Path, engine: Engine, common: Common) -> Loaded[Scenarios]:
    loaded = sources.load_if_there(path, Scenarios, "scenarios")
    if loaded.data is not None and loaded.document is not None:
        sources.problems += check_scenarios(loaded.data, engine, loaded.document, common)
    return loaded


def _check_use(sources: Sources, shared: CommonFiles, flows: Sequence[Loaded[Flow]]) -> None:
    """What flows share is used by one of them; only told where nothing is misspelt."""
    known = [loaded.data for loaded in flows if loaded.data is not None and not loaded.broken]
    sound = all(problem.severity == "warning" for problem in sources.problems)
    if known and len(known) == len(flows) and sound:
        sources.problems += check_unused(shared.common, shared.documents.items(), known)


def _check_languages(sources: Sources, shared: CommonFiles, flows: Iterable[FlowFiles]) -> None:
    """What flows share has each of their languages; told once, and not for each of its texts."""
    if shared.folder is None or shared.unread or not any(common_entries(shared.common)):
        return
    spoken = dict.fromkeys(language for each in flows for language in each.words)
    written = common_language(each.loaded.data for each in flows if each.loaded.data is not None)
    for language in spoken:
        path = shared.folder / LOCALES / f"{language}.po"
        if language != written and not os.path.lexists(path):
            message = say("what flows share has no words in '{language}'; write this file", language=language)
            sources.problems.append(Problem(label(path), Mark(), "missing-translation", message, "warning"))


def _check_names(sources: Sources, folders: Iterable[Path]) -> None:
    """A folder of flows is served under the names of its folders."""
    for folder in folders:
        if not ID.fullmatch(folder.name) or folder.name in RESERVED_FLOWS:
            message = say(
                "a flow's folder is named by an id that is not reserved; rename '{folder}'", folder=shown(folder.name)
            )
            sources.problems.append(Problem(label(folder / FLOW_FILE), Mark(), "bad-flow-name", message))


def _owner(loaded: Loaded[Flow], document: Document, name: str) -> Message:
    line = document.mark("states", name, "no").line
    return say("'{state}' ({path}, line {line})", state=name, path=loaded.path, line=line)


def _check_numbers(sources: Sources, flows: Iterable[Loaded[Flow]]) -> None:
    """Numbers are unique over all flows, because `/27` names no flow."""
    owners: dict[int, Message] = {}
    for loaded in flows:
        if loaded.data is None or loaded.document is None:
            continue
        own = {state.no: name for name, state in loaded.data.states.items()}
        free = max([*owners, *own], default=0) + 1
        for number, name in own.items():
            if number in owners:
                sources.problems.append(duplicate_number(loaded.document, name, number, owners[number], free))
        owned = {number: _owner(loaded, loaded.document, name) for number, name in own.items()}
        owners = owned | owners
