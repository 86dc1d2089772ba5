"""What a guide says in one language to a reader whose screens are in one language, with the facts filled in."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from assistant.catalog import Catalog, Guide
from assistant.config import FactValue
from assistant.flow import markup
from assistant.flow.common import Code
from assistant.flow.engine import Latest
from assistant.flow.model import LOST, Answer, Paragraph, code_of
from assistant.flow.screen import labels
from assistant.flow.translation import Words

# The words that are the page's own, not a flow's; their translations are in templates/locales/.
LOST_LABEL: Final = "この画面ではない・わからない"
OUTSIDE: Final = "（新しいタブで開きます）"
UNSURE_LABEL: Final = "どれでもない・わからない"
RESULT_LABELS: Final[Mapping[str, str]] = {
    "signed-in": "サインインできました",
    "other-account": "別のアカウントでサインインしました",
    "cancelled": "サインインを途中でやめました",
    "declined": "アクセス許可を承諾しませんでした",
}
CODE_RESULT: Final = "エラー番号"
OTHER_RESULT: Final = "サービスに入れませんでした"
PAGE_NUMBER: Final = "ページの番号"
SERVICE: Final = "[{service-name}]({service-address})"
TRAIL: Final = "通った番号"


class Speech:
    """Says the texts of one flow in `language`, for a reader whose screens are in `screen_language`."""

    def __init__(
        self, catalog: Catalog, guide: Guide, page_words: Words, facts: Mapping[str, FactValue], screen_language: str
    ) -> None:
        """Prepare the words; nothing is rendered yet."""
        self.language: Final = page_words.language
        self.screen_language: Final = screen_language
        self._flow: Final = guide.engine.flow
        self.screens: Final = catalog.common.screens
        self._notes: Final = catalog.common.notes
        self._codes: Final = catalog.common.codes
        self._words: Final = guide.words.get(self.language, Words(self.language))
        self._common: Final = catalog.common_words.get(self.language, Words(self.language))
        self.page_words: Final = page_words
        self._facts: Final = {
            name: facts.get(name, FactValue({})).text(self.language)
            or self._common.say(f"facts.{name}.text", fact.text)
            for name, fact in catalog.common.facts.items()
        }
        self._labels: Final = (
            labels(self.screens, self.language, screen_language),
            labels(self.screens, self._flow.language, screen_language),
        )
        self.voice = lru_cache(maxsize=None)(self._voice)

    def fact(self, name: str) -> str:
        """Return a fact's text; an unknown one as it was written (the checker refuses it)."""
        return self._facts.get(name, f"{{{name}}}")

    @property
    def helpdesk(self) -> dict[str, str]:
        """Return name, telephone and hours of the helpdesk."""
        return {part: self.fact(f"helpdesk-{part}") for part in ("name", "phone", "hours")}

    def _voice(self, screen: str | None) -> markup.Voice:
        own, source = self._labels

        def label(words: str) -> str:
            said = own.swap(words, screen)
            return said if said != words else source.swap(words, screen)

        return markup.Voice(self.fact, label, self.page(OUTSIDE))

    def page(self, words: str) -> str:
        """Return words that belong to the page, not to a flow."""
        return self.page_words.say("", words)

    @property
    def flow_title(self) -> str:
        """Return the flow's title, in plain words."""
        return self.voice(None).fill(self._words.say("title", self._flow.title))

    @property
    def opening(self) -> str:
        """Return the first paragraph of the flow's first page as plain text, which says whom the flow is for."""
        said = self.text(self._flow.start, {})
        return markup.plain(said[0], self.voice(None)) if said else ""

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
        state = self._flow.states[answer.state]
        choice = state.choices.get(answer.trigger)
        if choice is not None:
            return self._words.say(f"{answer.state}.choices.{answer.trigger}", choice.label)
        if answer.trigger == LOST:
            return self.page(LOST_LABEL if state.shows_a_screen else UNSURE_LABEL)
        return self.result(answer.trigger)

    def result(self, trigger: str) -> str:
        """Return what a result of an invoke says."""
        number = code_of(trigger)
        if number is not None:
            return f"{self.page(CODE_RESULT)} {number}"
        return self.page(RESULT_LABELS.get(trigger, OTHER_RESULT))

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
        uses = self._flow.states[name].notes
        return [self.note(use.note) for use in uses if use.when is None or use.when.allows(latest)]

    def note(self, name: str) -> tuple[str, list[str]]:
        """Return title and paragraphs of a note."""
        note, key = self._notes[name], f"notes.{name}"
        paragraphs = [self._common.say(f"{key}.text", paragraph) for paragraph in note.text]
        return self._common.say(f"{key}.title", note.title), paragraphs

    def code(self, number: str) -> Code | None:
        """Return what an error number means, in this language and in the markup of flow texts; None if unknown."""
        code = self._codes.get(number)
        if code is None:
            return None
        return code.model_copy(update={"text": tuple(self._common.say(f"codes.{number}.text", p) for p in code.text)})

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
        return [self.said(context, paragraph.text) for paragraph in text if _passes(paragraph, latest)]

    def said(self, context: str, source: str) -> str:
        """Return a text of the flow in this language, in the markup of flow texts."""
        return self._words.say(context, source)

    def screen_name(self, name: str) -> str:
        """Return what we call a screen."""
        return self._common.say(f"screens.{name}.name", self.screens[name].name)


def _passes(paragraph: Paragraph, latest: Latest) -> bool:
    return paragraph.when is None or paragraph.when.allows(latest)
