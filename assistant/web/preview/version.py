"""A version of the flows that is good enough to be shown: its files, and the guide that customers would get."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final
from wsgiref.types import WSGIApplication

from assistant.catalog import Catalog, Guide, catalog_of
from assistant.catalog.files import Files
from assistant.config import Config
from assistant.flow.diagram.model import Diagram, diagram_of
from assistant.flow.recognising.reading import japanese
from assistant.web import create_app
from assistant.web.identify.known import Known, know_for_now
from assistant.web.preview.untranslated import marked
from assistant.web.routes import Routes
from assistant.web.templating import Templates

# What is proven false of a machine that runs all the same: an author wants to see the state that nothing leads to yet.
_RUNS: Final = frozenset(
    {
        *("unreachable", "never-open", "guard-always", "guard-never", "guard-never-answered"),
        *("no-way-out", "lost-never-ends", "scenario-fails"),
    }
)


@dataclass(frozen=True, eq=False)
class Version:
    """One good version: `app` is the guide as it is served, `marked` the same with missing translations marked."""

    files: Files
    catalog: Catalog
    routes: Routes
    app: WSGIApplication
    config: Config
    known: Mapping[str, Known]
    templates: Templates

    @cached_property
    def marked(self) -> WSGIApplication:
        """Return the guide in which texts without a translation stand between marks; made when first asked for."""
        return create_app(self.config, marked(self.catalog), known=self.known, templates=self.templates)

    @cached_property
    def first(self) -> Guide:
        """Return the guide that comes first."""
        return self.routes.guides(self.routes.languages[0])[0]

    @cached_property
    def _diagrams(self) -> dict[tuple[str, str], Diagram]:
        return {}

    def diagram(self, guide: Guide, language: str) -> Diagram:
        """Return the diagram of a flow in a language."""
        key = (guide.id, language)
        if key not in self._diagrams:
            self._diagrams[key] = diagram_of(guide.engine.flow, guide.words[language])
        return self._diagrams[key]


class Making:
    """Makes versions of the flows in one folder; how kanji are read is remembered from one to the next."""

    def __init__(self, folder: Path, config: Config, templates: Templates) -> None:
        """Take the folder, and what the installation sets; nobody signs in and nothing is kept in a preview."""
        self.folder: Final = folder
        self._templates: Final = templates
        self._config: Final = Config(facts=config.facts)
        self._read: Final = lru_cache(maxsize=100_000)(japanese())

    def version(self, files: Files) -> Version:
        """Return the version in these files; raises FlowError if they say too little to show what customers get."""
        problems = tuple(problem for problem in files.problems if problem.code not in _RUNS)
        catalog = catalog_of(replace(files, problems=problems), self.folder)
        known = know_for_now(catalog, self._read)
        app = create_app(self._config, catalog, known=known, templates=self._templates)
        return Version(files, catalog, Routes(catalog), app, self._config, known, self._templates)
