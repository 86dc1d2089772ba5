"""`assistant test`: scenarios run, what they leave untested, and addresses that become scenarios."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.flow.loader import load
from assistant.flow.scenario import Scenarios
from tests.flow.good_flow import GOOD, write_flows

BROKEN = "scenarios: [{title: 話, answers: [ask.seen, check.nowhere], ends: ended}]\n"
DASHED = "# 話\nscenarios:\n  - title: 話\n    answers: [ask.again, try.signed-in]\n    ends: resolved\n"


def run(*arguments: object, **environment: str) -> Result:
    result = CliRunner().invoke(main, ["test", *map(str, arguments)], env={"LANGUAGE": "en", **environment})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def flows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of flows with one scenario, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    folder = write_flows(tmp_path / "flows")
    stories(folder, DASHED)
    monkeypatch.setenv("ASSISTANT_FLOWS", "flows")
    return folder


def stories(flows: Path, text: str) -> Path:
    path = flows / "demo" / "scenarios.yaml"
    path.write_bytes(text.encode())
    return path


def data(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)["flows"][0]
    return found


def test_the_summary_is_one_line(flows: Path) -> None:
    result = run()

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "demo: 1 scenarios, 0 fail; exercised: states 3/5 (60 %), choices and results 2/8 (25 %), "
        "guard outcomes 3/7 (42 %); 'lost' in 0 of 4 states\n"
    )


def test_a_scenario_that_fails_is_told_with_its_place_and_what_is_possible(flows: Path) -> None:
    stories(flows, BROKEN)
    result = run("demo")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        "flows/demo/scenarios.yaml:1:44: '話': 'check.nowhere' cannot be answered in 'check'; "
        "possible there: back, fine, lost [scenario-fails]"
    )
    assert "demo: 1 scenarios, 1 fail;" in result.stdout


def test_coverage_lists_what_is_untested_with_its_place(flows: Path) -> None:
    result = run("--coverage")

    lines = GOOD.splitlines()
    place = lines.index("      seen: {label: 出た, to: check, screen: entry}") + 1
    assert f"flows/demo/flow.yaml:{place}:7: no scenario takes 'ask.seen'" in result.stdout.splitlines()
    assert "flows/demo/flow.yaml:8:18: in no scenario this guard passes" not in result.stdout
    assert f"flows/demo/flow.yaml:{lines.index('  help:') + 1}:3: no scenario comes to 'help'" in result.stdout
    assert "in no scenario this guard passes" in result.stdout


def test_the_same_is_told_as_json(flows: Path) -> None:
    found = data("demo", "--propose")

    assert (found["flow"], found["scenarios"], found["failures"]) == ("demo", 1, [])
    assert found["coverage"]["transitions"] == {"tested": 2, "all": 8}
    assert {"kind", "path", "line", "column", "key", "passes"} == set(found["untested"][0])
    assert all("." in answer for walk in found["proposed"] for answer in walk)


def test_less_than_asked_for_is_a_failure(flows: Path) -> None:
    assert run("--fail-under", 25).exit_code == 0
    assert run("--fail-under", 26).exit_code == 1
    assert "demo: less than 26 % is exercised" in run("--fail-under", 26).stderr


def test_with_what_is_proposed_all_is_exercised(flows: Path) -> None:
    proposed = run("--propose").stdout

    stories(flows, DASHED + proposed)

    assert run("--fail-under", 100).exit_code == 0


def test_what_is_proposed_for_a_flow_without_scenarios_is_a_whole_file(flows: Path) -> None:
    (flows / "demo" / "scenarios.yaml").unlink()
    result = run("demo", "--propose")
    assert result.exit_code == 0
    assert "demo has no scenarios.yaml yet" in result.stderr

    stories(flows, result.stdout)

    assert run("--fail-under", 100).exit_code == 0


def test_a_flow_may_be_named_by_its_folder(flows: Path) -> None:
    assert run("flows/demo").stdout == run("demo").stdout == run("demo", "--flows", "flows").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["dem"], "no flow 'dem'; did you mean 'demo'?"),
        (["--flows", "nowhere"], "nowhere"),
        (["--append"], "--title and --append belong to --record URL"),
        (["demo", "--record", "/ja/demo/"], "takes no FLOW"),
        (["--record", "https://example.com/"], "is no page of these flows; their addresses begin with /ja/demo/"),
    ],
)
def test_wrong_use_ends_with_2(flows: Path, arguments: list[str], told: str) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


@pytest.mark.parametrize("arguments", [["demo"], ["--record", "/ja/demo/"]])
def test_a_faulty_flow_is_mended_first(flows: Path, arguments: list[str]) -> None:
    (flows / "demo" / "flow.yaml").write_text(GOOD.replace("start: ask", "start: aks"), "utf-8")

    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "no state 'aks'" in result.stderr
    assert "have to be mended first" in result.stderr


@pytest.mark.parametrize(
    "url",
    [
        "https://help.example.com/ja/demo/ask.seen/check.fine/",
        "https://help.example.com/support/guide/ja/demo/ask.seen/check.fine/?screen=en&change=1#top",
        "help.example.com/ja/demo/ask.seen/check.fine",
        "/ja/demo/ask.seen/check.fine/",
        "/api/v1/ja/demo/ask.seen/check.fine/",
        "http://localhost:8000/ja/demo/ask%2Eseen/check.fine/",
        "/ja/demo/ask.seen/checked.fine/",
        "/ja/demo/ask.seen/check.fine/identify/",
        "／ja／demo／ask.seen／check.fine",
    ],
)
def test_an_address_of_the_guide_becomes_a_scenario(flows: Path, url: str) -> None:
    result = run("--record", url)

    assert (result.exit_code, result.stderr) == (0, "")
    assert yaml.safe_load(result.stdout) == [
        {"title": "出た → よい", "answers": ["ask.seen", "check.fine"], "ends": "try"}
    ]


def test_a_number_becomes_the_scenario_of_the_shortest_way_to_its_page(flows: Path) -> None:
    assert yaml.safe_load(run("--record", "https://example.com/4").stdout)[0]["answers"] == ["ask.again"]


def test_an_address_that_no_longer_replays_says_how_far_it_goes(flows: Path) -> None:
    result = run("--record", "/ja/demo/ask.seen/check.gone/try.closed/")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "followed for 1 answers, to page 2: 'check.gone' cannot be answered in 'check'" in result.stderr
    assert "possible there: back, fine, lost" in result.stderr


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_append_puts_the_scenario_at_the_end_and_changes_nothing_else(flows: Path, newline: str) -> None:
    path = stories(flows, DASHED.replace("\n", newline))
    before = path.read_bytes()
    result = run("--record", "/ja/demo/ask.seen/", "--append", "--title", "出ました: [次へ]")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "appended '出ました: [次へ]' to flows/demo/scenarios.yaml" in result.stderr
    assert path.read_bytes().startswith(before)
    read = load("scenarios.yaml", path.read_text("utf-8"), Scenarios, "scenarios").data
    assert read is not None
    assert [scenario.title for scenario in read.scenarios] == ["話", "出ました: [次へ]"]
    assert run().exit_code == 0


def test_the_same_answers_are_not_appended_twice(flows: Path) -> None:
    path = stories(flows, DASHED)
    run("--record", "/ja/demo/ask.seen/check.fine/", "--append")
    before = path.read_bytes()
    result = run("--record", "/ja/demo/ask.seen/checked.fine/", "--append", "--title", "もう一度")

    assert (result.exit_code, path.read_bytes()) == (1, before)
    assert "flows/demo/scenarios.yaml:6: these answers stand here already, as '出た → よい'" in result.stderr


def test_a_number_behind_a_flow_is_answered_by_how_it_is_written(flows: Path) -> None:
    result = run("--record", "http://127.0.0.1:8001/preview/ja/demo/4")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "'4' is no answer; to record the way to a page, write its number alone: /4" in result.stderr


def test_append_begins_the_file_where_there_is_none(flows: Path) -> None:
    (flows / "demo" / "scenarios.yaml").unlink()

    assert run("--record", "/ja/demo/ask.seen/", "--append").exit_code == 0
    assert "demo: 1 scenarios, 0 fail" in run().stdout


def test_append_leaves_a_list_in_brackets_alone(flows: Path) -> None:
    path = stories(flows, BROKEN.replace("nowhere", "fine").replace("ended", "try"))
    before = path.read_bytes()
    result = run("--record", "/ja/demo/ask.seen/", "--append")

    assert (result.exit_code, path.read_bytes()) == (1, before)
    assert "write the scenarios as a list with '- ' before each" in result.stderr


def test_the_summary_is_said_in_japanese_where_the_locale_is(flows: Path) -> None:
    assert "シナリオ1件" in run(LANGUAGE="ja").stdout


@pytest.mark.parametrize("title", ["\x01bad", "\udcff", "a\u202eb"])
def test_a_title_that_no_file_can_hold_is_refused_before_anything_is_written(flows: Path, title: str) -> None:
    scenarios = flows / "demo" / "scenarios.yaml"
    before = scenarios.read_bytes()
    result = run("--record", "/ja/demo/ask.seen/", "--append", "--title", title)

    assert (result.exit_code, scenarios.read_bytes()) == (2, before)
    assert "nothing was appended" in result.stderr


def test_nothing_is_appended_behind_the_end_of_a_document(flows: Path) -> None:
    scenarios = flows / "demo" / "scenarios.yaml"
    scenarios.write_text(scenarios.read_text("utf-8") + "...\n", "utf-8")
    before = scenarios.read_bytes()
    result = run("--record", "/ja/demo/ask.seen/", "--append")

    assert (result.exit_code, scenarios.read_bytes()) == (2, before)
