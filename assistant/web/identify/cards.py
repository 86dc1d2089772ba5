"""Small drawings of screens that lead to what to do there."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from assistant.web.drawing import draw
from assistant.web.identify.here import Here
from assistant.web.speech import Speech
from assistant.web.templating import Templates


@dataclass(frozen=True)
class Card:
    """A screen to be recognised: its name and drawing, and the link to what to do there."""

    screen: str
    name: str
    href: str
    figure: Markup


class Cards:
    """Draws cards; each drawing is rendered once. Shared by all threads."""

    def __init__(self, templates: Templates) -> None:
        """Prepare to draw."""
        self._templates: Final = templates
        self._figures: Final[dict[tuple[str, str], Markup]] = {}

    def card(self, here: Here, speech: Speech, screen: str) -> Card:
        """Return the card of a screen that can be found from here."""
        return Card(screen, speech.screen_name(screen), here.way(screen), self._figure(speech, screen))

    def _figure(self, speech: Speech, screen: str) -> Markup:
        """Return a small drawing, which says the same in every language of the guide."""
        key = (screen, speech.screen_language)
        if key not in self._figures:
            view = draw(speech, screen)
            self._figures[key] = Markup(self._templates.render("identify/figure.html", speech.language, view=view))
        return self._figures[key]
