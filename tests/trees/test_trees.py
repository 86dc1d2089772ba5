"""Question flows of public services, transcribed: what they need, the language can say, and the checker can prove.

Walks through the source's own branches, written down apart from these flows, once ended in the same place for every
combination of answers: 37 of them in `inheritance`, 34 in `landlord` and 4,153 in `maternity`.
"""

from pathlib import Path

import pytest

from assistant.catalog import Catalog, check_paths, open_catalog
from assistant.flow.model import LOST

TREES = Path(__file__).parent
NAMES = ("inheritance", "landlord", "maternity")
WALKS = {"inheritance": 37, "landlord": 34, "maternity": 4_153}

every_tree = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return open_catalog(TREES)


def test_the_trees_have_no_errors() -> None:
    assert [problem for problem in check_paths([TREES]) if problem.severity == "error"] == []


@every_tree
def test_a_tree_is_of_the_size_that_public_services_have(catalog: Catalog, name: str) -> None:
    assert 20 <= len(catalog.guides[name].engine.flow.states) <= 60


@every_tree
def test_a_story_is_told_for_every_ending(catalog: Catalog, name: str) -> None:
    text = (TREES / name / "scenarios.yaml").read_text("utf-8")

    ends = {f"ends: {state}" for state, each in catalog.guides[name].engine.flow.states.items() if each.outcome}
    assert {line.strip() for line in text.splitlines() if line.strip().startswith("ends: ")} == ends


@every_tree
def test_as_many_ways_lead_to_an_ending_as_in_the_source(catalog: Catalog, name: str) -> None:
    exploration = catalog.guides[name].exploration
    assert exploration.complete

    assert _ways(catalog, name) == WALKS[name]


def _ways(catalog: Catalog, name: str) -> int:
    """Count the answers to every ending that nobody gets to by being lost."""
    engine = catalog.guides[name].engine
    count, waiting = 0, [engine.replay(())]
    while waiting:
        position = waiting.pop()
        onward = [trigger for trigger, _ in engine.open_choices(position) if trigger != LOST]
        count += not onward
        waiting += [next_one for trigger in onward if (next_one := engine.step(position, trigger)) is not None]
    return count
