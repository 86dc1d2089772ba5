"""Where flows come from: a folder is read once, checked, and becomes engines with their words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from assistant import resources
from assistant.flow.checker import check_words, judge
from assistant.flow.common import Codes, Common, Elsewhere, Facts, Notes, Screens
from assistant.flow.common_rules import check_common
from assistant.flow.document import Document
from assistant.flow.engine import Engine
from assistant.flow.explorer import Exploration, explore
from assistant.flow.loader import Loaded, load
from assistant.flow.model import ID, RESERVED_FLOWS, Answer, Flow
from assistant.flow.problem import FlowError, Mark, Problem
from assistant.flow.reader import decode
from assistant.flow.rules import duplicate_number
from assistant.flow.scenario import Scenarios, check_scenarios
from assistant.flow.translation import Words, common_entries, flow_entries, read_words

M = TypeVar("M", bound=BaseModel)

COMMON: Final = "common"
FLOW_FILE: Final = "flow.yaml"
SCENARIO_FILE: Final = "scenarios.yaml"
MAXIMUM_BYTES: Final = 32_000_000


@dataclass(frozen=True)
class Guide:
    """One flow ready to be served: its engine, every configuration, and its words in each language it has."""

    id: str
    engine: Engine
    words: Mapping[str, Words]

    @cached_property
    def exploration(self) -> Exploration:
        """Return every reachable configuration; computed once, when first needed."""
        return explore(self.engine)

    @cached_property
    def shortest(self) -> Mapping[str, tuple[Answer, ...]]:
        """Return the shortest answers to every state that can be reached."""
        return self.exploration.shortest()

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which the flow is served, its source language first."""
        return tuple(self.words)


@dataclass(frozen=True, eq=False)
class Catalog:
    """All flows of one folder and what they share; `version` changes with any byte of any file.

    A catalog is itself and no other, so that what is made of it can be kept for it.
    """

    guides: Mapping[str, Guide]
    common: Common
    common_words: Mapping[str, Words]
    version: str
    warnings: tuple[Problem, ...] = ()


@dataclass
class _Reading:
    """What is gathered while a folder is read."""

    problems: list[Problem] = field(default_factory=list)
    digest: Any = field(default_factory=sha256)

    def text(self, path: Path, label: str) -> str | None:
        try:
            if path.stat().st_size > MAXIMUM_BYTES:
                self.problems.append(Problem(label, Mark(), "too-large", f"more than {MAXIMUM_BYTES} bytes; split it"))
                return None
            data = path.read_bytes()
        except OSError as error:
            self.problems.append(Problem(label, Mark(), "unreadable", f"cannot be read: {error.strerror or error}"))
            return None
        self.digest.update(data)
        text = decode(label, data)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return text

    def load(self, path: Path, label: str, model: type[M], parts: str) -> Loaded[M]:
        text = self.text(path, label)
        return Loaded(label, None, None, ()) if text is None else load(label, text, model, parts)


@dataclass(frozen=True)
class _CommonFiles:
    common: Common
    documents: Mapping[str, Document]
    broken: frozenset[str]
    words: Mapping[str, Words]
    folder: Path | None


@dataclass(frozen=True)
class _FlowFiles:
    loaded: Loaded[Flow]
    words: Mapping[str, Words]
    engine: Engine | None


def open_catalog(folder: Path) -> Catalog:
    """Read, check and return all flows of a folder; raises FlowError with every problem if any is an error."""
    reading = _Reading()
    shared = _read_common(reading, folder / COMMON if (folder / COMMON).is_dir() else None)
    loaded = {path.name: _read_flow(reading, path, shared) for path in flow_folders(folder)}
    if not loaded:
        raise FlowError([Problem(_label(folder), Mark(), "no-flow", f"no folder in here holds a '{FLOW_FILE}'")])
    _check_names(reading, flow_folders(folder))
    _check_numbers(reading, [files.loaded for files in loaded.values()])
    problems = _sorted(reading.problems)
    if any(problem.severity == "error" for problem in problems):
        raise FlowError(problem for problem in problems if problem.severity == "error")
    guides = {
        name: Guide(name, files.engine, files.words) for name, files in loaded.items() if files.engine is not None
    }
    return Catalog(guides, shared.common, shared.words, reading.digest.hexdigest()[:12], tuple(problems))


def check_paths(paths: Iterable[Path]) -> list[Problem]:
    """Return every problem of flows: each path is a flow file, a flow's folder, or a folder of flows.

    A flow outside a folder of flows is checked with what the installed flows share. Raises FileNotFoundError.
    """
    problems: list[Problem] = []
    for path in paths:
        problems += _check_path(path)
    return problems


def _check_path(path: Path) -> list[Problem]:
    if not path.exists():
        raise FileNotFoundError(f"no such file or folder: {path}")
    path = _checkable(path)
    reading = _Reading()
    home = path.parent if path.is_file() else path
    one_flow = path.is_file() or (path / FLOW_FILE).is_file()
    common = (home.parent if one_flow else home) / COMMON
    if not common.is_dir():
        common = resources.folder("flows") / COMMON if one_flow else common
    shared = _read_common(reading, common if common.is_dir() else None)
    if one_flow:
        _read_flow(reading, home, shared, path if path.is_file() else None)
    else:
        folders = list(flow_folders(path))
        if not folders and not common.is_dir():
            reading.problems.append(
                Problem(_label(path), Mark(), "no-flow", f"no folder in here holds a '{FLOW_FILE}'")
            )
        _check_names(reading, folders)
        _check_numbers(reading, [_read_flow(reading, folder, shared).loaded for folder in folders])
    return _sorted(reading.problems)


