"""`assistant identify`: which screen a text is about, for people and, line by line, for programs."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from tests.flow.good_flow import GOOD, write_flows


def run(*arguments: object, typed: str | bytes | None = None, **environment: str) -> Result:
    result = CliRunner().invoke(main, ["identify", *map(str, arguments)], env=environment, input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def answers(typed: str | bytes, *arguments: object) -> list[dict[str, Any]]:
    result = run("login", *arguments, typed=typed)
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_every_line_is_answered_by_a_line_of_json() -> None:
    first, nothing, unrelated = answers("サインインの状態を維持しますか?\n\nエクセルが開けません\n")

    assert first["text"] == "サインインの状態を維持しますか?"
    assert first["candidates"][0] == {"screen": "stay-signed-in", "state": "stay-signed-in", "score": 1.0}
    assert nothing == {"text": "", "candidates": []}
    assert unrelated == {"text": "エクセルが開けません", "candidates": []}


def test_the_last_line_needs_no_end_and_lines_of_windows_lose_theirs() -> None:
    assert [answer["text"] for answer in answers("コードの入力\r\nEnter password")] == [
        "コードの入力",
        "Enter password",
    ]


def test_bytes_that_are_no_text_are_answered_like_any_other() -> None:
    (answer,) = answers(b"\xff\xfe\xff\n")

    assert answer["candidates"] == []


def test_a_number_is_told_with_the_state_that_it_leads_to() -> None:
    (answer,) = answers("ＡＡＤＳＴＳ５３００３\n")

    assert answer["number"] == "53003"
    assert {candidate["state"] for candidate in answer["candidates"][:2]} == {"blocked-by-ca"}


def test_a_secret_is_left_out_and_warned_of() -> None:
    (answer,) = answers("482913\n")

    assert answer == {"text": " ", "candidates": [], "warning": "secret"}


def test_a_text_is_answered_for_people() -> None:
    result = run("login", "コードの入力")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1.000 ████████████████████ otp-entry → 38 code-entry\n")
    assert "To tell them apart: " in result.stdout


def test_a_text_of_several_lines_is_one_text() -> None:
    result = run("login", "パスワードの\n入力", "--format", "json")

    assert json.loads(result.stdout)["candidates"][0]["screen"] == "password-entry"


def test_none_and_a_warning_are_told_for_people() -> None:
    assert run("login", "昼ごはんは何ですか").stdout == "None of the screens.\n"
    assert run("login", "482913").stdout.startswith("What looks like a password or a one-time code was left out")


def test_why_is_explained_for_people_and_programs() -> None:
    told = run("login", "アクセス許可の確認って出た", "--explain").stdout
    data = json.loads(run("login", "アクセス許可の確認って出た", "--explain", "--format", "json").stdout)
    shared = json.loads(run("login", "コードの入力", "--explain", "--format", "json").stdout)

    assert "closest " in told
    assert "「アクセス許可の確認" in told
    assert "Relevance " in told
    assert data["candidates"][0]["words"][0].startswith("アクセス許可の確認")
    assert data["candidates"][0]["phrase"]
    assert data["question"] is None
    assert set(shared["question"]["shown"]) | set(shared["question"]["absent"]) == {
        "otp-entry",
        "totp-code",
        "sms-code",
    }
    assert data["relevance"] > 0


@pytest.mark.parametrize("named", ["demo", "demo/flow.yaml"])
def test_a_flow_may_be_named_by_its_folder_or_file(tmp_path: Path, named: str) -> None:
    write_flows(tmp_path, GOOD)

    assert run(tmp_path / named, "何か書く画面").exit_code == 0
    assert run("demo", "何か書く画面", "--flows", tmp_path).exit_code == 0
    assert run("demo", "何か書く画面", ASSISTANT_FLOWS=str(tmp_path)).exit_code == 0


def test_an_unknown_flow_or_folder_is_wrong_use(tmp_path: Path) -> None:
    unknown, nowhere = run("logn", "x"), run("login", "x", "--flows", tmp_path / "no")

    assert (unknown.exit_code, unknown.stderr) == (2, "assistant: no flow 'logn'; did you mean 'login'?\n")
    assert nowhere.exit_code == 2
    assert "no folder" in nowhere.stderr


def test_a_faulty_flow_is_not_searched(tmp_path: Path) -> None:
    write_flows(tmp_path, GOOD.replace("start: ask", "start: aks"))
    result = run("demo", "x", "--flows", tmp_path)

    assert result.exit_code == 1
    assert "[unknown-target]" in result.stderr
    assert result.stdout == ""
