"""`assistant check` in every format, and what it says about its codes."""

import json
import os
import re
import subprocess
import sys
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


def at_a_terminal(*arguments: object) -> list[str]:
    """Run the command where standard error is a terminal; returns the lines on it."""
    import pty

    ours, theirs = pty.openpty()
    try:
        command = [sys.executable, "-m", "assistant.cli", "check", *map(str, arguments)]
        environment = {**os.environ, "LANGUAGE": "en"}
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment, timeout=60, check=False)
        return os.read(ours, 10_000).decode().splitlines()
    finally:
        os.close(ours)
        os.close(theirs)


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


@pytest.mark.parametrize("named", ["demo", "demo/scenarios.yaml"])
def test_a_flow_is_named_by_its_id_in_the_folder_of_flows(named: str, flows: str) -> None:
    assert "demo/flow.yaml:31:15" in run("check", named, "--flows", flows).stdout
    assert "demo/flow.yaml:31:15" in run("check", named, ASSISTANT_FLOWS=flows).stdout


def test_the_folder_of_flows_is_checked_without_a_path(flows: str) -> None:
    assert run("check", "--flows", flows).exit_code == 1


def test_a_misspelt_flow_is_wrong_use_with_the_nearest_named(flows: str) -> None:
    result = run("check", "dmo", "--flows", flows, LANGUAGE="en")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "assistant: no such file, folder or flow: dmo; did you mean 'demo'?\n"


def test_tab_completes_files_and_flows(flows: str) -> None:
    offered = ShellComplete(main, {}, "assistant", "_ASSISTANT_COMPLETE").get_completions(
        ["check", "--flows", flows], "de"
    )

    assert [(item.type, item.value) for item in offered] == [("file", "de"), ("plain", "demo")]


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
def test_at_a_terminal_the_explanation_of_the_first_code_is_offered(flows: str) -> None:
    assert at_a_terminal(flows) == ["More: assistant check --explain cut-by-comment", "1 error, 0 warnings"]


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
def test_at_a_terminal_flows_without_an_error_are_said_to_lead_to_an_ending(tmp_path: Path) -> None:
    write_flows(tmp_path)
    told = "1 flow, 5 pages: an ending can be reached from each, even by always choosing 'lost'"

    assert at_a_terminal(tmp_path, tmp_path / "demo") == [told, "0 errors, 0 warnings"]


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
def test_at_a_terminal_flows_that_were_explored_and_fail_are_not_praised(tmp_path: Path) -> None:
    write_flows(tmp_path, GOOD.replace("  - to: ended\n", "  - to: ask\n"))

    assert at_a_terminal(tmp_path)[0] == "More: assistant check --explain lost-never-ends"
    assert not any("an ending can be reached" in line for line in at_a_terminal(tmp_path))


def test_what_was_not_proven_is_not_said(tmp_path: Path) -> None:
    from assistant.catalog.files import read
    from assistant.cli.telling.proof import proven

    write_flows(tmp_path / "faulty", CUT)
    lostless = GOOD.replace("  - {to: help, when: {not: {help: lost}}}\n  - to: ended\n", "").replace("lost:\n", "")
    write_flows(tmp_path / "lostless", lostless)

    assert proven([read(tmp_path / "faulty")]) is None
    assert str(proven([read(tmp_path / "lostless")])).endswith(": an ending can be reached from each")


@pytest.mark.parametrize("path", ["/dev/null", ""])
def test_what_can_be_no_flow_is_wrong_use(path: str) -> None:
    result = run("check", path, LANGUAGE="en")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert path in result.stderr
