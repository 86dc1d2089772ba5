"""The JSON twin: `/api/v1` before a guide URL says the same as data, for programs."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, redirect, request

from assistant.flow import markup
from assistant.flow.engine import NotReplayable, Position
from assistant.flow.model import Answer
from assistant.web import caching
from assistant.web.address import View, guide_path, segments
from assistant.web.guide import Place, Routes, shortened
from assistant.web.pages import Pages
from assistant.web.speech import Speech
from assistant.web.templating import language_name

PREFIX: Final = "/api/v1"
_JSON: Final = "application/json"


def create_twin(pages: Pages, routes: Routes, cache_control: str) -> Blueprint:
    """Return the blueprint of the JSON twin."""
    blueprint = Blueprint("twin", __name__, url_prefix=PREFIX)

    def answer(data: Mapping[str, Any]) -> Response:
        if caching.fresh(request, pages.version):
            return caching.not_modified(pages.version, cache_control)
        body = _dumps(data)
        remember = not request.query_string
        return caching.public(body, pages.version, cache_control, media_type=_JSON, remember=remember)

    @blueprint.get("/")
    def index() -> Response:
        languages = [{"language": code, "name": language_name(code), "href": f"/{code}/"} for code in routes.languages]
        flows = [entry for code in routes.languages for entry in _flows(code)]
        return answer({"languages": languages, "flows": flows})

    @blueprint.get("/<path:path>")
    def position(path: str) -> Response:
        parts = segments(path)
        canonical = "/".join([*parts, ""])
        if path != canonical or caching.spelled_otherwise(request.environ):
            return redirect(f"{request.script_root}{PREFIX}/{canonical}", 308, Response)
        if len(parts) == 1 and parts[0] in routes.languages:
            return answer({"language": parts[0], "flows": list(_flows(parts[0]))})
        if parts[-1].isdecimal() and (len(parts) == 1 or (len(parts) == 2 and parts[0] in routes.languages)):
            language = parts[0] if len(parts) == 2 else routes.preferred(request.accept_languages)
            return redirect(f"{request.script_root}{PREFIX}{routes.numbered(parts[-1], language)}", 302, Response)
        if len(parts) < 2:
            return problem(404, "no such language")
        return _position(routes.place(parts))

    def _flows(language: str) -> Sequence[dict[str, str]]:
        return [
            {
                "flow": guide.id,
                "language": language,
                "title": pages.speech(guide, language, View()).flow_title,
                "href": guide_path(language, guide.id),
            }
            for guide in pages.catalog.guides.values()
            if language in guide.languages
        ]

    def _position(place: Place) -> Response:
        answers = routes.current(place)
        try:
            position = place.guide.engine.replay(answers)
        except NotReplayable as error:
            return _not_replayable(place, error)
        if answers != place.answers:
            return redirect(
                f"{request.script_root}{PREFIX}{guide_path(place.language, place.guide.id, answers)}", 308, Response
            )
        speech = pages.speech(place.guide, place.language, View())
        return answer(describe(place, position, speech, pages.version))

    return blueprint


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
    return problem(
        404,
        f"{error}; the answers lead as far as 'furthest'",
        furthest=guide_path(place.language, place.guide.id, error.position.answers),
        dropped=[str(answer) for answer in error.dropped],
        possible=[trigger for trigger, _ in place.guide.engine.open_choices(error.position)],
    )


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return an error as `application/problem+json` (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return Response(_dumps(body), status, content_type="application/problem+json")


def _dumps(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
