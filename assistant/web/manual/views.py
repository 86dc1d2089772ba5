"""The view of the manual: `/<language>/<flow>/manual/`."""

from typing import Final

from flask import Response, request

from assistant.web import responses
from assistant.web.address import guide_path, parse_view, spelled_otherwise
from assistant.web.manual.pages import MANUAL, ManualPages
from assistant.web.routes import Place


class ManualViews:
    """Answers with a flow's manual, which any cache may keep as it may a guide page."""

    def __init__(self, pages: ManualPages, screen_languages: tuple[str, ...], cache_control: str) -> None:
        """Keep the parts."""
        self._pages: Final = pages
        self._screen_languages: Final = screen_languages
        self._cache_control: Final = cache_control

    def page(self, place: Place) -> Response:
        """Answer with the manual of a flow in a language."""
        query = request.query_string.decode("latin-1")
        view = parse_view(query, self._screen_languages, place.language)
        path = f"{guide_path(place.language, place.guide.id)}{MANUAL}/"
        if spelled_otherwise(request.environ, path):
            return responses.moved(path + (f"?{query}" if query else ""))
        if responses.fresh(self._pages.version):
            response = responses.not_modified(self._pages.version, self._cache_control)
        else:
            html = self._pages.page(place.guide, place.language, view.screen)
            remember = query == view.suffix.removeprefix("?")
            response = responses.public(html, self._pages.version, self._cache_control, remember=remember)
        response.headers["X-Robots-Tag"] = "noindex"
        return response
