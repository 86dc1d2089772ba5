"""Rules about what is there for nothing: facts, notes and screens that no flow uses, translations of no text."""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.markup import FACT
from assistant.flow.message import say
from assistant.flow.model import Flow
from assistant.flow.problem import Mark, Problem
from assistant.flow.translation import Entry, Words, common_entries, flow_entries

# What pages say beside what authors wrote: who helps, and where the service is.
FACTS_OF_PAGES: Final = frozenset(
    {"service-name", "service-address", "helpdesk-name", "helpdesk-phone", "helpdesk-hours", "helpdesk-mail"}
)
_LONGEST_ENTRY: Final = 100


def check_unused(common: Common, documents: Iterable[tuple[str, Document]], flows: Iterable[Flow]) -> Iterator[Problem]:
    """Warn about facts, notes and screens that nothing uses, where all the flows that share them are known."""
    flows = list(flows)
    used = {"facts": _facts(common, flows), "notes": _notes(flows), "screens": _screens(flows)}
    kinds = {"facts": common.facts, "notes": common.notes, "screens": common.screens}
    for kind, document in documents:
        for name in kinds.get(kind, {}):
            if name not in used[kind]:
                yield _unused(kind, name, document)


def _unused(kind: str, name: str, document: Document) -> Problem:
    mark = document.key_mark(kind, name)
    if kind == "facts":
        message = say("no text says {fact}; use it or delete it", fact=f"{{{name}}}")
        return Problem(document.path, mark, "unused-fact", message, "warning")
    if kind == "notes":
        message = say("no state shows the note '{name}'; use it or delete it", name=name)
        return Problem(document.path, mark, "unused-note", message, "warning")
    message = say("no state and no choice shows the screen '{name}'; use it or delete it", name=name)
    return Problem(document.path, mark, "unused-screen", message, "warning")


def _facts(common: Common, flows: Iterable[Flow]) -> set[str]:
    texts = [entry.source for entry in common_entries(common)]
    texts += [entry.source for flow in flows for entry in flow_entries(flow)]
    return {fact for text in texts for fact in FACT.findall(text)} | FACTS_OF_PAGES


def _notes(flows: Iterable[Flow]) -> set[str]:
    return {use.note for flow in flows for state in flow.states.values() for use in state.notes}


def _screens(flows: Iterable[Flow]) -> set[str]:
    states = [state for flow in flows for state in flow.states.values()]
    shown = {state.screen for state in states} | {
        choice.screen for state in states for choice in state.choices.values()
    }
    return {name for name in shown if name is not None}


def check_unused_words(entries: Iterable[Entry], words: Words, flow: Flow | None = None) -> Iterator[Problem]:
    """Warn about translations of texts that are there no more, and of states that vanished without a word."""
    wanted = {(entry.context, entry.source) for entry in entries}
    told: set[str] = set()
    for key, line in words.lines.items():
        if key in wanted:
            continue
        state = key[0].partition(".")[0]
        if flow is not None and _vanished(key[0], flow):
            if state not in told:
                told.add(state)
                yield _removed(state, words.path, Mark(line))
            continue
        message = say("nothing says this any more; delete the entry, or update the file with 'assistant translate'")
        yield Problem(words.path, Mark(line), "unused-translation", message, "warning")


def check_duplicates(path: str, text: str) -> Iterator[Problem]:
    """Warn about a text that a PO file translates twice: only the last of its entries is used."""
    first: dict[tuple[str, str], int] = {}
    for key, line in _entries(text):
        if key in first:
            message = say("translated in line {line} already; delete one of the two", line=first[key])
            yield Problem(path, Mark(line), "duplicate-translation", message, "warning")
        first.setdefault(key, line)


def _entries(text: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield context and source of every entry, as they are written, with the line of its source."""
    lines = text.split("\n")
    context = ""
    for number, line in enumerate(lines, 1):
        keyword, _, words = line.strip().partition(" ")
        if keyword in ("msgctxt", "msgid"):
            following = takewhile(lambda each: each.strip().startswith('"'), lines[number : number + _LONGEST_ENTRY])
            words = words.strip()[1:-1] + "".join(each.strip()[1:-1] for each in following)
        if keyword == "msgctxt":
            context = words
        elif keyword == "msgid":
            yield (context, words), number
            context = ""


def _vanished(context: str, flow: Flow) -> bool:
    """Say whether a context speaks of a state that the flow has no more, not even as a former id."""
    state, dot, part = context.partition(".")
    parts = ("title", "text", "script", "choices", "message")
    known = state in flow.states or state in flow.renamed or state in ("stages", "outcomes")
    return bool(dot) and not known and part.partition(".")[0] in parts


def _removed(state: str, path: str, mark: Mark) -> Problem:
    message = say(
        "the state '{state}' is no more, but people may have its address; write 'was: [{state}]' on the state that "
        "replaces it, or keep '{state}' with 'gone:'",
        state=state,
    )
    return Problem(path, mark, "removed-without-gone", message, "warning")
