"""A real `assistant preview` on flows of its own, and saves as editors make them."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from tests.real_parts import COMMAND, ROOT, environment_without_settings

WITHIN = 30.0
# Seconds between the two halves of a save, which is less than a save has to be left alone for.
HALFWAY = 0.1


@dataclass(frozen=True)
class Previewing:
    """A running preview: the address that it printed, its process, and what it writes to standard error."""

    printed: str
    process: "subprocess.Popen[str]"
    log: Path

    @property
    def site(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.printed)
        return f"{parts.scheme}://{parts.netloc}"


@contextmanager
def previewing(log: Path, *options: str, language: str = "en") -> Iterator[Previewing]:
    """Run `assistant preview` on a free port until the block ends."""
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [*COMMAND, "preview", "--port", "0", *options],
            cwd=ROOT,
            env=environment_without_settings() | {"LANGUAGE": language},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    with process:
        assert process.stdout is not None
        try:
            # The address is written before any answer could be given, so reading this line is waiting enough.
            printed = process.stdout.readline().strip()
            assert printed.startswith("http"), log.read_text("utf-8")
            yield Previewing(printed, process, log)
        finally:
            process.terminate()
            process.wait(timeout=WITHIN)


def save_by_renaming(path: Path, text: str) -> None:
    """Save as editors do that write another file first: its name changes when it is complete."""
    other = path.with_name(f".{path.name}.swp")
    other.write_text(text, "utf-8")
    other.replace(path)


def save_in_two_steps(path: Path, text: str) -> None:
    """Save as editors do that empty the file first, here with a slow disk between the halves."""
    half = len(text) // 2
    with path.open("w", encoding="utf-8") as file:
        file.write(text[:half])
        file.flush()
        Event().wait(HALFWAY)  # nothing to wait for: the slow save is what is tried
        file.write(text[half:])
