"""`assistant test`: runs the scenarios of flows, and tells what they exercise and leave untested."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.choosing import complete_flow, flow_folder
from assistant.cli.common import PROBLEMS, WRONG_USE, fail, flows_folder, print_problems
from assistant.cli.language import said
from assistant.flow.message import say

if TYPE_CHECKING:
    from assistant.catalog.files import Files
    from assistant.cli.coverage import Tested


@click.command(
    epilog="Examples: assistant test login --coverage; assistant test login --propose; "
    "assistant test --record https://help.example.com/ja/login/situation.screen/ --append. "
    "Exit code: 0 all scenarios pass, 1 problems found, 2 wrong use.",
)
@click.argument("names", nargs=-1, metavar="[FLOW]...", shell_complete=complete_flow)
@click.option("--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option("--coverage", is_flag=True, help="List what no scenario exercises, with its place.")
@click.option(
    "--fail-under", type=click.IntRange(0, 100), metavar="N", help="Fail if less than N percent is exercised."
)
@click.option("--propose", is_flag=True, help="Print scenarios in YAML for what is untested.")
@click.option("--record", "url", metavar="URL", help="Print the scenario that leads to a page of the guide.")
@click.option("--title", metavar="WORDS", help="With --record: what the customer would say.")
@click.option("--append", is_flag=True, help="With --record: append it to the flow's scenarios.yaml.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print what is found."
)
def test(
    names: tuple[str, ...],
    flows: Path | None,
    coverage: bool,
    fail_under: int | None,
    propose: bool,
    url: str | None,
    title: str | None,
    append: bool,
    form: str,
) -> None:
    """Run the scenarios of flows: do customers' stories still end as they should?

    FLOW is the id of a flow, or its folder; without it all flows are tested. A scenario in scenarios.yaml says which
    answers a customer gives, where that ends, and optionally what it passes through, mentions and mentions-not.
    """
    if url is not None:
        _record(url, names, flows, title, append)
        return
    if title is not None or append:
        raise click.UsageError("--title and --append belong to --record URL")
    tested = list(_tested(names, flows))
    if form == "json":
        print(json.dumps({"flows": [each.data(proposals=propose) for each in tested]}, ensure_ascii=False))
    else:
        for each in tested:
            _print(each, coverage=coverage, propose=propose)
    failed = any(each.failures for each in tested)
    sys.exit(PROBLEMS if failed or _too_little(tested, fail_under) else 0)


def _record(url: str, names: tuple[str, ...], flows: Path | None, title: str | None, append: bool) -> None:
    from assistant.cli.recording import record

    if names:
        raise click.UsageError("--record URL takes no FLOW: the address names it")
    record(url, flows, title, append=append)


def _print(tested: "Tested", *, coverage: bool, propose: bool) -> None:
    for line in tested.lines():
        click.echo(line, err=propose)
    if not tested.scenarios:
        click.echo(
            said(
                say(
                    "{flow} has no scenarios.yaml yet; begin with 'assistant test {flow} --propose', or walk through"
                    " the guide and give the address to 'assistant test --record URL --append'",
                    flow=tested.name,
                )
            ),
            err=True,
        )
    for line in tested.untested() if coverage else ():
        click.echo(line, err=propose)
    if propose:
        click.echo("scenarios:" if not tested.scenarios else f"# {tested.name}/scenarios.yaml")
        for scenario in tested.proposed():
            click.echo(scenario, nl=False)


def _too_little(tested: "list[Tested]", least: int | None) -> bool:
    under = [each for each in tested if least is not None and each.share < least]
    for each in under:
        told = say("{flow}: less than {least} % is exercised", flow=each.name, least=least or 0)
        click.echo(said(told), err=True)
    return bool(under)


def _tested(names: tuple[str, ...], flows: Path | None) -> "Iterator[Tested]":
    from assistant.cli.coverage import Tested

    folder = flows_folder(flows)
    for path in [flow_folder(name, flows) for name in names] or [folder]:
        files = _read(path)
        for name, flow in files.flows.items():
            if flow.engine is not None and flow.loaded.document is not None:
                place = flow.scenarios.path if flow.scenarios is not None else ""
                failures = [
                    problem for problem in files.problems if problem.path == place and problem.severity == "error"
                ]
                yield Tested(name, flow, flow.engine, flow.loaded.document, failures)


def _read(path: Path) -> "Files":
    from assistant.catalog.files import read

    try:
        files = read(path)
    except FileNotFoundError as error:
        fail(str(error), WRONG_USE)
    errors = [problem for problem in files.problems if problem.severity == "error" and problem.code != "scenario-fails"]
    if errors:
        print_problems(errors, err=True)
        fail(said(say("these problems have to be mended first")), PROBLEMS)
    return files
