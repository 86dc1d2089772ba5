"""Files that somebody named almost as the one that is read, so that what is in them would be passed over in silence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final
from unicodedata import normalize

from assistant.catalog.sources import FLOW_FILE, label, shown
from assistant.flow.message import say
from assistant.flow.problem import Mark, Problem

# Windows hides `.txt` and puts it behind what was meant as the whole name.
_ENDING: Final = re.compile(r"\.ya?ml(\.txt)?$")


def check_names(folder: Path, names: Sequence[str], read: Iterable[str]) -> Iterator[Problem]:
    """Tell the files of a folder, of which `names` are all and `read` are read, that miss one of these names nearly.

    A flow that is passed over is an error, because the whole guide lacks it; all else is a warning.
    """
    meant = {_bare(name): name for name in read}
    for name in names:
        right = meant.get(_bare(name)) if _ENDING.search(_folded(name)) else None
        if right is not None and name != right:
            lost = right == FLOW_FILE and FLOW_FILE not in names
            message = say("'{name}' is not read; name it '{right}'", name=shown(name), right=right)
            if lost:
                yield Problem(label(folder / name), Mark(), "no-flow", message)
            else:
                yield Problem(label(folder / name), Mark(), "misnamed-file", message, "warning")


def _bare(name: str) -> str:
    """Return what names have in common that say the same: no capitals, no ending, no plural."""
    return _ENDING.sub("", _folded(name)).removesuffix("s")


def _folded(name: str) -> str:
    return normalize("NFKC", name).lower()
