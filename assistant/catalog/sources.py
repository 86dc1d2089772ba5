"""Files as bytes and words, read with their faults gathered; their names as authors know them; one digest over all."""

import os
import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from errno import EACCES
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from assistant.flow.characters import FORBIDDEN
from assistant.flow.loader import Loaded, load
from assistant.flow.message import say
from assistant.flow.problem import Mark, Problem
from assistant.flow.reader import decode
from assistant.flow.rules.unused import check_duplicates
from assistant.flow.translation import Words, read_words
from assistant.flow.translation.header import language_name

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

COMMON: Final = "common"
FLOW_FILE: Final = "flow.yaml"
SCENARIO_FILE: Final = "scenarios.yaml"
LOCALES: Final = "locales"
MAXIMUM_BYTES: Final = 32_000_000
MAXIMUM_PO_BYTES: Final = 2_000_000
_UNSEEN: Final = re.compile(rf"[\t\n\r]|{FORBIDDEN.pattern}")


def is_file(path: Path) -> bool:
    """Say whether a file is there; not, where nobody may look."""
    with suppress(PermissionError):
        return path.is_file()
    return False


def is_folder(path: Path) -> bool:
    """Say whether a folder is there; not, where nobody may look."""
    with suppress(PermissionError):
        return path.is_dir()
    return False


def flow_folders(folder: Path) -> Iterator[Path]:
    """Yield the folders that hold a flow, by name."""
    for path in sorted(folder.iterdir()):
        if is_file(path / FLOW_FILE) and not path.name.startswith("."):
            yield path


def label(path: Path) -> str:
    """Return a path as an author reads it, on one line: relative to where they are, if it is below."""
    try:
        # Unlike `Path.resolve` it takes a link that leads to itself.
        return shown(Path(os.path.realpath(path)).relative_to(Path.cwd()).as_posix())
    except ValueError:
        return shown(path.as_posix())


def shown(name: str) -> str:
    """Return the name of a file as it can be printed: bytes that are no UTF-8, and unseen characters, are escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class Memory:
    """Remembers what the files of one reading said, for the next one, where most of them are as they were."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._before: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}

    def turn(self) -> None:
        """Begin another reading; what the last one did not ask for is forgotten."""
        self._before, self._now = self._now, {}

    def of(self, make: Callable[..., T], *arguments: Hashable) -> T:
        """Return what a function without side effects makes of its arguments, which must be changed by nobody."""
        key = (make, *arguments)
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else make(*arguments)
        found: T = self._now[key]
        return found


@dataclass
class Sources:
    """Reads files; `problems` is what was wrong with any of them, `digest` changes with any byte of any."""

    problems: list[Problem] = field(default_factory=list)
    digest: Any = field(default_factory=sha256)
    memory: Memory = field(default_factory=Memory)

    def names(self, folder: Path) -> list[str]:
        """Return what stands in a folder, by name; nothing if it cannot be listed."""
        try:
            if is_folder(folder) and not os.access(folder, os.R_OK | os.X_OK):
                raise PermissionError(EACCES, os.strerror(EACCES))
            return sorted(path.name for path in folder.iterdir())
        except OSError as error:
            self._unreadable(folder, error)
            return []

    def _unreadable(self, path: Path, error: OSError) -> None:
        message = say("cannot be read: {reason}", reason=error.strerror or error)
        self.problems.append(Problem(label(path), Mark(), "unreadable", message))

    def text(self, path: Path) -> str | None:
        """Return the words of a file, or None if it cannot be read."""
        named = label(path)
        try:
            most = MAXIMUM_PO_BYTES if path.suffix == ".po" else MAXIMUM_BYTES
            if path.stat().st_size > most:
                message = say("more than {bytes} bytes; split it", bytes=most)
                self.problems.append(Problem(named, Mark(), "too-large", message))
                return None
            if path.exists() and not path.is_file():  # a pipe or a device would be waited for without end
                raise OSError(None, "not a file")
            data = path.read_bytes()
        except OSError as error:
            self._unreadable(path, error)
            return None
        self.digest.update(data)
        text = decode(named, data)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return text

    def load(self, path: Path, model: type[M], parts: str) -> Loaded[M]:
        """Read a YAML file that must be there; what is wrong with its shape is in the result, not in `problems`."""
        text = self.text(path)
        if text is None:
            return Loaded(label(path), None, None, ())
        found: Loaded[M] = self.memory.of(load, label(path), text, model, parts)
        return found

    def load_if_there(self, path: Path, model: type[M], parts: str) -> Loaded[M]:
        """Read a YAML file that need not be there; what is wrong with its shape is added to `problems`."""
        if not os.path.lexists(path):
            return Loaded(label(path), None, None, ())
        loaded = self.load(path, model, parts)
        self.problems += loaded.problems
        return loaded

    def locales(self, folder: Path) -> dict[str, Words]:
        """Read the PO files of a folder, by language."""
        words: dict[str, Words] = {}
        for name in self.names(folder) if os.path.lexists(folder) else ():
            path = folder / name
            if path.suffix == ".po":
                text = self._translation(path)
                if text is not None:
                    read, problems = self.memory.of(read_words, label(path), text, path.stem)
                    self.problems += problems or check_duplicates(label(path), text)
                    if not problems:  # else every text would lack its translation, too
                        words[path.stem] = read
        return words

    def _translation(self, path: Path) -> str | None:
        """Return the words of a PO file, None if it cannot be read or its name says no language."""
        if language_name(path.stem) is None or not path.stem.islower():
            message = say("{file} is named for no language; name it as in fr.po", file=shown(path.name))
            self.problems.append(Problem(label(path), Mark(), "bad-po-file", message))
            return None
        return self.text(path)
