"""`assistant draw`: a flow as a picture, or as text from which other programs make one."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import urlsplit

import click

from assistant.cli.choosing import complete_flow, flow_folder
from assistant.cli.common import PROBLEMS, WRONG_USE, fail, print_problems
from assistant.cli.language import said
from assistant.cli.result import write_result
from assistant.flow.message import Message, say
from assistant.flow.problem import suggestion

if TYPE_CHECKING:
    from assistant.flow.diagram.model import Diagram
    from assistant.flow.model import Flow
    from assistant.flow.translation import Words

_DISTANCE: Final = 2
# A browser's window shows as much in full; a picture that followed the window could not be made larger in it.
_WIDEST: Final = 1200


def _address(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    parts = urlsplit(value or "https://localhost")
    if parts.scheme not in ("http", "https") or not parts.netloc or set(" \"'<>") & set(value or ""):
        raise click.BadParameter(said(say("write the guide's address, such as https://help.example.com")))
    return value


@click.command(
    epilog="Examples: assistant draw login --output login.svg; assistant draw login --around password --distance 1; "
    "assistant draw login --stage account --format mermaid. Exit code: 0 drawn, 1 problems found, 2 wrong use.",
)
@click.argument("flow", shell_complete=complete_flow)
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "mermaid", "dot"]),
    default="svg",
    help="svg: a picture for browsers and printers (default); mermaid: for Markdown; dot: for Graphviz.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else standard output.")
@click.option("--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option("--language", help="Language of the words, such as en; the flow's own if not given.")
@click.option("--stage", "stages", multiple=True, metavar="ID", help="Draw this stage only; may be repeated.")
@click.option("--around", metavar="STATE", help="Draw only what is near this state (id or number), and highlight it.")
@click.option(
    "--distance",
    type=click.IntRange(0, 1000),
    metavar="N",
    help=f"With --around: how many steps, forwards or backwards ({_DISTANCE} if not given).",
)
@click.option("--lost", is_flag=True, help="Draw also where `lost` leads, which every question has.")
@click.option("--every-line", is_flag=True, help="In a large svg: draw each transition as a line, however long.")
@click.option("--base-url", metavar="URL", callback=_address, help="Address of the guide, for links to its pages.")
def draw(
    flow: str,
    form: str,
    output: Path | None,
    flows: Path | None,
    language: str | None,
    stages: tuple[str, ...],
    around: str | None,
    distance: int | None,
    lost: bool,
    every_line: bool,
    base_url: str | None,
) -> None:
    """Draw FLOW: its states with their numbers, its choices as arrows, its stages as bands.

    FLOW is the id of a flow, or its folder. In a large flow a long way is no line: it stands on the card that it
    leaves, with the number that it leads to. What a part leaves out (--stage, --around) is named by number as well.
    A browser shows the picture in its whole width; make it larger with Ctrl and +.
    """
    from assistant.flow.diagram.model import diagram_of

    if distance is not None and around is None:
        raise click.UsageError(said(say("--distance belongs to --around STATE")))
    if every_line and form != "svg":
        raise click.UsageError(said(say("--every-line belongs to --format svg")))
    machine, spoken = _read(flow, flows)
    whole = diagram_of(machine, _words(spoken, language or machine.language), lost=lost)
    current = None if around is None else _state(around, whole)
    drawn = _part(whole, stages, current, _DISTANCE if distance is None else distance)
    text = _written(drawn, form, _links(drawn, base_url), current, every_line=every_line)
    write_result(text, output)


def _read(flow: str, flows: Path | None) -> tuple["Flow", Mapping[str, "Words"]]:
    """Return the flow and its words by language; it is drawn with problems if it can run, which helps to mend them."""
    from assistant.catalog.files import read

    try:
        files = read(flow_folder(flow, flows))
    except OSError as error:
        fail(str(error), WRONG_USE)
    found = next(iter(files.flows.values()), None)
    errors = [problem for problem in files.problems if problem.severity == "error"]
    print_problems(errors, err=True)
    if found is None or found.engine is None:
        fail(said(say("these problems have to be mended first")), PROBLEMS)
    return found.engine.flow, found.words


def _words(spoken: Mapping[str, "Words"], language: str) -> "Words":
    if language not in spoken:
        known = ", ".join(spoken)
        _unknown(say("the flow has no language '{name}'; it has {known}", name=language, known=known))
    return spoken[language]


def _part(diagram: "Diagram", stages: tuple[str, ...], state: str | None, distance: int) -> "Diagram":
    from assistant.flow.diagram import model

    for stage in stages:
        if stage not in diagram.stages:
            near = suggestion(stage, diagram.stages)
            known = ", ".join(diagram.stages)
            _unknown(say("no stage '{name}'{near}; known are: {known}", name=stage, near=near, known=known))
    part = diagram if state is None else model.around(diagram, state, distance)
    part = model.of_stages(part, stages) if stages else part
    if not part.nodes:
        _unknown(say("nothing to draw: no state is in what you chose"))
    return part


def _state(name: str, diagram: "Diagram") -> str:
    known = {node.state: node.state for node in diagram.nodes} | {
        str(node.number): node.state for node in diagram.nodes
    }
    if name not in known:
        _unknown(say("no state '{name}'{near}", name=name, near=suggestion(name, known)))
    return known[name]


def _unknown(message: Message) -> NoReturn:
    fail(said(message), WRONG_USE)


def _links(diagram: "Diagram", base_url: str | None) -> Callable[[str], str | None]:
    return lambda state: None if base_url is None else f"{base_url.rstrip('/')}/{diagram.numbers[state]}"


def _written(
    diagram: "Diagram", form: str, href: Callable[[str], str | None], current: str | None, *, every_line: bool
) -> str:
    if form == "mermaid":
        from assistant.flow.diagram.mermaid import as_mermaid

        return as_mermaid(diagram, href)
    if form == "dot":
        from assistant.flow.diagram.dot import as_dot

        return as_dot(diagram, href)
    from assistant.flow.diagram.svg import as_svg

    return as_svg(diagram, href, current, every_line=every_line or None, widest=_WIDEST)
