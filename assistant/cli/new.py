"""`assistant new`: a small flow to begin with, that passes every check and teaches the language by its remarks."""

import os
from pathlib import Path
from typing import Final

import click

from assistant.cli.common import PROBLEMS, WRONG_USE, fail
from assistant.cli.language import language as own_language
from assistant.cli.language import said
from assistant.flow.message import say

_HERE: Final = Path("flows")


@click.command(
    epilog="Example: assistant new printer --title プリンターのご案内. "
    "Exit code: 0 written, 1 it could not be written, 2 wrong use."
)
@click.argument("name")
@click.option(
    "--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS); else `flows` where you are."
)
@click.option("--title", help="What customers read as the name of the guide.")
@click.option(
    "--language", type=click.Choice(["ja", "en"]), help="Language to write in; that of your computer if not given."
)
def new(name: str, flows: Path | None, title: str | None, language: str | None) -> None:
    """Begin the flow NAME: a small one that passes every check, with a remark on each part of it.

    Its two files are written into a folder of its own. Its states get numbers that no other flow has. What is there
    already is never changed. NAME is part of the guide's address: small letters, digits and '-'.
    """
    from assistant.catalog.beginning import CannotBegin, begin

    folder = _folder(flows)
    try:
        files = begin(folder, name, language or own_language(), title)
    except CannotBegin as error:
        fail(said(error.message), WRONG_USE)
    except OSError as error:
        fail(said(say("{file} cannot be written: {reason}", file=error.filename, reason=error.strerror)), PROBLEMS)
    for file in files:
        click.echo(file)
    _say_what_to_do_next(name, "" if flows is None else f" --flows {flows}", folder)


def _folder(chosen: Path | None) -> Path:
    named = os.environ.get("ASSISTANT_FLOWS")
    folder = chosen or (Path(named) if named else _HERE)
    if not folder.is_dir():
        message = say(
            "no folder '{folder}' here; make it first, or name the folder of your flows with --flows", folder=folder
        )
        fail(said(message), WRONG_USE)
    return folder


def _say_what_to_do_next(name: str, option: str, folder: Path) -> None:
    steps = (
        (f"assistant preview {name}{option}", say("shows it while you write")),
        (f"assistant check {folder / name}", say("says what is wrong, and where")),
        (f"assistant test {name}{option}", say("proves the stories in scenarios.yaml")),
    )
    click.echo(said(say("Written. What to do next:")), err=True)
    width = max(len(command) for command, _ in steps)
    for command, what in steps:
        click.echo(f"  {command:<{width}}  # {said(what)}", err=True)
