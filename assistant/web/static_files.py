"""Static files over HTTP: addressed by a hash, so that a browser keeps them for a year."""

from flask import Blueprint, Response, abort, request

from assistant.web.assets import Assets
from assistant.web.caching import takes_gzip


def create_static(assets: Assets) -> Blueprint:
    """Return the blueprint of `/static`."""
    blueprint = Blueprint("static_files", __name__)

    @blueprint.get("/static/<digest>/<path:name>")
    def static_file(digest: str, name: str) -> Response:
        asset = assets.files.get(name)
        if asset is None or digest != assets.digest:
            abort(404)
        zipped = takes_gzip(request.headers.get("Accept-Encoding", ""))
        response = Response(asset.gzipped if zipped else asset.data, content_type=asset.media_type)
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        return response

    return blueprint
