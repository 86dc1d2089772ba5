"""Customers walk through the guide by clicking, in both languages, with and without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.inspection import Inspection, listen
from tests.browser.shipped import FLOWS, LANGUAGES, STATES, STORIES, Story

every_story = pytest.mark.parametrize(
    "story", STORIES, ids=[f"{story.flow}-{number}" for number, story in enumerate(STORIES, 1)]
)


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
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture
def tab(customer: BrowserContext) -> Iterator[Page]:
    """A fresh tab of the customer's browser."""
    with customer.new_page() as page:
        yield page


@every_story
def test_a_customer_clicks_from_the_first_question_to_the_ending(
    tab: Page, site: str, language: str, story: Story
) -> None:
    found = Inspection()
    listen(tab, site, found)
    tab.goto(f"{site}/{language}/{story.flow}/")
    for answer in story.answers:
        give(tab, story, answer)

    assert story.ends in ending(tab, story)
    assert tab.locator("html").get_attribute("lang") == language
    assert (found.noise, found.foreign) == ([], [])


def test_the_front_door_leads_to_the_first_question_in_the_language_of_the_browser(
    tab: Page, site: str, language: str
) -> None:
    [(flow, content), *others] = FLOWS.items()
    tab.goto(f"{site}/")

    assert tab.url == (f"{site}/{language}/" if others else f"{site}/{language}/{flow}/")
    assert others or tab.locator("main").get_attribute("data-state") == content["start"]


def give(tab: Page, story: Story, answer: str) -> None:
    """Click the choice of this answer; a result of the sign-in, which is nobody's to click, comes by the address."""
    state, _, trigger = answer.partition(".")
    assert (tab.locator("main").get_attribute("data-state"), story.title) == (state, story.title)
    if trigger in STATES[story.flow, state].get("results", {}):
        tab.goto(f"{tab.url.partition('?')[0]}{answer}/")
        return
    before = tab.url
    tab.locator(f'main a[data-trigger="{trigger}"]').click()
    expect(tab).not_to_have_url(before)


def ending(tab: Page, story: Story) -> tuple[str, str | None]:
    """The state where the tab stands and the outcome of that state, if it is an ending."""
    state = tab.locator("main").get_attribute("data-state") or ""
    return state, STATES[story.flow, state].get("outcome")
