"""A customer at the guide: a browser without JavaScript that keeps cookies, and a provider on another site."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import Client, TestResponse

from assistant import resources
from assistant.catalog import Catalog
from assistant.config import Config
from assistant.practice import Provider
from assistant.web import create_app
from assistant.web.assets import Assets
from assistant.web.practice import Practice
from assistant.web.templating import Templates

ORIGIN = "https://help.example.com"
TRY = "begin.again/menu.typed/"
PAGE = f"/ja/small/{TRY}"
SECRET = "0123456789abcdef0123456789abcdef"

_templates = Templates(resources.folder("templates"))
_assets = Assets.read(resources.static_folder())


def practising(catalog: Catalog, provider: Provider, base_url: str = ORIGIN, **settings: Any) -> tuple[Flask, Practice]:
    """An application that signs in at a practice provider, and the provider with its pages."""
    names = {number: code.name or "" for number, code in catalog.common.codes.items() if number != "unknown"}
    provider.names = names  # type: ignore[misc]  # the numbers of this catalog
    practice = Practice(provider, "https://practice.example.com", f"{base_url}/auth/callback", _templates, _assets)
    config = Config(base_url=base_url, secret_key=SECRET, sign_in=provider.config, **settings)
    return create_app(config, catalog, practice=practice.send), practice


class Customer:
    """Somebody with a browser: `client` keeps their cookies."""

    def __init__(self, app: Flask, practice: Practice, base_url: str = ORIGIN) -> None:
        self.app = app
        self.practice = practice
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(base_url))
        self.client = Client(app, TestResponse)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=self.origin, headers=headers)

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> TestResponse:
        """Send a form as a page of ours would."""
        sent = {"Origin": self.origin} if headers is None else headers
        return self.client.post(path, base_url=self.origin, data=fields, headers=sent)

    def cookie(self, name: str) -> str:
        """The value of a cookie that only the pages under `/auth` are sent."""
        found = self.client.get_cookie(name, domain=self.host, path="/auth/")
        assert found is not None, name
        return found.value

    def set_cookie(self, name: str, value: str) -> None:
        self.client.set_cookie(name, value, domain=self.host, path="/auth/", origin_only=True)

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    @property
    def pending(self) -> list[str]:
        """The names of the cookies of sign-ins under way, the oldest first."""
        return [name for name in self.cookies if not name.endswith("-result")]

    @property
    def shown(self) -> str:
        """The name of the cookie for the page of two addresses."""
        [name] = [name for name in self.cookies if name.endswith("-result")]
        return name

    @property
    def cookies(self) -> list[str]:
        """The names of all cookies of this browser."""
        return [cookie.key for cookie in (self.client._cookies or {}).values()]

    def start(self, page: str = PAGE, **fields: str) -> str:
        """Press the button on a page; the address at the provider to which that leads."""
        response = self.post("/auth/start", {**form_of(page), **fields})
        assert response.status_code == 200, response.text
        return onward(response)

    def at_provider(self, address: str, **chosen: str) -> str:
        """Choose something at the provider; the path and query of ours to which it sends people back."""
        asked = dict(parse_qsl(urlsplit(address).query))
        response = self.practice.app.test_client().get("/answer", query_string={**asked, **chosen})
        assert response.status_code == 302, response.text
        return str(response.headers["Location"]).removeprefix(self.origin)

    def sign_in(self, page: str = PAGE, fields: Mapping[str, str] | None = None, **chosen: str) -> TestResponse:
        """Go all the way; the answer of the callback."""
        return self.get(self.at_provider(self.start(page, **(fields or {})), **chosen))


def form_of(page: str, **more: str) -> dict[str, str]:
    """The fields of the form on a guide page."""
    path = urlsplit(page)
    _, language, flow, answers = path.path.split("/", 3)
    return {"language": language, "flow": flow, "answers": answers, **dict(parse_qsl(path.query)), **more}


def onward(response: TestResponse) -> str:
    """Where a page leads by itself; the link on it leads there, too."""
    soup = BeautifulSoup(response.get_data(), "html.parser")
    refresh = str(soup.select_one('meta[http-equiv="refresh"]')["content"])  # type: ignore[index]  # the page has one
    address = refresh.removeprefix("0; url=")
    assert address in [link["href"] for link in soup.select("main a")]
    return address
