"""The other ways through a page: back, change an answer, another language, start again; with and without JavaScript."""

from playwright.sync_api import Page, expect

from tests.browser.shipped import FLOWS, LANGUAGES, STORIES
from tests.browser.telling import choose, follow, state_of, tell

STORY = max((story for story in STORIES if len(story.answers) <= 7), key=lambda story: len(story.answers))


def test_back_leads_step_by_step_to_the_first_question(tab: Page, site: str, language: str) -> None:
    tell(tab, site, language, STORY)
    for answer in reversed(STORY.answers):
        follow(tab, "a.back")
        assert state_of(tab) == answer.partition(".")[0]

    expect(tab.locator("a.back")).to_have_count(0)


def test_every_answer_is_listed_and_can_be_given_again_without_losing_the_later_ones(
    tab: Page, site: str, language: str
) -> None:
    tell(tab, site, language, STORY)
    ending = tab.url
    given = tab.locator(".answers .given").all_inner_texts()
    assert len(given) == len(STORY.answers)
    for index, (answer, label) in enumerate(zip(STORY.answers, given, strict=True)):
        tab.locator(".answers ol a").nth(index).click()
        expect(tab.locator(".notice")).to_be_visible()
        assert state_of(tab) == answer.partition(".")[0]
        before = tab.locator(".choices a:has(.given-before)")
        expect(before).to_contain_text(label)
        before.click()
        expect(tab).to_have_url(ending)


def test_a_change_can_be_called_off(tab: Page, site: str, language: str) -> None:
    tell(tab, site, language, STORY)
    ending = tab.url
    follow(tab, ".answers ol li:first-child a")
    follow(tab, "a.back")

    assert tab.url == ending


def test_another_language_keeps_the_place(tab: Page, site: str, language: str) -> None:
    [other] = [code for code in LANGUAGES if code != language]
    tell(tab, site, language, STORY)
    state, address = state_of(tab), tab.url
    follow(tab, f'nav.languages a[lang="{other}"]')

    assert state_of(tab) == state
    expect(tab.locator("html")).to_have_attribute("lang", other)
    expect(tab.locator(".answers ol li")).to_have_count(len(STORY.answers))
    follow(tab, f'nav.languages a[lang="{language}"]')
    assert tab.url == address


def test_start_again_leads_to_the_first_question(tab: Page, site: str, language: str) -> None:
    tell(tab, site, language, STORY)
    follow(tab, ".start a")

    assert state_of(tab) == FLOWS[STORY.flow]["start"]


def test_who_is_lost_on_the_first_page_still_gets_another_page(tab: Page, site: str, language: str) -> None:
    tab.goto(f"{site}/{language}/{STORY.flow}/")
    choose(tab, "lost")

    assert state_of(tab) != FLOWS[STORY.flow]["start"]
