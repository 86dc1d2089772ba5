"""The lines of `assistant reword`: every place before and after, what stays and why, and what to look at afterwards."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from assistant.cli.language import said
from assistant.flow.message import say

if TYPE_CHECKING:
    from assistant.catalog.files import Files, FlowFiles
    from assistant.catalog.rewording import Plan
    from assistant.flow.rewording import Rewording
    from assistant.flow.rewording.files import Left, Reworded

# A key under which a list stands, an item a line.
_KEY: Final = re.compile(r" *([a-z]+):")


def listing(found: "Plan", *, verbose: bool) -> Iterator[str]:
    """Yield every line that changes, before and after, file by file; then what does not change: why, and how much.

    With `verbose` each place that does not change is told, too.
    """
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
            else:
                item = line.after[1].startswith("- ")
                added_to = _list_above(each.reworded.before, line.mark.line) if item else ""
                yield f"  + {added_to}{_marked(line.after, 'green')}"
    yield from _left(found, verbose=verbose)


def _list_above(text: str, line: int) -> str:
    """Return the key of the list to which an item is added in this line, with its colon."""
    keys = (_KEY.fullmatch(above) for above in reversed(text.splitlines()[: line - 1]))
    return next(f"{found[1]}: " for found in keys if found is not None)


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


def _left(found: "Plan", *, verbose: bool) -> Iterator[str]:
    """Yield what does not change: each place to mend by hand, and how many others there are for each reason."""
    places = [(each.reworded, left) for each in found.files for left in each.reworded.left]
    yield from (_place(file, left) for file, left in places if left.by_hand or (verbose and not left.says))
    counts = Counter(left.reason for _, left in places if not (left.by_hand or left.says))
    if not verbose:
        for reason, number in counts.items():
            yield said(say("not changed, in {number} places: {reason}", number=number, reason=reason))
        if counts:
            yield said(say("--verbose shows these places"))
    says = sum(left.says for _, left in places)
    if says:
        yield said(say("not changed: what customers say, in {number} places; --words changes it, too", number=says))


def _place(file: "Reworded", left: "Left") -> str:
    from assistant.flow.rewording.editing import line_at, mark_of

    mark = mark_of(file.before, left.start)
    place = f"{file.path}:{mark.line}:{mark.column}"
    words = line_at(file.before, left.start)
    return said(say("not changed: {place}: {reason}: {words}", place=place, reason=left.reason, words=words))


def what_to_look_at(files: "Files", found: "Plan", rewording: "Rewording") -> Iterator[str]:
    """Yield what an author should look at after a rewording, and the commands that prove it."""
    yield ""
    yield said(say("Changed in {files} files. Look at:", files=len(found.changed)))
    yield from (f"  {said(say('the drawing of {screen}', screen=name))}" for name in found.drawings())
    pages = sorted(page for name, flow in files.flows.items() for page in _pages(name, flow, found, rewording))
    yield from (f"  {number} 「{title}」 {path}".rstrip() for number, title, path in pages)
    if pages:
        yield said(
            say(
                "assistant preview shows each page at its number: write /{number} behind the address",
                number=pages[-1][0],
            )
        )
    for language, label in _counterparts(files, rewording):
        yield said(
            say(
                "In '{language}' the same place reads '{label}'. If that was renamed, too: {command}",
                language=language,
                label=label,
                command=f"assistant reword {_quoted(label)} NEW --language {language}",
            )
        )
    if rewording.alias and found.drawings():
        message = say(
            "'{old}' is still recognised; delete it from 'aliases' when nobody sees it any more", old=rewording.old
        )
        yield said(message)
    yield said(say("Then run: assistant check --strict, assistant test, and assistant diff HEAD:flows flows"))


def _pages(name: str, files: "FlowFiles", found: "Plan", rewording: "Rewording") -> Iterator[tuple[int, str, str]]:
    """Yield number, title and guide path of each page of a flow that looks different; "" where nothing leads there."""
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
        yield flow.states[state].no, rewording.reword(title, filter(rewording.wanted, rewording.find(title))), path


def _counterparts(files: "Files", rewording: "Rewording") -> list[tuple[str, str]]:
    """Return language and label of what stands where the old wording is drawn, on screens in other languages."""
    found = dict[tuple[str, str], None]()
    for screen in files.shared.common.screens.values():
        for language, drawn in screen.wording.items():
            places = [place for place, label in enumerate(drawn.labels()) if label == rewording.old]
            if rewording.speaks(language) and places:
                others = {code: list(wording.labels()) for code, wording in screen.wording.items() if code != language}
                found |= {
                    (code, labels[place]): None for code, labels in others.items() for place in places if labels[place:]
                }
    return [(language, label) for language, label in found if label not in (rewording.old, rewording.new)]


def _quoted(words: str) -> str:
    """Return words as they are typed in every shell, those of Windows too."""
    return f'"{words}"' if " " in words else words
