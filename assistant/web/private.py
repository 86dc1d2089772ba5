"""Pages for one person: made for one request, kept by nobody, found by no search engine."""

from typing import Any, Final

from flask import Response, request

from assistant.web.address import PLAIN, guide_path
from assistant.web.pages import Pages
from assistant.web.responses import HTML
from assistant.web.routes import Routes
from assistant.web.speech import Speech
from assistant.web.templating import Templates
from assistant.web.wayback import Way

SERVICE: Final = "サインインのご案内"


class PrivatePages:
    """Renders templates that show what a person typed, or what concerns them alone."""

    def __init__(self, pages: Pages, templates: Templates, routes: Routes) -> None:
        """Take what renders, and what knows where the guide begins."""
        self.pages: Final = pages
        self._templates: Final = templates
        self._routes: Final = routes

    def answer(
        self, template: str, language: str, status: int = 200, *, way: Way | None = None, **values: Any
    ) -> Response:
        """Return a page in a language, for somebody who came from a page of the guide if `way` says which."""
        root = f"{request.script_root}/"
        only = self._routes.only_flow()
        guide = way.place.guide if way else self._routes.first_guide(language)
        speech = self.pages.speech(guide, language, way.view if way else PLAIN) if guide else None
        body = self._templates.render(
            template,
            language,
            root=root,
            static=lambda name: root + self.pages.static(name),
            home=request.script_root + (guide_path(language, only) if only and guide else f"/{language}/"),
            way=way,
            service=speech.flow_title if speech else self.say(language, SERVICE),
            helpdesk=speech.helpdesk if speech else None,
            **values,
        )
        response = Response(body, status, content_type=HTML)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def speech(self, way: Way) -> Speech:
        """Return the words of the guide that somebody came from."""
        return self.pages.speech(way.place.guide, way.language, way.view)

    def say(self, language: str, words: str) -> str:
        """Return page words in a language."""
        return self._templates.words(language).say("", words)
