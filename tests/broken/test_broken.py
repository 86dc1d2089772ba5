"""More than 150 broken flows: each is told by the right code on the right line, and nothing else is told beside it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.catalog import check_paths
from assistant.cli import main
from tests.broken import of_files, of_machines, of_words
from tests.broken.breaking import ASIDE, Way, write, write_files

WAYS = [*of_files.WAYS, *of_machines.WAYS, *of_words.WAYS]
SAMPLE = WAYS[::15]


def test_there_are_enough_ways_to_break_a_flow() -> None:
    assert len(WAYS) == len({way.name for way in WAYS})
    assert len(WAYS) >= 150


def test_the_good_files_give_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, {})

    assert {problem.code for problem in check_paths([tmp_path / "demo"])} <= ASIDE


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_broken_flow_is_told_by_its_code_on_its_line_and_by_nothing_else(way: Way, tmp_path: Path) -> None:
    line = write(tmp_path, way)
    found = [problem for problem in check_paths([tmp_path / "demo"]) if problem.code not in ASIDE]

    told = [problem for problem in found if problem.code == way.code]
    assert told, found
    assert abs(told[0].mark.line - line) <= 1
    assert told[0].path.endswith(way.told_in or way.file)
    assert {problem.code for problem in found} <= {way.code, *way.also}


@pytest.mark.parametrize("way", SAMPLE, ids=lambda way: way.name)
def test_the_command_says_the_same(way: Way, tmp_path: Path) -> None:
    write(tmp_path, way)
    result = CliRunner().invoke(main, ["check", "--strict", str(tmp_path / "demo")])

    assert result.exit_code == 1
    assert f"[{way.code}]" in result.stdout
    assert all(line.endswith("]") for line in result.stdout.splitlines())
