"""Everything can be done with the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.shipped import NUMBERS

_FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    const seen = style.outlineStyle !== "none" || style.boxShadow !== "none";
    return {seen, trigger: element.dataset.trigger ?? null, href: element.href, body: element === document.body};
}"""


@pytest.mark.parametrize("half", [0, 1])
def test_tab_reaches_every_choice_visibly_and_enter_follows_it(browser: Browser, site: str, half: int) -> None:
    problems = []
    with browser.new_context(locale="ja") as context:
        page = context.new_page()
        for number in NUMBERS[half::2]:
            page.goto(f"{site}/ja/{number}")
            problems += [f"/ja/{number} {problem}" for problem in walk_by_tab(page)]

    assert problems == []


def walk_by_tab(page: Page) -> list[str]:
    """Press Tab through the whole page, then Enter on the last choice; what went wrong."""
    choices = page.locator("main a[data-trigger]").count()
    reached = list[dict[str, Any]]()
    while not (focused := focus_next(page))["body"] and len(reached) < 200:
        reached.append(focused)
    triggers = [stop for stop in reached if stop["trigger"]]
    problems = [f"focus cannot be seen on {stop['href']}" for stop in reached if not stop["seen"]]
    if len(triggers) != choices:
        problems.append(f"tab reaches {len(triggers)} of {choices} choices")
    if triggers:
        page.locator(f'main a[data-trigger="{triggers[-1]["trigger"]}"]').focus()
        page.keyboard.press("Enter")
        page.wait_for_url(triggers[-1]["href"])
    return problems


def focus_next(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    focused: dict[str, Any] = page.evaluate(_FOCUSED)
    return focused
