"""Where flows come from: a folder is read once, checked, and becomes engines with their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from assistant.catalog.files import Files, read
from assistant.catalog.places import no_flow
from assistant.flow.common import Common
from assistant.flow.engine import Engine
from assistant.flow.explorer import Exploration, explore
from assistant.flow.model import Answer
from assistant.flow.problem import FlowError, Problem
from assistant.flow.translation import Words


@dataclass(frozen=True)
class Guide:
    """One flow ready to be served: its engine, every configuration, and its words in each language it has.

    `explored` is what the checker found when it explored the flow, which need not be done again.
    """

    id: str
    engine: Engine
    words: Mapping[str, Words]
    explored: Exploration | None = field(default=None, repr=False)

    @cached_property
    def exploration(self) -> Exploration:
        """Return every reachable configuration; computed once, when first needed."""
        return explore(self.engine) if self.explored is None else self.explored

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


def open_catalog(path: Path) -> Catalog:
    """Read, check and return all flows of a folder, or the one flow in it; see `read` for what a path may be.

    Raises FlowError with every problem if any is an error, and FileNotFoundError.
    """
    return catalog_of(read(path), path)


def catalog_of(files: Files, path: Path) -> Catalog:
    """Return the catalog in files that were read from a path; raises FlowError if any problem is an error."""
    errors = [problem for problem in files.problems if problem.severity == "error"]
    if not files.flows and not errors:
        errors = [no_flow(path)]
    if errors:
        raise FlowError(errors)
    guides = {
        name: Guide(name, flow.engine, flow.words, flow.found)
        for name, flow in files.flows.items()
        if flow.engine is not None
    }
    return Catalog(guides, files.shared.common, files.shared.words, files.version, files.problems)


def check_paths(paths: Iterable[Path]) -> list[Problem]:
    """Return every problem of flows; see `read` for what each path may be. Raises FileNotFoundError."""
    return [problem for path in paths for problem in read(path).problems]
