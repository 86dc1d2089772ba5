"""What the commands have in common: which flows and settings they work on, how problems are printed, how to fail."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from assistant.cli.language import translate
from assistant.flow.problem import FlowError, Problem

if TYPE_CHECKING:
    from assistant.catalog import Catalog
    from assistant.config import Config

PROBLEMS: Final = 1
WRONG_USE: Final = 2


def settings(flows: Path | None) -> tuple["Config", "Catalog"]:
    """Return what this installation sets and its flows, or end with why it cannot be served."""
    from assistant.catalog import open_catalog
    from assistant.config import Config, ConfigError

    try:
        config = Config.from_environ(os.environ)
        folder = flows or config.flows or flows_folder(None)
        if not folder.is_dir():
            fail(f"no folder '{folder}'; name the folder of your flows with --flows or ASSISTANT_FLOWS", WRONG_USE)
        catalog = open_catalog(folder)
        unknown = next((name for name in config.facts if name not in catalog.common.facts), None)
        if unknown:
            fail(f"ASSISTANT_FACTS: no fact '{unknown}'; known are {', '.join(catalog.common.facts)}", WRONG_USE)
    except ConfigError as error:
        fail(str(error), WRONG_USE)
    except FlowError as error:
        print_problems(list(error.problems), err=True)
        fail("the flows are not served before these problems are mended", PROBLEMS)
    except OSError as error:
        fail(f"{error.filename or 'a file'} cannot be read: {error.strerror or error}", PROBLEMS)
    return config, catalog


def flows_folder(chosen: Path | None) -> Path:
    from assistant import resources

    return chosen or Path(os.environ.get("ASSISTANT_FLOWS") or resources.folder("flows"))


def print_problems(problems: list[Problem], *, err: bool = False) -> None:
    for problem in problems:
        click.echo(problem.said(translate), err=err)
    if not err:
        errors = sum(problem.severity == "error" for problem in problems)
        click.echo(f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}", err=True)


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def fail(message: str, code: int) -> NoReturn:
    click.echo(f"assistant: {message}", err=True)
    sys.exit(code)
