"""Git revisions: `main:flows/login` becomes files in a temporary folder, for as long as somebody reads them."""

import io
import os
import posixpath
import re
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from assistant.flow.message import Message, say

_REVISION: Final = re.compile(r"(?P<name>[^:]+):(?P<path>.*)", re.DOTALL)
_WINDOWS: Final = re.compile(r"[A-Za-z]:(?:[\\/]|$)")
SHARED: Final = "common"
SECONDS: Final = 60


class RevisionError(Exception):
    """A revision cannot be read; `message` says why."""

    def __init__(self, message: Message) -> None:
        """Keep the reason."""
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True)
class Revision:
    """A Git revision and a path in it, from the top of the repository, or from here if it begins with `./`."""

    name: str
    path: str

    def __str__(self) -> str:
        """Write it as Git does."""
        return f"{self.name}:{self.path}"


def revision_in(text: str) -> Revision | None:
    """Return the revision that a text names, or None if it is a path: `C:\\flows` is one."""
    found = None if _WINDOWS.match(text) else _REVISION.fullmatch(text)
    return None if found is None else Revision(found["name"], found["path"])


@dataclass(frozen=True)
class CheckedOut:
    """The temporary folder that stands for the top of the repository, and the file or folder in it that was named."""

    top: Path
    path: Path


@contextmanager
def checked_out(revision: Revision) -> Iterator[CheckedOut]:
    """Give a path of a revision as a file or folder of a temporary folder, which is removed afterwards.

    A folder `common` beside a flow comes with it. The repository is the one of the current directory. Raises
    RevisionError, also when Git takes longer than `SECONDS`.
    """
    if revision.name.startswith("-"):
        raise RevisionError(say("'{name}' is no name of a revision", name=revision.name))
    nowhere = say("'{revision}' is read as a Git revision, but there is no Git repository here", revision=revision)
    top = Path(_git(Path.cwd(), "rev-parse", "--show-toplevel", wrong=nowhere).strip())
    path = _from_top(revision.path)
    tree = f"{revision.name}^{{tree}}"
    _git(top, "rev-parse", "--verify", "--quiet", tree, wrong=say("no revision '{name}' here", name=revision.name))
    missing = say("no '{path}' in the revision '{name}'", path=path, name=revision.name)
    kind = _git(top, "cat-file", "-t", f"{revision.name}:{path}", wrong=missing).strip()
    folder = posixpath.dirname(path) if kind == "blob" else path
    wanted = [folder or ".", *_shared(top, revision.name, folder)]
    with TemporaryDirectory(prefix="assistant-") as temporary:
        place = Path(temporary).resolve()
        _extract(_run(top, "archive", "--format=tar", revision.name, "--", *wanted), place)
        if not (place / path).exists():
            raise RevisionError(missing)
        yield CheckedOut(place, place / path)


def _from_top(path: str) -> str:
    path = path.replace("\\", "/")
    if path == "." or path.startswith(("./", "../")):
        path = posixpath.join(_git(Path.cwd(), "rev-parse", "--show-prefix").strip(), path)
    path = posixpath.normpath(path) if path else ""
    return "" if path == "." else path


def _shared(top: Path, name: str, folder: str) -> list[str]:
    beside = posixpath.join(posixpath.dirname(folder), SHARED)
    found = _git(top, "ls-tree", "-d", "-z", "--name-only", name, "--", beside) if folder else ""
    return [beside] if found.strip() and beside != folder else []


def _extract(archive: bytes, place: Path) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(place, filter="data")
    except tarfile.TarError as error:
        raise RevisionError(say("the revision cannot be unpacked: {reason}", reason=error)) from error


def _git(folder: Path, *arguments: str, wrong: Message | None = None) -> str:
    return _run(folder, *arguments, wrong=wrong).decode("utf-8", "replace")


def _run(folder: Path, *arguments: str, wrong: Message | None = None) -> bytes:
    """Return what Git answers; `wrong` is what to say where Git refuses, which otherwise says it itself."""
    # Git must neither ask for a password nor answer in the language of the screen.
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    command = ["git", "--literal-pathspecs", *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except FileNotFoundError as error:
        raise RevisionError(say("Git is not installed, so no revision can be read; name a folder instead")) from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError(say("Git did not answer within {seconds} seconds", seconds=SECONDS)) from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = say("Git says: {reason}", reason=said[-1] if said else error.returncode)
        raise RevisionError(wrong or reason) from error
    return done.stdout
