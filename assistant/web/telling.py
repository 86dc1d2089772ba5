"""Who finds their screen nowhere may tell which one they see; it is kept, masked, for those who write the guide."""

from collections.abc import Collection, Sequence
from typing import Final

from flask import Blueprint, Response, abort, current_app, request

from assistant.flow.model import LOST
from assistant.flow.recognising.masking import has_words, masked
from assistant.store import StoreError, UnknownScreens
from assistant.web import responses
from assistant.web.address import guide_path, segments
from assistant.web.origin import Home
from assistant.web.private import PrivatePages
from assistant.web.wayback import Way, Ways

IDENTIFY: Final = "identify/"
TELL: Final = "tell/"


class TellingViews:
    """The views of telling, over the parts that they need; only where an installation keeps what is told."""

    def __init__(
        self,
        unknown_screens: UnknownScreens,
        known_numbers: Collection[str],
        home: Home,
        ways: Ways,
        pages: PrivatePages,
    ) -> None:
        """Keep the parts."""
        self._unknown_screens: Final = unknown_screens
        self._known: Final = known_numbers
        self._home: Final = home
        self._ways: Final = ways
        self._pages: Final = pages

    def blueprint(self) -> Blueprint:
        """Return the blueprint of `/<language>/<flow>/[answers/]identify/tell/`."""
        blueprint = Blueprint("telling", __name__)
        rule = f"/<path:path>/{IDENTIFY}{TELL}"
        blueprint.add_url_rule(rule, view_func=self.tell, methods=["POST"])
        blueprint.add_url_rule(rule, view_func=self.front, methods=["GET"])
        return blueprint

    def front(self, path: str) -> Response:
        """Lead who opens the address of the form itself to the page that has the form."""
        return responses.see(_identify(self._way(path)))

    def tell(self, path: str) -> Response:
        """Keep what somebody tells and agreed to have kept, and show exactly what is kept."""
        if not self._home.proven():
            abort(403)
        way = self._way(path)
        typed = request.form.get("text", "")
        text = masked(typed, self._known)
        if not has_words(text):
            return self._again(way, "", "masked" if typed.strip() else "empty")
        if "consent" not in request.form:
            return self._again(way, text, "consent")
        try:
            told = self._unknown_screens.tell(way.language, way.place.guide.id, text)
        except StoreError as error:
            current_app.logger.warning("an unknown screen was told and could not be kept: %s", error)
            return self._told(way, "failed", status=503)
        return self._told(way, "kept", told.text) if told else self._told(way, "enough")

    def _way(self, path: str) -> Way:
        """Return where somebody is; after the guide has changed, the furthest page that it still has. Raises 404."""
        parts = segments(path)
        if len(parts) < 2:
            abort(404)
        way = self._read(parts)
        return way if isinstance(way, Way) else self._furthest(way)

    def _read(self, parts: Sequence[str]) -> Way | str:
        language, flow, *answers = parts
        screen = request.args.get("screen", "")
        return self._ways.read({"language": language, "flow": flow, "answers": "/".join(answers), "screen": screen})

    def _furthest(self, path: str) -> Way:
        way = self._read(segments(path.partition("?")[0]))
        if isinstance(way, str):
            raise TypeError(f"the guide has no page {way}, though it said so")
        return way

    def _again(self, way: Way, said: str, problem: str) -> Response:
        action = f"{request.script_root}{_identify(way, TELL)}"
        return self._pages.answer(
            "telling/again.html",
            way.language,
            422,
            way=way,
            action=action,
            said=said,
            problem=problem,
            identify=f"{request.script_root}{_identify(way)}",
        )

    def _told(self, way: Way, outcome: str, kept: str = "", *, status: int = 200) -> Response:
        lost = way.after(LOST)
        return self._pages.answer(
            "telling/told.html",
            way.language,
            status,
            way=way,
            outcome=outcome,
            kept=kept,
            identify=f"{request.script_root}{_identify(way)}",
            lost=None if lost == way.path else f"{request.script_root}{lost}",
        )


def _identify(way: Way, page: str = "") -> str:
    """Return the path of the page that identifies the screen, or of one below it."""
    return guide_path(way.language, way.place.guide.id, way.position.answers) + IDENTIFY + page + way.view.suffix
