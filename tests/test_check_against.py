"""`assistant check --against`: a state that vanished since a Git revision without a word is an error."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from tests.flow.good_flow import GOOD, write_flows

GIT = ["git", "-c", "user.name=Author", "-c", "user.email=author@example.com"]
OLD = "  old:\n    no: 5\n    gone: check\n"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", *arguments], env={"LANGUAGE": "en"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def flows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of flows that is committed in Git, in the folder where the command runs."""
    monkeypatch.chdir(tmp_path)
    folder = write_flows(tmp_path / "flows")
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "flows"]):
        subprocess.run([*GIT, *arguments], check=True, timeout=30)
    return folder


@pytest.mark.parametrize("path", ["flows", "flows/demo", "flows/demo/flow.yaml"])
def test_a_state_that_vanished_without_a_word_is_told(flows: Path, path: str) -> None:
    (flows / "demo" / "flow.yaml").write_text(GOOD.replace(OLD, ""), "utf-8")
    result = run(path, "--against", "HEAD")

    assert result.exit_code == 1
    assert "flows/demo/flow.yaml:9:1: 'old' was a state in HEAD" in result.stdout
    assert "[removed-without-gone]" in result.stdout
    assert run(path).exit_code == 0


def test_what_stayed_or_was_renamed_is_fine(flows: Path) -> None:
    assert run("flows", "--against", "HEAD").exit_code == 0

    (flows / "demo" / "flow.yaml").write_text(
        GOOD.replace(OLD, "").replace("was: [checked]", "was: [checked, old]"), "utf-8"
    )
    assert run("flows", "--against", "HEAD").exit_code == 0


def test_a_revision_that_is_not_there_is_wrong_use(flows: Path) -> None:
    result = run("flows", "--against", "nowhere")

    assert result.exit_code == 2
    assert "no revision 'nowhere' here" in result.stderr
