"""The pages that find out which screen it is: the box, what was found by its words, a question, all pictures."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from typing import Any, Final

from assistant.flow.recognising.identifier import Identification
from assistant.web.address import View
from assistant.web.identify.asked import Asked
from assistant.web.identify.cards import Card, Cards
from assistant.web.identify.here import Here
from assistant.web.identify.known import FEATURES_FILE, INDEX_FILE, Known
from assistant.web.identify.wording import ANY, WORDED, put
from assistant.web.pages import Pages
from assistant.web.speech import Speech
from assistant.web.templating import Templates, language_name

BOX_PAGE: Final = "identify/"
WHOLE_PAGE: Final = "identify/all/"
# So many pictures are few enough to look at; more are asked about first, and shown at most so many at once.
FEW: Final = 3
MANY: Final = 18


class IdentifyPages:
    """Renders the pages; shared by all threads."""

    def __init__(self, pages: Pages, templates: Templates, known: Mapping[str, Known]) -> None:
        """Take what speaks, what renders, and what is known of the screens of each flow."""
        self._pages: Final = pages
        self._templates: Final = templates
        self._known: Final = known
        self._cards: Final = Cards(templates)
        self.version: Final = pages.version
        self.screen_languages: Final = pages.screen_languages

    def box(self, here: Here) -> str:
        """Return the page with the box, still empty."""
        speech = self._speech(here)
        return self._render(
            "identify/box.html",
            here,
            BOX_PAGE,
            self._views(),
            question=self._question(here, Asked()) if self._pages.offer.server else None,
            wording={kind: speech.page(words) for kind, words in WORDED.items()},
            wording_of_any={kind: speech.page(words) for kind, words in ANY.items()},
        )

    def found(self, here: Here, said: str, found: Identification | None, problem: str | None) -> str:
        """Return the page with what was found by words; `said` stands in the box again.

        `problem` says what is the matter with them: they had a `secret`, were too `long`, or there were none (`empty`).
        """
        candidates = [each.screen for each in found.candidates if each.screen in here.ahead] if found else []
        number = found.number if found else None
        by_number = here.way_by_number(number) if number else None
        start, seen = Asked(self._ordered(here, candidates) if candidates else None), {*candidates[:FEW]}
        near = self._ordered(here, [each.screen for each in found.near]) if found else ()
        return self._render(
            "identify/found.html",
            here,
            BOX_PAGE,
            self._views(),
            said=said,
            problem=problem,
            number={"digits": number, "href": by_number} if by_number else None,
            cards=self._drawn(here, candidates[:FEW]),
            question=None if by_number or len(near) == 1 else self._question(here, Asked(near or None), seen & {*near}),
            none_of_these=self._none(here, start, candidates[:FEW]),
        )

    def asked(self, here: Here, asked: Asked) -> str:
        """Return the page with the question that helps most, or with the few screens that remain."""
        remaining = asked.remaining(here.ahead)
        queries = {screen: f"?{asked.query(screen)}" for screen in self._drawn_in()}
        question = self._question(here, asked) if asked.more and len(remaining) > FEW else None
        shown = () if question else remaining[:MANY]
        return self._render(
            "identify/question.html",
            here,
            BOX_PAGE,
            queries,
            asked=asked,
            question=question,
            cards=self._drawn(here, shown),
            more=len(remaining) > MANY,
            none_of_these=self._none(here, asked, shown),
        )

    def whole(self, here: Here) -> str:
        """Return the page with all pictures, by the stages of the flow, and all numbers that lead somewhere."""
        flow = here.place.guide.engine.flow
        speech = self._speech(here)
        index = self._known[here.place.guide.id].identifier.index
        homes = {entry.screen: flow.states[entry.state].stage for entry in index.entries}
        groups = [
            {
                "name": speech.stage(stage) if stage else None,
                "cards": self._drawn(here, [screen for screen in here.ahead if homes[screen] == stage]),
            }
            for stage in (*flow.stages, None)
        ]
        numbers = [(number, here.way_by_number(number)) for number in sorted(index.numbers, key=int)]
        return self._render(
            "identify/all.html",
            here,
            WHOLE_PAGE,
            self._views(),
            groups=[group for group in groups if group["cards"]],
            numbers=[(number, href) for number, href in numbers if href],
        )

    def _ordered(self, here: Here, screens: Iterable[str]) -> tuple[str, ...]:
        among = set(screens)
        return tuple(screen for screen in here.ahead if screen in among)

    def _drawn(self, here: Here, screens: Iterable[str]) -> list[Card]:
        speech = self._speech(here)
        return [self._cards.card(here, speech, screen) for screen in screens]

    def _question(self, here: Here, asked: Asked, seen: Set[str] = frozenset()) -> dict[str, Any] | None:
        """Return the question that helps most, as templates take it; None where nothing tells the screens apart.

        If some screens are seen beside it, it tells these apart.
        """
        speech = self._speech(here)
        distinction = self._known[here.place.guide.id].distinctions[speech.screen_language]
        questions = distinction.questions(asked.remaining(here.ahead))
        for place, question in enumerate(questions[asked.unsure :], asked.unsure):
            if not seen or (seen & {*question.shown} and seen & {*question.absent}):
                answered = replace(asked, unsure=place).answered(question)
                yes, no, unsure = (f"{_plain_box(here)}?{each.query(here.screen)}" for each in answered)
                words = put(question, speech)
                return {"words": words, "yes": yes, "no": no, "unsure": unsure, "count": asked.asked + 1}
        return None

    def _none(self, here: Here, asked: Asked, shown: Iterable[str]) -> str:
        """Return the link for those who see none of these."""
        return f"{_plain_box(here)}?{asked.none_of(shown, tuple(here.ahead)).query(here.screen)}"

    def _drawn_in(self) -> tuple[str | None, ...]:
        """Return every way to name the language of the drawings: none is the guide's own."""
        return (None, *self.screen_languages)

    def _views(self) -> dict[str | None, str]:
        """Return the query of a page that asks nothing, for each language of the drawings; files are asked nothing."""
        return {screen: View(screen).suffix if self._pages.offer.server else "" for screen in self._drawn_in()}

    def _speech(self, here: Here) -> Speech:
        return self._pages.speech(here.place.guide, here.place.language, View(here.screen))

    def _switches(self, language: str, speech: Speech, queries: Mapping[str | None, str]) -> list[dict[str, Any]]:
        """Return the links to the other languages of the drawings; files have none."""
        return [
            {
                "code": code,
                "name": language_name(code),
                "href": queries[None if code == language else code] or "./",
                "current": code == speech.screen_language,
            }
            for code in self.screen_languages
            if self._pages.offer.server
        ]

    def _render(self, template: str, here: Here, page: str, queries: Mapping[str | None, str], **values: Any) -> str:
        speech, language, guide = self._speech(here), here.place.language, here.place.guide
        return self._templates.render(
            template,
            language,
            page={
                "flow": guide.id,
                "version": self.version,
                "flow_title": speech.flow_title,
                "number": here.number,
                "lost": here.lost,
                "back": here.back,
                "box": here.box,
                "ask": f"{_plain_box(here)}?{Asked().query(here.screen)}" if self._pages.offer.server else None,
                "whole": f"{_plain_box(here)}{'' if page == WHOLE_PAGE else 'all/'}{here.suffix}",
                "tell": f"{_plain_box(here)}tell/{here.suffix}" if self._pages.offer.telling else None,
                "index": here.root + self._pages.static(INDEX_FILE.format(guide.id)),
                "features": here.root + self._pages.static(FEATURES_FILE.format(guide.id, speech.screen_language)),
                "drawn": speech.screen_language,
                "screen": here.screen,
                "screen_languages": self._switches(language, speech, queries),
            },
            languages=[
                {
                    "code": code,
                    "name": language_name(code),
                    "href": here.in_language(code, page, queries),
                    "current": code == language,
                }
                for code in guide.languages
            ],
            helpdesk=speech.helpdesk,
            static=lambda name: here.root + self._pages.static(name),
            **values,
        )


def _plain_box(here: Here) -> str:
    return "../" * (here.depth - 1) or "./"
