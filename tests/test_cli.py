"""The command line: exit codes, what stands on which stream, and one clear sentence for each wrong use."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant import resources
from assistant.cli import main
from tests.flow.good_flow import GOOD, write_flows

FAULTY = GOOD.replace("start: ask", "start: aks")
SIGN_IN = {
    "ASSISTANT_TENANT_ID": "11111111-2222-4333-8444-555555555555",
    "ASSISTANT_CLIENT_ID": "99999999-2222-4333-8444-555555555555",
    "ASSISTANT_CLIENT_SECRET": "secret",
    "ASSISTANT_BASE_URL": "http://localhost:8000",
}
WARNED = GOOD.replace(
    "      found: {", "".join(f"      c{n}: {{label: c, to: ask}}\n" for n in range(6)) + "      found: {"
)


def run(*arguments: object, **environment: str) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def sentence(result: Result) -> str:
    """Return the one line for people that a refused command prints last."""
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[-1].startswith("assistant: ")
    return lines[-1]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_good_folder_is_fine(tmp_path: Path) -> None:
    result = run("check", write_flows(tmp_path))

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 errors, 0 warnings\n")


def test_problems_are_printed_one_a_line_and_end_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_flows(tmp_path / "flows", FAULTY)
    monkeypatch.chdir(tmp_path)
    result = run("check", "flows")

    assert result.exit_code == 1
    assert result.stdout == "flows/demo/flow.yaml:3:8: no state 'aks'; did you mean 'ask'? [unknown-target]\n"
    assert result.stderr == "1 error, 0 warnings\n"


def test_warnings_count_only_if_they_are_to(tmp_path: Path) -> None:
    write_flows(tmp_path, WARNED)

    assert run("check", tmp_path).exit_code == 0
    assert run("check", "--strict", tmp_path).exit_code == 1
    assert "warning: " in run("check", tmp_path).stdout
    assert run("check", tmp_path).stderr == "0 errors, 2 warnings\n"


def test_problems_are_printed_as_json_for_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_flows(tmp_path / "flows", FAULTY)
    monkeypatch.chdir(tmp_path)
    result = run("check", "--format", "json", "flows")

    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == {
        "problems": [
            {
                "path": "flows/demo/flow.yaml",
                "line": 3,
                "column": 8,
                "code": "unknown-target",
                "severity": "error",
                "message": "no state 'aks'; did you mean 'ask'?",
            }
        ]
    }


def test_nothing_found_is_an_empty_list_in_json(tmp_path: Path) -> None:
    assert json.loads(run("check", "--format", "json", write_flows(tmp_path)).stdout) == {"problems": []}


@pytest.mark.parametrize("inside", ["", "demo", "demo/flow.yaml"])
def test_a_folder_of_flows_a_flow_or_its_file_can_be_checked(tmp_path: Path, inside: str) -> None:
    assert run("check", write_flows(tmp_path) / inside).exit_code == 0


def test_several_paths_are_checked_in_one_run(tmp_path: Path) -> None:
    good, faulty = write_flows(tmp_path / "good"), write_flows(tmp_path / "faulty", FAULTY)
    result = run("check", good, faulty / "demo", faulty / "demo" / "flow.yaml")

    assert result.exit_code == 1
    assert result.stderr == "2 errors, 0 warnings\n"


def test_without_a_path_the_flows_that_would_be_served_are_checked(tmp_path: Path) -> None:
    assert run("check", ASSISTANT_FLOWS=str(write_flows(tmp_path / "good"))).exit_code == 0
    assert run("check", ASSISTANT_FLOWS=str(write_flows(tmp_path / "faulty", FAULTY))).exit_code == 1


def test_a_path_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    result = run("check", tmp_path / "nowhere")

    assert result.exit_code == 2
    assert sentence(result) == f"assistant: no such file, folder or flow: {tmp_path / 'nowhere'}"


@pytest.mark.parametrize(
    "arguments", [["chek"], ["check", "--stric"], ["check", "--format", "xml"], ["serve", "--port", "x"]]
)
def test_what_the_command_line_does_not_know_is_wrong_use(arguments: list[str]) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["serve", "-h"], ["--version"]])
def test_help_and_version_are_results(arguments: list[str]) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout


def test_serving_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for result in (
        run("serve", "--flows", tmp_path / "nowhere"),
        run("serve", ASSISTANT_FLOWS=str(tmp_path / "nowhere")),
    ):
        assert result.exit_code == 2
        assert f"no folder '{tmp_path / 'nowhere'}'" in sentence(result)


def test_serving_an_empty_folder_is_refused(tmp_path: Path) -> None:
    result = run("serve", "--flows", tmp_path)

    assert result.exit_code == 1
    assert "no-flow" in result.stderr
    assert "are not served" in sentence(result)


def test_a_faulty_flow_is_never_served_and_its_problems_are_named(tmp_path: Path) -> None:
    result = run("serve", "--flows", write_flows(tmp_path, FAULTY))

    assert result.exit_code == 1
    assert "no state 'aks'; did you mean 'ask'? [unknown-target]" in result.stderr
    assert "are not served before these problems are mended" in sentence(result)


def test_a_taken_port_is_said(tmp_path: Path, taken_port: int) -> None:
    command = [sys.executable, "-m", "assistant.cli", "serve", "--flows", str(write_flows(tmp_path))]
    result = subprocess.run([*command, "--port", str(taken_port)], capture_output=True, text=True, timeout=60)

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"assistant: cannot listen on 127.0.0.1 port {taken_port}: ")
    assert result.stderr.endswith("; choose another with --port\n")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_FLOW", "x"),
        ("ASSISTANT_BASE_URL", "help.example.com"),
        ("ASSISTANT_BASE_URL", "http://[x"),
        ("ASSISTANT_MAX_AGE", "soon"),
        ("ASSISTANT_FACTS", "nowhere.yaml"),
    ],
)
def test_a_wrong_setting_is_named_and_stops_the_start(tmp_path: Path, name: str, value: str) -> None:
    result = run("serve", "--flows", write_flows(tmp_path), **{name: value})

    assert result.exit_code == 2
    assert sentence(result).startswith(f"assistant: {name}: ")


def test_a_fact_that_no_flow_knows_stops_the_start(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("fone: 03-0000-0000\n", "utf-8")
    result = run("serve", "--flows", write_flows(tmp_path / "flows"), ASSISTANT_FACTS=str(facts))

    assert result.exit_code == 2
    assert "no fact 'fone'; known are phone" in sentence(result)


@pytest.mark.parametrize(
    ("options", "environment", "reason"),
    [
        (["--host", "0.0.0.0"], {}, "for this computer only"),
        ([], {"ASSISTANT_BASE_URL": "https://help.example.com"}, "for this computer only"),
        ([], SIGN_IN, "a real sign-in is configured"),
    ],
)
def test_nobody_practises_where_others_could_take_it_for_real(
    options: list[str], environment: dict[str, str], reason: str
) -> None:
    result = run("serve", "--demo-sign-in", *options, **environment)

    assert result.exit_code == 2
    assert sentence(result).startswith(f"assistant: --demo-sign-in: {reason}")


def test_a_sign_in_that_cannot_work_stops_the_start() -> None:
    result = run("serve", "--port", "0", **{**SIGN_IN, "ASSISTANT_TENANT_ID": "common"})

    assert result.exit_code == 2
    assert sentence(result).startswith("assistant: ASSISTANT_TENANT_ID: ")


def test_a_certificate_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    file = tmp_path / "certificate.pem"
    file.write_text("words", "utf-8")
    settings = {name: value for name, value in SIGN_IN.items() if name != "ASSISTANT_CLIENT_SECRET"}
    result = run("serve", "--port", "0", **settings, ASSISTANT_CLIENT_CERTIFICATE=str(file))

    assert result.exit_code == 2
    assert sentence(result).startswith("assistant: ASSISTANT_CLIENT_CERTIFICATE: ")


def test_the_folder_of_flows_here_comes_before_those_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_flows(tmp_path / "flows", GOOD.replace("to: ended", "to: endde", 1))
    monkeypatch.chdir(tmp_path)

    assert "flows/demo/flow.yaml" in run("check").stdout
    assert run("check", ASSISTANT_FLOWS=str(resources.folder("flows"))).stdout == ""


@pytest.mark.parametrize("command", [["reword", "サインイン", "ログイン", "--yes"], ["translate"]])
def test_what_came_with_the_program_is_never_changed_unasked(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*command)

    assert result.exit_code == 2
    assert "no folder 'flows' here" in result.stderr
