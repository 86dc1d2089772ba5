"""The web side: builds the application from its parts; nothing is global."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from flask import Flask, abort, request

from assistant.catalog import Catalog
from assistant.config import DATABASE_URL, Config, ConfigError
from assistant.signin import SignIn
from assistant.signin.exchange import Send
from assistant.web import caching
from assistant.web.context import Offer
from assistant.web.door import DoorViews
from assistant.web.errors import handle_errors
from assistant.web.front import HEADERS, STRICT_TRANSPORT, Shortcut, secured, under_prefix
from assistant.web.guide import GuideViews
from assistant.web.health import Tally, create_health
from assistant.web.identify.known import Known
from assistant.web.identify.pages import IdentifyPages
from assistant.web.identify.views import IdentifyViews
from assistant.web.manual.pages import ManualPages
from assistant.web.manual.views import ManualViews
from assistant.web.origin import Home
from assistant.web.parts import build_parts
from assistant.web.private import PrivatePages
from assistant.web.routes import Routes
from assistant.web.signin import Seals, SignInViews
from assistant.web.static_files import create_static
from assistant.web.templating import Templates
from assistant.web.twin import TwinViews
from assistant.web.wayback import Ways

if TYPE_CHECKING:
    from assistant.store import Store

MAXIMUM_BODY: Final = 64 * 1024
MAXIMUM_REQUEST_PATH: Final = 8000


def create_app(
    config: Config,
    catalog: Catalog,
    *,
    practice: Send | None = None,
    known: Mapping[str, Known] | None = None,
    templates: Templates | None = None,
) -> Flask:
    """Return the application that serves a catalog; `config` says what the installation sets.

    `practice` answers for the provider where people only practise to sign in; `known` is what is known of the screens,
    if that or the `templates` were made before. Raises ConfigError for a certificate or
    a database that cannot be used.
    """
    sign_in = _sign_in(config, practice)
    store = _store(config, catalog)
    offer = Offer(sign_in is not None, practice is not None, store is not None)
    parts = build_parts(config, catalog, offer, known=known, templates=templates)
    pages, templates, outlooks = parts.pages, parts.templates, parts.outlooks
    routes = Routes(catalog)
    tally = Tally()
    cache_control = "public, no-cache" if config.max_age is None else f"public, max-age={config.max_age}"

    home = Home.of(config)

    app = Flask("assistant", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAXIMUM_BODY
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.register_blueprint(create_health(tally, parts.version))
    app.register_blueprint(create_static(parts.assets))
    app.register_blueprint(TwinViews(pages, routes, cache_control).blueprint())
    ways, private = Ways(routes, pages.screen_languages), PrivatePages(pages, templates, routes)
    app.register_blueprint(SignInViews(sign_in, Seals(config), home, routes, ways, private, tally).blueprint())
    app.register_blueprint(DoorViews(home, ways, private).blueprint())
    if store is not None:
        from assistant.web.telling import TellingViews  # with it comes the database's library, which takes a while

        telling = TellingViews(store.unknown_screens, catalog.common.codes, home, ways, private)
        app.register_blueprint(telling.blueprint())
    identify = IdentifyViews(routes, IdentifyPages(pages, templates, parts.known), outlooks, parts.known, cache_control)
    app.register_blueprint(identify.blueprint())
    manual = ManualViews(ManualPages(pages, templates), pages.screen_languages, cache_control)
    views = GuideViews(pages, templates, routes, cache_control, home, identify, manual)
    app.register_blueprint(views.blueprint())
    handle_errors(app, pages, templates, routes)

    @app.before_request
    def refuse_what_no_link_of_ours_asks() -> None:
        if len(request.path) > MAXIMUM_REQUEST_PATH:
            abort(414)

    headers = [*HEADERS.items(), *STRICT_TRANSPORT.items()] if config.secure else [*HEADERS.items()]
    answering = secured(Shortcut(app.wsgi_app, views.exact), headers, tally.count)
    cached = caching.ResponseCache(answering, tally.count)
    app.wsgi_app = under_prefix(cached, config.prefix)  # type: ignore[assignment, method-assign]  # Flask's way to add middleware
    return app


def _sign_in(config: Config, practice: Send | None) -> SignIn | None:
    if config.sign_in is None:
        return None
    return SignIn(config.sign_in, f"{config.base_url}/auth/callback", practice)


def _store(config: Config, catalog: Catalog) -> "Store | None":
    if not config.keeps_unknown_screens:
        return None
    from assistant.store import Store, StoreError

    try:
        return Store.open(config.database_url, known_numbers=catalog.common.codes)
    except StoreError as error:
        raise ConfigError(f"{DATABASE_URL}: the database cannot be opened: {error}") from None
