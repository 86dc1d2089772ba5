"""Git revisions: what counts as one, what comes out of it, and that nothing of it is left behind."""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from assistant.revision import Revision, RevisionError, checked_out, revision_in
from tests.git_repositories import commit, git, needs_git

pytestmark = needs_git


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a flow, what flows share and a file at the top; the working folder is its top."""
    top = tmp_path / "top"
    for file in (
        "flows/login/flow.yaml",
        "flows/common/facts.yaml",
        "flows/日本/flow.yaml",
        "alone/flow.yaml",
        "read.me",
    ):
        (top / file).parent.mkdir(parents=True, exist_ok=True)
        (top / file).write_text(f"first {file}", "utf-8")
    commit(top)
    (top / "flows" / "login" / "flow.yaml").write_text("changed since", "utf-8")
    monkeypatch.chdir(top)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return top


def refused(text: str) -> str:
    named = revision_in(text)
    assert named is not None
    with pytest.raises(RevisionError) as error, checked_out(named):
        pass
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("main:flows/login", Revision("main", "flows/login")),
        ("HEAD~2:flows", Revision("HEAD~2", "flows")),
        ("main:", Revision("main", "")),
        ("v1:C:odd", Revision("v1", "C:odd")),
        ("C:\\flows", None),
        ("d:/flows/login", None),
        ("C:", None),
        ("flows/login", None),
        (":flows", None),
    ],
)
def test_a_revision_has_a_name_and_a_path_and_a_windows_path_is_none(text: str, expected: Revision | None) -> None:
    assert revision_in(text) == expected


@pytest.mark.parametrize("path", ["flows/login", "flows/login/", "./flows/login", "flows\\login", "flows/x/../login"])
def test_a_flow_of_a_revision_comes_as_it_was_with_what_flows_share(place: Path, path: str) -> None:
    with checked_out(Revision("main", path)) as found:
        assert (found.path / "flow.yaml").read_text("utf-8") == "first flows/login/flow.yaml"
        assert (found.path.parent / "common" / "facts.yaml").is_file()
        assert not (found.top / "read.me").exists()


def test_a_file_of_a_revision_comes_with_its_folder(place: Path) -> None:
    with checked_out(Revision("main", "flows/日本/flow.yaml")) as found:
        assert found.path.read_text("utf-8") == "first flows/日本/flow.yaml"


def test_a_path_that_begins_with_a_dot_is_looked_for_where_we_are(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place / "flows")
    with checked_out(Revision("main", "./login")) as here, checked_out(Revision("main", "flows/login")) as from_top:
        assert (here.path / "flow.yaml").read_bytes() == (from_top.path / "flow.yaml").read_bytes()


@pytest.mark.parametrize("path", ["", ".", "alone"])
def test_a_flow_without_what_flows_share_and_the_whole_tree_come_too(place: Path, path: str) -> None:
    with checked_out(Revision("main", path)) as found:
        assert list(found.path.rglob("flow.yaml"))


def test_the_temporary_folder_is_removed_whatever_happens(place: Path) -> None:
    with pytest.raises(FileNotFoundError), checked_out(Revision("main", "flows")) as found:
        (found.top / "nowhere").read_bytes()
    for text in ("main:nowhere", "nobody:flows"):
        refused(text)

    assert list(Path(tempfile.gettempdir()).iterdir()) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nobody:flows", "no revision 'nobody' here"),
        ("main:nowhere", "no 'nowhere' in the revision 'main'"),
        ("main:flows/*", "no 'flows/*' in the revision 'main'"),
        ("main:../elsewhere", "no '../elsewhere' in the revision 'main'"),
        ("--output=/tmp/x:flows", "'--output=/tmp/x' is no name of a revision"),
    ],
)
def test_what_is_not_there_is_said_by_name(place: Path, text: str, expected: str) -> None:
    assert refused(text) == expected


def test_a_folder_that_is_no_repository_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    assert refused("main:flows") == "'main:flows' is read as a Git revision, but there is no Git repository here"


def test_a_machine_without_git_is_told_what_to_do(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(place))

    assert refused("main:flows") == "Git is not installed, so no revision can be read; name a folder instead"


def test_a_git_that_does_not_answer_is_not_waited_for(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def never(command: list[str], *, timeout: float, **_: Any) -> None:
        asked.append(timeout)
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", never)

    assert refused("main:flows") == f"Git did not answer within {asked[0]} seconds"


def test_a_link_that_leads_out_of_the_tree_is_not_unpacked(place: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    (place / "flows" / "login" / "notes").symlink_to(tmp_path / "secret")
    git(place, "add", "--all")
    git(place, "commit", "--message=link")

    assert refused("main:flows/login").startswith("the revision cannot be unpacked: ")
