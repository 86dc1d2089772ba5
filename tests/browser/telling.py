"""A customer's story told to the guide by clicking."""

from playwright.sync_api import Page

from tests.browser.shipped import STATES, Story


def tell(tab: Page, site: str, language: str, story: Story) -> None:
    """Click through a story from the first question to its last page."""
    tab.goto(f"{site}/{language}/{story.flow}/")
    for answer in story.answers:
        state, _, trigger = answer.partition(".")
        assert (state_of(tab), story.title) == (state, story.title)
        if trigger not in {*STATES[story.flow, state].get("choices", {}), "lost"}:
            tab.goto(f"{tab.url.partition('?')[0]}{answer}/")  # a result of the sign-in is nobody's to click
        else:
            choose(tab, trigger)


def choose(tab: Page, trigger: str) -> None:
    """Click the choice with this trigger and wait for the page behind it."""
    follow(tab, f'main a[data-trigger="{trigger}"]')


def follow(tab: Page, selector: str) -> None:
    """Click the one link that this selector finds and wait for the page behind it."""
    before = tab.url
    tab.locator(selector).click()
    tab.wait_for_url(lambda address: address != before)


def state_of(tab: Page) -> str:
    return tab.locator("main").get_attribute("data-state") or ""
