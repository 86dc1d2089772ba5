"""What every rendering of a catalog is made of, whether it is served or written to files."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from assistant import resources
from assistant.catalog import Catalog
from assistant.config import Config
from assistant.web.assets import Assets
from assistant.web.context import Offer
from assistant.web.identify.known import Known, index_files, know
from assistant.web.identify.outlook import Outlooks
from assistant.web.pages import Pages
from assistant.web.templating import Templates


@dataclass(frozen=True)
class Parts:
    """Templates, static files, what is known of screens, what lies ahead of positions, and the pages over all these."""

    templates: Templates
    known: Mapping[str, Known]
    assets: Assets
    outlooks: Outlooks
    pages: Pages
    version: str


def build_parts(
    config: Config,
    catalog: Catalog,
    offer: Offer,
    *,
    policy: str | None = None,
    known: Mapping[str, Known] | None = None,
    templates: Templates | None = None,
) -> Parts:
    """Return the parts for an installation; raises FlowError if the page words cannot be read.

    `policy` is the Content-Security-Policy that pages name themselves, where no server sends it; `known` is what is
    known of the screens, if that or the `templates` were made before.
    """
    templates = Templates(resources.folder("templates"), policy) if templates is None else templates
    known = know(catalog) if known is None else known
    assets = Assets.read(resources.static_folder(), index_files(known))
    version = _version(config, catalog, templates, assets, offer)
    outlooks = Outlooks(catalog.common)
    pages = Pages(catalog, templates, assets, config.shown_facts, version, offer, outlooks)
    return Parts(templates, known, assets, outlooks, pages, version)


def _version(config: Config, catalog: Catalog, templates: Templates, assets: Assets, offer: Offer) -> str:
    """Return what changes whenever any page may: flows, templates, static files, facts or what can be signed in to."""
    facts = sorted((name, sorted(value.texts.items())) for name, value in config.shown_facts.items())
    parts = (catalog.version, templates.digest, assets.digest, repr(facts), repr(offer))
    return sha256("\0".join(parts).encode()).hexdigest()[:12]
