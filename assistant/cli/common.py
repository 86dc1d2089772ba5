"""What the commands have in common: which flows and settings they work on, how problems are printed, how to fail."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from assistant.cli.language import said, translate
from assistant.flow.message import Message, say
from assistant.flow.problem import FlowError, Problem

if TYPE_CHECKING:
    from assistant.catalog import Catalog
    from assistant.config import Config

PROBLEMS: Final = 1
WRONG_USE: Final = 2
HERE: Final = Path("flows")


def settings(flows: Path | None) -> tuple["Config", "Catalog"]:
    """Return what this installation sets and its flows, or end with why it cannot be served."""
    from assistant.catalog import open_catalog
    from assistant.config import Config, ConfigError

    try:
        config = Config.from_environ(os.environ)
        folder = flows or config.flows or flows_folder(None)
        if not folder.is_dir():
            fail_without_folder(folder)
        catalog = open_catalog(folder)
        unknown = next((name for name in config.facts if name not in catalog.common.facts), None)
        if unknown:
            known = ", ".join(catalog.common.facts)
            fail(say("ASSISTANT_FACTS: no fact '{name}'; known are {known}", name=unknown, known=known), WRONG_USE)
    except ConfigError as error:
        fail(str(error), WRONG_USE)
    except FlowError as error:
        print_problems(list(error.problems), err=True)
        fail(say("the flows are not served before these problems are mended"), PROBLEMS)
    except OSError as error:
        reason = error.strerror or error
        fail(say("{file} cannot be read: {reason}", file=error.filename or say("a file"), reason=reason), PROBLEMS)
    return config, catalog


def flows_folder(chosen: Path | None) -> Path:
    """Return the folder that was chosen, else that of ASSISTANT_FLOWS, `flows` here, or what came with the program."""
    from assistant import resources

    named = os.environ.get("ASSISTANT_FLOWS")
    if chosen is not None or named:
        return chosen or Path(str(named))
    return HERE if _holds_flows(HERE) else resources.folder("flows")


def _holds_flows(folder: Path) -> bool:
    from assistant.catalog.sources import COMMON, flow_folders

    return folder.is_dir() and ((folder / COMMON).is_dir() or any(flow_folders(folder)))


def print_problems(problems: Sequence[Problem], *, err: bool = False) -> None:
    for problem in problems:
        click.echo(problem.said(translate), err=err)
    if not err:
        click.echo(said(counted(problems)), err=True)


def counted(problems: Sequence[Problem]) -> Message:
    errors = sum(problem.severity == "error" for problem in problems)
    return say("{errors}, {warnings}", errors=_errors(errors), warnings=warnings(len(problems) - errors))


def _errors(number: int) -> Message:
    return say("1 error") if number == 1 else say("{count} errors", count=number)


def warnings(number: int) -> Message:
    return say("1 warning") if number == 1 else say("{count} warnings", count=number)


def fail_without_folder(folder: Path) -> NoReturn:
    fail(
        say("no folder '{folder}'; name the folder of your flows with --flows or ASSISTANT_FLOWS", folder=folder),
        WRONG_USE,
    )


def fail(message: Message | str, code: int) -> NoReturn:
    """End with one line for people; what is no message is said as it is, such as a setting's own error."""
    click.echo(f"assistant: {said(message) if isinstance(message, Message) else message}", err=True)
    sys.exit(code)
