"""`assistant diff`: what customers will notice between two versions of flows."""

import json
import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from assistant.cli.common import PROBLEMS, WRONG_USE, fail, print_problems
from assistant.cli.language import said
from assistant.flow.message import say
from assistant.flow.problem import FlowError

if TYPE_CHECKING:
    from assistant.cli.versions import Comparison


@click.command(
    epilog="Example: assistant diff main:flows/login flows/login. "
    "Exit code: 0 nobody's ending changes, 1 someone's ending changes, 2 wrong use or flows that cannot be compared."
)
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print what differs."
)
def diff(old: str, new: str, form: str) -> None:
    """Tell what customers will notice when the flow OLD becomes NEW.

    Each is a flow's folder, a flow file, a folder of flows (then flows with the same id are compared), or a Git
    revision and a path in it, such as main:flows/login.

    Told are, exactly, whose ending changes, with the shortest answers that show it; saved links that now stop early;
    pages and choices that came, went or changed; texts, word by word; and translations made for another text. Of many
    that are alike the shortest are shown; --format json has all of them.
    """
    comparison = _comparison(old, new)
    if form == "json":
        from assistant.cli.difference_data import data_of

        print(json.dumps(data_of(comparison), ensure_ascii=False))
    else:
        from assistant.cli.difference_lines import lines_of, summary

        for line in lines_of(comparison):
            click.echo(line, color=False if os.environ.get("NO_COLOR") else None)
        click.echo(summary(comparison), err=True)
    sys.exit(PROBLEMS if comparison.ends_otherwise else 0)


def _comparison(old: str, new: str) -> "Comparison":
    from assistant.cli.versions import CannotCompare, compared, opened
    from assistant.flow.difference.version import TooManyConfigurations
    from assistant.revision import RevisionError

    try:
        with ExitStack() as stack:
            sides = [stack.enter_context(opened(text)) for text in (old, new)]
            for side in sides:
                if side.faulty:
                    click.echo(
                        said(say("'{side}' has problems; assistant check tells which", side=side.text)), err=True
                    )
            return compared(*sides)
    except FlowError as error:
        print_problems([problem for problem in error.problems if problem.severity == "error"], err=True)
        fail(say("these problems have to be mended first"), WRONG_USE)
    except (CannotCompare, RevisionError, TooManyConfigurations) as error:
        fail(error.message, WRONG_USE)
