"""The shipped flows as an outsider reads them, without a line of the code under test."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.real_parts import ROOT

LANGUAGES = ("ja", "en")


@dataclass(frozen=True)
class Story:
    """A customer's way through a flow: `state.trigger` answers, and the outcome or state where it ends."""

    flow: str
    title: str
    answers: tuple[str, ...]
    ends: str


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def _begins(flow: Any) -> int:
    """The number of a flow's first page, by which the list of guides is ordered: the customers' own comes first."""
    return int(flow["states"][flow["start"]]["no"])


_ALL = {file.parent.name: _read(file) for file in ROOT.glob("flows/*/flow.yaml")}
FLOWS: dict[str, Any] = dict(sorted(_ALL.items(), key=lambda named: _begins(named[1])))
STATES: dict[tuple[str, str], dict[str, Any]] = {
    (flow, state): content for flow, whole in FLOWS.items() for state, content in whole["states"].items()
}
NUMBERS = sorted(int(state["no"]) for state in STATES.values() if "gone" not in state)
STORIES = [
    Story(file.parent.name, story["title"], tuple(story["answers"]), story["ends"])
    for flow in FLOWS
    for file in (ROOT / "flows" / flow / "scenarios.yaml",)
    for story in _read(file)["scenarios"]
]
