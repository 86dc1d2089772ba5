"""The lines of `assistant reword`: every place before and after, what stays and why, and what to look at afterwards."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from assistant.cli.language import said
from assistant.flow.message import say

if TYPE_CHECKING:
    from assistant.catalog.files import Files, FlowFiles
    from assistant.catalog.rewording import Plan
    from assistant.flow.rewording import Rewording

SHOWN_LEFT: Final = 30


def listing(found: "Plan") -> Iterator[str]:
    """Yield every line that changes, before and after, file by file; then the places that do not change, and why."""
    from assistant.flow.rewording.editing import changed_lines

    for each in found.changed:
        lines = sorted(changed_lines(each.reworded.before, each.reworded.edits), key=lambda line: line.mark)
        yield click.style(
            said(say("{file}: lines to change: {number}", file=each.reworded.path, number=len(lines))), bold=True
        )
        for line in lines:
            yield f"{each.reworded.path}:{line.mark.line}:{line.mark.column}"
            if line.before:
                yield f"  - {_marked(line.before, 'red')}"
            yield f"  + {_marked(line.after, 'green')}"
    left = list(_left(found))
    yield from left[:SHOWN_LEFT]
    if len(left) > SHOWN_LEFT:
        yield f"  {said(say('... and {number} more', number=len(left) - SHOWN_LEFT))}"
    says = sum(each.says for file in found.files for each in file.reworded.left)
    if says:
        yield said(say("not changed: what customers say, in {number} places; --words changes it, too", number=says))


def _marked(parts: tuple[str, ...], colour: str) -> str:
    """Return a line with what goes or comes coloured, or between { } where no colours are shown."""
    coloured = sys.stdout.isatty()
    words = [
        part
        if place % 2 == 0 or not part.strip()
        else click.style(part, fg=colour, bold=True)
        if coloured
        else f"»{part}«"
        for place, part in enumerate(parts)
    ]
    return "".join(words).strip()


def _left(found: "Plan") -> Iterator[str]:
    from assistant.flow.rewording.editing import line_at, mark_of

    for each in found.files:
        for left in (left for left in each.reworded.left if not left.says):
            mark = mark_of(each.reworded.before, left.start)
            place = f"{each.reworded.path}:{mark.line}:{mark.column}"
            words = line_at(each.reworded.before, left.start)
            message = say("not changed: {place}: {reason}: {words}", place=place, reason=left.reason, words=words)
            yield said(message)


def what_to_look_at(files: "Files", found: "Plan", rewording: "Rewording") -> Iterator[str]:
    """Yield what an author should look at after a rewording, and the commands that prove it."""
    yield ""
    yield said(say("Changed in {files} files. Look at:", files=len(found.changed)))
    yield from (f"  {said(say('the drawing of {screen}', screen=name))}" for name in found.drawings())
    for name, flow in files.flows.items():
        yield from _pages(name, flow, found, rewording)
    if rewording.alias and found.drawings():
        message = say(
            "'{old}' is still recognised; delete it from 'aliases' when nobody sees it any more", old=rewording.old
        )
        yield said(message)
    yield said(say("Then run: assistant check --strict, assistant test, and assistant diff HEAD:flows flows"))


def _pages(name: str, files: "FlowFiles", found: "Plan", rewording: "Rewording") -> Iterator[str]:
    """Yield number, title and guide path of each page of a flow that looks different."""
    from assistant.catalog import Guide

    flow = files.loaded.data
    if flow is None:
        return
    shortest = Guide(name, files.engine, files.words).shortest if files.engine is not None else {}
    language = rewording.language if rewording.language in files.words else flow.language
    for state in found.pages(name, flow):
        answers = "".join(f"{answer}/" for answer in shortest.get(state, ()))
        path = f"/{language}/{name}/{answers}" if state in shortest else ""
        title = flow.states[state].title
        title = rewording.reword(title, filter(rewording.wanted, rewording.find(title)))
        yield f"  {flow.states[state].no} 「{title}」 {path}".rstrip()
