"""The preview's own pages below `/preview/`: a position in its frame, and the news that the browser waits for."""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from assistant.catalog import Guide
from assistant.flow.engine import NotReplayable
from assistant.web.address import parse_answers, segments
from assistant.web.assets import Assets
from assistant.web.preview.current import Current, Now
from assistant.web.preview.frame import Frame, Seen
from assistant.web.preview.gate import AUTHOR
from assistant.web.preview.look import PREVIEW, Look, frame_path
from assistant.web.preview.places import Whose
from assistant.web.preview.version import Version
from assistant.web.responses import HTML
from assistant.web.routes import Place
from assistant.web.templating import SOURCE_LANGUAGE, Templates

# Seconds for which a browser waits for news before it asks again.
PATIENCE: Final = 20
# Pages of the guide that hang on a position and are no answers.
_BESIDE: Final = frozenset({"identify", "manual"})


class PreviewViews:
    """The views of the preview."""

    def __init__(self, current: Current, frame: Frame, templates: Templates, assets: Assets, flow: str | None) -> None:
        """Keep the parts; `flow` is shown first."""
        self._current: Final = current
        self._frame: Final = frame
        self._templates: Final = templates
        self._assets: Final = assets
        self._flow: Final = flow

    def blueprint(self) -> Blueprint:
        """Return the blueprint, to be mounted at `/preview`."""
        blueprint = Blueprint("preview", __name__)
        blueprint.add_url_rule("/news", view_func=self.news, methods=["GET"])
        blueprint.add_url_rule("/", view_func=self.page, methods=["GET"])
        blueprint.add_url_rule("/<path:path>", view_func=self.page, methods=["GET"])
        return blueprint

    def news(self) -> AnyResponse:
        """Answer as soon as something else was read than what the asker has, or after a while.

        Each who waits holds a thread of the server; who has to give way to another is asked to come again.
        """
        known = request.args.get("stamp", type=int)
        if known is None:
            abort(400)
        now = self._current.wait(known, PATIENCE)
        return _news(self._current.now, {"Retry-After": "1"}) if now is None else _news(now, {})

    def page(self, path: str = "") -> AnyResponse:
        """Answer with a position in its frame, or with what is wrong while there is nothing good to show."""
        now = self._current.now
        if now.good is None:
            return self._without(now)
        parts = segments(path)
        numbered = now.good.routes.number(parts)
        if numbered is not None:
            language = parts[0] if len(parts) == 2 else _language_of(self._first(now.good))
            return redirect(f"{PREVIEW}{now.good.routes.numbered(numbered, language)}{_asked()}")
        if len(parts) < 2:
            guide = self._first(now.good)
            language = parts[0] if parts and parts[0] in guide.languages else _language_of(guide)
            return redirect(frame_path(language, guide.id, (), _look(now.good, language)))
        return self._position(now, now.good, parts)

    def _first(self, version: Version) -> Guide:
        return version.catalog.guides.get(self._flow or "") or version.first

    def _position(self, now: Now, version: Version, parts: list[str]) -> AnyResponse:
        answers = parts[2:]
        beside = next((index for index, part in enumerate(answers) if part in _BESIDE), len(answers))
        guide = version.catalog.guides.get(parts[1])
        if guide is None:
            return redirect(f"{PREVIEW}/")
        language = parts[0] if parts[0] in guide.languages else _language_of(guide)
        look = _look(version, language)
        place = Place(guide, language, parse_answers(answers[:beside]))
        try:
            position = guide.engine.replay(version.routes.current(place))
        except NotReplayable as error:
            look = Look.parse(f"{request.query_string.decode('latin-1')}&changed", _screens(version), language)
            return redirect(frame_path(language, guide.id, error.position.answers, look))
        return self._shown(now, Seen(version, guide, language, position, look, _author()))

    def _shown(self, now: Now, seen: Seen) -> AnyResponse:
        whose = Whose(seen.guide.id, seen.position.state)
        return self._answer(now, whose, self._frame.position(seen))

    def _without(self, now: Now) -> AnyResponse:
        return self._answer(now, None, None)

    def _answer(self, now: Now, whose: Whose | None, position: Mapping[str, Any] | None) -> AnyResponse:
        reader = request.accept_languages.best_match(self._templates.languages) or SOURCE_LANGUAGE
        problems = self._frame.problems(now, whose, reader, author=_author())
        html = self._templates.render(
            "preview/frame.html",
            reader,
            now={"stamp": now.stamp, "stale": now.stale, "good": _good(now)},
            problems=problems,
            position=position,
            news=f"{PREVIEW}/news",
            static=lambda name: f"{PREVIEW}/{self._assets.path(name)}",
        )
        return Response(html, content_type=HTML)


def _news(now: Now, headers: dict[str, str]) -> AnyResponse:
    response = Response(headers=headers)
    response.content_type = "application/json"
    response.set_data(f'{{"stamp": {now.stamp}, "good": "{_good(now)}"}}')
    return response


def _good(now: Now) -> str:
    return now.good.catalog.version if now.good is not None else ""


def _language_of(guide: Guide) -> str:
    return guide.engine.flow.language


def _author() -> bool:
    return bool(request.environ.get(AUTHOR))


def _asked() -> str:
    query = request.query_string.decode("latin-1")
    return f"?{query}" if query else ""


def _screens(version: Version) -> list[str]:
    return [code for screen in version.catalog.common.screens.values() for code in screen.wording]


def _look(version: Version, language: str) -> Look:
    return Look.parse(request.query_string.decode("latin-1"), _screens(version), language)
