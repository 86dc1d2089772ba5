"""`assistant check` in every format, and what it says about its codes."""

import json
import re
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.cli.explaining import families
from assistant.cli.telling import github, text
from assistant.flow.message import say
from assistant.flow.problem import Mark, Problem
from tests.flow.good_flow import GOOD, write_flows

CUT = GOOD.replace("title: 確かめます", "title: 手順 #1を確かめます")
CODES = [code for codes in families().values() for code in codes]


def run(*arguments: object, **environment: str) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def flows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    write_flows(tmp_path / "my flows", CUT)
    monkeypatch.chdir(tmp_path)
    return "my flows"


def test_a_line_for_programs_is_one_line_whatever_stands_in_the_file(flows: str) -> None:
    result = run("check", flows, LANGUAGE="en")

    assert re.fullmatch(r"my flows/demo/flow\.yaml:31:15: ' #' .* \[cut-by-comment\]\n", result.stdout)


def test_the_line_of_the_file_is_shown_with_a_caret_under_the_place(flows: str) -> None:
    result = run("check", "--show-source", flows)

    assert result.stdout.splitlines()[1:] == ["    " + "    title: 手順 #1を確かめます", "    " + " " * 11 + "　　 ^"]


def test_a_long_line_is_shown_around_its_place(tmp_path: Path) -> None:
    path = tmp_path / "flow.yaml"
    path.write_text("あ" * 500 + "x" + "い" * 500, "utf-8")
    told = list(text.lines(Problem(str(path), Mark(1, 501), "code", say("words")), source=True))

    assert told[1] == "    " + "あ" * 50 + "x" + "い" * 49
    assert told[2].startswith("    " + "　" * 50)


def test_messages_are_japanese_where_the_locale_is(flows: str) -> None:
    result = run("check", flows, LANGUAGE="ja")

    assert "引用符で囲んでください" in result.stdout
    assert result.stderr == "誤り1件、警告0件\n"


def test_workflow_commands_escape_what_github_reads(flows: str) -> None:
    result = run("check", "--format", "github", flows, LANGUAGE="en")

    assert result.exit_code == 1
    assert result.stdout.startswith(
        "::error file=my flows/demo/flow.yaml,line=31,col=15,title=cut-by-comment::' #' starts"
    )


def test_signs_of_workflow_commands_are_escaped() -> None:
    problem = Problem("a,b:c%.yaml", Mark(2, 3), "code", say("100 %, {words}", words="a\nb"), "warning")

    assert github.line(problem) == "::warning file=a%2Cb%3Ac%25.yaml,line=2,col=3,title=code::100 %25, a b"


def test_a_sarif_log_has_what_the_standard_requires(flows: str) -> None:
    result = run("check", "--format", "sarif", flows, LANGUAGE="en")
    log = json.loads(result.stdout)

    assert (result.exit_code, result.stderr) == (1, "")
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run_,) = log["runs"]
    assert set(run_) == {"tool", "columnKind", "results"}
    assert run_["columnKind"] == "unicodeCodePoints"
    rules = run_["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == CODES
    (found,) = run_["results"]
    assert found["level"] in {"none", "note", "warning", "error"}
    assert rules[found["ruleIndex"]]["id"] == found["ruleId"] == "cut-by-comment"
    assert found["message"]["text"].startswith("' #' starts a comment")
    (location,) = found["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20flows/demo/flow.yaml"},
        "region": {"startLine": 31, "startColumn": 15},
    }


def test_a_rule_of_sarif_explains_itself() -> None:
    from assistant.cli.telling.sarif import log

    for rule in log([], families())["runs"][0]["tool"]["driver"]["rules"]:
        assert set(rule) == {"id", "shortDescription", "help", "defaultConfiguration", "properties"}
        assert rule["help"]["text"].startswith(rule["shortDescription"]["text"])
        assert rule["defaultConfiguration"]["level"] in {"error", "warning"}


def test_a_file_elsewhere_has_an_address_in_sarif(tmp_path: Path) -> None:
    write_flows(tmp_path / "あ", CUT)
    log = json.loads(run("check", "--format", "sarif", tmp_path / "あ").stdout)

    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (tmp_path / "あ" / "demo" / "flow.yaml").as_uri()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_both_languages(code: str, language: str) -> None:
    result = run("check", "--explain", code, LANGUAGE=language)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{code}  (")
    assert ("よくない例:" in result.stdout) == (language == "ja")
    assert "\u200b" not in result.stdout


@pytest.mark.parametrize("arguments", [["--explain"], ["--explain", "all"]])
def test_all_codes_are_listed_by_family(arguments: list[str]) -> None:
    listed = run("check", *arguments, LANGUAGE="en").stdout.splitlines()

    assert [line for line in listed if re.fullmatch("The [a-z]+", line)] == [
        *("The file", "The machine", "The words", "The promises")
    ]
    assert [line.split()[0] for line in listed if line.startswith("  ")] == CODES


def test_a_misspelt_code_is_wrong_use_with_the_nearest_named() -> None:
    result = run("check", "--explain", "cut-by-coment", LANGUAGE="en")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "no code 'cut-by-coment'; did you mean 'cut-by-comment'?" in result.stderr


def test_tab_completes_codes() -> None:
    offered = ShellComplete(main, {}, "assistant", "_ASSISTANT_COMPLETE").get_completions(
        ["check", "--explain"], "full-width"
    )

    assert [item.value for item in offered] == ["full-width-space", "full-width-colon", "full-width-sign"]


def test_the_help_teaches_by_examples() -> None:
    told = run("check", "--help").stdout

    assert "  assistant check --explain cut-by-comment " in told
    assert "Exit code: 0 nothing found, 1 problems found, 2 wrong use." in told
