"""`assistant translate`: brings the translations of flows up to date, and says how far they are."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from assistant.cli.changing import write_or_fail
from assistant.cli.common import PROBLEMS, WRONG_USE, fail, flows_folder, print_problems
from assistant.cli.language import said
from assistant.cli.own_flows import own_flows
from assistant.flow.message import Message, say
from assistant.flow.problem import Problem, suggestion

if TYPE_CHECKING:
    from assistant.catalog.translating import Translated
    from assistant.flow.translation.updating import Change, Update
    from assistant.writing import Rewrite

SHOWN: Final = 20
_SHORT: Final = 40


def _names(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from assistant.catalog.sources import COMMON, flow_folders

    folder = flows_folder(context.params.get("folder"))
    names = [COMMON, *(path.name for path in flow_folders(folder))] if folder.is_dir() else []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command(
    epilog="Example: assistant translate login; assistant translate --language fr; assistant translate --status. "
    "Exit code: 0 up to date or written; 1 problems found, or with --check something would change; 2 wrong use."
)
@click.argument("flows", nargs=-1, metavar="[FLOW|PATH]...", shell_complete=_names)
@click.option("--flows", "folder", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option("--language", "languages", multiple=True, help="Only this language; one without a file yet gets one.")
@click.option("--check", "--dry-run", "dry", is_flag=True, help="Only say what would change; exit 1 if anything would.")
@click.option("--status", "only_status", is_flag=True, help="Only say how far the translations are, as a table.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the table of --status."
)
def translate(
    flows: tuple[str, ...], folder: Path | None, languages: tuple[str, ...], dry: bool, only_status: bool, form: str
) -> None:
    """Bring the translations of flows up to date: what is new, what changed, what is gone.

    FLOW is the id of a flow, `common` for what all flows share, or a path; without it all are meant. Words are in
    FLOW/locales/LANGUAGE.po, with the page that shows them; translators open these files with Poedit or any editor.
    The translation of a text that changed stays in service, marked `fuzzy` with the old text beside it. Nothing
    translated is lost: what no flow says any more stays at the end of the file and returns when it is said again.
    """
    if form == "json" and not only_status:
        fail(said(say("--format json is for the table of --status; add --status")), WRONG_USE)
    chosen = list(_chosen(flows, folder))
    for language in languages:
        _check_language(language, chosen)
    if only_status:
        known = sorted({code for each in chosen for code in each.languages()})  # what one has, the others may lack
        _print_status(_pairs(chosen, languages or known), form)
    else:
        pairs = _pairs(chosen, languages)
        _check_names(pairs)
        _update(pairs, dry=dry)


def _pairs(chosen: Sequence["Translated"], languages: Sequence[str]) -> list[tuple["Translated", str]]:
    """Return what to translate to which language: to these, or to those for which it has a file."""
    return [
        (each, language) for each in chosen for language in (languages or each.languages()) if language != each.source
    ]


def _chosen(flows: Sequence[str], folder: Path | None) -> Iterator["Translated"]:
    """Yield what is meant, each once, or end with why it cannot be translated."""
    from assistant.catalog.files import read
    from assistant.catalog.translating import in_the_way, to_translate

    wanted: dict[Path, list[str]] = {}
    for place, name in [_place(flow, folder) for flow in flows] or [(own_flows(folder), "")]:
        wanted.setdefault(place, []).append(name)
    for place, names in wanted.items():
        if not place.is_dir():
            message = say("no folder '{folder}'; name the folder of your flows with --flows", folder=place)
            fail(said(message), WRONG_USE)
        files = read(place)
        known = {each.name: each for each in to_translate(files)}
        unknown = [name for name in names if name and name not in known and name not in files.flows]
        if unknown or not (known or files.flows):
            near = suggestion(unknown[0], known) if unknown else ""
            fail(said(say("no flow '{flow}'{near}", flow=unknown[0] if unknown else place, near=near)), WRONG_USE)
        meant = [each for each in known.values() if "" in names or each.name in names]
        unread = [name for name in files.flows if name not in known and ("" in names or name in names)]
        _end_if_any([problem for each in meant for problem in in_the_way(files, each)] or _of(files.problems, unread))
        yield from meant


def _of(problems: Iterable[Problem], flows: Sequence[str]) -> list[Problem]:
    """Return the errors of flows of which too little could be read."""
    return [each for each in problems if each.severity == "error" and Path(each.path).parent.name in flows]


def _end_if_any(problems: list[Problem]) -> None:
    if problems:
        print_problems(problems, err=True)
        fail(said(say("nothing was changed; these problems have to be mended first")), PROBLEMS)


def _place(flow: str, folder: Path | None) -> tuple[Path, str]:
    """Return the folder of flows and the name in it that an argument means; no name means all."""
    from assistant.catalog.sources import COMMON, FLOW_FILE

    path = Path(flow)
    named = path.name == flow and (flows_folder(folder) / flow).is_dir()
    if path.exists() and not named:
        path = path.resolve()
        path = path.parent.parent if path.suffix == ".po" else path.parent if path.is_file() else path
        one = path.name == COMMON or (path / FLOW_FILE).is_file()
        return (path.parent, path.name) if one else (path, "")
    return own_flows(folder), flow


def _check_language(language: str, chosen: Sequence["Translated"]) -> None:
    from assistant.flow.translation.header import language_name

    if language_name(language) is None or language != language.lower():
        message = say("'{language}' is no language; write it as in fr, de or pt-br", language=language)
        fail(said(message), WRONG_USE)
    if all(language == each.source for each in chosen):
        message = say("the texts are written in '{language}'; name the language to translate to", language=language)
        fail(said(message), WRONG_USE)


def _check_names(pairs: Sequence[tuple["Translated", str]]) -> None:
    from assistant.catalog.sources import label
    from assistant.flow.translation.header import language_name

    for each, language in pairs:
        if language_name(language) is None:
            message = say("{file} is named for no language; name it as in fr.po", file=label(each.path(language)))
            fail(said(message), PROBLEMS)


def _update(pairs: Sequence[tuple["Translated", str]], *, dry: bool) -> None:
    rewrites: list[Rewrite] = []
    for each, language in pairs:
        rewrite, result = _rewritten(each, language)
        if rewrite.after != rewrite.before:
            rewrites.append(rewrite)
            click.echo("\n".join(_report(each, language, result, written=not dry)))
    if not dry:
        write_or_fail(rewrites)
    click.echo(said(_summary(len(pairs), len(rewrites), dry=dry)), err=True)
    sys.exit(PROBLEMS if dry and rewrites else 0)


def _rewritten(each: "Translated", language: str) -> tuple["Rewrite", "Update"]:
    from assistant.flow.reader import decode
    from assistant.writing import Rewrite, encoded

    path = each.path(language)
    before = path.read_bytes() if path.exists() else None
    text = decode(str(path), before) if before is not None else None
    if isinstance(text, Problem):
        fail(text.said(lambda template: said(Message(template))), PROBLEMS)
    result = each.update(text, language)
    after = result.text.replace("\n", "\r\n") if text is not None and "\r\n" in text else result.text
    return Rewrite(path, before, encoded(after, before)), result


def _report(each: "Translated", language: str, result: "Update", *, written: bool) -> Iterator[str]:
    from assistant.catalog.sources import label
    from assistant.flow.translation.written import lines_of

    file = label(each.path(language))
    by_kind = {kind: [change for change in result.changes if change.kind == kind] for kind in _KINDS}
    counts = ", ".join(f"{len(changes)} {said(_KINDS[kind])}" for kind, changes in by_kind.items() if changes)
    yield f"{file}: {counts or said(say('remarks and headers only'))}"
    listed = [change for changes in by_kind.values() for change in changes]
    lines = lines_of(result.text) if written else {}
    for change in listed[:SHOWN]:
        line = lines.get((change.context, change.source))
        yield f"  {_line(change)}" if line is None else f"  {file}:{line}: {_line(change)}"
    if len(listed) > SHOWN:
        yield f"  {said(say('... and {number} more', number=len(listed) - SHOWN))}"


def _line(change: "Change") -> str:
    before = f"「{_short(change.before)}」 → " if change.before else ""
    return f"{said(_KINDS[change.kind])}: {change.context} {before}「{_short(change.source)}」"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


_KINDS: Final = {
    "new": say("new"),
    "stale": say("stale"),
    "again": say("valid again"),
    "renamed": say("moved"),
    "revived": say("revived"),
    "obsolete": say("obsolete"),
}


def _summary(files: int, changed: int, *, dry: bool) -> Message:
    if not files:
        return say("there are no translations yet; begin one with --language, such as --language en")
    if not changed:
        return say("all translations are up to date ({files} files)", files=files)
    if dry:
        return say("{changed} of {files} files would change; run it without --check", changed=changed, files=files)
    return say(
        "{changed} of {files} files written; assistant translate --status says how far they are",
        changed=changed,
        files=files,
    )


def _print_status(pairs: Sequence[tuple["Translated", str]], form: str) -> None:
    from assistant.catalog.translating import status
    from assistant.cli.translation_table import table

    rows = [status(each, language) for each, language in pairs]
    if form == "json":
        listed = [{"flow": row.name, **asdict(row), "percent": row.percent} for row in rows]
        print(json.dumps({"translations": [{k: v for k, v in row.items() if k != "name"} for row in listed]}))
        return
    click.echo("\n".join(table(rows)))
