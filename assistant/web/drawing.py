"""Screens as the drawing macro takes them, with a text alternative that says what the picture shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.web.speech import Speech

LOOK_HERE: Final = "見るところ"
KIND_NAMES: Final[Mapping[str, str]] = {
    "title": "見出し",
    "field": "入力欄",
    "buttons": "ボタン",
    "link": "リンク",
    "tile": "選択肢",
    "error": "赤い字",
    "check": "チェック欄",
    "number": "大きな数字",
    "identity": "アカウント",
}


@dataclass(frozen=True)
class ElementView:
    """One drawn element; `marked` says for each text whether it is the place to look at."""

    kind: str
    texts: tuple[str, ...]
    marked: tuple[bool, ...]


@dataclass(frozen=True)
class ScreenView:
    """A screen as the drawing macro takes it; `alternative` says in sentences what the picture shows."""

    id: str
    name: str
    frame: str
    host: str | None
    elements: tuple[ElementView, ...]
    alternative: str
    language: str


def draw(speech: Speech, name: str) -> ScreenView:
    """Return a screen as it looks for a reader, with its text alternative in the guide's language."""
    screen = speech.screens[name]
    language, wording = screen.worded(speech.screen_language)
    elements = tuple(
        ElementView(element.kind, element.texts, tuple(text == wording.look for text in element.texts))
        for element in wording.drawing
    )
    called = speech.screen_name(name)
    parts = [called, *([screen.host] if screen.host else []), *_described(speech, elements)]
    parts.append(f"{speech.page(LOOK_HERE)}: {wording.look}")
    stop = "。" if speech.language == "ja" else ". "
    alternative = stop.join(part.rstrip("。. ") for part in parts)
    return ScreenView(name, called, screen.frame, screen.host, elements, alternative, language)


def _described(speech: Speech, elements: tuple[ElementView, ...]) -> Iterator[str]:
    for element in elements:
        if element.kind == "icon":
            continue
        words = " ".join(f"[{text}]" for text in element.texts) if element.kind == "buttons" else element.texts[0]
        kind = KIND_NAMES.get(element.kind)
        yield f"{speech.page(kind)} {words}" if kind else words
