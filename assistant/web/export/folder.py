"""A folder of files, written beside its place and put there in one step, so that a half-written site is never seen."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from assistant.web.export.site import File

# Names what we wrote, so that nobody's own folder is ever replaced.
MARKER: Final = ".sign-in-assistant-export"


class NotOurs(Exception):
    """The folder holds something that no export wrote; nothing was changed."""


def write_folder(target: Path, files: Iterable[File], *, force: bool = False) -> Iterator[File]:
    """Write files into a new folder that takes the place of `target`; yields each file when it is written.

    What was there before must be empty or an export, unless forced. Raises NotOurs and OSError. Whatever comes between,
    the folder is as it was.
    """
    target = target.resolve()  # a link stays a link, to the new files
    if not force and target.exists() and not _replaceable(target):
        raise NotOurs(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        new = work / "new"
        made: set[Path] = set()
        for file in files:
            path = new / file.path
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(file.data)
            yield file
        (new / MARKER).write_bytes(b"")
        if target.exists():
            target.rename(work / "old")
        new.rename(target)
    finally:
        if (work / "old").exists() and not target.exists():
            (work / "old").rename(target)
        shutil.rmtree(work)


def _replaceable(target: Path) -> bool:
    return target.is_dir() and ((target / MARKER).is_file() or not any(target.iterdir()))
