"""The guide's pages: a URL is a position; what is spelled otherwise or no longer fits is redirected, never refused."""

from typing import Final

from flask import Blueprint, Response, abort, request

from assistant.flow.engine import NotReplayable, Position
from assistant.web import responses
from assistant.web.address import (
    MAXIMUM_PATH,
    View,
    guide_path,
    parse_view,
    segments,
    spelled_otherwise,
)
from assistant.web.caching import REMEMBER
from assistant.web.identify.views import IdentifyViews, asks_which_screen
from assistant.web.links import shorten, show, show_change
from assistant.web.manual.pages import MANUAL
from assistant.web.manual.views import ManualViews
from assistant.web.origin import Home
from assistant.web.pages import Pages
from assistant.web.routes import Place, Routes
from assistant.web.templating import Templates, language_name


class GuideViews:
    """The views of the guide, over the parts that they need."""

    def __init__(
        self,
        pages: Pages,
        templates: Templates,
        routes: Routes,
        cache_control: str,
        home: Home,
        identify: IdentifyViews,
        manual: ManualViews,
    ) -> None:
        """Keep the parts."""
        self._pages: Final = pages
        self._templates: Final = templates
        self._routes: Final = routes
        self._cache_control: Final = cache_control
        self._home: Final = home
        self._identify: Final = identify
        self._manual: Final = manual
        self._headers: Final = [("Content-Type", responses.HTML), *responses.validity(pages.version, cache_control)]
        self._deeper: Final = [*self._headers, ("X-Robots-Tag", "noindex")]

    def blueprint(self) -> Blueprint:
        """Return the blueprint of the guide's pages."""
        blueprint = Blueprint("guide", __name__)
        blueprint.add_url_rule("/", view_func=self.languages, methods=["GET"])
        blueprint.add_url_rule("/<path:path>", view_func=self.anywhere, methods=["GET"])
        return blueprint

    def languages(self) -> Response:
        """Choose the language; with one flow, go straight in."""
        language = self._routes.preferred(request.accept_languages)
        only = self._routes.only_flow()
        return responses.chosen(guide_path(language, only) if only else f"/{language}/")

    def anywhere(self, path: str) -> Response:
        """Answer whatever a path of the guide names: a number, a language, a position, or which screen it is there."""
        parts = segments(path)
        if not parts:
            return responses.moved("/")
        number = self._routes.number(parts)
        if number is not None and len(parts) == 1:
            return responses.chosen(self._numbered(number, self._routes.preferred(request.accept_languages)))
        if number is not None:
            return responses.found(self._numbered(number, parts[0]))
        if len(parts) == 1:
            return self._flows(parts[0])
        if asks_which_screen(parts):
            return self._identify.page(parts)
        if len(parts) == 3 and parts[2] == MANUAL:
            return self._manual.page(self._routes.place(parts[:2]))
        return self._position(self._routes.place(parts))

    def _numbered(self, number: str, language: str) -> str:
        view = parse_view(request.query_string.decode("latin-1"), self._pages.screen_languages, language)
        return self._routes.numbered(number, language) + view.suffix

    def _flows(self, language: str) -> Response:
        if language not in self._routes.languages:
            abort(404)
        if spelled_otherwise(request.environ, f"/{language}/"):
            return responses.moved(f"/{language}/")
        if responses.fresh(self._pages.version):
            return responses.not_modified(self._pages.version, self._cache_control)
        others = [
            {"code": code, "name": language_name(code), "href": f"../{code}/", "current": code == language}
            for code in self._routes.languages
        ]
        html = self._templates.render(
            "guide/flows.html",
            language,
            flows=self._pages.flows(self._routes.guides(language), language),
            languages=others,
            static=lambda name: f"../{self._pages.static(name)}",
        )
        return responses.public(html, self._pages.version, self._cache_control, remember=not request.query_string)

    def _position(self, place: Place) -> Response:
        query = request.query_string.decode("latin-1")
        view = parse_view(query, self._pages.screen_languages, place.language)
        answers = self._routes.current(place)
        try:
            position = place.guide.engine.replay(answers)
        except NotReplayable as error:
            furthest = guide_path(place.language, place.guide.id, error.position.answers)
            return responses.found(f"{furthest}?changed{'&' if view.suffix else ''}{view.suffix[1:]}")
        canonical = guide_path(place.language, place.guide.id, answers)
        if spelled_otherwise(request.environ, canonical):
            return responses.moved(canonical + (f"?{query}" if query else ""))
        if len(canonical) > MAXIMUM_PATH:
            return responses.found(guide_path(place.language, place.guide.id, shorten(place.guide, position)))
        if view.change is not None and view.change > len(answers):
            return responses.found(canonical + view.suffix)
        signs_in = self._signs_in(place, position)
        sent = self._home.sent_there() if signs_in else None
        if sent is not None:
            return sent
        if responses.fresh(self._pages.version):
            return responses.not_modified(self._pages.version, self._cache_control)
        request.environ[REMEMBER] = query == view.query and not signs_in
        body, headers = self._page(place, position, view, len(canonical))
        return Response(body, headers=headers)

    def exact(self, path: str, query: str) -> tuple[bytes, responses.Headers, bool] | None:
        """Return page, headers and whether to remember them for a path spelled exactly as our links are, else None."""
        place = self._routes.exact(path)
        if place is None or len(path) > MAXIMUM_PATH:
            return None
        view = parse_view(query, self._pages.screen_languages, place.language)
        try:
            position = place.guide.engine.replay(place.answers)
        except NotReplayable:
            return None
        if (view.change is not None and view.change > len(place.answers)) or self._signs_in(place, position):
            return None
        return *self._page(place, position, view, len(path)), query == view.query

    def _signs_in(self, place: Place, position: Position) -> bool:
        """Say whether a page can start a sign-in, whose cookies belong to one host only."""
        invoke = place.guide.engine.flow.states[position.state].invoke
        return invoke == "sign-in" and self._pages.offer.available and bool(self._home.origin)

    def _page(self, place: Place, position: Position, view: View, length: int) -> tuple[bytes, responses.Headers]:
        shown = show_change(place, position, view) if view.change else show(place, position, view, length)
        return self._pages.page(shown), self._deeper if position.answers else self._headers
