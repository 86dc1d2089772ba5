"""`assistant export`: the guide as files: one page to print, Markdown, or a site that any file server can serve."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from click.termui import progressbar

from assistant.cli.choosing import complete_flow, flow_folder
from assistant.cli.common import PROBLEMS, WRONG_USE, fail, flows_folder, settings
from assistant.cli.language import said
from assistant.cli.result import write_result
from assistant.flow.message import Message, say

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from assistant.catalog import Catalog, Guide
    from assistant.config import Config


@click.command(
    epilog="Examples: assistant export login > login.html; assistant export login --format markdown --language en; "
    "assistant export --format site --output public, then: python3 -m http.server --directory public. "
    "Exit code: 0 written, 1 problems found, 2 wrong use.",
)
@click.argument("flow", required=False, shell_complete=complete_flow)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown", "site"]),
    default="html",
    help="html: one file to print (default); markdown: the same as text; site: a folder for any file server.",
)
@click.option("--output", type=click.Path(path_type=Path), help="File or, for a site, folder to write.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Only this language; may be repeated.")
@click.option("--screen", metavar="CODE", help="Language of the drawings in html, if not that of the words.")
@click.option("--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option("--force", is_flag=True, help="Replace a folder that no export wrote.")
def export(
    flow: str | None,
    form: str,
    output: Path | None,
    languages: tuple[str, ...],
    screen: str | None,
    flows: Path | None,
    force: bool,
) -> None:
    """Write FLOW to files, with this installation's facts (ASSISTANT_FACTS).

    FLOW is the id of a flow, or its folder; a site has all flows without it.

    In a site every page has an address of its own and nothing is asked of a server: signing in is a link to the
    service, and searching for a screen by its words needs JavaScript; both say so. Answers are not in the address, so
    pages do not list them. Drawings are in the language of the guide.
    """
    config, catalog = _catalog(flow, flows, form)
    _know(languages, catalog)
    if form == "site":
        target = output or _usage(say("--format site needs --output FOLDER"))
        _site(config, catalog, languages, target, flows_folder(flows), force=force)
    elif len(languages) > 1:
        _usage(say("one file has one language; leave out one --language"))
    else:
        (guide,) = catalog.guides.values()
        _file(config, catalog, guide, form, languages[0] if languages else guide.languages[0], screen, output)


def _catalog(flow: str | None, flows: Path | None, form: str) -> tuple["Config", "Catalog"]:
    if flow is None and form != "site":
        _usage(say("name the FLOW to export, or choose --format site for all"))
    return settings(flows if flow is None else flow_folder(flow, flows))


def _know(languages: tuple[str, ...], catalog: "Catalog") -> None:
    known = dict.fromkeys(code for guide in catalog.guides.values() for code in guide.languages)
    for code in languages:
        if code not in known:
            fail(
                say("no flow has the language '{code}'; there is {known}", code=code, known=", ".join(known)), WRONG_USE
            )


def _file(
    config: "Config",
    catalog: "Catalog",
    guide: "Guide",
    form: str,
    language: str,
    screen: str | None,
    output: Path | None,
) -> None:
    from assistant.web.address import View
    from assistant.web.context import Offer
    from assistant.web.manual.markdown import Writer
    from assistant.web.manual.pages import ManualPages
    from assistant.web.manual.reading import Reader
    from assistant.web.parts import build_parts

    parts = build_parts(config, catalog, Offer(server=False), known={})
    if screen is not None and screen not in parts.pages.screen_languages:
        known = ", ".join(parts.pages.screen_languages)
        fail(say("no drawings in the language '{code}'; there is {known}", code=screen, known=known), WRONG_USE)
    if form == "markdown":
        speech = parts.pages.speech(guide, language, View(screen))
        text = Writer(Reader(guide, speech).manual(), speech).text()
    else:
        text = ManualPages(parts.pages, parts.templates).file(guide, language, screen)
    write_result(text, output)


def _refuse_precious(output: Path, flows: Path) -> None:
    """End where even --force must not go: a folder that holds what the site is made of, or somebody's work."""
    target = output.resolve()
    kept = {say("the flows"): flows, say("the current folder"): Path(), say("your home folder"): Path.home()}
    found = [what for what, path in kept.items() if path.resolve().is_relative_to(target)]
    found += [say("a Git repository")] if (target / ".git").exists() else []
    if found:
        message = say(
            "{folder} holds what is not to be lost: {what}; choose another folder", folder=output, what=found[0]
        )
        fail(message, WRONG_USE)


def _site(
    config: "Config", catalog: "Catalog", languages: tuple[str, ...], output: Path, flows: Path, *, force: bool
) -> None:
    from assistant.web.export.folder import NotOurs, write_folder
    from assistant.web.export.site import Site

    _refuse_precious(output, flows)
    site = Site(config, catalog, languages)
    pages = written = 0
    try:
        with _progress(site.count) as bar:
            for file in write_folder(output, site.files(), force=force):
                written += 1
                if file.path.endswith(".html") and pages < site.count:
                    pages += 1
                    bar.update(1)
    except NotOurs:
        fail(
            say("{folder} holds what no export wrote; choose another folder, or --force to replace it", folder=output),
            PROBLEMS,
        )
    except OSError as error:
        _unwritable(output, error)
    click.echo(said(say("{count} files in {folder}", count=written, folder=output)), err=True)


def _progress(length: int) -> "ProgressBar[int]":
    return progressbar(length=length, label=said(say("Pages")), file=sys.stderr, hidden=not sys.stderr.isatty())


def _unwritable(path: Path, error: Exception) -> NoReturn:
    reason = getattr(error, "strerror", None) or error
    fail(say("{file} cannot be written: {reason}", file=path, reason=reason), PROBLEMS)


def _usage(message: Message) -> NoReturn:
    raise click.UsageError(said(message))
