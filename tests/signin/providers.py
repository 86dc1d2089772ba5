"""Providers over TLS, and a customer who goes from the guide to them and back: real MSAL, real HTTP, real pages."""

import json
import subprocess
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from bs4 import BeautifulSoup, Tag
from flask import Flask, Request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import TestResponse

from assistant import resources
from assistant.catalog import Catalog, open_catalog
from assistant.config import Config, SignInConfig
from assistant.practice import TENANT, Grant, Provider
from assistant.web import create_app
from assistant.web.assets import Assets
from assistant.web.practice import Practice
from assistant.web.templating import Templates
from tests.real_parts import ROOT, missing, program
from tests.signin.practising import Liar
from tests.signin.tls import Identity, Site, over_tls

HOME = "https://help.example.com"
CALLBACK = f"{HOME}/auth/callback"
PAGE = 68  # 「サインインを試します」
CLIENT = "guide"
_WITHIN = 30.0
_BROWSER_TESTS = ROOT / "tests" / "browser"


@cache
def shipped() -> Catalog:
    """The flows that come with the program."""
    return open_catalog(resources.folder("flows"))


@cache
def _templates(folder: Path) -> Templates:
    """The templates, which are compiled once: that takes longer than a test."""
    return Templates(folder)


@cache
def _assets() -> Assets:
    return Assets.read(resources.static_folder())


def guide(sign_in: SignInConfig, **more: Any) -> Flask:
    """The web application of an installation that signs in there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.web.Templates", _templates)
        return create_app(Config(base_url=HOME, sign_in=sign_in), shipped(), **more)


class PracticeOverTls(Liar):
    """The practice provider at its own address; its clock can be wrong by some seconds, and parts of it elsewhere."""

    def __init__(self, back: str, front: str, ca_file: Path) -> None:
        """Be reached by programs at `back` and by browsers at `front`."""
        super().__init__()
        self._back, self._front = back, front
        self.wrong_by = 0.0
        self.elsewhere: dict[str, str] = {}
        self.heard: list[str] = []
        self.clock = lambda: time.time() + self.wrong_by
        self.issuer = f"{back}/{TENANT}/v2.0"
        self.settings = replace(self.config, authority=self.issuer, ca_file=str(ca_file))

    def metadata(self, address: str) -> dict[str, Any]:
        own = {"issuer": self.issuer, "token_endpoint": f"{self._back}/{TENANT}/token"}
        return {**super().metadata(self._front), **own, "jwks_uri": f"{self._back}/{TENANT}/keys", **self.elsewhere}

    def redeem(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Redeem a code, and remember what was said."""
        status, answer = super().redeem(form)
        self.heard += [form.get(name, "") for name in ("code", "code_verifier", "client_secret")]
        self.heard += [str(answer.get(name, "")) for name in ("access_token", "id_token")]
        return status, answer

    def claims(self, grant: Grant) -> dict[str, Any]:
        return self.lie({**Provider.claims(self, grant), "iss": self.issuer})


def practise_at(site: Site, ca_file: Path, back: str | None = None) -> PracticeOverTls:
    """Let a new practice provider answer at a site; `back` is how programs reach it, if it is not there."""
    provider = PracticeOverTls(back or site.address, site.address, ca_file)
    practice = Practice(provider, site.address, CALLBACK, _templates(resources.folder("templates")), _assets())
    site.app = practice.app
    return provider


@dataclass(frozen=True)
class Page:
    """A page in the browser; of one of our own only the address is known."""

    address: str
    body: str = ""

    @property
    def soup(self) -> BeautifulSoup:
        """The page, parsed."""
        return BeautifulSoup(self.body, "html.parser")

    def form(self, having: str) -> Tag:
        """The form that has such an element."""
        (found,) = (form for form in self.soup.find_all("form") if form.select(having))
        return found


