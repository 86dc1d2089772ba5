"""The kinds of answers that views give: public pages with their version, redirects, and errors as data."""

import json
from http import HTTPStatus
from typing import Any, Final, TypeAlias

from flask import Response, request

from assistant.web.caching import REMEMBER

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"
Headers: TypeAlias = list[tuple[str, str]]


def entity_tag(version: str) -> str:
    """Return the ETag of every page of a version: a page is a function of its URL and the version.

    Weak, because the same page is served plain and compressed (RFC 9110, 8.8.1).
    """
    return f'W/"{version}"'


def validity(version: str, cache_control: str) -> Headers:
    """Return the headers by which any cache may keep an answer and ask again for it."""
    return [("ETag", entity_tag(version)), ("Cache-Control", cache_control), ("Vary", "Accept-Encoding")]


def public(
    body: str | bytes, version: str, cache_control: str, *, media_type: str = HTML, remember: bool = True
) -> Response:
    """Return an answer that any cache may keep; `remember` lets our own cache keep it too."""
    request.environ[REMEMBER] = remember
    return Response(body, headers=validity(version, cache_control), content_type=media_type)


def not_modified(version: str, cache_control: str) -> Response:
    """Return the answer to someone who has this version already."""
    return Response(status=304, headers=validity(version, cache_control))


def fresh(version: str) -> bool:
    """Say whether the asker has this version already."""
    return request.if_none_match.contains_weak(version)


def moved(path: str) -> Response:
    """Redirect for good to the one spelling of an address."""
    return _redirected(path, 308)


def found(path: str) -> Response:
    """Redirect to where something is now."""
    return _redirected(path, 302)


def found_at(address: str) -> Response:
    """Redirect to a whole address, which only configuration may name."""
    response = Response(status=302, content_type=HTML)
    response.headers["Location"] = address
    response.headers["Cache-Control"] = "no-store"
    return response


def see(path: str) -> Response:
    """Redirect after a form or a sign-in to a page of ours; nobody keeps that it happened."""
    response = _redirected(path, 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def chosen(path: str) -> Response:
    """Redirect by the browser's language."""
    response = _redirected(path, 302)
    response.headers["Vary"] = "Accept-Language"
    return response


def _redirected(path: str, status: int) -> Response:
    """Redirect to a path of ours, which always starts with one slash and so never names another host."""
    response = Response(status=status, content_type=HTML)
    response.headers["Location"] = request.script_root + path
    response.headers["Cache-Control"] = "no-cache"
    return response


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return an error as `application/problem+json` (RFC 9457)."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    headers = {"Cache-Control": "no-store"}
    return Response(dumps(body), status, headers, content_type="application/problem+json")


def dumps(data: Any) -> str:
    """Write data as compact JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
