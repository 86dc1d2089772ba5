"""A customer who signs in, or fails to, at the provider to practise with."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Request, expect

from tests.browser.inspection import Inspection, listening
from tests.browser.shipped import FLOWS
from tests.browser.telling import choose, follow, state_of

FLOW = "login"
SIGN_IN = "try-sign-in"
NUMBER = FLOWS[FLOW]["states"][SIGN_IN]["no"]
RESULTS: dict[str, str] = FLOWS[FLOW]["results"] | FLOWS[FLOW]["states"][SIGN_IN]["results"]
GUEST, COLLEAGUE = "guest@customer.example", "colleague@customer.example"

_FIRST = FLOWS[FLOW]["states"][FLOWS[FLOW]["start"]]["choices"]
# The choice of the first page that leads to the sign-in, whatever it is called.
TRY = next(trigger for trigger, choice in _FIRST.items() if choice["to"] == SIGN_IN)
_PRACTICE = re.compile(r"http://localhost:\d+/")
# What a browser writes to its console about an answer that says that something is wrong, or gone.
_ON_PURPOSE = re.compile(r"the server responded with a status of (410|422) ")


@dataclass(frozen=True)
class Practising:
    """A guide with the provider to practise with: its address and the file that its output is written to."""

    site: str
    log: Path


@dataclass
class Customer:
    """Somebody in front of a tab, who clicks and types."""

    tab: Page
    site: str
    language: str
    requests: list[Request] = field(default_factory=list)

    def comes_to_the_sign_in(self) -> None:
        """Walk from the first question to the page that signs in."""
        self.tab.goto(f"{self.site}/{self.language}/{FLOW}/")
        choose(self.tab, TRY)
        assert state_of(self.tab) == SIGN_IN

    def leaves_for_the_provider(self, address: str = "", *, choosing: bool = False) -> dict[str, str]:
        """Type an address on the page that is open and press a button; what the provider is asked."""
        self.tab.locator("#address").fill(address)
        self.tab.locator(f"form:has(#address) button{'[name=choose]' if choosing else ':not([name])'}").click()
        return self.is_at_the_provider()

    def is_at_the_provider(self) -> dict[str, str]:
        """Wait for the provider's page; what it was asked."""
        self.tab.wait_for_url(_PRACTICE)
        return {name: values[0] for name, values in parse_qs(urlsplit(self.tab.url).query).items()}

    def begins(self, address: str = "", *, choosing: bool = False) -> dict[str, str]:
        """Do both."""
        self.comes_to_the_sign_in()
        return self.leaves_for_the_provider(address, choosing=choosing)

    def signs_in_as(self, address: str) -> None:
        """Choose who signs in, and come back."""
        self._comes_back_by(f'[data-person="{address}"]')

    def fails_by(self, how: str) -> None:
        """Choose how the sign-in fails, and come back."""
        self._comes_back_by(f'[data-result="{how}"]')

    def comes_back_with_the_number(self, number: str) -> None:
        """Let the provider send back an error number."""
        self.tab.locator("details summary").click()
        self._comes_back_by(f'[data-back="{number}"]')

    def is_stopped_with_the_number(self, number: str) -> str:
        """Let the provider stop at an error page of its own; the words on it."""
        self.tab.locator("details summary").click()
        follow(self.tab, f'[data-stopped="{number}"]')
        return self.tab.locator("pre").inner_text()

    def asks_what_it_means(self, text: str) -> None:
        """Unfold the box where it is folded, put in a text and press the button below it."""
        if (door := self.tab.locator("details.door")).count():
            door.locator("summary").click()
        self.tab.locator("#text").fill(text)
        self.sends("form:has(#text) button")

    def sends(self, button: str) -> None:
        """Press what leads on, and wait for the page behind it, whatever address it gives itself."""
        with self.tab.expect_navigation():
            self.tab.locator(button).click()

    def sees(self) -> tuple[str, str]:
        """The answer that the guide was given last, and the state that it shows."""
        return urlsplit(self.tab.url).path.rstrip("/").rpartition("/")[2], state_of(self.tab)

    @property
    def heading(self) -> str:
        """What the page is called."""
        return self.tab.locator("h1").inner_text()

    @property
    def own_requests(self) -> list[Request]:
        """What the guide was asked so far."""
        return [request for request in self.requests if request.url.startswith(f"{self.site}/")]

    def _comes_back_by(self, selector: str) -> None:
        self.tab.locator(selector).click()
        self.tab.wait_for_url(lambda address: address.startswith(f"{self.site}/"))


def result(trigger: str) -> tuple[str, str]:
    """What a customer sees after this result of the sign-in."""
    return f"{SIGN_IN}.{trigger}", RESULTS[trigger]


@contextmanager
def walking(tab: Page, site: str, language: str) -> Iterator[Customer]:
    """A customer's walk, during which no error is printed, nobody else is asked, and no address gets into a URL."""
    found = Inspection()
    customer = Customer(tab, site, language)

    def requested(request: Request) -> None:
        customer.requests.append(request)

    tab.on("request", requested)
    with listening(tab, site, found):
        yield customer
    tab.remove_listener("request", requested)
    assert unexpected(found) == []
    assert [request.url for request in customer.own_requests if "@" in request.url or "%40" in request.url] == []
    expect(tab.locator("h1")).to_have_count(1)


def unexpected(found: Inspection) -> list[str]:
    """What was printed to the console and who was asked, without what has to be so."""
    noise = [line for line in found.noise if not _ON_PURPOSE.search(line)]
    return noise + [line for line in found.foreign if not _PRACTICE.match(line.rpartition(" ")[2])]
