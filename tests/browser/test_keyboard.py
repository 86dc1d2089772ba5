"""Everything can be done with the keyboard alone."""

from playwright.sync_api import Browser, Page

from tests.browser.shipped import NUMBERS

# Writes down each stop of the focus and whether an outline can be seen; answers how many stops lead to the last choice.
_WRITE_DOWN_STOPS = """() => {
    const outlined = ({outlineStyle, outlineWidth, outlineColor}) =>
        outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && outlineColor !== "rgba(0, 0, 0, 0)";
    window.stops = [];
    document.addEventListener("focusin", ({target}) => stops.push({
        trigger: target.dataset.trigger ?? null,
        words: target.textContent.trim(),
        seen: [null, "::before", "::after"].some(part => outlined(getComputedStyle(target, part))),
    }));
    const all = [...document.querySelectorAll("a[href], button, summary, input, select, textarea, [tabindex]")];
    return all.findLastIndex(element => element.dataset.trigger) + 1 || all.length;
}"""


# All states share one template; every fifth shows each of its parts: drawings, choices, notes, a message.
SAMPLE = NUMBERS[::5]


def test_tab_reaches_every_choice_visibly_and_enter_follows_it(browser: Browser, site: str) -> None:
    problems = []
    with browser.new_context(locale="ja") as context:
        page = context.new_page()
        for number in SAMPLE:
            page.goto(f"{site}/ja/{number}")
            problems += [f"/ja/{number} {problem}" for problem in walk_by_tab(page)]

    assert problems == []


def walk_by_tab(page: Page) -> list[str]:
    """Press Tab as far as the last choice (on an ending, through the whole page), then Enter; what went wrong."""
    for _ in range(page.evaluate(_WRITE_DOWN_STOPS)):
        page.keyboard.press("Tab")
    stops = page.evaluate("stops")
    choices = page.locator("main a[data-trigger]")
    wanted = choices.evaluate_all("links => links.map(link => link.dataset.trigger)")
    reached = [stop["trigger"] for stop in stops if stop["trigger"]]
    problems = [f"focus cannot be seen on {stop['words']}" for stop in stops if not stop["seen"]]
    if reached != wanted:
        problems.append(f"tab reaches {reached} instead of {wanted}")
    if reached:
        target = choices.last.evaluate("link => link.href")
        page.keyboard.press("Enter")
        page.wait_for_url(target)
    return problems
