"""The login flow with bytes, characters or lines changed by chance: checking never raises, and always ends."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import resources
from assistant.catalog import check_paths
from assistant.flow.checker import check_flow
from assistant.flow.loader import load_flow
from assistant.flow.problem import Problem
from assistant.flow.reader import MAXIMUM_PROBLEMS
from tests.flow.good_flow import COMMON, GOOD

LOGIN = (resources.folder("flows") / "login" / "flow.yaml").read_bytes()
SIGNS = "：　[]{}\"'#&*!|>%@`?,-\\\t\n\0\u202e。x0"
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
slices = st.tuples(st.integers(0, len(LOGIN)), st.integers(0, 400))


def sound(problems: list[Problem], text: str) -> None:
    """Every problem stands in the file, is one line, and there are not too many."""
    lines = len(text.splitlines()) + 1
    assert len(problems) < 10 * MAXIMUM_PROBLEMS
    assert all(1 <= problem.mark.line <= lines for problem in problems if problem.path.endswith("flow.yaml"))
    assert all(len(str(problem).splitlines()) == 1 for problem in problems)


@few
@given(where=slices, new=st.binary(max_size=12))
def test_bytes_changed_by_chance_are_told_and_never_raise(tmp_path: Path, where: tuple[int, int], new: bytes) -> None:
    start, length = where
    data = LOGIN[:start] + new + LOGIN[start + length :]
    (tmp_path / "login").mkdir(exist_ok=True)
    (tmp_path / "login" / "flow.yaml").write_bytes(data)

    sound(check_paths([tmp_path / "login"]), data.decode("utf-8", "replace"))


@few
@given(where=slices, new=st.text(SIGNS, max_size=6))
def test_characters_changed_by_chance_are_told_and_never_raise(where: tuple[int, int], new: str) -> None:
    text = LOGIN.decode()
    start, length = where
    text = text[:start] + new + text[start + length // 100 :]

    sound(check_flow(load_flow("flow.yaml", text), COMMON), text)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_lines_changed_by_chance_are_told_and_never_raise(data: st.DataObject) -> None:
    lines = GOOD.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        taken = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        if data.draw(st.booleans()):
            change = data.draw(st.sampled_from(["", " ", "  ", "- ", "\t", "　", "#", "'"]))
            lines.insert(data.draw(st.integers(0, len(lines))), change + taken)
    text = "\n".join(lines)

    sound(check_flow(load_flow("flow.yaml", text), COMMON), text)


@pytest.mark.parametrize("part", range(4))
def test_a_flow_that_breaks_off_anywhere_is_told_in_few_words(part: int) -> None:
    for end in range(part, len(GOOD), 4):
        problems = check_flow(load_flow("flow.yaml", GOOD[:end]), COMMON)
        text = [problem for problem in problems if problem.code not in FOLLOWS]

        sound(problems, GOOD[:end])
        assert problems or end >= GOOD.index("\n    message: {to: helpdesk")
        assert len(text) <= 4, (end, GOOD[:end][-40:], list(map(str, text)))


# What leads to states that are not written yet is unknown, and what is missing is missing.
FOLLOWS = frozenset({"unknown-target", "unknown-guard-state", "missing-key"})
