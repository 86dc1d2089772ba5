"""`assistant schema`: what editors need to complete, explain and check the files of flows while they are written."""

from collections.abc import Iterator
from json import dumps
from pathlib import Path
from typing import Final

import click

from assistant.cli.common import PROBLEMS, WRONG_USE, fail
from assistant.cli.own_flows import own_flows
from assistant.flow.message import say

FOLDER: Final = ".schema"
_NAMES: Final = ("flow", "scenarios", "screens", "notes", "facts", "codes", "elsewhere")


@click.command(epilog="Exit code: 0 printed or written, 1 it could not be written, 2 wrong use.")
@click.argument("file", type=click.Choice(_NAMES), required=False)
@click.option("--write", is_flag=True, help=f"Write all of them into the folder {FOLDER} beside the flows.")
@click.option(
    "--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS); else `flows` where you are."
)
def schema(file: str | None, write: bool, flows: Path | None) -> None:
    """Print the JSON Schema of FILE (flow.yaml if none is named), or write all of them for your editor.

    An editor with the YAML language server (for VS Code the extension "YAML" by Red Hat) then completes keys, explains
    them on hover and marks mistakes while you type. `assistant new` begins every file with the line that it looks for:

    \b
        # yaml-language-server: $schema=../.schema/flow.json
    """
    if file is not None and (write or flows is not None):
        fail(say("name a file to print it, or use --write to write them all; not both"), WRONG_USE)
    if not write:
        click.echo(_text(file or "flow"), nl=False)
        return
    try:
        for path in write_schemas(own_flows(flows)):
            click.echo(path)
    except OSError as error:
        fail(say("{file} cannot be written: {reason}", file=error.filename, reason=error.strerror), PROBLEMS)


def write_schemas(flows: Path) -> Iterator[Path]:
    """Write the schema of every file into a folder of flows and yield each path; raises OSError."""
    (flows / FOLDER).mkdir(exist_ok=True)
    for name in _NAMES:
        path = flows / FOLDER / f"{name}.json"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_text(name))
        yield path


def _text(name: str) -> str:
    from assistant.flow.schema import schema_of

    return dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"