class Customer:
    """Somebody with a browser that has the guide open at the page that signs in."""

    def __init__(self, app: Flask, ca_file: Path | None = None, language: str = "ja") -> None:
        """Trust these authorities with TLS."""
        self.language = language
        self._guide = app.test_client()
        self._browser = requests.Session()
        self._browser.trust_env = False
        if ca_file is not None:
            self._browser.verify = str(ca_file)
        found = self.open(f"/{language}/{PAGE}").headers["Location"]
        self.page = urlsplit(found).path

    def close(self) -> None:
        """Close the browser."""
        self._browser.close()

    def open(self, target: str) -> TestResponse:
        """Open an address of the guide."""
        return self._guide.get(target, base_url=HOME, headers={"Accept-Language": self.language})

    def press(self, target: str, **fields: str) -> TestResponse:
        """Send a form of the guide."""
        headers = {"Origin": HOME, "Accept-Language": self.language}
        return self._guide.post(target, base_url=HOME, data={"language": self.language, **fields}, headers=headers)

    def start(self, **fields: str) -> TestResponse:
        """Press the button that signs in."""
        _, _, flow, answers = self.page.split("/", 3)
        return self.press("/auth/start", flow=flow, answers=answers, **fields)

    def led_on(self, **fields: str) -> str:
        """Where the button leads."""
        return onward(self.start(**fields))

    def visit(self, address: str, form: Mapping[str, str] | None = None) -> Page:
        """Open a page of a provider, or send its form, and follow redirects until they come back to the guide."""
        method = "GET" if form is None else "POST"
        while not address.startswith(HOME):
            answer = self._browser.request(method, address, data=form, allow_redirects=False, timeout=_WITHIN)
            if not answer.is_redirect:
                assert answer.ok, answer.text
                return Page(address, answer.text)
            address, method, form = urljoin(address, answer.headers["Location"]), "GET", None
        return Page(address)

    def send(self, page: Page, having: str = "button", **fields: str) -> Page:
        """Send the form of a page that has such an element, its fields as they stand but for those named."""
        form = page.form(having)
        stand = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]")}
        return self.visit(urljoin(page.address, str(form.get("action", ""))), {**stand, **fields})

    def arrive(self, page: Page) -> TestResponse:
        """Come back to the guide with what the provider said."""
        return self.open(page.address.removeprefix(HOME))

    def arrived_at(self, response: TestResponse) -> Tag:
        """The guide's page that an answer leads to."""
        assert response.status_code == 303, response.text
        target = response.headers["Location"]
        shown = self.open(target)
        assert shown.status_code == 200, target
        soup = BeautifulSoup(shown.text, "html.parser")
        assert soup.html is not None
        assert soup.html["lang"] == self.language
        (main,) = soup.select("main")
        return main


def chosen(customer: Customer, who: int = 0, **fields: str) -> Page:
    """Press the button, and choose somebody from the practice provider's list."""
    page = customer.visit(customer.led_on(**fields))
    link = [link for link in page.soup.select("a[href]") if "who=" in str(link["href"])][who]
    return customer.visit(urljoin(page.address, str(link["href"])))


def onward(response: TestResponse) -> str:
    """Where a page leads that says that it leads on."""
    assert response.status_code == 200, f"{response.status_code} {response.headers.get('Location')}"
    (link,) = BeautifulSoup(response.text, "html.parser").select("main a.button")
    return str(link["href"])


def result_in(response: TestResponse) -> str:
    """The result that a redirect back into the guide brings as an answer."""
    assert response.status_code == 303, response.text
    return urlsplit(response.headers["Location"]).path.rstrip("/").rpartition("/")[2].partition(".")[2]


@contextmanager
def certified(identity: Identity, *clients: Mapping[str, Any]) -> Iterator[str]:
    """Run the certified provider from npm for these applications; gives its issuer."""
    node = program("node", install="nodejs.org, version 20 or newer")
    if not (_BROWSER_TESTS / "node_modules" / "oidc-provider").exists():
        missing(f"oidc-provider is not installed (npm ci in {_BROWSER_TESTS.relative_to(ROOT)})")
    script = _BROWSER_TESTS / "oidc-provider.mjs"
    with subprocess.Popen(
        [node, str(script), str(identity.certificate), str(identity.key), json.dumps(clients)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        issuer = process.stdout.readline().strip()
        assert issuer, f"ended with {process.wait()}"
        try:
            yield issuer
        finally:
            process.stdin.close()


@contextmanager
def mock(identity: Identity, ca_file: Path, *, names_its_key: bool = True) -> Iterator[SignInConfig]:
    """Serve the provider from PyPI, which takes every application and secret, under a path, which MSAL demands.

    As it comes, its tokens do not say with which key they were made.
    """
    with warnings.catch_warnings(record=True):  # it uses what authlib is about to drop
        inside = import_module("oidc_provider_mock._app")
    app = inside.app(require_nonce=True)
    app.request_class = _UnderPath
    made_with = inside.OpenIDCode.get_jwt_config

    def naming_it(grant: Any, *of: Any) -> dict[str, Any]:
        made: dict[str, Any] = made_with(grant, *of)
        return {**made, "kid": made["key"]["kid"]}

    with over_tls(identity) as site, pytest.MonkeyPatch.context() as patch:
        if names_its_key:
            patch.setattr(inside.OpenIDCode, "get_jwt_config", naming_it)
        site.app = DispatcherMiddleware(site.app, {"/mock": app})
        yield SignInConfig(CLIENT, authority=f"{site.address}/mock", secret="any", ca_file=str(ca_file))


class _UnderPath(Request):
    """It takes host and port for its whole address."""

    @property
    def host_url(self) -> str:
        return self.root_url
