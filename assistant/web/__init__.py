"""The web side: builds the application from its parts; nothing is global."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from flask import Blueprint, Flask, Response, abort, request

from assistant import resources
from assistant.catalog import Catalog
from assistant.config import Config
from assistant.web import caching
from assistant.web.assets import Assets
from assistant.web.errors import handle_errors
from assistant.web.front import Shortcut, secured, under_prefix
from assistant.web.guide import GuideViews
from assistant.web.health import Tally, create_health
from assistant.web.pages import Pages
from assistant.web.routes import Routes
from assistant.web.templating import Templates
from assistant.web.twin import TwinViews

MAXIMUM_BODY: Final = 64 * 1024
MAXIMUM_REQUEST_PATH: Final = 8000
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # `no-referrer` would make browsers send `Origin: null` with our own forms (measured).
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
STRICT_TRANSPORT: Final[Mapping[str, str]] = {"Strict-Transport-Security": "max-age=31536000"}


def create_app(config: Config, catalog: Catalog) -> Flask:
    """Return the application that serves a catalog; `config` says what the installation sets."""
    templates = Templates(resources.folder("templates"))
    assets = Assets.read(resources.static_folder())
    version = _version(config, catalog, templates, assets)
    pages = Pages(catalog, templates, assets, config.facts, version)
    routes = Routes(catalog)
    tally = Tally()
    cache_control = "public, no-cache" if config.max_age is None else f"public, max-age={config.max_age}"

    app = Flask("assistant", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAXIMUM_BODY
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.register_blueprint(create_health(tally, version))
    app.register_blueprint(_create_static(assets))
    app.register_blueprint(TwinViews(pages, routes, cache_control).blueprint())
    views = GuideViews(pages, templates, routes, cache_control)
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


def _version(config: Config, catalog: Catalog, templates: Templates, assets: Assets) -> str:
    """Return what changes whenever any page may: flows, templates, static files or facts."""
    facts = sorted((name, sorted(value.texts.items())) for name, value in config.facts.items())
    parts = (catalog.version, templates.digest, assets.digest, repr(facts))
    return sha256("\0".join(parts).encode()).hexdigest()[:12]


def _create_static(assets: Assets) -> Blueprint:
    blueprint = Blueprint("static_files", __name__)

    @blueprint.get("/static/<digest>/<path:name>")
    def static_file(digest: str, name: str) -> Response:
        asset = assets.files.get(name)
        if asset is None or digest != assets.digest:
            abort(404)
        zipped = caching.takes_gzip(request.headers.get("Accept-Encoding", ""))
        response = Response(asset.gzipped if zipped else asset.data, content_type=asset.media_type)
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        return response

    return blueprint
