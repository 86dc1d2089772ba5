"""`assistant check`: every problem of flows, with its place; and what each code means."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.choosing import FlowPath, complete_path, path_of
from assistant.cli.common import PROBLEMS, WRONG_USE, counted, fail, flows_folder
from assistant.cli.explaining import ALL, complete_code, explained, families
from assistant.cli.language import said, translate
from assistant.cli.telling import github, text
from assistant.cli.telling.proof import proven
from assistant.flow.message import say

if TYPE_CHECKING:
    from assistant.catalog.files import Files
    from assistant.flow.problem import Problem


@click.command(
    epilog="""\b
Examples:
  assistant check                              the flows that come with the program
  assistant check login                        one flow, by its id
  assistant check flows/login/scenarios.yaml   one flow, by its folder or a file in it
  assistant check flows --against main         also states that vanished since a Git revision
  assistant check --explain cut-by-comment     what a code means, with examples
  assistant check --explain                    all codes
  assistant check --format sarif > check.sarif for code scanning

Exit code: 0 nothing found, 1 problems found, 2 wrong use."""
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=FlowPath(), shell_complete=complete_path)
@click.option(
    "--flows",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of flows to check, or in which PATH names a flow.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as problems, too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How to print what is found: for people, for programs, as annotations of GitHub Actions, or as SARIF 2.1.0.",
)
@click.option(
    "--show-source/--no-show-source",
    default=None,
    help="Show the line of the file under each problem; by default on a terminal only.",
)
@click.option(
    "--against",
    "revision",
    metavar="REVISION",
    help="Also tell states that vanished since this Git revision, such as main, without 'was:' or 'gone:'.",
)
@click.option(
    "--explain",
    "code",
    metavar="[CODE]",
    is_flag=False,
    flag_value=ALL,
    shell_complete=complete_code,
    help="Say why a code matters, with a wrong and a right example, and check nothing; without CODE list all codes.",
)
def check(
    paths: tuple[Path, ...],
    flows: Path | None,
    strict: bool,
    form: str,
    show_source: bool | None,
    revision: str | None,
    code: str | None,
) -> None:
    """Check flows and print every problem with its place and what to write instead.

    PATH is a folder of flows, a flow's folder or id, or a file of either. Without PATH, the flows that `serve` would
    serve are checked. Each problem is one line, `path:line:column: what, what to write instead [code]`; warnings say
    so. Messages are Japanese or English as the locale says.
    """
    from assistant.catalog.files import read

    if code is not None:
        for line in explained(code):
            click.echo(line)
        return
    paths = tuple(path_of(path, flows) for path in paths or (flows_folder(flows),))
    files = [read(path) for path in paths]
    problems = [problem for each in files for problem in each.problems]
    if revision is not None:
        problems += _vanished(revision, paths)
    _print(problems, form, source=sys.stdout.isatty() if show_source is None else show_source)
    if form in ("text", "github"):
        _sum_up(problems, files)
    failed = [problem for problem in problems if strict or problem.severity == "error"]
    sys.exit(PROBLEMS if failed else 0)


def _vanished(revision: str, paths: tuple[Path, ...]) -> "list[Problem]":
    from assistant.cli.against import check_against
    from assistant.revision import RevisionError

    try:
        return list(check_against(revision, paths))
    except RevisionError as error:
        fail(error.message, WRONG_USE)


def _print(problems: "Sequence[Problem]", form: str, *, source: bool) -> None:
    if form == "json":
        print(json.dumps({"problems": [problem.as_json(translate) for problem in problems]}, ensure_ascii=False))
        return
    if form == "sarif":
        from assistant.cli.telling.sarif import log

        print(json.dumps(log(problems, families()), ensure_ascii=False, indent=2))
        return
    for problem in problems:
        for line in text.lines(problem, source=source) if form == "text" else [github.line(problem)]:
            click.echo(line)


def _sum_up(problems: "Sequence[Problem]", files: "Sequence[Files]") -> None:
    """Say on standard error how many problems there are; to someone at a terminal also what more there is to know."""
    if sys.stderr.isatty():
        if problems:
            click.echo(said(say("More: assistant check --explain {code}", code=problems[0].code)), err=True)
        failed = any(problem.severity == "error" for problem in problems)
        if not failed and (sentence := proven(files)) is not None:
            click.echo(said(sentence), err=True)
    click.echo(said(counted(problems)), err=True)
