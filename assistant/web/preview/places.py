"""Where things are in the files: the place of a state, and the states that a problem is about."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from assistant import resources
from assistant.catalog.files import Files, FlowFiles
from assistant.flow.document import Document
from assistant.flow.model import State
from assistant.flow.problem import Mark, Problem
from assistant.flow.translation import Words


class Whose(NamedTuple):
    """A state of a flow."""

    flow: str
    state: str


def place_of(files: Files, whose: Whose) -> tuple[str, Mark] | None:
    """Return path and place of the line at which a state begins, or None where its file cannot be taken apart."""
    flow = files.flows.get(whose.flow)
    if flow is None or flow.loaded.document is None:
        return None
    return flow.loaded.path, flow.loaded.document.key_mark("states", whose.state)


def concerned(files: Files, problem: Problem) -> frozenset[Whose]:
    """Return the states in whose page a problem shows: those that it stands in, or that use what it stands in."""
    return frozenset(_concerned(files, problem))


def _concerned(files: Files, problem: Problem) -> Iterator[Whose]:
    for name, flow in files.flows.items():
        state = _in_flow(flow, problem)
        if state is not None:
            yield Whose(name, state)
    for kind, document in files.shared.documents.items():
        if document.path == problem.path:
            part = _part(document, kind, problem.mark)
            yield from (whose for whose, state in _states(files) if part in _used(state).get(kind, ()))


def _in_flow(flow: FlowFiles, problem: Problem) -> str | None:
    document = flow.loaded.document
    if document is None:
        return None
    if problem.path == document.path:
        return _part(document, "states", problem.mark)
    words = next((each for each in flow.words.values() if each.path and each.path == problem.path), None)
    found = _context(words, problem.mark.line) if words is not None else None
    return found if found in _keys(document, "states") else None


def _part(document: Document, key: str, mark: Mark) -> str | None:
    """Return which of the parts below a key of a file a place is in."""
    marks = {name: document.key_mark(key, name) for name in _keys(document, key)}
    begins = sorted((at.line, name) for name, at in marks.items())
    index = bisect_right([line for line, _ in begins], mark.line)
    return begins[index - 1][1] if index else None


def _keys(document: Document, key: str) -> list[str]:
    value = document.value.get(key) if isinstance(document.value, dict) else None
    return list(value) if isinstance(value, dict) else []


def _context(words: Words, line: int) -> str:
    """Return the state of the entry of a PO file that is nearest above a line."""
    entries = [(at, context) for (context, _), at in words.lines.items() if at <= line]
    return max(entries, default=(0, ""))[1].partition(".")[0]


def _states(files: Files) -> Iterator[tuple[Whose, State]]:
    for name, flow in files.flows.items():
        states = flow.loaded.data.states if flow.loaded.data is not None else {}
        yield from ((Whose(name, state), data) for state, data in states.items())


def _used(state: State) -> Mapping[str, set[str | None]]:
    screens = {state.screen, *(choice.screen for choice in state.choices.values())}
    return {"notes": {use.note for use in state.notes}, "screens": screens}


class Paths:
    """Writes places for those who look: nobody learns from a page where on the author's machine the files are."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of flows; paths are written from beside it."""
        around = (folder, folder.resolve(), resources.folder("flows"))
        self._roots: Final = tuple(dict.fromkeys(f"{each.parent.as_posix().rstrip('/')}/" for each in around))

    def shown(self, text: str) -> str:
        """Return a path, or a sentence with paths in it, without the folders above the flows."""
        for root in self._roots:
            if root not in ("/", "./"):
                text = text.replace(root, "")
        return text

    def editor(self, path: str, mark: Mark) -> str:
        """Return the address that opens a place in Visual Studio Code, on the machine where the files are."""
        where = Path(path).resolve().as_posix()
        return f"vscode://file/{quote(where.lstrip('/'), safe='/:')}:{mark.line}:{mark.column}"
