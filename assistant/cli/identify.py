"""`assistant identify`: which screen a text is about, for people and, line by line, for programs."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from assistant.cli.common import PROBLEMS, WRONG_USE, fail, flows_folder, print_problems
from assistant.flow.problem import FlowError, suggestion

if TYPE_CHECKING:
    from assistant.catalog import Catalog, Guide
    from assistant.flow.identifier import Identification, Identifier
    from assistant.flow.reading import Read
    from assistant.flow.screen import Screen

_BAR = 20


@click.command(
    epilog='Example: assistant identify login "AADSTS50020"; assistant identify login < sentences.txt. '
    "Exit code: 0 answered, also with none; 1 the flow has problems; 2 wrong use.",
)
@click.argument("flow")
@click.argument("text", required=False)
@click.option("--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option("--format", "form", type=click.Choice(["text", "json"]), help="By default text for TEXT, else json.")
@click.option("--explain", is_flag=True, help="Show why: the phrases, words and figures that decided.")
def identify(flow: str, text: str | None, flows: Path | None, form: str | None, explain: bool) -> None:
    """Say which screens of FLOW a text may be about: what a customer says, a pasted page, or an error number.

    FLOW is the id of a flow, or its folder. Without TEXT every line of standard input is answered by one line of JSON:
    {"text", "candidates": [{"screen", "state", "score"}]}, the best first, score 0 to 1, none: an empty list.
    """
    telling = _Telling(*_identifier(flow, flows), explain=explain)
    if text is None and sys.stdin.isatty():
        click.echo("One sentence a line; Ctrl-D ends.", err=True)
    for line in _lines(sys.stdin) if text is None else [text]:
        if form == "text" or (form is None and text is not None):
            print("\n".join(telling.lines(line)), flush=True)
        else:
            print(json.dumps(telling.data(line), ensure_ascii=False), flush=True)


class _Telling:
    """Says what a text was recognised as."""

    def __init__(
        self, guide: "Guide", screens: dict[str, "Screen"], identifier: "Identifier", read: "Read", *, explain: bool
    ) -> None:
        from assistant.flow.distinction import Distinction

        self._guide, self._screens, self._identifier = guide, screens, identifier
        self._read, self._explain = read, explain
        self._distinction = Distinction(screens, guide.engine.flow.language)

    def data(self, text: str) -> dict[str, Any]:
        found, had_secrets = self._identified(text)
        candidates: list[dict[str, Any]] = [
            {"screen": each.screen, "state": each.state, "score": each.score / 1000} for each in found.candidates
        ]
        data: dict[str, Any] = {"text": text, "candidates": candidates}
        if found.number is not None:
            data["number"] = found.number
        if had_secrets:
            data["warning"] = "secret"
        if self._explain:
            for candidate in candidates:
                evidence = vars(self._identifier.explain(text, candidate["screen"]))
                candidate.update(evidence, phrase=self._as_written(evidence["phrase"], candidate["screen"]))
            data["relevance"] = self._identifier.relevance(text, self._identifier.scores(text))
            data["question"] = self._question(found)
        return data

    def lines(self, text: str) -> Iterator[str]:
        found, had_secrets = self._identified(text)
        if had_secrets:
            yield "What looks like a password or a one-time code was left out; nobody should give it to us."
        if found.number is not None:
            yield f"Error number {found.number}"
        if not found.candidates:
            yield "None of the screens."
        for candidate in found.candidates:
            state = self._guide.engine.flow.states[candidate.state]
            bar = "█" * (candidate.score * _BAR // 1000)
            yield f"{candidate.score / 1000:.3f} {bar:<{_BAR}} {candidate.screen} → {state.no} {candidate.state}"
            yield f"      {self._screens[candidate.screen].name}"
            if self._explain:
                yield from self._evidence(text, candidate.screen)
        if self._explain:
            yield from self._verdict(text)
        if (question := self._question(found)) is not None:
            about = question["text"] or "any"
            yield f"To tell them apart: {question['kind']} 「{about}」? yes: {', '.join(question['shown'])}"

    def _identified(self, text: str) -> tuple["Identification", bool]:
        from assistant.flow.secret import without_secrets

        cleaned = without_secrets(text, self._identifier.index.numbers)
        return self._identifier.identify(cleaned.text), cleaned.had_secrets

    def _question(self, found: "Identification") -> dict[str, Any] | None:
        screens = [candidate.screen for candidate in found.candidates]
        questions = self._distinction.questions(screens) if len(screens) > 1 else []
        return vars(questions[0]) if questions else None

    def _evidence(self, text: str, screen: str) -> Iterator[str]:
        evidence = self._identifier.explain(text, screen)
        yield f"      closest {evidence.closeness / 1000:.3f} to 「{self._as_written(evidence.phrase, screen)}」"
        yield f"      covered {evidence.coverage / 1000:.3f} by {' '.join(f'「{part}」' for part in evidence.words)}"

    def _as_written(self, phrase: str, screen: str) -> str:
        from assistant.flow.index import phrases_of
        from assistant.flow.plain import plain

        written = phrases_of(self._screens[screen])
        return next((text for text in written if phrase in (plain(text), plain(self._read(text)))), phrase)

    def _verdict(self, text: str) -> Iterator[str]:
        from assistant.flow.identifier import LEAST_RELEVANCE

        scores = self._identifier.scores(text)
        relevance = self._identifier.relevance(text, scores)
        yield f"Nothing to do with any screen: {scores[-1] / 1000:.3f}"
        yield f"Relevance {relevance}; at least {LEAST_RELEVANCE} makes candidates"


def _lines(stream: TextIO) -> Iterator[str]:
    for line in stream:
        yield line.rstrip("\r\n")


def _identifier(flow: str, flows: Path | None) -> tuple["Guide", dict[str, "Screen"], "Identifier", "Read"]:
    from assistant.flow.identifier import Identifier
    from assistant.flow.index import build_index
    from assistant.flow.reading import japanese

    catalog, name = _catalog(flow, flows)
    guide = catalog.guides.get(name)
    if guide is None:
        fail(f"no flow '{name}'{suggestion(name, catalog.guides)}", WRONG_USE)
    read = japanese()
    index = build_index(guide.engine.flow, catalog.common, read)
    screens = {entry.screen: catalog.common.screens[entry.screen] for entry in index.entries}
    return guide, screens, Identifier(index), read


def _catalog(flow: str, flows: Path | None) -> tuple["Catalog", str]:
    from assistant.catalog import FLOW_FILE, open_catalog

    path = Path(flow)
    path = path.parent if path.name == FLOW_FILE else path
    named = (path / FLOW_FILE).is_file()
    folder = path.resolve().parent if named else flows_folder(flows)
    if not folder.is_dir():
        fail(f"no folder '{folder}'; name the folder of your flows with --flows or ASSISTANT_FLOWS", WRONG_USE)
    try:
        return open_catalog(folder), path.resolve().name if named else flow
    except FlowError as error:
        print_problems(list(error.problems), err=True)
        fail("these problems have to be mended first", PROBLEMS)
