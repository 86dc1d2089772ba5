"""A small flow to begin with, written into a folder of flows under a free name and with free numbers."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from json import dumps
from pathlib import Path
from typing import Final

from assistant import resources
from assistant.catalog.sources import FLOW_FILE, flow_folders
from assistant.flow.common import Common
from assistant.flow.loader import load_flow
from assistant.flow.message import Message, say
from assistant.flow.model import ID, RESERVED_FLOWS
from assistant.flow.rules.texts import text_problems
from assistant.flow.translation import Entry

_HUNDRED: Final = 100
_HIGHEST: Final = 9_999
_NUMBER: Final = re.compile(r"\bno:\s*[\"']?([1-9][0-9]{0,3})\b")
_TITLE: Final = re.compile(r"^title:.*$", re.MULTILINE)


class CannotBegin(Exception):
    """No flow can be begun there; `message` says why and what to do."""

    def __init__(self, message: Message) -> None:
        """Keep the message."""
        self.message = message
        super().__init__(str(message))


def begin(folder: Path, name: str, language: str, title: str | None = None) -> list[Path]:
    """Write the flow `name` in this language and return its files; nothing that exists is ever changed.

    Raises CannotBegin if the name, the title or the numbers are not free to take, and OSError.
    """
    _refuse_name(folder, name)
    files = _composed(resources.beginning_folder() / language, free_hundred(folder), title)
    (folder / name).mkdir()
    for file, text in files.items():
        with (folder / name / file).open("x", encoding="utf-8", newline="\n") as written:
            written.write(text)
    return [folder / name / file for file in files]


def free_hundred(folder: Path) -> int:
    """Return a hundred of which no flow uses a number: behind all of them, else the first free one.

    Raises CannotBegin if there is none.
    """
    used = {number // _HUNDRED for number in _numbers(folder)}
    last = max(used, default=0)
    for hundred in chain(range(last + 1, _HIGHEST // _HUNDRED + 1), range(1, last)):
        if hundred not in used:
            return hundred * _HUNDRED
    raise CannotBegin(say("every hundred up to {highest} has a number of some state in it", highest=_HIGHEST))


def _numbers(folder: Path) -> Iterator[int]:
    """Yield what may be a number of a state, also in files that cannot be read as YAML."""
    for each in flow_folders(folder):
        text = (each / FLOW_FILE).read_text("utf-8", errors="replace")
        yield from (int(number) for number in _NUMBER.findall(text))


def _refuse_name(folder: Path, name: str) -> None:
    if not ID.fullmatch(name):
        message = say(
            "'{name}' cannot name a flow: write a-z, 0-9 and '-', a letter first, at most 40 characters", name=name
        )
        raise CannotBegin(message)
    if name in RESERVED_FLOWS:
        raise CannotBegin(say("'{name}' is a reserved word and cannot name a flow; choose another", name=name))
    if (folder / name).exists():
        message = say("'{path}' is there already and stays as it is; choose another name", path=folder / name)
        raise CannotBegin(message)


def _composed(beginning: Path, hundred: int, title: str | None) -> Mapping[str, str]:
    files = {path.name: path.read_text("utf-8") for path in sorted(beginning.glob("*.yaml"))}
    flow = re.sub(r"\bno: ([0-9]+)", lambda found: f"no: {hundred + int(found[1])}", files[FLOW_FILE])
    if title is not None:
        line = f"title: {dumps(title, ensure_ascii=False)}"
        flow = _TITLE.sub(lambda _: line, flow, count=1)
        _refuse_title(flow)
    return {**files, FLOW_FILE: flow}


def _refuse_title(flow: str) -> None:
    loaded = load_flow(FLOW_FILE, flow)
    problems = list(loaded.problems)
    if loaded.data is not None and loaded.document is not None:
        title = Entry("title", loaded.data.title, ("title",))
        problems += text_problems(title, loaded.document, Common(), frozenset())
    if problems:
        raise CannotBegin(say("this title cannot be used: {reason}", reason=problems[0].message))
