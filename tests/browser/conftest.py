"""One running server, one Chromium, and every state of the shipped flows as a page of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.inspection import Inspection, inspect
from tests.browser.shipped import LANGUAGES, NUMBERS
from tests.real_parts import ROOT, missing, program, serving

NODE_MODULES = Path(__file__).parent / "node_modules"
CHROMIUM = ("chromium", "/usr/bin/chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIETLY = [
    "--no-sandbox",  # in a container the tests run as root
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `assistant serve`, without a slash at its end."""
    with serving(tmp_path_factory.mktemp("serve") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = program(*CHROMIUM, install="Debian: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=QUIETLY)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Where axe-core and html-validate are."""
    program("node", install="nodejs.org, version 20 or newer")
    if not (NODE_MODULES / ".package-lock.json").exists():
        missing(f"axe-core and html-validate are not installed (npm ci in {NODE_MODULES.parent.relative_to(ROOT)})")
    return NODE_MODULES


@pytest.fixture(scope="session", params=LANGUAGES)
def inspection(request: pytest.FixtureRequest, site: str, browser: Browser, node_modules: Path) -> Inspection:
    """What a look at every state in one language found; taken once, asked by many tests."""
    paths = [f"/{request.param}/{number}" for number in NUMBERS]
    return inspect(browser, site, request.param, paths, node_modules / "axe-core" / "axe.min.js")


@pytest.fixture(scope="session", params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="session", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def customer(browser: Browser, language: str, javascript: bool) -> Iterator[BrowserContext]:
    """A browser that asks for this language."""
    with browser.new_context(locale=language, java_script_enabled=javascript) as context:
        context.set_default_timeout(5_000)
        yield context


@pytest.fixture
def tab(customer: BrowserContext) -> Iterator[Page]:
    """A fresh tab of the customer's browser."""
    with customer.new_page() as page:
        yield page
