"""`assistant reword`: changes a wording of Microsoft's screens wherever it stands."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.changing import write_or_fail
from assistant.cli.common import PROBLEMS, WRONG_USE, fail, print_problems
from assistant.cli.language import said
from assistant.cli.own_flows import own_flows
from assistant.flow.message import say

if TYPE_CHECKING:
    from assistant.catalog.files import Files
    from assistant.catalog.rewording import Plan
    from assistant.flow.rewording import Rewording


@click.command(
    epilog="Example: assistant reword サインイン ログイン --language ja. "
    "Exit code: 0 changed; 1 nothing was changed; 2 wrong use."
)
@click.argument("old")
@click.argument("new")
@click.option("--flows", "folder", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option("--language", help="Only what stands on screens and in texts of this language, such as ja or en.")
@click.option("--words", is_flag=True, help="Change it in sentences, too, not only as a whole label.")
@click.option(
    "--keep-alias/--no-alias", "alias", default=True, help="Keep the old wording as an alias of the screens (default)."
)
@click.option("--yes", is_flag=True, help="Change without asking, as in a script.")
@click.option("--verbose", is_flag=True, help="Show also each place that is not changed, and why.")
def reword(
    old: str,
    new: str,
    folder: Path | None,
    language: str | None,
    words: bool,
    alias: bool,
    yes: bool,
    verbose: bool,
) -> None:
    """Change the wording OLD to NEW wherever it stands, as when Microsoft renames a button.

    That is: in [brackets] and quotation marks in texts, titles, labels and notes, in drawings, scenarios and
    translations, also as the source text of a translation, so that none becomes stale. You see every place first, and
    are asked. All files are changed or none. The old wording stays an alias of its screens, so that customers who
    still see it are understood; later, delete it from `aliases`. A name that has spaces in it is put in quotation
    marks: assistant reword "Sign in" "Log in" --language en. Each language that renamed it is a run of its own.
    """
    from assistant.cli.rewording_lines import listing, what_to_look_at
    from assistant.flow.rewording import Rewording

    old, new = _wording(old, "OLD"), _wording(new, "NEW")
    if old == new:
        fail(said(say("OLD and NEW are the same")), WRONG_USE)
    rewording = Rewording(old, new, language, words=words, alias=alias)
    files = _read(own_flows(folder))
    if language is not None:
        _check_language(files, language)
    found = _plan(files, rewording)
    for line in listing(found, verbose=verbose):
        click.echo(line)
    if not found.changed:
        _end_with_nothing(files, rewording, found)
    _ask(found, yes=yes)
    _write(found)
    click.echo("\n".join(what_to_look_at(files, found, rewording)))


def _wording(words: str, name: str) -> str:
    """Return a wording without the brackets in which texts write it, or end if it is none."""
    for opening, closing in ("[]", "「」", "“”"):
        if words.startswith(opening) and words.endswith(closing):
            words = words[1:-1]
    if not words.strip() or words != words.strip() or not words.isprintable() or set("[]{}") & set(words):
        fail(
            said(say("{name} must be words in one line, without brackets, braces and spaces around", name=name)),
            WRONG_USE,
        )
    return words


def _read(folder: Path) -> "Files":
    from assistant.catalog.files import read
    from assistant.catalog.translating import in_the_way, to_translate

    if not folder.is_dir():
        fail(said(say("no folder '{folder}'; name the folder of your flows with --flows", folder=folder)), WRONG_USE)
    files = read(folder)
    if not files.flows and files.shared.folder is None:
        print_problems(list(files.problems), err=True)
        sys.exit(WRONG_USE)
    unread = [problem for each in to_translate(files) for problem in in_the_way(files, each)]
    unread += [each for name in files.flows.values() if name.loaded.data is None for each in name.loaded.problems]
    if unread:
        print_problems(list(dict.fromkeys(unread)), err=True)
        fail(said(say("nothing was changed; these problems have to be mended first")), PROBLEMS)
    return files


def _check_language(files: "Files", language: str) -> None:
    known = {code for screen in files.shared.common.screens.values() for code in screen.wording}
    known |= {code for flow in files.flows.values() for code in flow.words}
    if language not in known:
        listed = ", ".join(sorted(known))
        message = say("nothing is written in '{language}'; known are: {known}", language=language, known=listed)
        fail(said(message), WRONG_USE)


def _plan(files: "Files", rewording: "Rewording") -> "Plan":
    from assistant.catalog.rewording import plan
    from assistant.flow.rewording.files import CannotReword

    try:
        return plan(files, rewording)
    except CannotReword as error:
        message = say("{file} would not read as it should with this wording; nothing was changed", file=error.path)
        fail(said(message), PROBLEMS)
    except OSError as error:
        message = say("{file} cannot be read: {reason}", file=error.filename or "", reason=error.strerror or error)
        fail(said(message), PROBLEMS)


def _end_with_nothing(files: "Files", rewording: "Rewording", found: "Plan") -> None:
    from assistant.flow.problem import suggestion

    if any(each.reworded.left for each in found.files):
        fail(said(say("nothing was changed: '{old}' is nowhere a whole label", old=rewording.old)), PROBLEMS)
    labels = {
        label
        for screen in files.shared.common.screens.values()
        for wording in screen.wording.values()
        for label in [*wording.labels(), *wording.aliases]
    }
    near = suggestion(rewording.old, sorted(labels))
    fail(said(say("nothing was changed: '{old}' stands nowhere{near}", old=rewording.old, near=near)), PROBLEMS)


def _ask(found: "Plan", *, yes: bool) -> None:
    counted = sum(len(each.reworded.edits) for each in found.changed)
    question = say("Change {places} places in {files} files?", places=counted, files=len(found.changed))
    if yes:
        return
    if not sys.stdin.isatty():
        fail(said(say("nothing was changed; add --yes to change it")), PROBLEMS)
    if not click.confirm(said(question), err=True):
        fail(said(say("nothing was changed")), PROBLEMS)


def _write(found: "Plan") -> None:
    from assistant.writing import Rewrite, encoded

    write_or_fail(
        [
            Rewrite(each.path, each.bytes_before, encoded(each.reworded.after, each.bytes_before))
            for each in found.changed
        ]
    )
