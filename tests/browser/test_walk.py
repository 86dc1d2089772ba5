"""Customers walk through the guide by clicking, in both languages, with and without JavaScript."""

import pytest
from playwright.sync_api import Page

from tests.browser.inspection import Inspection, listening
from tests.browser.shipped import FLOWS, STATES, STORIES, Story
from tests.browser.telling import state_of, tell

# The ten commonest stories of each flow stand first; every other one is replayed without a browser in test_flows.py.
COMMONEST = [story for flow in FLOWS for story in [story for story in STORIES if story.flow == flow][:10]]


@pytest.mark.parametrize(
    "story", COMMONEST, ids=[f"{story.flow}-{number}" for number, story in enumerate(COMMONEST, 1)]
)
def test_a_customer_clicks_from_the_first_question_to_the_ending(
    tab: Page, site: str, language: str, story: Story
) -> None:
    found = Inspection()
    with listening(tab, site, found):
        tell(tab, site, language, story)

    assert story.ends in ending(tab, story)
    assert tab.locator("html").get_attribute("lang") == language
    assert (found.noise, found.foreign) == ([], [])


def test_the_front_door_leads_to_the_first_question_in_the_language_of_the_browser(
    tab: Page, site: str, language: str
) -> None:
    [(flow, content), *others] = FLOWS.items()
    tab.goto(f"{site}/")

    assert tab.url == (f"{site}/{language}/" if others else f"{site}/{language}/{flow}/")
    assert others or state_of(tab) == content["start"]


def ending(tab: Page, story: Story) -> tuple[str, str | None]:
    """The state where the tab stands and the outcome of that state, if it is an ending."""
    state = state_of(tab)
    return state, STATES[story.flow, state].get("outcome")
