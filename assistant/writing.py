"""Changes several files at once: all of them, or none if anything comes between."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copymode
from tempfile import NamedTemporaryFile
from typing import Final

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file with the bytes that were read from it (None: there was none) and those that are to be written."""

    path: Path
    before: bytes | None
    after: bytes


class ChangedMeanwhile(Exception):
    """Somebody else wrote a file after it was read; `path` says which. Nothing was written."""

    def __init__(self, path: Path) -> None:
        """Keep the path."""
        self.path = path
        super().__init__(f"{path} was changed by somebody else in the meantime")


def encoded(text: str, before: bytes | None) -> bytes:
    """Return the bytes of a text in the manner of the file that it was read from: with its byte order mark."""
    mark = BYTE_ORDER_MARK if before is not None and before.startswith(BYTE_ORDER_MARK) else b""
    return mark + text.encode("utf-8")


def write_all(rewrites: Iterable[Rewrite]) -> None:
    """Write every file in one step each; whatever goes wrong, Ctrl-C included, the files are as they were before.

    Raises ChangedMeanwhile and OSError.
    """
    waiting = [(rewrite, rewrite.path.resolve()) for rewrite in rewrites]
    ready: list[tuple[Rewrite, Path, Path]] = []
    replaced: list[tuple[Rewrite, Path]] = []
    try:
        for rewrite, target in waiting:
            if _read(target) != rewrite.before:
                raise ChangedMeanwhile(rewrite.path)
            ready.append((rewrite, target, _beside(target, rewrite.after)))
        for rewrite, target, new in ready:
            replaced.append((rewrite, target))
            new.replace(target)
    except BaseException:
        for rewrite, target in replaced:
            _restore(rewrite, target)
        raise
    finally:
        for _, _, new in ready:
            new.unlink(missing_ok=True)


def _read(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _beside(target: Path, data: bytes) -> Path:
    """Write the bytes to a new file beside the target, from where one step puts it in its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as new:
        path = Path(new.name)
        try:
            new.write(data)
            new.flush()
            os.fsync(new.fileno())
            if target.exists():
                copymode(target, path)
            else:
                path.chmod(0o666 & ~_umask())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _restore(rewrite: Rewrite, target: Path) -> None:
    if rewrite.before is None:
        target.unlink(missing_ok=True)
    elif _read(target) != rewrite.before:
        _beside(target, rewrite.before).replace(target)
