"""`assistant new`: what it writes passes every check, takes nothing from anybody, and never changes what is there."""

from pathlib import Path

import pytest

from assistant import resources
from assistant.catalog import check_paths, open_catalog
from assistant.catalog.beginning import free_hundred
from assistant.flow.checker import check_flow
from assistant.flow.common import Common
from assistant.flow.loader import load_flow
from assistant.flow.model import Answer
from tests.flow.good_flow import write_flows
from tests.test_cli import run, sentence

LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


@LANGUAGES
def test_a_new_flow_passes_every_check_with_no_warning(tmp_path: Path, language: str) -> None:
    assert run("new", "printer", "--flows", tmp_path, "--language", language).exit_code == 0

    assert check_paths([tmp_path]) == []
    assert run("check", "--strict", tmp_path).exit_code == 0


@LANGUAGES
def test_its_stories_take_every_choice_and_every_way_of_the_lost(tmp_path: Path, language: str) -> None:
    run("new", "printer", "--flows", tmp_path, "--language", language)
    guide = open_catalog(tmp_path).guides["printer"]
    told = (tmp_path / "printer" / "scenarios.yaml").read_text("utf-8")

    untold = [
        str(Answer(name, trigger))
        for name, state in guide.engine.flow.states.items()
        for trigger in ([*state.choices, "lost"] if state.asks else [])
        if f"{name}.{trigger}" not in told
    ]
    assert untold == []


@LANGUAGES
def test_it_can_be_served_beside_the_flows_that_come_with_the_program(tmp_path: Path, language: str) -> None:
    for source in sorted(resources.folder("flows").rglob("*")):
        if source.is_file():
            copied = tmp_path / source.relative_to(resources.folder("flows"))
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(source.read_bytes())

    assert run("new", "printer", "--flows", tmp_path, "--language", language).exit_code == 0
    assert [problem for problem in check_paths([tmp_path]) if "printer" in problem.path] == []
    assert "printer" in open_catalog(tmp_path).guides


def test_its_numbers_are_the_hundred_behind_all_others(tmp_path: Path) -> None:
    write_flows(tmp_path)
    (tmp_path / "demo" / "flow.yaml").write_text("states:\n  a: {no: 340, gone: b}\n  b:\tfaulty\n", "utf-8")

    run("new", "printer", "--flows", tmp_path)

    loaded = load_flow("flow.yaml", (tmp_path / "printer" / "flow.yaml").read_text("utf-8"))
    assert loaded.data is not None
    assert [state.no for state in loaded.data.states.values()] == [401, 402, 403, 404, 410, 411]


def test_numbers_left_free_below_are_taken_when_the_highest_are_used(tmp_path: Path) -> None:
    write_flows(tmp_path)
    (tmp_path / "demo" / "flow.yaml").write_text("no: 9901\nno: 101\n", "utf-8")

    assert free_hundred(tmp_path) == 200


def test_without_a_free_hundred_nothing_is_written(tmp_path: Path) -> None:
    write_flows(tmp_path)
    (tmp_path / "demo" / "flow.yaml").write_text("".join(f"no: {n}\n" for n in range(100, 10_000, 50)), "utf-8")
    result = run("new", "printer", "--flows", tmp_path)

    assert result.exit_code == 2
    assert "9999" in sentence(result)
    assert not (tmp_path / "printer").exists()


def test_the_title_is_taken_as_it_is_typed(tmp_path: Path) -> None:
    run("new", "printer", "--flows", tmp_path, "--title", 'プリンター: "紙" #1 \\1')

    assert open_catalog(tmp_path).guides["printer"].engine.flow.title == 'プリンター: "紙" #1 \\1'


@pytest.mark.parametrize("title", ["", "  ", "a\u202eb", "{nofact}", "[x](javascript:alert)"])
def test_a_title_that_no_flow_can_have_is_refused_before_anything_is_written(tmp_path: Path, title: str) -> None:
    result = run("new", "printer", "--flows", tmp_path, "--title", title)

    assert result.exit_code == 2
    assert sentence(result).startswith("assistant: this title cannot be used: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["Printer", "プリンター", "a b", "../a", "1a", "", "a" * 41, "common", "con", "manual"]
)
def test_a_name_that_no_flow_can_have_is_refused(tmp_path: Path, name: str) -> None:
    result = run("new", "--flows", tmp_path, "--", name)

    assert result.exit_code == 2
    assert "cannot name a flow" in sentence(result)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_changed(tmp_path: Path) -> None:
    write_flows(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    result = run("new", "demo", "--flows", tmp_path)

    assert result.exit_code == 2
    assert "is there already" in sentence(result)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


def test_the_written_files_are_printed_and_what_to_do_next_is_said(tmp_path: Path) -> None:
    result = run("new", "printer", "--flows", tmp_path)

    assert result.stdout.splitlines() == [str(tmp_path / "printer" / name) for name in ("flow.yaml", "scenarios.yaml")]
    assert f"assistant preview printer --flows {tmp_path}" in result.stderr


def test_what_to_do_next_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "my flows"
    folder.mkdir()
    result = run("new", "printer", "--flows", folder)

    assert f"assistant test printer --flows '{folder}'" in result.stderr
    assert f"assistant check '{folder / 'printer'}'" in result.stderr


def test_it_is_written_in_the_language_of_the_computer(tmp_path: Path) -> None:
    run("new", "one", "--flows", tmp_path, LANGUAGE="ja")
    run("new", "two", "--flows", tmp_path, LANGUAGE="en")

    guides = open_catalog(tmp_path).guides
    assert [guide.engine.flow.language for guide in guides.values()] == ["ja", "en"]


def test_without_a_folder_of_flows_it_says_how_to_name_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "printer")

    assert result.exit_code == 2
    assert sentence(result) == (
        "assistant: no folder 'flows' here; make it first, or name the folder of your flows with --flows"
    )


def test_the_folder_of_the_environment_or_flows_where_one_is_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)

    assert run("new", "one").exit_code == 0
    assert run("new", "two", ASSISTANT_FLOWS=str(tmp_path / "mine")).exit_code == 0
    assert (tmp_path / "flows" / "one" / "flow.yaml").is_file()
    assert (tmp_path / "mine" / "two" / "flow.yaml").is_file()


@LANGUAGES
def test_the_beginning_is_a_good_flow_itself(language: str) -> None:
    text = (resources.beginning_folder() / language / "flow.yaml").read_text("utf-8")

    assert check_flow(load_flow("flow.yaml", text), Common()) == []
