"""Rules about translations: they name the buttons, facts and links that their source names, and have its lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.flow import markup
from assistant.flow.common import Common
from assistant.flow.message import Message, say
from assistant.flow.model import Flow
from assistant.flow.problem import Fault, Mark, Problem
from assistant.flow.rules.texts import bad_links
from assistant.flow.screen import Screen
from assistant.flow.translation import Entry, Words, common_entries, common_language, flow_entries

_BLOCKS: Final = {"p": "p", "ul": "- ×{}", "ol": "1. ×{}"}


@dataclass(frozen=True)
class Drawn:
    """How the labels of drawings in one language read in drawings in another: of each screen, and of all together."""

    own: Mapping[str, Mapping[str, frozenset[str]]]
    anywhere: Mapping[str, frozenset[str]]

    def expected(self, label: str, screen: str | None, *, bracketed: bool) -> frozenset[str]:
        """Return what a translation may say for a label; nothing if no drawing has it.

        What stands in quotation marks may be any words: it is a label if the text's own screen has it.
        """
        own = self.own.get(screen or "", {}).get(label)
        return own or (self.anywhere.get(label, frozenset()) if bracketed else frozenset())


def drawn(screens: Mapping[str, Screen], written: str, language: str) -> Drawn:
    """Return the labels of drawings in `written` as those in `language` have them; as they are where none is drawn."""
    own: dict[str, dict[str, frozenset[str]]] = {}
    anywhere: dict[str, frozenset[str]] = {}
    for name, screen in screens.items():
        if written in screen.wording:
            other = screen.wording.get(language, screen.wording[written])
            for label, said in zip(screen.wording[written].labels(), other.labels(), strict=False):
                for known in (own.setdefault(name, {}), anywhere):
                    known[label] = known.get(label, frozenset()) | {said}
    return Drawn(own, anywhere)


def check_all_translations(
    common: Common, common_words: Mapping[str, Words], flows: Sequence[tuple[Flow, Mapping[str, Words]]]
) -> Iterator[Problem]:
    """Compare every translation with its source; what flows share is written in the language of most flows."""
    sources: list[tuple[str, list[Entry], Mapping[str, Words], Flow | None]] = [
        (flow.language, list(flow_entries(flow)), words, flow) for flow, words in flows
    ]
    written = common_language(flow for flow, _ in flows)
    if written is not None:
        sources.insert(0, (written, list(common_entries(common)), common_words, None))
    labels: dict[tuple[str, str], Drawn] = {}
    for written, entries, spoken, flow in sources:
        for language, words in spoken.items():
            if language != written:
                known = labels.setdefault((written, language), drawn(common.screens, written, language))
                yield from check_translations(entries, words, known, flow)


def check_translations(entries: Iterable[Entry], words: Words, labels: Drawn, flow: Flow | None) -> Iterator[Problem]:
    """Warn where a translation in the PO file names other things than its source; `flow` knows a text's screen.

    A link that may lead nowhere is an error, also in a stale translation, which stays in service.
    """
    for entry in {(entry.context, entry.source): entry for entry in entries}.values():
        key = (entry.context, entry.source)
        said = words.translated.get(key)
        mark = Mark(words.lines.get(key, 1))
        if said is not None:
            yield from (Problem(words.path, mark, *fault) for fault in bad_links(said))
        if said is not None and key not in words.stale:
            for fault in _differences(entry.source, said, labels, _screen(entry, flow)):
                yield Problem(words.path, mark, *fault, "warning")


def _screen(entry: Entry, flow: Flow | None) -> str | None:
    if flow is None or entry.place[0] != "states" or "message" in entry.place:
        return None
    state = flow.states[str(entry.place[1])]
    choice = state.choices.get(str(entry.place[3])) if "choices" in entry.place else None
    return (choice.screen if choice is not None else None) or state.screen


def _differences(source: str, said: str, labels: Drawn, screen: str | None) -> Iterator[Fault]:
    named = {words for words, _ in markup.names(said)}
    for label, bracketed in dict.fromkeys(markup.names(source)):
        expected = labels.expected(label, screen, bracketed=bracketed)
        if expected and not expected & named:
            yield Fault("translated-label", _other_label(label, expected))
    if not any(markup.names(source)):
        for label in dict.fromkeys(words for words, bracketed in markup.names(said) if bracketed):
            message = say("the translation names [{label}], but its source names no button; delete it", label=label)
            yield Fault("translated-label", message)
    for fact in _missing(markup.FACT.findall(source), markup.FACT.findall(said)):
        message = say("the translation does not say {fact}, as its source does; add it", fact=f"{{{fact}}}")
        yield Fault("translated-fact", message)
    for fact in _missing(markup.FACT.findall(said), markup.FACT.findall(source)):
        message = say("the translation says {fact}, which its source does not; delete it", fact=f"{{{fact}}}")
        yield Fault("translated-fact", message)
    for target in _missing(markup.targets(source), markup.targets(said)):
        message = say("the translation does not link to '{target}'; write [words]({target})", target=target)
        yield Fault("translated-link", message)
    for target in _missing(markup.targets(said), markup.targets(source)):
        message = say("the translation links to '{target}', which its source does not; delete it", target=target)
        yield Fault("translated-link", message)
    if markup.structure(source) != markup.structure(said):
        message = say(
            "the translation has other paragraphs and lists than its source: {said}, not {source}",
            said=_told(said),
            source=_told(source),
        )
        yield Fault("translated-structure", message)


def _other_label(label: str, expected: frozenset[str]) -> Message:
    listed = " / ".join(f"[{each}]" for each in sorted(expected))
    return say("on the drawing '{label}' reads {expected}; say so in the translation", label=label, expected=listed)


def _missing(wanted: Iterable[str], there: Iterable[str]) -> list[str]:
    present = set(there)
    return [each for each in dict.fromkeys(wanted) if each not in present]


def _told(text: str) -> str:
    """Say the blocks of a text as an author writes them: `p` a paragraph, `- ×3` a list of three."""
    return ", ".join(_BLOCKS[kind].format(count) for kind, count in markup.structure(text))
