"""The guide's routes: a URL is a position; whatever is spelled otherwise or no longer fits is redirected, never refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.datastructures import LanguageAccept

from assistant.catalog import Guide
from assistant.flow.engine import NotReplayable, Position
from assistant.flow.model import Answer
from assistant.web import caching
from assistant.web.address import (
    MAXIMUM_PATH,
    View,
    answers_path,
    cacheable,
    guide_path,
    parse_answers,
    parse_view,
    segments,
)
from assistant.web.pages import Pages, Shown
from assistant.web.templating import Templates, language_name

# The longest answer that can follow: two ids of at most 40 characters, a dot and a slash.
_LONGEST_ANSWER: Final = 82


@dataclass(frozen=True, slots=True)
class Place:
    """A guide URL taken apart: whose flow in which language, and the answers as they are written there."""

    guide: Guide
    language: str
    answers: tuple[Answer, ...]


class Routes:
    """Finds what a path of the guide means; knows the catalog and nothing of pages."""

    def __init__(self, pages: Pages) -> None:
        """Index the numbers of all states."""
        self._guides: Final = pages.catalog.guides
        self.languages: Final = tuple(
            dict.fromkeys(code for guide in self._guides.values() for code in guide.languages)
        )
        self._numbers: Final = {
            state.no: (guide, state.gone or name)
            for guide in self._guides.values()
            for name, state in guide.engine.flow.states.items()
        }

    def place(self, parts: Sequence[str]) -> Place:
        """Return what the parts of a path name; raises 404 for an unknown language or flow."""
        language, name, *answers = parts
        guide = self._guides.get(name)
        if guide is None or language not in guide.languages:
            abort(404)
        return Place(guide, language, parse_answers(answers))

    def numbered(self, number: str, language: str) -> str:
        """Return the path of the shortest answers to the state with this number; raises 404."""
        found = self._numbers.get(int(number)) if number.isascii() and number.isdecimal() and len(number) < 6 else None
        if found is None:
            abort(404)
        guide, state = found
        answers = guide.shortest.get(state)
        if answers is None:
            abort(404)
        return guide_path(language if language in guide.languages else guide.languages[0], guide.id, answers)

    def preferred(self, accepted: LanguageAccept) -> str:
        """Return the language that a browser asks for, else the first; a stranger to all of them is offered English."""
        best = accepted.best_match(self.languages)
        if best is None and accepted and "en" in self.languages:
            return "en"
        return best or self.languages[0]

    def only_flow(self) -> str | None:
        """Return the id of the flow if there is just one."""
        return next(iter(self._guides)) if len(self._guides) == 1 else None

    def current(self, place: Place) -> tuple[Answer, ...]:
        """Return the answers with every renamed state (`was:`) under its present id."""
        return tuple(map(place.guide.engine.current, place.answers))


def create_guide(pages: Pages, templates: Templates, routes: Routes, cache_control: str) -> Blueprint:
    """Return the blueprint of the guide's pages."""
    blueprint = Blueprint("guide", __name__)

    @blueprint.get("/")
    def languages() -> Response:
        language = routes.preferred(request.accept_languages)
        only = routes.only_flow()
        return _chosen(guide_path(language, only) if only else f"/{language}/")

    @blueprint.get("/<path:path>")
    def position(path: str) -> Response:
        parts = segments(path)
        if not parts:
            return _moved("/")
        if len(parts) == 1:
            return _first_level(parts[0], path)
        if len(parts) == 2 and parts[0] in routes.languages and parts[1].isdecimal():
            return _found(routes.numbered(parts[1], parts[0]))
        return _position(routes.place(parts), path)

    def _first_level(part: str, path: str) -> Response:
        if part.isdecimal():
            return _chosen(routes.numbered(part, routes.preferred(request.accept_languages)))
        if part not in routes.languages:
            abort(404)
        if path != f"{part}/":
            return _moved(f"/{part}/")
        return _flows(part)

    def _flows(language: str) -> Response:
        flows = [
            {"id": guide.id, "title": pages.speech(guide, language, View()).flow_title, "href": f"{guide.id}/"}
            for guide in pages.catalog.guides.values()
            if language in guide.languages
        ]
        others = [
            {"code": code, "name": language_name(code), "href": f"../{code}/", "current": code == language}
            for code in routes.languages
        ]
        html = templates.render(
            "guide/flows.html", language, flows=flows, languages=others, static=lambda name: f"../{pages.static(name)}"
        )
        return caching.public(html, pages.version, cache_control)

    def _position(place: Place, path: str) -> Response:
        engine = place.guide.engine
        query = request.query_string.decode("latin-1")
        view = parse_view(query, pages.screen_languages, place.language)
        answers = routes.current(place)
        try:
            position = engine.replay(answers)
        except NotReplayable as error:
            furthest = guide_path(place.language, place.guide.id, error.position.answers)
            return _found(f"{furthest}?changed{'&' if view.suffix else ''}{view.suffix[1:]}")
        canonical = guide_path(place.language, place.guide.id, answers)
        if f"/{path}" != canonical or caching.spelled_otherwise(request.environ):
            return _moved(canonical, query)
        if len(canonical) > MAXIMUM_PATH:
            return _found(guide_path(place.language, place.guide.id, shorten(place.guide, position)))
        if view.change is not None and view.change > len(answers):
            return _found(canonical + view.suffix)
        if caching.fresh(request, pages.version):
            return caching.not_modified(pages.version, cache_control)
        shown = show_change(place, position, view) if view.change else show(place, position, view, len(canonical))
        response = caching.public(pages.page(shown), pages.version, cache_control, remember=cacheable(query))
        if answers:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    return blueprint


