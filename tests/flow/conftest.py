"""What the tests of the flow language share: the shipped login flow, read once for each process that runs tests."""

from pathlib import Path

import pytest

from assistant.flow.common import Common, Facts, Notes, Screens
from assistant.flow.engine import Engine
from assistant.flow.loader import load, load_flow

FLOWS = Path(__file__).parents[2] / "flows"


@pytest.fixture(scope="session")
def login_text() -> str:
    """The shipped flow file as it is written."""
    return (FLOWS / "login" / "flow.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def login(login_text: str) -> Engine:
    """The shipped login flow, ready to run."""
    flow = load_flow("flow.yaml", login_text).data
    assert flow is not None
    return Engine(flow)


@pytest.fixture(scope="session")
def shipped_common() -> Common:
    """What the shipped flows share."""
    facts = load("facts.yaml", (FLOWS / "common" / "facts.yaml").read_text("utf-8"), Facts, "facts").data
    notes = load("notes.yaml", (FLOWS / "common" / "notes.yaml").read_text("utf-8"), Notes, "notes").data
    screens = load("screens.yaml", (FLOWS / "common" / "screens.yaml").read_text("utf-8"), Screens, "screens").data
    assert facts is not None
    assert notes is not None
    assert screens is not None
    return Common(facts=facts.facts, notes=notes.notes, screens=screens.screens)
