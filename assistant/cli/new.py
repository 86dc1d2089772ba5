"""`assistant new`: a small flow to begin with, that passes every check and teaches the language by its remarks."""

from pathlib import Path
from shlex import quote

import click

from assistant.cli.common import PROBLEMS, WRONG_USE, fail
from assistant.cli.language import language as own_language
from assistant.cli.language import said
from assistant.cli.own_flows import own_flows
from assistant.cli.schema import FOLDER as SCHEMAS
from assistant.cli.schema import write_schemas
from assistant.flow.message import say


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

    Its two files are written into a folder of its own, and beside it, in .schema, what lets your editor help you. Its
    states get numbers that no other flow has. What is there already is never changed. NAME is part of the guide's
    address: small letters, digits and '-'.
    """
    from assistant.catalog.beginning import CannotBegin, begin

    folder = own_flows(flows)
    try:
        files = begin(folder, name, language or own_language(), title)
        if not (folder / SCHEMAS).exists():
            tuple(write_schemas(folder))
    except CannotBegin as error:
        fail(error.message, WRONG_USE)
    except OSError as error:
        fail(say("{file} cannot be written: {reason}", file=error.filename, reason=error.strerror), PROBLEMS)
    for file in files:
        click.echo(file)
    _say_what_to_do_next(name, "" if flows is None else f" --flows {quote(str(flows))}", folder)


def _say_what_to_do_next(name: str, option: str, folder: Path) -> None:
    steps = (
        (f"assistant preview {name}{option}", say("shows it while you write")),
        (f"assistant check {quote(str(folder / name))}", say("says what is wrong, and where")),
        (f"assistant test {name}{option}", say("proves the stories in scenarios.yaml")),
    )
    click.echo(said(say("Written. What to do next:")), err=True)
    width = max(len(command) for command, _ in steps)
    for command, what in steps:
        click.echo(f"  {command:<{width}}  # {said(what)}", err=True)
