"""What a guide says in one language to a reader whose screens are in one language, with the facts filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from assistant.catalog import Catalog, Guide
from assistant.config import FactValue
from assistant.flow import markup
from assistant.flow.engine import Latest
from assistant.flow.model import LOST, Answer, Paragraph
from assistant.flow.screen import Labels, Screen, labels
from assistant.flow.translation import Words

# The words that are the page's own, not a flow's; their translations are in templates/locales/.
LOST_LABEL: Final = "この画面ではない・わからない"
RESULT_LABELS: Final[Mapping[str, str]] = {
    "signed-in": "サインインできました",
    "other-account": "別のアカウントでサインインしました",
    "cancelled": "サインインを途中でやめました",
    "declined": "アクセス許可を承諾しませんでした",
}
OTHER_RESULT: Final = "サインインできませんでした"
LOOK_HERE: Final = "見るところ"
_KIND_NAMES: Final[Mapping[str, str]] = {
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

PAGE_NUMBER: Final = "ページの番号"
TRAIL: Final = "通った番号"
PAGE_WORDS: Final = (
    *(LOST_LABEL, OTHER_RESULT, LOOK_HERE, PAGE_NUMBER, TRAIL),
    *RESULT_LABELS.values(),
    *_KIND_NAMES.values(),
)


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


class Speech:
    """Says the texts of one flow in `language`, for a reader whose screens are in `screen_language`."""

    def __init__(
        self, catalog: Catalog, guide: Guide, page_words: Words, facts: Mapping[str, FactValue], screen_language: str
    ) -> None:
        """Prepare the words; nothing is rendered yet."""
        self.language: Final = page_words.language
        self.screen_language: Final = screen_language
        self._flow: Final = guide.engine.flow
        self._screens: Final = catalog.common.screens
        self._notes: Final = catalog.common.notes
        self._words: Final = guide.words.get(self.language, Words(self.language))
        self._common: Final = catalog.common_words.get(self.language, Words(self.language))
        self.page_words: Final = page_words
        self._facts: Final = {
            name: facts.get(name, FactValue({})).text(self.language)
            or self._common.say(f"facts.{name}.text", fact.text)
            for name, fact in catalog.common.facts.items()
        }
        self._labels: Final = (
            labels(self._screens, self.language, screen_language),
            labels(self._screens, self._flow.language, screen_language),
        )
        self.voice = lru_cache(maxsize=None)(self._voice)

    def fact(self, name: str) -> str:
        """Return a fact's text; an unknown one as it was written (the checker refuses it)."""
        return self._facts.get(name, f"{{{name}}}")

    def _voice(self, screen: str | None) -> markup.Voice:
        own, source = self._labels

        def label(words: str) -> str:
            said = self._swap(own, words, screen)
            return said if said != words else self._swap(source, words, screen)

        return markup.Voice(self.fact, label)

    @staticmethod
    def _swap(table: Labels, words: str, screen: str | None) -> str:
        return table.swap(words, screen)

    def page(self, words: str) -> str:
        """Return words that belong to the page, not to a flow."""
        return self.page_words.say("", words)

    @property
    def flow_title(self) -> str:
        """Return the flow's title, in plain words."""
        return self.voice(None).fill(self._words.say("title", self._flow.title))

    def stage(self, stage: str) -> str:
        """Return a stage's name."""
        return self._words.say(f"stages.{stage}", self._flow.stages[stage])

    def outcome(self, outcome: str) -> str:
        """Return an outcome's name; an outcome that the flow does not describe is its own name."""
        return self._words.say(f"outcomes.{outcome}", self._flow.outcomes.get(outcome, outcome))

    def title(self, name: str) -> str:
        """Return a state's title in the markup of flow texts."""
        return self._words.say(f"{name}.title", self._flow.states[name].title)

    def label(self, answer: Answer) -> str:
        """Return what choosing a trigger says, in the markup of flow texts."""
        choice = self._flow.states[answer.state].choices.get(answer.trigger)
        if choice is not None:
            return self._words.say(f"{answer.state}.choices.{answer.trigger}", choice.label)
        if answer.trigger == LOST:
            return self.page(LOST_LABEL)
        return self.page(RESULT_LABELS.get(answer.trigger, OTHER_RESULT))

    def inline(self, text: str, screen: str | None) -> Markup:
        """Render one line as HTML."""
        return Markup(markup.inline(text, self.voice(screen)))

    def plain_inline(self, text: str, screen: str | None) -> str:
        """Render one line as plain text."""
        return markup.plain_inline(text, self.voice(screen))

    def text(self, name: str, latest: Latest) -> list[str]:
        """Return the paragraphs of a state that these answers let through, in the markup of flow texts."""
        return self._said(f"{name}.text", self._flow.states[name].text, latest)

    def notes(self, name: str, latest: Latest) -> list[tuple[str, list[str]]]:
        """Return title and paragraphs of the notes of a state that these answers let through."""
        found = []
        for use in self._flow.states[name].notes:
            if use.when is None or use.when.allows(latest):
                note = self._notes[use.note]
                key = f"notes.{use.note}"
                paragraphs = [self._common.say(f"{key}.text", paragraph) for paragraph in note.text]
                found.append((self._common.say(f"{key}.title", note.title), paragraphs))
        return found

    def message(self, name: str, latest: Latest) -> tuple[str, str, str] | None:
        """Return addressee, subject and plain text of an ending's ready-made message, or None."""
        message = self._flow.states[name].message
        if message is None:
            return None
        voice = self.voice(None)
        subject = voice.fill(self._words.say(f"{name}.message.subject", message.subject))
        body = "\n\n".join(
            markup.plain(text, voice) for text in self._said(f"{name}.message.text", message.text, latest)
        )
        return message.to, subject, body

    def _said(self, context: str, text: tuple[Paragraph, ...], latest: Latest) -> list[str]:
        return [self._words.say(context, paragraph.text) for paragraph in text if _passes(paragraph, latest)]

    def screen(self, name: str) -> ScreenView:
        """Return a screen as it looks for this reader, with its text alternative in the guide's language."""
        screen = self._screens[name]
        language, wording = screen.worded(self.screen_language)
        elements = tuple(
            ElementView(element.kind, element.texts, tuple(text == wording.look for text in element.texts))
            for element in wording.drawing
        )
        called = self._common.say(f"screens.{name}.name", screen.name)
        return ScreenView(
            name, called, screen.frame, screen.host, elements, self._alternative(called, screen, elements), language
        )

    def _alternative(self, called: str, screen: Screen, elements: tuple[ElementView, ...]) -> str:
        parts = [called] + ([screen.host] if screen.host else [])
        for element in elements:
            if element.kind == "icon":
                continue
            kind = _KIND_NAMES.get(element.kind)
            words = " ".join(f"[{text}]" for text in element.texts) if element.kind == "buttons" else element.texts[0]
            parts.append(f"{self.page(kind)} {words}" if kind else words)
        look = next(
            (
                text
                for element in elements
                for text, marked in zip(element.texts, element.marked, strict=True)
                if marked
            ),
            None,
        )
        if look:
            parts.append(f"{self.page(LOOK_HERE)}: {look}")
        return "。".join(parts) if self.language == "ja" else ". ".join(parts)


def _passes(paragraph: Paragraph, latest: Latest) -> bool:
    return paragraph.when is None or paragraph.when.allows(latest)
