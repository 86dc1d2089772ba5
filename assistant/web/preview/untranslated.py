"""Texts without a translation: words that put them between two marks, and pages in which the marks become visible."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any, Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from assistant.catalog import Catalog
from assistant.flow.translation import Words, common_entries, flow_entries

# Characters for private use, which the checker lets no author write.
_BEGIN: Final = "\ue000"
_END: Final = "\ue001"
# A line of a flow text without the mark of a list, which has to stay at the line's beginning.
_LINE: Final = re.compile(r"(?m)^(\s*(?:(?:-|[0-9]+\.)\s+)?)(\S.*)$")
# What of a page holds no visible words: tags with their attributes, and elements with nothing but text in them.
_UNSEEN: Final = re.compile(r"(<(?:title|option|textarea)\b[^>]*>[^<]*|<[^>]*>)")
# The marks as they are, and as they stand in the address of a mail.
_MARKS: Final = re.compile(f"{_BEGIN}|{_END}|%EE%80%80|%EE%80%81")
_SHOWN: Final[Mapping[str, str]] = {_BEGIN: '<mark class="untranslated">', _END: "</mark>"}


class MarkedWords(Words):
    """Words that put what falls back to the source between marks, line by line; an address or a number needs none."""

    def say(self, context: str, source: str) -> str:
        """Return the words for a source text, or the source between marks."""
        if self.has(context, source) or (context.startswith("facts.") and source.isascii()):
            return super().say(context, source)
        return _LINE.sub(rf"\1{_BEGIN}\2{_END}", source)


def marked(catalog: Catalog) -> Catalog:
    """Return a catalog in which every language but a flow's own marks what it has no words for."""
    languages = [language for guide in catalog.guides.values() for language in guide.languages]
    common = {language: catalog.common_words.get(language, Words(language)) for language in languages}
    sources = {guide.engine.flow.language for guide in catalog.guides.values()}
    guides = {name: replace(guide, words=_marked(guide.words, sources)) for name, guide in catalog.guides.items()}
    return replace(catalog, guides=guides, common_words=_marked(common, sources))


def _marked(words: Mapping[str, Words], sources: set[str]) -> dict[str, Words]:
    return {language: each if language in sources else _between_marks(each) for language, each in words.items()}


def _between_marks(words: Words) -> MarkedWords:
    return MarkedWords(**{field.name: getattr(words, field.name) for field in fields(Words)})


def visible(html: str) -> str:
    """Return a page in which what stands between marks is a `mark` element; in attributes they vanish."""
    pieces = _UNSEEN.split(html)
    return "".join(without(piece) if place % 2 else _show(piece) for place, piece in enumerate(pieces))


def _show(text: str) -> str:
    return re.sub(f"[{_BEGIN}{_END}]", lambda found: _SHOWN[found[0]], text)


def without(text: str) -> str:
    """Return a text without any marks."""
    return _MARKS.sub("", text)


def showing(app: WSGIApplication, style: Callable[[], str]) -> WSGIApplication:
    """Make the marks in an application's pages visible, by a style sheet at the address that `style` gives."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        kept: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            kept[:] = [status, headers, exc_info]
            return lambda data: None

        answered = app({**environ, "HTTP_ACCEPT_ENCODING": ""}, start)
        try:
            body = b"".join(answered)
        finally:
            close = getattr(answered, "close", None)
            if close is not None:
                close()
        status, headers, exc_info = kept
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if not kind.startswith("text/html"):
            start_response(status, headers, exc_info)
            return (body,)
        page = visible(body.decode())
        link = f'<link rel="stylesheet" href="{style()}">\n</head>'
        body = page.replace("</head>", link, 1).encode()
        others = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, [*others, ("Content-Length", str(len(body)))], exc_info)
        return (body,)

    return answer


@dataclass(frozen=True, slots=True)
class Missing:
    """A text that has no translation: its context and its words in the source language."""

    context: str
    source: str


def missing(catalog: Catalog, flow: str, language: str) -> tuple[list[Missing], int]:
    """Return the texts of a flow, and of what it shares, without a translation, and how many texts there are."""
    guide = catalog.guides[flow]
    if language == guide.engine.flow.language:
        return [], 0
    common = catalog.common_words.get(language, Words(language))
    entries = [
        (entry, words)
        for entry, words in chain(
            ((entry, guide.words[language]) for entry in flow_entries(guide.engine.flow)),
            ((entry, common) for entry in common_entries(catalog.common)),
        )
        if entry.source
    ]
    found = [
        Missing(entry.context, entry.source) for entry, words in entries if not words.has(entry.context, entry.source)
    ]
    return found, len(entries)


def of_state(found: Iterable[Missing], state: str) -> Iterator[Missing]:
    """Yield the texts that belong to a state."""
    return (each for each in found if each.context.startswith(f"{state}."))
