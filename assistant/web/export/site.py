"""The guide as a static site: its own pages, with links between files where answers would be in the address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from assistant.catalog import Catalog, Guide
from assistant.config import Config
from assistant.flow.explorer import Configuration
from assistant.flow.model import Answer, code_of
from assistant.web.address import PLAIN
from assistant.web.context import Offer, Shown
from assistant.web.export.filed import Filed
from assistant.web.identify.here import Here
from assistant.web.identify.pages import IdentifyPages
from assistant.web.manual.pages import ManualPages
from assistant.web.parts import build_parts
from assistant.web.routes import Place, Routes
from assistant.web.templating import language_name

# What the server sends as a header; a page cannot forbid that it is framed.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
INDEX: Final = "index.html"


@dataclass(frozen=True)
class File:
    """A file of the site: its path with `/` between folders, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True)
class FiledHere(Here):
    """Where the search for screens begins in a static site: links lead to files."""

    filed: Filed | None = None

    def link(self, answers: tuple[Answer, ...]) -> str:
        return f"{'../' * self.depth}{self.filed.of_answers(answers) if self.filed else ''}"


class Site:
    """Writes the pages of a catalog for an installation, in the languages that are wanted."""

    def __init__(self, config: Config, catalog: Catalog, languages: tuple[str, ...] = ()) -> None:
        """Prepare; without `languages` all that the flows have."""
        self._parts: Final = build_parts(config, catalog, Offer(server=False), policy=POLICY)
        self._routes: Final = Routes(catalog)
        self._identify: Final = IdentifyPages(self._parts.pages, self._parts.templates, self._parts.known)
        self._manual: Final = ManualPages(self._parts.pages, self._parts.templates)
        self._languages: Final = tuple(code for code in self._routes.languages if not languages or code in languages)
        self._filed: Final = [Filed(guide) for guide in catalog.guides.values()]
        self._reachable: Final = {filed.guide.id: tuple(filed.reachable()) for filed in self._filed}

    @property
    def count(self) -> int:
        """Return how many pages of positions there will be, which is nearly all of the work."""
        return sum(len(self._reachable[filed.guide.id]) * len(self._spoken(filed.guide)) for filed in self._filed)

    def files(self) -> Iterator[File]:
        """Yield every file of the site."""
        for name, asset in sorted(self._parts.assets.files.items()):
            yield File(self._parts.assets.path(name), asset.data)
        yield self._page("", "guide/languages.html", self._languages[0], languages=self._choices("", "./"))
        for language in self._languages:
            yield from self._flows(language)
        for filed in self._filed:
            for language in self._spoken(filed.guide):
                yield from self._guide(filed, language)
            yield from self._numbers(filed)

    def _spoken(self, guide: Guide) -> tuple[str, ...]:
        return tuple(code for code in guide.languages if code in self._languages)

    def _flows(self, language: str) -> Iterator[File]:
        flows = self._parts.pages.flows(self._routes.guides(language), language)
        yield self._page(
            f"{language}/", "guide/flows.html", language, flows=flows, languages=self._choices(language, "../")
        )

    def _choices(self, current: str, root: str) -> list[dict[str, Any]]:
        return [
            {"code": code, "name": language_name(code), "href": f"{root}{code}/", "current": code == current}
            for code in self._languages
        ]

    def _guide(self, filed: Filed, language: str) -> Iterator[File]:
        folder = f"{language}/{filed.guide.id}/"
        for configuration in self._reachable[filed.guide.id]:
            page = self._parts.pages.page(self._shown(filed, language, configuration))
            yield File(f"{folder}{filed.path(configuration)}{INDEX}", page)
        yield File(f"{folder}manual/{INDEX}", self._manual.page(filed.guide, language, None).encode())
        ahead = self._parts.outlooks.ahead(filed.guide, filed.guide.engine.replay(()))
        if ahead:
            place, start = Place(filed.guide, language, ()), filed.guide.engine.replay(())
            here = FiledHere(place, start, None, ahead, 1, filed)
            whole = FiledHere(place, start, None, ahead, 2, filed)
            yield File(f"{folder}identify/{INDEX}", self._identify.box(here).encode())
            yield File(f"{folder}identify/all/{INDEX}", self._identify.whole(whole).encode())

    def _shown(self, filed: Filed, language: str, configuration: Configuration) -> Shown:
        position, following = filed.position(configuration), filed.following(configuration)
        up = "" if configuration == filed.start else "../"
        triggers = [trigger for trigger, _ in filed.guide.engine.open_choices(position)]
        numbers = sorted((int(code), path) for trigger, path in following.items() if (code := code_of(trigger)))

        def link(path: str) -> str:
            return f"{up}{path}" or "./"

        return Shown(
            filed.guide,
            language,
            PLAIN,
            position.state,
            position.latest,
            (),
            len(up) // 3,
            triggers,
            hrefs=[link(following[trigger]) for trigger in triggers],
            path=filed.path(configuration),
            numbers=[(str(number), link(path)) for number, path in numbers],
        )

    def _numbers(self, filed: Filed) -> Iterator[File]:
        """Yield for every number a page that leads on to the state's page, as the server redirects."""
        for name, state in filed.guide.engine.flow.states.items():
            present = state.gone or name
            if present not in filed.guide.shortest:
                continue
            for language in self._spoken(filed.guide):
                below = f"{filed.guide.id}/{filed.of_state(present)}"
                yield self._moved(f"{language}/{state.no}/", language, state.no, f"../{below}")
                if language == self._spoken(filed.guide)[0]:
                    yield self._moved(f"{state.no}/", language, state.no, f"../{language}/{below}")

    def _moved(self, path: str, language: str, number: int, target: str) -> File:
        return self._page(path, "export/moved.html", language, number=number, target=target)

    def _page(self, path: str, template: str, language: str, **values: Any) -> File:
        root = "../" * path.count("/")

        def static(name: str) -> str:
            return root + self._parts.assets.path(name)

        html = self._parts.templates.render(template, language, static=static, **values)
        return File(f"{path}{INDEX}", html.encode())
