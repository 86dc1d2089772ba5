"""The JSON twin: `/api/v1` before a guide URL says the same as data, for programs."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, request

from assistant.flow import markup
from assistant.flow.engine import NotReplayable, Position
from assistant.flow.model import Answer
from assistant.flow.recognising.index import homes_of
from assistant.web import responses
from assistant.web.address import PLAIN, guide_path, segments, spelled_otherwise
from assistant.web.identify.pages import BOX_PAGE
from assistant.web.links import shortened
from assistant.web.pages import Pages
from assistant.web.routes import Place, Routes
from assistant.web.speech import Speech
from assistant.web.templating import language_name

PREFIX: Final = "/api/v1"


class TwinViews:
    """The views of the twin, over the parts that they need."""

    def __init__(self, pages: Pages, routes: Routes, cache_control: str) -> None:
        """Keep the parts, and which flows have screens that can be found."""
        self._pages: Final = pages
        self._with_screens: Final = {
            name for name, guide in pages.catalog.guides.items() if homes_of(guide.engine.flow)
        }
        self._routes: Final = routes
        self._cache_control: Final = cache_control

    def blueprint(self) -> Blueprint:
        """Return the blueprint of the JSON twin."""
        blueprint = Blueprint("twin", __name__, url_prefix=PREFIX)
        blueprint.add_url_rule("/", view_func=self.index, methods=["GET"])
        blueprint.add_url_rule("/<path:path>", view_func=self.anywhere, methods=["GET"])
        return blueprint

    def index(self) -> Response:
        """List languages and flows."""
        if spelled_otherwise(request.environ, f"{PREFIX}/"):
            return responses.moved(f"{PREFIX}/")
        codes = self._routes.languages
        languages = [{"language": code, "name": language_name(code), "href": f"/{code}/"} for code in codes]
        return self._answer({"languages": languages, "flows": [flow for code in codes for flow in self._flows(code)]})

    def anywhere(self, path: str) -> Response:
        """Answer whatever a path names, as the guide does."""
        parts = segments(path)
        if not parts:
            return responses.moved(f"{PREFIX}/")
        number = self._routes.number(parts)
        if number is not None and len(parts) == 1:
            language = self._routes.preferred(request.accept_languages)
            return responses.chosen(PREFIX + self._routes.numbered(number, language))
        if number is not None:
            return responses.found(PREFIX + self._routes.numbered(number, parts[0]))
        if len(parts) == 1:
            return self._language(parts[0])
        return self._position(self._routes.place(parts))

    def _language(self, language: str) -> Response:
        if language not in self._routes.languages:
            return responses.problem(404, f"no language '{language}'")
        if spelled_otherwise(request.environ, f"{PREFIX}/{language}/"):
            return responses.moved(f"{PREFIX}/{language}/")
        return self._answer({"language": language, "flows": self._flows(language)})

    def _flows(self, language: str) -> list[dict[str, str]]:
        return [
            {
                "flow": guide.id,
                "language": language,
                "title": self._pages.speech(guide, language, PLAIN).flow_title,
                "href": guide_path(language, guide.id),
            }
            for guide in self._routes.guides(language)
        ]

    def _position(self, place: Place) -> Response:
        answers = self._routes.current(place)
        try:
            position = place.guide.engine.replay(answers)
        except NotReplayable as error:
            return _not_replayable(place, error)
        canonical = PREFIX + guide_path(place.language, place.guide.id, answers)
        if spelled_otherwise(request.environ, canonical):
            return responses.moved(canonical)
        speech = self._pages.speech(place.guide, place.language, PLAIN)
        described = describe(place, position, speech, self._pages.version)
        finds = place.guide.id in self._with_screens
        found = f"{guide_path(place.language, place.guide.id, position.answers)}{BOX_PAGE}" if finds else None
        return self._answer({**described, "identify": found})

    def _answer(self, data: Mapping[str, Any]) -> Response:
        version = self._pages.version
        if responses.fresh(version):
            return responses.not_modified(version, self._cache_control)
        return responses.public(
            responses.dumps(data),
            version,
            self._cache_control,
            media_type=responses.JSON,
            remember=not request.query_string,
        )


def describe(place: Place, position: Position, speech: Speech, version: str) -> dict[str, Any]:
    """Return a position as the design's JSON interface lays it down."""
    state = place.guide.engine.flow.states[position.state]
    message = speech.message(position.state, position.latest)
    return {
        "flow": place.guide.id,
        "version": version,
        "language": place.language,
        "state": position.state,
        "number": state.no,
        "stage": state.stage,
        "title": speech.plain_inline(speech.title(position.state), state.screen),
        "text": _text(position, speech, state.screen),
        "screen": state.screen,
        "outcome": state.outcome,
        "invoke": state.invoke,
        "message": None if message is None else dict(zip(("to", "subject", "text"), message, strict=True)),
        "choices": _choices(place, position, speech),
        "answers": _answers(place, position, speech),
        "back": guide_path(place.language, place.guide.id, position.answers[:-1]) if position.answers else None,
    }


def _text(position: Position, speech: Speech, screen: str | None) -> str:
    voice = speech.voice(screen)
    parts = [markup.plain(text, voice) for text in speech.text(position.state, position.latest)]
    for title, paragraphs in speech.notes(position.state, position.latest):
        parts.append(speech.plain_inline(title, screen))
        parts += [markup.plain(text, voice) for text in paragraphs]
    return "\n\n".join(parts)


def _choices(place: Place, position: Position, speech: Speech) -> list[dict[str, Any]]:
    length = len(guide_path(place.language, place.guide.id, position.answers))
    found = []
    for trigger, choice in place.guide.engine.open_choices(position):
        answer = Answer(position.state, trigger)
        screen = choice.screen if choice is not None else None
        following = shortened(place.guide, position, trigger, length)
        found.append(
            {
                "trigger": trigger,
                "label": speech.plain_inline(
                    speech.label(answer), screen or place.guide.engine.flow.states[answer.state].screen
                ),
                "screen": screen,
                "href": guide_path(
                    place.language, place.guide.id, (*position.answers, answer) if following is None else following
                ),
            }
        )
    return found


def _answers(place: Place, position: Position, speech: Speech) -> list[dict[str, str]]:
    states = place.guide.engine.flow.states
    return [
        {
            "state": answer.state,
            "trigger": answer.trigger,
            "title": speech.plain_inline(speech.title(answer.state), states[answer.state].screen),
            "label": speech.plain_inline(speech.label(answer), states[answer.state].screen),
            "href": guide_path(place.language, place.guide.id, position.answers[:index]),
        }
        for index, answer in enumerate(position.answers)
    ]


def _not_replayable(place: Place, error: NotReplayable) -> Response:
    return responses.problem(
        404,
        f"{error}; the answers lead as far as 'furthest'",
        furthest=guide_path(place.language, place.guide.id, error.position.answers),
        dropped=[str(answer) for answer in error.dropped],
        possible=[trigger for trigger, _ in place.guide.engine.open_choices(error.position)],
    )
