"""Where flows are: what a path means that an author gives, and which folders in a folder of flows hold one."""

import os
from collections.abc import Iterator
from pathlib import Path

from assistant.catalog.misnamed import check_names
from assistant.catalog.sources import COMMON, FLOW_FILE, LOCALES, SCENARIO_FILE, Sources, is_file, is_folder, label
from assistant.flow.message import say
from assistant.flow.problem import Mark, Problem


def readable(path: Path) -> Path:
    """Return what to read for a path: for a file beside a flow its flow, for what flows share all of them.

    Raises FileNotFoundError if there is nothing, or what is there is neither a file nor a folder.
    """
    if not os.path.lexists(path):
        raise FileNotFoundError(f"no such file or folder: {path}")
    if path.suffix == ".po":
        path = path.parent.parent
    elif _is_beside(path):
        path = path.parent
    if not is_file(path) and not is_folder(path):
        raise FileNotFoundError(f"not a file or folder of flows: {path}")
    return path.parent if path.name == COMMON and is_folder(path) else path


def _is_beside(path: Path) -> bool:
    """Say whether the folder of a path is to be read for it."""
    if path.name == FLOW_FILE:  # to tell what stands there where its file should be
        return not is_file(path)
    return path.name in (SCENARIO_FILE, LOCALES) or (is_file(path) and path.parent.name == COMMON)


def flow_places(sources: Sources, folder: Path) -> Iterator[Path]:
    """Yield the folders in which a `flow.yaml` stands, whatever it is, and tell those where it is named otherwise."""
    found = False
    for name in sources.names(folder):
        path = folder / name
        if is_folder(path) and not name.startswith(".") and name != COMMON:
            names = sources.names(path)
            sources.problems += check_names(path, names, (FLOW_FILE, SCENARIO_FILE))
            if FLOW_FILE in names:
                found = True
                yield path
    if not found:
        sources.problems += check_names(folder, sources.names(folder), (FLOW_FILE,))


def no_flow(folder: Path) -> Problem:
    """Make the problem of a folder in which there is no flow."""
    return Problem(label(folder), Mark(), "no-flow", say("no folder in here holds a '{file}'", file=FLOW_FILE))
