"""`assistant check`: every problem of flows, with its place."""

import json
import sys
from pathlib import Path

import click

from assistant.cli.common import PROBLEMS, WRONG_USE, fail, flows_folder, print_problems
from assistant.cli.language import translate
from assistant.flow.message import say


@click.command(epilog="Exit code: 0 nothing found, 1 problems found, 2 wrong use.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings count as problems, too.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print what is found."
)
def check(paths: tuple[Path, ...], strict: bool, form: str) -> None:
    """Check flows and print every problem with its place and what to write instead.

    PATH is a folder of flows, a flow's folder or a flow file. Without PATH, the flows that `serve` would
    serve are checked.
    """
    from assistant.catalog import check_paths

    paths = paths or (flows_folder(None),)
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        fail(say("no such file or folder: {path}", path=missing), WRONG_USE)
    problems = check_paths(paths)
    if form == "json":
        print(json.dumps({"problems": [problem.as_json(translate) for problem in problems]}, ensure_ascii=False))
    else:
        print_problems(problems)
    errors = [problem for problem in problems if strict or problem.severity == "error"]
    sys.exit(PROBLEMS if errors else 0)
