"""`assistant identify`: which screen a text is about, for people and, line by line, for programs."""

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from assistant.cli.choosing import complete_flow, flow_folder
from assistant.cli.common import PROBLEMS, fail, print_problems
from assistant.cli.language import said
from assistant.flow.message import say
from assistant.flow.problem import FlowError

if TYPE_CHECKING:
    from assistant.catalog import Catalog, Guide
    from assistant.cli.answering import Answering


@click.command(
    epilog='Example: assistant identify login "AADSTS50020"; assistant identify login < sentences.txt. '
    "Exit code: 0 answered, also with none; 1 the flow has problems; 2 wrong use.",
)
@click.argument("flow", shell_complete=complete_flow)
@click.argument("text", required=False)
@click.option("--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="By default text for TEXT, else json.")
@click.option("--explain", is_flag=True, help="Show why: the phrases, words and figures that decided.")
def identify(flow: str, text: str | None, flows: Path | None, form: str | None, explain: bool) -> None:
    """Say which screens of FLOW a text may be about: what a customer says, a pasted page, or an error number.

    FLOW is the id of a flow, or its folder. Without TEXT every line of standard input is answered by one line of JSON:
    {"text", "candidates": [{"screen", "state", "score"}]}, the best first, score 0 to 1, none: an empty list.
    """
    answering = _answering(flow, flows, explain=explain)
    if text is None and sys.stdin.isatty():
        click.echo(said(say("One sentence a line; Ctrl-D ends.")), err=True)
    elif text is None and isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in _lines(sys.stdin) if text is None else [text]:
        if form == "text" or (form is None and text is not None):
            print("\n".join(answering.lines(line)), flush=True)
        else:
            print(json.dumps(answering.data(line), ensure_ascii=False), flush=True)


def _lines(stream: TextIO) -> Iterator[str]:
    for line in stream:
        yield line.rstrip("\r\n")


def _answering(flow: str, flows: Path | None, *, explain: bool) -> "Answering":
    from assistant.cli.answering import Answering
    from assistant.flow.recognising.index import build_index
    from assistant.flow.recognising.reading import japanese

    catalog, guide = _catalog(flow, flows)
    read = japanese()
    index = build_index(guide.engine.flow, catalog.common, read)
    return Answering(guide, catalog.common.screens, index, read, explain=explain)


def _catalog(flow: str, flows: Path | None) -> tuple["Catalog", "Guide"]:
    from assistant.catalog import open_catalog

    folder = flow_folder(flow, flows)
    try:
        catalog = open_catalog(folder)
    except FlowError as error:
        print_problems(list(error.problems), err=True)
        fail(say("these problems have to be mended first"), PROBLEMS)
    (guide,) = catalog.guides.values()
    return catalog, guide
