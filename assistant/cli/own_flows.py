"""The folder of flows that an author writes in, which is never the one that came with the program unasked."""

import os
from pathlib import Path

from assistant.cli.common import HERE, WRONG_USE, fail
from assistant.flow.message import say


def own_flows(chosen: Path | None) -> Path:
    """Return the folder that was chosen, that of ASSISTANT_FLOWS, or `flows` here; ends if it is not there."""
    named = os.environ.get("ASSISTANT_FLOWS")
    folder = chosen or (Path(named) if named else HERE)
    if not folder.is_dir():
        message = say(
            "no folder '{folder}' here; make it first, or name the folder of your flows with --flows", folder=folder
        )
        fail(message, WRONG_USE)
    return folder
