"""One running server, one Chromium, and every state of the shipped flows as a page of each."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.inspection import Inspection, inspect
from tests.browser.shipped import LANGUAGES, NUMBERS
from tests.browser.signing_in import Practising
from tests.real_parts import ROOT, missing, program, serving

NODE_MODULES = Path(__file__).parent / "node_modules"
CHROMIUM = ("chromium", "/usr/bin/chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIETLY = [
    "--no-sandbox",  # in a container the tests run as root
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # no test reaches another machine
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running `assistant serve`, without a slash at its end."""
    with serving(tmp_path_factory.mktemp("serve") / "log") as address:
        yield address


@pytest.fixture(scope="session")
def practising(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practising]:
    """A running `assistant serve --demo-sign-in`, whose provider is on another site than the guide."""
    log = tmp_path_factory.mktemp("practise") / "log"
    with serving(log, "--demo-sign-in") as address:
        yield Practising(address, log)


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


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Iterator[dict[tuple[str, bool], Page]]:
    """A customer's tab for each language that the browser asks for, with JavaScript (True) and without; kept open."""
    with ExitStack() as contexts:
        yield {
            (language, javascript): contexts.enter_context(
                browser.new_context(locale=language, java_script_enabled=javascript)
            ).new_page()
            for language in LANGUAGES
            for javascript in (True, False)
        }


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def tab(tabs: dict[tuple[str, bool], Page], language: str, javascript: bool) -> Page:
    """The tab in which this customer walks; it still shows what the last one saw."""
    tabs[language, javascript].set_default_timeout(10_000)
    return tabs[language, javascript]