def show(place: Place, position: Position, view: View, length: int) -> Shown:
    """Return what the page of a position shows; where one more answer would be too long, links lead to shorter answers."""
    engine = place.guide.engine
    triggers = [trigger for trigger, _ in engine.open_choices(position)]
    shown = Shown(
        place.guide,
        place.language,
        view,
        position.state,
        position.latest,
        position.answers,
        len(position.answers),
        triggers,
    )
    if length + _LONGEST_ANSWER <= MAXIMUM_PATH:
        return shown
    up = "../" * len(position.answers)
    shorter = [shortened(place.guide, position, trigger, length) for trigger in triggers]
    hrefs = [None if answers is None else f"{up}{answers_path(answers)}{view.suffix}" for answers in shorter]
    return replace(shown, hrefs=hrefs)


def show_change(place: Place, position: Position, view: View) -> Shown:
    """Return what the page of an earlier question shows: its choices lead to the answers as `revise` leaves them."""
    engine = place.guide.engine
    number = view.change or 1
    before = engine.replay(position.answers[: number - 1])
    triggers = [trigger for trigger, _ in engine.open_choices(before)]
    up = "../" * (len(position.answers) - number + 1)
    hrefs = []
    for trigger in triggers:
        revised = engine.revise(position.answers, number - 1, trigger)
        hrefs.append(f"{up}{answers_path(revised[number - 1 :])}{view.suffix}")
    return Shown(
        place.guide,
        place.language,
        view,
        before.state,
        before.latest,
        position.answers,
        len(position.answers),
        triggers,
        hrefs,
    )


def shortened(guide: Guide, position: Position, trigger: str, length: int) -> tuple[Answer, ...] | None:
    """Return the shortest answers to where a trigger leads if appending it would make the path too long, else None."""
    if length + len(position.state) + len(trigger) + 2 <= MAXIMUM_PATH:
        return None
    following = guide.engine.step(position, trigger)
    return None if following is None else shorten(guide, following)


def shorten(guide: Guide, position: Position) -> tuple[Answer, ...]:
    """Return the shortest answers with the same configuration as a position."""
    found = guide.exploration
    return found.answers(found.configuration(position))


def _moved(path: str, query: str = "") -> Response:
    """Redirect for good to the one spelling of an address."""
    return _redirect(path + (f"?{query}" if query else ""), 308)


def _found(path: str) -> Response:
    """Redirect to where these answers lead now."""
    return _redirect(path, 302)


def _chosen(path: str) -> Response:
    """Redirect by the browser's language."""
    response = _redirect(path, 302)
    response.headers["Vary"] = "Accept-Language"
    return response


def _redirect(path: str, status: int) -> Response:
    response = redirect(request.script_root + path, status, Response)
    response.headers["Cache-Control"] = "no-cache"
    return response