def _checkable(path: Path) -> Path:
    """Return what to check for a path: for a file beside a flow its flow, for what flows share all of them."""
    if path.suffix == ".po":
        path = path.parent.parent
    elif path.name == SCENARIO_FILE or (path.is_file() and path.parent.name == COMMON):
        path = path.parent
    return path.parent if path.name == COMMON and path.is_dir() else path


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.path, problem.mark, problem.code))


def flow_folders(folder: Path) -> Iterator[Path]:
    """Yield the folders that hold a flow, by name."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path / FLOW_FILE).is_file() and not path.name.startswith("."):
            yield path


def _label(path: Path) -> str:
    """Return a path as an author reads it: relative to where they are, if it is below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return path.as_posix()


def _read_common(reading: _Reading, folder: Path | None) -> _CommonFiles:
    if folder is None:
        return _CommonFiles(Common(), {}, frozenset(), {}, None)
    facts = _read_shared(reading, folder / "facts.yaml", Facts, "facts")
    notes = _read_shared(reading, folder / "notes.yaml", Notes, "notes")
    screens = _read_shared(reading, folder / "screens.yaml", Screens, "screens")
    codes = _read_shared(reading, folder / "codes.yaml", Codes, "codes")
    elsewhere = _read_shared(reading, folder / "elsewhere.yaml", Elsewhere, "elsewhere")
    common = Common.model_construct(
        facts=facts.data.facts if facts.data else {},
        notes=notes.data.notes if notes.data else {},
        screens=screens.data.screens if screens.data else {},
        codes=codes.data.codes if codes.data else {},
        elsewhere=elsewhere.data.elsewhere if elsewhere.data else {},
    )
    files: Mapping[str, Loaded[Any]] = {
        "facts": facts,
        "notes": notes,
        "screens": screens,
        "codes": codes,
        "elsewhere": elsewhere,
    }
    documents = {name: file.document for name, file in files.items() if file.document is not None}
    broken = frozenset[str]().union(*(file.broken for file in files.values()))
    reading.problems += check_common(common, documents)
    words = _read_locales(reading, folder / "locales")
    for name, document in documents.items():
        entries = [entry for entry in common_entries(common) if entry.place[0] == name]
        for each in words.values():
            reading.problems += check_words(entries, document, each)
    return _CommonFiles(common, documents, broken, words, folder)


def _read_shared(reading: _Reading, path: Path, model: type[M], parts: str) -> Loaded[M]:
    if not path.is_file():
        return Loaded(_label(path), None, None, ())
    loaded = reading.load(path, _label(path), model, parts)
    reading.problems += loaded.problems
    return loaded


def _read_locales(reading: _Reading, folder: Path) -> dict[str, Words]:
    words: dict[str, Words] = {}
    for path in sorted(folder.glob("*.po")) if folder.is_dir() else ():
        text = reading.text(path, _label(path))
        if text is not None:
            words[path.stem], problems = read_words(_label(path), text, path.stem)
            reading.problems += problems
    return words


def _read_flow(reading: _Reading, folder: Path, shared: _CommonFiles, file: Path | None = None) -> _FlowFiles:
    path = file or folder / FLOW_FILE
    reading.digest.update(folder.name.encode())
    loaded = reading.load(path, _label(path), Flow, "states")
    verdict = judge(loaded, shared.common, shared.broken)
    reading.problems += verdict.problems
    words = _read_locales(reading, folder / "locales")
    if loaded.data is None or loaded.document is None:
        return _FlowFiles(loaded, words, None)
    for each in words.values():
        reading.problems += check_words(flow_entries(loaded.data), loaded.document, each)
    if verdict.engine is not None and not any(problem.severity == "error" for problem in verdict.problems):
        _check_scenarios(reading, folder / SCENARIO_FILE, verdict.engine)
    source = loaded.data.language
    spoken = {source: Words(source), **{code: each for code, each in words.items() if code != source}}
    return _FlowFiles(loaded, spoken, verdict.engine)


def _check_scenarios(reading: _Reading, path: Path, engine: Engine) -> None:
    if not path.is_file():
        return
    loaded = reading.load(path, _label(path), Scenarios, "scenarios")
    reading.problems += loaded.problems
    if loaded.data is not None and loaded.document is not None:
        reading.problems += check_scenarios(loaded.data, engine, loaded.document)


def _check_names(reading: _Reading, folders: Iterable[Path]) -> None:
    """A folder of flows is served under the names of its folders."""
    for folder in folders:
        if not ID.fullmatch(folder.name) or folder.name in RESERVED_FLOWS:
            message = f"a flow's folder is named by an id that is not reserved; rename '{folder.name}'"
            reading.problems.append(Problem(_label(folder / FLOW_FILE), Mark(), "bad-flow-name", message))


def _check_numbers(reading: _Reading, flows: Iterable[Loaded[Flow]]) -> None:
    """Numbers are unique over all flows, because `/27` names no flow."""
    owners: dict[int, str] = {}
    for loaded in flows:
        if loaded.data is None or loaded.document is None:
            continue
        own = {state.no: name for name, state in loaded.data.states.items()}
        free = max([*owners, *own], default=0) + 1
        for number, name in own.items():
            if number in owners:
                reading.problems.append(duplicate_number(loaded.document, name, number, owners[number], free))
        owners.update({number: f"'{name}' in {loaded.path}" for number, name in own.items() if number not in owners})
