"""Rules about what a text may hold: facts that exist, and links that lead where links may lead."""

import re
from collections.abc import Iterator
from typing import Final

from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.markup import FACT, safe_target, stray_link, targets
from assistant.flow.message import say
from assistant.flow.problem import Problem, suggestion
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
    if "](" in entry.source or "]（" in entry.source:
        stray = stray_link(entry.source)
        if stray is not None:
            message = say(
                "'{words}' is no link; write [words](https://...) with half-width parentheses and no spaces",
                words=stray,
            )
            yield Problem(document.path, document.mark(*entry.place), "bad-link", message)
        for target in targets(entry.source):
            if not safe_target(target) and not FACT.fullmatch(target):
                message = say("the link '{target}' must start with https://, http:// or mailto:", target=target)
                yield Problem(document.path, document.mark(*entry.place), "bad-link", message)


def _wide_buttons(entry: Entry, document: Document) -> Iterator[Problem]:
    for words in _WIDE.findall(entry.source) if "［" in entry.source or "］" in entry.source else ():
        meant = f"[{words[1:-1].strip()}]"
        message = say("'{words}' names no button; write half-width brackets, '{meant}'", words=words, meant=meant)
        yield Problem(document.path, document.mark(*entry.place), "wide-button", message, "warning")
