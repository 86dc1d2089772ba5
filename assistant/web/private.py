"""Pages for one person: made for one request, kept by nobody, found by no search engine."""

from typing import Any, Final

from flask import Response, request

from assistant.web.pages import Pages
from assistant.web.responses import HTML
from assistant.web.templating import Templates


class PrivatePages:
    """Renders templates that show what a person typed, or what concerns them alone."""

    def __init__(self, pages: Pages, templates: Templates) -> None:
        """Take what renders."""
        self.pages: Final = pages
        self._templates: Final = templates

    def answer(self, template: str, language: str, status: int = 200, **values: Any) -> Response:
        """Return a page in a language; `root` and `static` are always there."""
        root = f"{request.script_root}/"
        body = self._templates.render(
            template, language, root=root, static=lambda name: root + self.pages.static(name), **values
        )
        response = Response(body, status, content_type=HTML)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def say(self, language: str, words: str) -> str:
        """Return page words in a language."""
        return self._templates.words(language).say("", words)
