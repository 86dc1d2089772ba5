"""The addresses below a position that find out which screen it is; what is typed there is never kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import RequestEntityTooLarge

from assistant.flow.engine import NotReplayable
from assistant.flow.recognising.secret import without_secrets
from assistant.web import responses
from assistant.web.address import MAXIMUM_PATH, View, guide_path, parse_view, segments, spelled_otherwise
from assistant.web.identify.asked import ALL, parse_asked
from assistant.web.identify.here import Here
from assistant.web.identify.known import Known
from assistant.web.identify.outlook import Outlooks
from assistant.web.identify.pages import BOX_PAGE, WHOLE_PAGE, IdentifyPages
from assistant.web.links import shorten
from assistant.web.routes import Place, Routes

IDENTIFY: Final = "identify"
MAXIMUM_TEXT: Final = 10_000
# Of a letter beyond ASCII a form sends nine bytes.
_MAXIMUM_FORM: Final = 10 * MAXIMUM_TEXT + 1_000
# What the names of all screens and the longest way on may add to a path.
_ROOM: Final = 1_000


def asks_which_screen(parts: Sequence[str]) -> bool:
    """Say whether the parts of a path name one of these pages, below a position."""
    return len(parts) > 2 and (parts[-1] == IDENTIFY or (len(parts) > 3 and list(parts[-2:]) == [IDENTIFY, ALL]))


class IdentifyViews:
    """The views of the pages, over the parts that they need."""

    def __init__(
        self,
        routes: Routes,
        pages: IdentifyPages,
        outlooks: Outlooks,
        known: Mapping[str, Known],
        cache_control: str,
    ) -> None:
        """Keep the parts."""
        self._routes: Final = routes
        self._pages: Final = pages
        self._outlooks: Final = outlooks
        self._known: Final = known
        self._cache_control: Final = cache_control

    def blueprint(self) -> Blueprint:
        """Return the blueprint of the form; the pages are those of the guide, which hands them on."""
        blueprint = Blueprint("identify", __name__)
        blueprint.add_url_rule(f"/<path:path>/{IDENTIFY}/", view_func=self.words, methods=["POST"])
        return blueprint

    def page(self, parts: Sequence[str]) -> Response:
        """Answer with the page that the parts of a path and the query name."""
        here = self._here(parts)
        if isinstance(here, Response):
            return here
        query = request.query_string.decode("latin-1")
        asked = parse_asked(query, tuple(here.ahead)) if here.depth == 1 else None
        canonical = View(here.screen).query if asked is None else asked.query(here.screen)
        if asked is not None and query != canonical:
            return responses.found(f"{self._path(here)}?{canonical}")
        if responses.fresh(self._pages.version):
            response = responses.not_modified(self._pages.version, self._cache_control)
        elif asked is not None:
            # As many pages as there are sets of screens would push all others out of our own memory.
            response = self._public(self._pages.asked(here, asked), remember=asked.among is None)
        else:
            html = self._pages.box(here) if here.depth == 1 else self._pages.whole(here)
            response = self._public(html, remember=query == canonical)
        return response

    def words(self, path: str) -> Response:
        """Answer what somebody read off a screen with the screens that it may be, and forget it."""
        here = self._here([*segments(path), IDENTIFY])
        if isinstance(here, Response):
            return here
        text = self._typed()
        if text is None:
            return self._private(self._pages.found(here, "", None, "long"), 413)
        identifier = self._known[here.place.guide.id].identifier
        cleaned = without_secrets(text, identifier.index.numbers)
        problem = "secret" if cleaned.had_secrets else None if text.strip() else "empty"
        said = "" if cleaned.had_secrets else text
        return self._private(self._pages.found(here, said, identifier.identify(cleaned.text), problem))

    def _typed(self) -> str | None:
        """Return what was typed, with the line ends of a script's text; None if it is too long."""
        request.max_content_length = _MAXIMUM_FORM
        try:
            text = request.form.get("text", "").replace("\r\n", "\n")
        except RequestEntityTooLarge:
            return None
        return text if len(text) <= MAXIMUM_TEXT else None

    def _here(self, parts: Sequence[str]) -> Here | Response:
        """Return where a path is about, or the redirect to the page that it should be. Raises 404."""
        depth = 2 if parts[-1] == ALL else 1
        if len(parts) < depth + 2:
            abort(404)
        named = self._routes.place(parts[:-depth])
        place = Place(named.guide, named.language, self._routes.current(named))
        query = request.query_string.decode("latin-1")
        screen = parse_view(query, self._pages.screen_languages, place.language).screen
        try:
            position = place.guide.engine.replay(place.answers)
        except NotReplayable as error:
            position = error.position
        nearest = self._outlooks.nearest(place.guide, position)
        if nearest is None:
            return responses.found(guide_path(place.language, place.guide.id, position.answers) + View(screen).suffix)
        here = Here(place, nearest, screen, self._outlooks.ahead(place.guide, nearest), depth)
        if nearest.answers != place.answers:
            return responses.found(self._path(here) + here.suffix)
        if spelled_otherwise(request.environ, self._path(here)):
            return responses.moved(self._path(here) + (f"?{query}" if query else ""))
        if len(self._path(here)) + _ROOM > MAXIMUM_PATH:
            shorter = replace(here, position=place.guide.engine.replay(shorten(place.guide, nearest)))
            if len(self._path(shorter)) < len(self._path(here)):
                return responses.found(self._path(shorter) + here.suffix)
        return here

    def _path(self, here: Here) -> str:
        page = BOX_PAGE if here.depth == 1 else WHOLE_PAGE
        return guide_path(here.place.language, here.place.guide.id, here.position.answers) + page

    def _public(self, html: str, *, remember: bool) -> Response:
        response = responses.public(html, self._pages.version, self._cache_control, remember=remember)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _private(self, html: str, status: int = 200) -> Response:
        response = Response(html, status, content_type=responses.HTML)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
