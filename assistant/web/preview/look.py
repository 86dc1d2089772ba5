"""How the preview is looked at: whose screens, how wide, how much of the diagram, with marks or as customers see it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from assistant.flow.model import Answer
from assistant.web.address import View, guide_path

PREVIEW: Final = "/preview"
MARKED: Final = "/marked"


@dataclass(frozen=True, slots=True)
class Look:
    """What the switches are set to; `changed` says that the answers led only so far in a changed flow."""

    screen: str | None = None
    phone: bool = False
    whole: bool = False
    plain: bool = False
    changed: bool = False

    @classmethod
    def parse(cls, query: str, screens: Iterable[str], language: str) -> "Look":
        """Return what a query asks for; what is not understood is left out."""
        values = dict(parse_qsl(query, keep_blank_values=True))
        screen = values.get("screen")
        return cls(
            screen if screen in set(screens) and screen != language else None,
            values.get("width") == "phone",
            values.get("diagram") == "whole",
            values.get("marks") == "off",
            "changed" in values,
        )

    @property
    def query(self) -> str:
        """Return the query with its question mark, empty where all is as it comes."""
        parts = (
            "changed" if self.changed else "",
            f"screen={self.screen}" if self.screen else "",
            "width=phone" if self.phone else "",
            "diagram=whole" if self.whole else "",
            "marks=off" if self.plain else "",
        )
        return "?" + "&".join(filter(None, parts)) if any(parts) else ""

    @property
    def lasting(self) -> "Look":
        """Return what goes on to the next page."""
        return replace(self, changed=False)


def frame_path(language: str, flow: str, answers: Iterable[Answer], look: Look) -> str:
    """Return the address of a position in the preview."""
    return f"{PREVIEW}{guide_path(language, flow, tuple(answers))}{look.query}"


def guide_address(language: str, flow: str, answers: Iterable[Answer], look: Look, *, translated: bool) -> str:
    """Return the address of the guide's own page of a position, which the preview shows in its frame.

    With missing translations marked where the language is not the flow's own, unless the look wants them plain.
    """
    view = View(look.screen, None, look.changed)
    query = f"?{view.query}" if view.query else ""
    return f"{MARKED if translated and not look.plain else ''}{guide_path(language, flow, tuple(answers))}{query}"
