"""What is watched is read when a save is complete, never in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest

from assistant.watching import INTERVAL, STABLE, Watcher, signature
from tests.previewing import WITHIN, save_by_renaming, save_in_two_steps

# Long enough for a watcher to have looked several times; nothing tells when nothing happens.
QUIET = STABLE + 6 * INTERVAL


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small" / "flow.yaml"
    path.parent.mkdir()
    path.write_text("before", "utf-8")
    return path


@contextmanager
def watching(file: Path, read: Callable[[], str] | None = None) -> Iterator["Queue[str]"]:
    """A watcher of the folder; what it hands on comes out of the queue."""
    found: Queue[str] = Queue()
    folder = file.parent.parent
    watcher = Watcher(folder, signature(folder), read or (lambda: file.read_text("utf-8")), found.put)
    thread = Thread(target=watcher.serve)
    thread.start()
    try:
        yield found
    finally:
        watcher.stop()
        thread.join(WITHIN)


def nothing_comes(found: "Queue[str]") -> bool:
    try:
        found.get(timeout=QUIET)
    except Empty:
        return True
    return False


def test_a_save_by_renaming_is_read(file: Path) -> None:
    with watching(file) as found:
        save_by_renaming(file, "after")

        assert found.get(timeout=WITHIN) == "after"


def test_a_save_in_two_steps_is_read_once_and_whole(file: Path) -> None:
    with watching(file) as found:
        save_in_two_steps(file, "one half and the other")

        assert (found.get(timeout=WITHIN), nothing_comes(found)) == ("one half and the other", True)


def test_what_changes_while_it_is_read_is_read_again(file: Path) -> None:
    save_meanwhile = Event()

    def read() -> str:
        text = file.read_text("utf-8")
        if not save_meanwhile.is_set():
            save_meanwhile.set()
            save_by_renaming(file, "last")
        return text

    with watching(file, read) as found:
        save_by_renaming(file, "first")

        assert (found.get(timeout=WITHIN), nothing_comes(found)) == ("last", True)


def test_a_file_that_no_flow_is_read_from_is_not_watched(file: Path) -> None:
    with watching(file) as found:
        file.with_name(".flow.yaml.swp").write_text("swap", "utf-8")
        file.with_name("flow.yaml~").write_text("backup", "utf-8")

        assert nothing_comes(found)


@pytest.mark.parametrize("name", ["small/scenarios.yaml", "small/locales/en.po", "common/notes.yaml"])
def test_every_file_that_flows_are_read_from_is_watched(file: Path, name: str) -> None:
    path = file.parent.parent / name
    path.parent.mkdir(exist_ok=True)
    with watching(file) as found:
        path.write_text("new", "utf-8")

        assert found.get(timeout=WITHIN) == "before"


def test_a_file_that_is_removed_counts_as_a_change(file: Path) -> None:
    with watching(file, lambda: "read") as found:
        file.unlink()

        assert found.get(timeout=WITHIN) == "read"
