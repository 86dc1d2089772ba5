"""`assistant schema`: the schema of a file for programs, and all of them where editors find them."""

import json
from pathlib import Path

import pytest

from assistant.flow.schema import FILES, schema_of
from tests.test_cli import run, sentence


@pytest.mark.parametrize("file", FILES)
def test_the_schema_of_a_file_is_printed(file: str) -> None:
    result = run("schema", file)

    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == schema_of(file)


def test_without_a_file_it_is_that_of_a_flow() -> None:
    assert run("schema").stdout == run("schema", "flow").stdout


def test_all_are_written_beside_the_flows(tmp_path: Path) -> None:
    result = run("schema", "--write", "--flows", tmp_path)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(tmp_path / ".schema" / f"{file}.json") for file in FILES]
    assert {path.stem for path in (tmp_path / ".schema").iterdir()} == set(FILES)


def test_they_are_written_over_those_of_an_older_version(tmp_path: Path) -> None:
    (tmp_path / ".schema").mkdir()
    (tmp_path / ".schema" / "flow.json").write_text("old", "utf-8")
    run("schema", "--write", "--flows", tmp_path)

    assert json.loads((tmp_path / ".schema" / "flow.json").read_text("utf-8")) == schema_of("flow")


def test_a_new_flow_finds_its_schema_where_its_first_line_says(tmp_path: Path) -> None:
    run("new", "printer", "--flows", tmp_path)

    for file in ("flow", "scenarios"):
        first, _, _ = (tmp_path / "printer" / f"{file}.yaml").read_text("utf-8").partition("\n")
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads((tmp_path / "printer" / named).read_text("utf-8")) == schema_of(file)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / ".schema").write_text("a file", "utf-8")
    result = run("schema", "--write", "--flows", tmp_path)

    assert result.exit_code == 1
    assert "cannot be written: " in sentence(result)


@pytest.mark.parametrize("arguments", [["flow", "--write"], ["flow", "--flows", "."]])
def test_one_file_and_all_files_exclude_each_other(arguments: list[str]) -> None:
    result = run("schema", *arguments)

    assert result.exit_code == 2
    assert "not both" in sentence(result)


def test_another_file_is_wrong_use() -> None:
    assert run("schema", "flows").exit_code == 2
