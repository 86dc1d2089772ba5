"""The static site, served by a plain file server, walked from the first question to an ending."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant import resources
from assistant.catalog import open_catalog
from assistant.config import Config
from assistant.web.export.folder import write_folder
from assistant.web.export.site import Site
from tests.browser.inspection import Inspection, listening
from tests.browser.shipped import FLOWS, STATES, STORIES, Story
from tests.browser.telling import choose, state_of
from tests.browser.test_markup import validate

WALKED = [
    story
    for story in STORIES
    if all(
        trigger in {*STATES[story.flow, state].get("choices", {}), "lost"}
        for state, trigger in (answer.split(".") for answer in story.answers)
    )
][:4]


class Quiet(SimpleHTTPRequestHandler):
    """The file server of the standard library, saying nothing."""

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("exported") / "below" / "site"
    for _ in write_folder(target, Site(Config(), open_catalog(resources.folder("flows"))).files()):
        pass
    return target


@pytest.fixture(scope="module")
def exported(folder: Path) -> Iterator[str]:
    """The address of the site, in a folder of the server, as on a shared one."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder.parent.parent))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/below/site"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("story", WALKED, ids=[f"{story.flow}-{number}" for number, story in enumerate(WALKED, 1)])
def test_a_customer_walks_to_the_ending_and_back(tab: Page, exported: str, language: str, story: Story) -> None:
    found = Inspection()
    with listening(tab, exported, found):
        tab.goto(f"{exported}/{language}/{story.flow}/")
        for answer in story.answers:
            state, _, trigger = answer.partition(".")
            assert state_of(tab) == state
            choose(tab, trigger)
        last = state_of(tab)
        tab.go_back()

    assert story.ends in (last, STATES[story.flow, last].get("outcome"))
    assert state_of(tab) == story.answers[-1].partition(".")[0]
    assert (found.noise, found.foreign) == ([], [])


def test_the_front_page_leads_to_a_guide_in_each_language(tab: Page, exported: str, language: str) -> None:
    [flow, *_] = FLOWS
    tab.goto(f"{exported}/")
    tab.locator(f'main a[hreflang="{language}"]').click()
    tab.locator(f'main a[href="{flow}/"]').click()

    assert tab.locator("html").get_attribute("lang") == language
    assert state_of(tab) == FLOWS[flow]["start"]


def test_the_language_can_be_changed_anywhere(tab: Page, exported: str, language: str) -> None:
    other = {"ja": "en", "en": "ja"}[language]
    tab.goto(f"{exported}/{language}/login/password-entry/")
    tab.locator(f'.languages a[hreflang="{other}"]').click()

    assert tab.url == f"{exported}/{other}/login/password-entry/"


def test_a_number_leads_to_its_page(tab: Page, exported: str, language: str) -> None:
    tab.goto(f"{exported}/{language}/92/")
    tab.wait_for_url(f"{exported}/{language}/login/admin-password/")

    assert state_of(tab) == "admin-password"


def test_words_find_the_screen_where_javascript_runs(tab: Page, exported: str, language: str, javascript: bool) -> None:
    tab.goto(f"{exported}/{language}/login/identify/")
    if not javascript:
        assert "JavaScript" in tab.locator("noscript").inner_text()
        tab.locator("form#words button[type=submit]").click()
        assert tab.url.partition("?")[0] == f"{exported}/{language}/login/identify/all/"
        return
    expect(tab.locator("form[data-ready]")).to_be_attached()
    tab.locator("textarea").fill({"ja": "パスワードの入力", "en": "Enter password"}[language])
    tab.locator('#found li[data-screen="password-entry"] a').click()

    assert state_of(tab) == "password-entry"


def test_words_that_fit_nothing_lead_to_all_pictures(tabs: dict[tuple[str, bool], Page], exported: str) -> None:
    tab = tabs["ja", True]
    tab.goto(f"{exported}/ja/login/identify/")
    expect(tab.locator("form[data-ready]")).to_be_attached()
    tab.locator("textarea").fill("今日の天気はどうですか")
    tab.locator("#nothing a").click()

    assert tab.url == f"{exported}/ja/login/identify/all/"


def test_html_validate_finds_nothing(folder: Path, node_modules: Path, tmp_path: Path) -> None:
    """One page of each kind, as the pages of the guide itself are looked at elsewhere."""
    kinds = ("", "ja/", "ja/login/", "ja/login/try-sign-in/", "ja/login/admin-password/", "ja/login/manual/", "27/")
    for kind in (*kinds, "ja/login/identify/", "ja/login/identify/all/"):
        name = f"{kind.strip('/').replace('/', ' ') or 'front'}.html"
        (tmp_path / name).write_bytes((folder / kind / "index.html").read_bytes())

    assert validate(tmp_path, node_modules) == ""
