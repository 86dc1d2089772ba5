"""Which flow a command is about: named by its id in the folder of flows, or by its own folder or file."""

import os
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from assistant.cli.common import WRONG_USE, fail, fail_without_folder, flows_folder
from assistant.cli.language import said
from assistant.flow.message import say
from assistant.flow.problem import suggestion


def complete_flow(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the flows of the folder for tab completion."""
    names = _names(flows_folder(context.params.get("flows")))
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_path(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer files and folders, and the flows of the folder, for tab completion."""
    return [CompletionItem(incomplete, type="file"), *complete_flow(context, parameter, incomplete)]


class FlowPath(click.Path):
    """A file, a folder or a flow; nothing is no name of the folder here."""

    def __init__(self) -> None:
        """Take any path."""
        super().__init__(path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path; raises BadParameter if it is empty."""
        if value == "":
            self.fail(said(say("the name of a file, folder or flow is empty; leave it out for all flows")), param, ctx)
        return super().convert(value, param, ctx)


def path_of(named: Path, flows: Path | None) -> Path:
    """Return a file or folder as it was named, here or in the folder of flows, or end with what may be meant."""
    from assistant.catalog.places import readable

    folder = flows_folder(flows)
    found = next((path for path in (named, folder / named) if os.path.lexists(path)), None)
    if found is None:
        near = suggestion(str(named), _names(folder))
        fail(say("no such file, folder or flow: {path}{near}", path=named, near=near), WRONG_USE)
    try:
        readable(found)
    except FileNotFoundError:
        fail(say("not a file or folder of flows: {path}", path=named), WRONG_USE)
    return found


def flow_folder(flow: str, flows: Path | None) -> Path:
    """Return the folder of a flow, or end with what there is."""
    from assistant.catalog.sources import FLOW_FILE

    folder, named = flows_folder(flows), Path(flow)
    places = (folder / flow, named, named.parent if named.name == FLOW_FILE else named)
    found = next((path for path in places if (path / FLOW_FILE).is_file()), None)
    if found is None and not folder.is_dir():
        fail_without_folder(folder)
    if found is None:
        fail(say("no flow '{name}'{near}", name=flow, near=suggestion(flow, _names(folder))), WRONG_USE)
    return found


def _names(folder: Path) -> list[str]:
    from assistant.catalog.sources import flow_folders

    return [path.name for path in flow_folders(folder)] if folder.is_dir() else []
