"""`assistant check --against REVISION`: states that vanished since, without a word about where to go instead."""

import os.path
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.catalog.files import read
from assistant.flow.problem import Problem
from assistant.flow.rules.removed import check_removed
from assistant.revision import Revision, checked_out


def check_against(name: str, paths: Iterable[Path]) -> Iterator[Problem]:
    """Yield what vanished from these flows since a Git revision. Raises RevisionError if it cannot be read."""
    for path in paths:
        now = read(path).flows
        here = "./" + Path(os.path.relpath(path.resolve(), Path.cwd().resolve())).as_posix()
        with checked_out(Revision(name, here)) as found:
            before = {flow: files.loaded.data for flow, files in read(found.path).flows.items()}
        for flow, files in now.items():
            former = before.get(flow)
            if former is not None:
                yield from check_removed(former, files.loaded, name)
