"""The preview: the real guide of the last good version, in a frame that shows an author what they cannot see in it."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from wsgiref.types import WSGIApplication

from flask import Flask

from assistant import resources
from assistant.config import Config
from assistant.flow.explanation import FAMILIES, Explanation, read_explanations
from assistant.flow.message import Translate
from assistant.watching import Watcher, signature
from assistant.web.assets import Assets
from assistant.web.front import secured
from assistant.web.preview.current import Current, Now
from assistant.web.preview.frame import Frame
from assistant.web.preview.front import FRAME_HEADERS, Dispatcher, never_kept
from assistant.web.preview.look import PREVIEW
from assistant.web.preview.places import Paths
from assistant.web.preview.renewing import Reading, Renewing
from assistant.web.preview.version import Making
from assistant.web.preview.views import PreviewViews
from assistant.web.static_files import create_static
from assistant.web.templating import Templates


class Preview:
    """Follows a folder of flows; `app` shows it, `serve` watches it until `stop`."""

    def __init__(
        self,
        folder: Path,
        config: Config,
        *,
        flow: str | None,
        waiting: int,
        messages: Mapping[str, Translate],
        told: Callable[[Now], None],
    ) -> None:
        """Read the folder the first time. `flow` is shown first; so many browsers may wait for news at once.

        `messages` says the checker's messages in each language; `told` is called after each reading.
        """
        self._current: Final = Current(waiting)
        templates = Templates(resources.folder("templates"))
        renewing = Renewing(Making(folder, config, templates), self._current, told)
        seen = signature(folder)
        renewing.renew(renewing.read())
        self._watcher: Final[Watcher[Reading]] = Watcher(folder, seen, renewing.read, renewing.renew)
        assets = Assets.read(resources.static_folder())
        frame = Flask("assistant.preview", static_folder=None, template_folder=None)
        frame.logger.setLevel(logging.INFO)
        views = PreviewViews(self._current, Frame(Paths(folder), messages, _explanations()), templates, assets, flow)
        frame.register_blueprint(create_static(assets))
        frame.register_blueprint(views.blueprint())
        framed = secured(frame.wsgi_app, FRAME_HEADERS, lambda status: None)
        style = f"{PREVIEW}/{assets.path('preview-marks.css')}"
        self.app: Final[WSGIApplication] = never_kept(Dispatcher(self._current, framed, lambda: style))

    def serve(self) -> None:
        """Watch the folder until stopped."""
        self._watcher.serve()

    def stop(self) -> None:
        """End watching, and let nobody wait for news."""
        self._watcher.stop()
        self._current.close()


def _explanations() -> dict[str, Explanation]:
    files = (resources.explanations_folder() / f"{family}.yaml" for family in FAMILIES)
    return {code: each for file in files for code, each in read_explanations(file.read_text("utf-8")).items()}
