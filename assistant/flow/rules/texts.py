"""Rules about what a text may hold: facts that exist, and links that lead where links may lead."""

import re
from collections.abc import Iterator
from typing import Final

from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.markup import FACT, safe_target, stray_link, targets
from assistant.flow.message import say
from assistant.flow.problem import Fault, Problem, suggestion
from assistant.flow.translation import Entry

_BRACES: Final = re.compile("[{｛][^{}｛｝]*[}｝]")
_WIDE: Final = re.compile(r"［[^［］\[\]]*[］\]]|\[[^［］\[\]]*］")


def text_problems(entry: Entry, document: Document, common: Common, broken: frozenset[str]) -> Iterator[Problem]:
    """Yield the problems of one text: facts that do not exist, stray signs, and links that lead astray."""
    if "{" in entry.source:
        for fact in FACT.findall(entry.source):
            if fact not in common.facts and fact not in broken:
                message = say("no fact '{{{name}}}'{near}", name=fact, near=suggestion(fact, common.facts))
                yield Problem(document.path, document.mark(*entry.place), "unknown-fact", message)
    for braces in _BRACES.findall(entry.source) if "{" in entry.source or "｛" in entry.source else ():
        if not FACT.fullmatch(braces):
            message = say("'{words}' is no fact and stays as it is; a fact is written {{helpdesk-phone}}", words=braces)
            yield Problem(document.path, document.mark(*entry.place), "stray-braces", message, "warning")
    yield from _wide_buttons(entry, document)
    for fault in bad_links(entry.source):
        yield Problem(document.path, document.mark(*entry.place), *fault)


def bad_links(text: str) -> Iterator[Fault]:
    """Yield what is wrong with the links of a text: what only looks like one, and one that may not be followed."""
    if "](" not in text and "]（" not in text:
        return
    stray = stray_link(text)
    if stray is not None:
        message = say(
            "'{words}' is no link; write [words](https://...) with half-width parentheses and no spaces", words=stray
        )
        yield Fault("bad-link", message)
    for target in targets(text):
        if not safe_target(target) and not FACT.fullmatch(target):
            message = say("the link '{target}' must start with https://, http:// or mailto:", target=target)
            yield Fault("bad-link", message)


def _wide_buttons(entry: Entry, document: Document) -> Iterator[Problem]:
    for words in _WIDE.findall(entry.source) if "［" in entry.source or "］" in entry.source else ():
        meant = f"[{words[1:-1].strip()}]"
        message = say("'{words}' names no button; write half-width brackets, '{meant}'", words=words, meant=meant)
        yield Problem(document.path, document.mark(*entry.place), "wide-button", message, "warning")
