"""Every page around the sign-in, in both languages, looked at in a real browser as all others are, and its markup."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from tests.browser.inspection import Inspection, listening, look
from tests.browser.shipped import FLOWS, LANGUAGES
from tests.browser.signing_in import COLLEAGUE, FLOW, GUEST, Customer, Practising, unexpected
from tests.browser.telling import follow
from tests.browser.test_markup import validate
from tests.real_parts import ROOT

BOX_ALONE = FLOWS[FLOW]["states"]["trouble-signing-in"]["no"]
# Who can mend it decides what the page of a number shows: the customer, the administrator, the helpdesk, or nobody yet.
NUMBERS = ("50128", "50057", "50020", "53003")
WORDS = """Request Id: 11111111-2222-3333-4444-555555555555
Correlation Id: 11111111-2222-3333-4444-666666666666
Timestamp: 2026-01-02T03:04:05Z
Message: AADSTS{}: An error"""


@dataclass
class Looks:
    """A walk over all pages, each looked at and its markup kept as it was sent."""

    tab: Page
    folder: Path
    language: str
    found: Inspection = field(default_factory=Inspection)
    names: list[str] = field(default_factory=list)
    document: Response | None = None

    def at(self, name: str) -> None:
        """Look at the page that is open."""
        expect(self.tab.locator("h1")).to_have_count(1)
        assert self.document is not None
        (self.folder / f"{name}.html").write_text(self.document.text(), encoding="utf-8")
        look(self.tab, f"/{self.language}-{name}", self.found)
        self.names.append(name)

    def received(self, response: Response) -> None:
        """Remember what the page that is open was sent as."""
        if response.request.is_navigation_request() and response.status not in (204, 302, 303):
            self.document = response


@pytest.fixture(scope="module", params=LANGUAGES)
def looks(
    request: pytest.FixtureRequest,
    browser: Browser,
    practising: Practising,
    site: str,
    node_modules: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Looks]:
    """What one walk over all pages found; taken once, asked by many tests."""
    language = str(request.param)
    with browser.new_context(locale=language, reduced_motion="reduce") as context:
        context.add_init_script(path=node_modules / "axe-core" / "axe.min.js")
        tab = context.new_page()
        looks = Looks(tab, tmp_path_factory.mktemp(f"markup-{language}"), language)
        tab.on("response", looks.received)
        customer = Customer(tab, practising.site, language)
        with listening(tab, practising.site, looks.found):
            look_at_the_box(customer, looks)
            look_at_signing_in(customer, looks)
            look_at_signing_out(customer, looks)
        with listening(tab, site, looks.found):
            look_without_a_provider(Customer(tab, site, language), looks)
        yield looks


def look_at_the_box(customer: Customer, looks: Looks) -> None:
    tab = customer.tab
    tab.goto(f"{customer.site}/{customer.language}/{BOX_ALONE}")
    looks.at("box-alone")
    customer.asks_what_it_means("?")
    looks.at("no-number")
    for number in NUMBERS:
        customer.asks_what_it_means(WORDS.format(number))
        looks.at(f"number-{number}")
        tab.goto(f"{customer.site}/{customer.language}/{BOX_ALONE}")


def look_at_signing_in(customer: Customer, looks: Looks) -> None:
    tab = customer.tab
    customer.comes_to_the_sign_in()
    looks.at("sign-in")
    tab.locator("details.door summary").click()
    looks.at("sign-in-unfolded")
    with provider_out_of_reach(tab):
        tab.locator("form:has(#address) button:not([name])").click()
        tab.wait_for_url(f"{customer.site}/auth/start")
        looks.at("start")
    customer.comes_to_the_sign_in()
    tab.locator("#address").fill("guest")
    customer.sends("form:has(#address) button:not([name])")
    looks.at("address")
    customer.leaves_for_the_provider(GUEST)
    tab.locator("details summary").click()
    looks.at("practice")
    customer.signs_in_as(COLLEAGUE)
    looks.at("result")
    tab.context.clear_cookies()
    tab.reload()
    looks.at("gone")
    customer.begins()
    customer.is_stopped_with_the_number("50020")
    looks.at("practice-stopped")


def look_at_signing_out(customer: Customer, looks: Looks) -> None:
    tab = customer.tab
    tab.goto(f"{customer.site}/auth/end?language={customer.language}")
    looks.at("end")
    with provider_out_of_reach(tab):
        tab.locator("main form button").click()
        expect(tab.locator("main form")).to_have_count(0)
        looks.at("leaving")
    follow(tab, "main a.button")
    looks.at("practice-signed-out")
    follow(tab, "main a.button")
    looks.at("end-done")


def look_without_a_provider(customer: Customer, looks: Looks) -> None:
    customer.comes_to_the_sign_in()
    looks.at("sign-in-not-set-up")
    customer.tab.goto(f"{customer.site}/auth/end?language={customer.language}")
    looks.at("end-not-set-up")


@contextmanager
def provider_out_of_reach(tab: Page) -> Iterator[None]:
    """Let the provider give no page, so that ours, which leads there at once, stays open."""

    def give_nothing(route: Route) -> None:
        route.fulfill(status=204)

    tab.route("http://localhost:*/**", give_nothing)
    yield
    tab.unroute("http://localhost:*/**", give_nothing)


def test_every_page_around_the_sign_in_was_looked_at(looks: Looks) -> None:
    templates = {file.stem for folder in ("auth", "practice") for file in ROOT.glob(f"templates/{folder}/*.html")}
    looked_at = {
        "address": "address",
        "choose": "practice",
        "code": f"number-{NUMBERS[0]}",
        "end": "end",
        "gone": "gone",
        "leaving": "leaving",
        "no-number": "no-number",
        "result": "result",
        "signed-out": "practice-signed-out",
        "start": "start",
        "stopped": "practice-stopped",
    }

    assert templates - {"base"} == set(looked_at)
    assert set(looked_at.values()) <= set(looks.names)


@pytest.mark.parametrize("view", ["1280", "390", "dark"])
def test_axe_finds_nothing_around_the_sign_in(looks: Looks, view: str) -> None:
    assert looks.found.axe[view] == []


def test_nothing_around_the_sign_in_scrolls_sideways_on_the_narrowest_phone(looks: Looks) -> None:
    assert looks.found.sideways == []


def test_the_console_stays_silent_and_only_the_provider_is_asked(looks: Looks, site: str) -> None:
    assert [line for line in unexpected(looks.found) if site not in line] == []


def test_every_drawing_around_the_sign_in_says_in_words_what_it_shows(looks: Looks) -> None:
    assert looks.found.undescribed == []


def test_the_markup_around_the_sign_in_is_valid(looks: Looks, node_modules: Path) -> None:
    assert validate(looks.folder, node_modules) == ""
