"""Customers walk through the guide by clicking, in both languages, with and without JavaScript."""

import pytest
from playwright.sync_api import Page

from tests.browser.inspection import Inspection, listening
from tests.browser.shipped import FLOWS, LANGUAGES, STATES, STORIES, Story
from tests.browser.telling import state_of, tell

# Every story is told once in each language, once with and once without JavaScript.
every_story = pytest.mark.parametrize(
    ("language", "javascript", "story"),
    [
        pytest.param(language, (place + number) % 2 == 0, story, id=f"{story.flow}-{number}-{language}")
        for place, language in enumerate(LANGUAGES)
        for number, story in enumerate(STORIES, 1)
    ],
)


@every_story
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
