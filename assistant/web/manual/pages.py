"""Renders a flow's manual: as a page of the guide, or as one file that needs nothing else."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from markupsafe import Markup

from assistant.catalog import Guide
from assistant.flow import markup
from assistant.web.address import View
from assistant.web.manual.reading import Page, Reader
from assistant.web.pages import Pages
from assistant.web.speech import Speech
from assistant.web.templating import Templates, language_name

MANUAL: Final = "manual"
STYLES: Final = ("tokens.css", "app.css", "drawing.css", "manual.css")


class ManualPages:
    """Renders manuals; shared by all threads."""

    def __init__(self, pages: Pages, templates: Templates) -> None:
        """Take what speaks and what renders; there are as many manuals as flows and languages, so all are kept."""
        self._pages: Final = pages
        self._templates: Final = templates
        self.version: Final = pages.version
        self._kept: Final[dict[tuple[str, str, str | None], str]] = {}

    def page(self, guide: Guide, language: str, screen: str | None) -> str:
        """Return the page `/<language>/<flow>/manual/`; `screen` is the drawings' language, None: the guide's."""
        key = (guide.id, language, screen)
        if key not in self._kept:
            self._kept[key] = self._page(guide, language, screen)
        return self._kept[key]

    def _page(self, guide: Guide, language: str, screen: str | None) -> str:
        links = {
            "back": f"../{View(screen).suffix}",
            "languages": _switches(guide.languages, language, lambda code: f"../../../{code}/{guide.id}/{MANUAL}/"),
            "screens": _switches(
                self._pages.screen_languages if self._pages.offer.server else (),
                self._speech(guide, language, screen).screen_language,
                lambda code: View(None if code == language else code).suffix or "./",
            ),
        }
        styles = [f"../../../{self._pages.static(name)}" for name in STYLES]
        return self._render(guide, language, screen, styles=styles, style=None, links=links)

    def file(self, guide: Guide, language: str, screen: str | None) -> str:
        """Return the manual as one HTML file without a link to any other."""
        style = Markup("\n".join(self._pages.source(name) for name in STYLES))
        links: dict[str, Any] = {"back": None, "languages": [], "screens": []}
        return self._render(guide, language, screen, styles=[], style=style, links=links)

    def _render(self, guide: Guide, language: str, screen: str | None, **values: Any) -> str:
        speech = self._speech(guide, language, screen)
        return self._templates.render(
            "manual/manual.html",
            language,
            manual=Reader(guide, speech).manual(),
            flow=guide.id,
            version=self.version,
            helpdesk=speech.helpdesk,
            html=lambda text, page=None: Markup(markup.html(text, _voice(speech, page))),
            inline=lambda text, page=None: Markup(markup.inline(text, _voice(speech, page))),
            plain=lambda text: markup.plain(text, speech.voice(None)),
            **values,
        )

    def _speech(self, guide: Guide, language: str, screen: str | None) -> Speech:
        return self._pages.speech(guide, language, View(screen))


def _voice(speech: Speech, page: Page | None) -> markup.Voice:
    return speech.voice(page.screen if page else None)


def _switches(codes: tuple[str, ...], current: str, href: Callable[[str], str]) -> list[Mapping[str, Any]]:
    return [
        {"code": code, "name": language_name(code), "href": href(code), "current": code == current} for code in codes
    ]
