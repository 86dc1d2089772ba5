"""`assistant test --record`: the address of a page of the guide as the scenario that leads there."""

import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import click

from assistant.cli.common import PROBLEMS, WRONG_USE, fail, flows_folder, print_problems
from assistant.cli.language import said
from assistant.cli.own_flows import own_flows
from assistant.flow.message import say
from assistant.flow.problem import FlowError

if TYPE_CHECKING:
    from assistant.catalog import Catalog, Guide
    from assistant.flow.document import Document
    from assistant.flow.engine import Position
    from assistant.flow.model import Answer
    from assistant.flow.scenario import Scenarios

# What may follow the answers in an address.
_VIEWS: Final = frozenset({"identify", "manual"})


def record(url: str, flows: Path | None, title: str | None, *, append: bool) -> None:
    """Print the scenario that a page of the guide is the end of, or append it to the flow's scenarios."""
    from assistant.catalog import open_catalog
    from assistant.flow.engine import NotReplayable
    from assistant.flow.scenario import not_answerable
    from assistant.flow.story import suggested_title, written

    folder = own_flows(flows) if append else flows_folder(flows)
    try:
        catalog = open_catalog(folder)
    except FlowError as error:
        print_problems(list(error.problems), err=True)
        fail(said(say("these problems have to be mended first")), PROBLEMS)
    except FileNotFoundError as error:
        fail(str(error), WRONG_USE)
    guide, given = _page(url, catalog)
    engine = guide.engine
    try:
        position = engine.replay([engine.current(answer) for answer in given])
    except NotReplayable as error:
        told = said(not_answerable(error, engine))
        number = engine.flow.states[error.position.state].no
        reached = say(
            "the address can be followed for {steps} answers, to page {number}",
            steps=len(error.position.answers),
            number=number,
        )
        fail(f"{said(reached)}: {told}", PROBLEMS)
    words = title or _asked(suggested_title(engine.flow, position.answers))
    if append:
        _append(_home(folder, guide.id), words, position)
    else:
        print(written(words, position.answers, position.state), end="")


def _asked(suggested: str) -> str:
    """Ask a person for the title; where nobody is there to ask, suggest one."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return suggested
    return str(click.prompt(said(say("What would the customer say? (title)")), default=suggested, err=True))


def _page(url: str, catalog: "Catalog") -> "tuple[Guide, Sequence[Answer]]":
    """Return the flow and the answers that an address names, below whatever prefix it may have."""
    from assistant.web.address import parse_answers, segments

    parts = segments(unquote(urlsplit(url).path))
    for index, (language, name) in enumerate(pairwise(parts)):
        guide = catalog.guides.get(name)
        if guide is not None and language in guide.languages:
            rest = parts[index + 2 :]
            _refuse_a_number(rest)
            return guide, parse_answers(rest[:-1] if rest and rest[-1] in _VIEWS else rest)
    numbered = _numbered(parts[-1], catalog) if parts else None
    if numbered is not None:
        return numbered
    known = ", ".join(f"/{guide.languages[0]}/{name}/" for name, guide in catalog.guides.items())
    told = say("'{url}' is no page of these flows; their addresses begin with {known}", url=url, known=known)
    return fail(said(told), WRONG_USE)


def _refuse_a_number(parts: "Sequence[str]") -> None:
    """End where a page's number stands behind a flow: numbers are of all flows, so their addresses name none."""
    number = next((part for part in parts if part.isdecimal()), None)
    if number is not None:
        fail(
            say(
                "'{number}' is no answer; to record the way to a page, write its number alone: /{number}", number=number
            ),
            WRONG_USE,
        )


def _numbered(number: str, catalog: "Catalog") -> "tuple[Guide, Sequence[Answer]] | None":
    return next(
        (
            (guide, answers)
            for guide in catalog.guides.values()
            for name, answers in guide.shortest.items()
            if str(guide.engine.flow.states[name].no) == number
        ),
        None,
    )


def _home(folder: Path, name: str) -> Path:
    from assistant.catalog.sources import FLOW_FILE

    home = folder.parent if folder.is_file() else folder
    return home if (home / FLOW_FILE).is_file() else home / name


def _append(home: Path, title: str, position: "Position") -> None:
    from assistant.catalog.sources import SCENARIO_FILE, Sources, label
    from assistant.flow.scenario import Scenarios
    from assistant.flow.story import NotAppendable, appended
    from assistant.writing import ChangedMeanwhile, Rewrite, write_all

    path = home / SCENARIO_FILE
    # As bytes, so that the ends of its lines stay as they are.
    before = path.read_bytes() if path.is_file() else None
    loaded = Sources().load_if_there(path, Scenarios, "scenarios")
    if loaded.data is not None and loaded.document is not None:
        _refuse_the_same(loaded.data, loaded.document, position)
    try:
        text = appended((before or b"").decode("utf-8"), loaded.document, title, position.answers, position.state)
    except NotAppendable:
        message = say(
            "{path}: write the scenarios as a list with '- ' before each; then one can be appended", path=label(path)
        )
        fail(said(message), PROBLEMS)
    _refuse_unreadable(label(path), text)
    try:
        write_all([Rewrite(path, before, text.encode("utf-8"))])
    except (OSError, ChangedMeanwhile) as error:
        reason = getattr(error, "strerror", None) or error
        fail(said(say("{path} cannot be written: {reason}", path=label(path), reason=reason)), PROBLEMS)
    click.echo(said(say("appended '{title}' to {path}", title=title, path=label(path))), err=True)


def _refuse_unreadable(path: str, text: str) -> None:
    """End if the file could not be read with the new scenario in it: a title may hold what YAML cannot."""
    from assistant.flow.loader import load
    from assistant.flow.scenario import Scenarios

    problems = load(path, text, Scenarios, "scenarios").problems
    if problems:
        print_problems(list(problems), err=True)
        fail(say("nothing was appended: the scenario cannot stand in the file like this"), WRONG_USE)


def _refuse_the_same(scenarios: "Scenarios", document: "Document", position: "Position") -> None:
    from assistant.flow.story import standing

    place = standing(scenarios.scenarios, position.answers)
    if place is not None:
        message = say(
            "{path}:{line}: these answers stand here already, as '{title}'; nothing was appended",
            path=document.path,
            line=document.mark("scenarios", place).line,
            title=scenarios.scenarios[place].title,
        )
        fail(message, PROBLEMS)
