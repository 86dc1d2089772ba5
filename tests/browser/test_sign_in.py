"""Customers sign in, or fail to, from the first question on, and the result steers the guide.

The provider is on another site than the guide, as Microsoft's is: there browsers are strictest with cookies and forms.
"""

import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.shipped import FLOWS
from tests.browser.signing_in import (
    COLLEAGUE,
    FLOW,
    GUEST,
    NUMBER,
    SIGN_IN,
    TRY,
    Customer,
    Practising,
    result,
    walking,
)
from tests.browser.telling import choose, follow, state_of

FULL_WIDTH = "ｇｕｅｓｔ＠ｃｕｓｔｏｍｅｒ．ｅｘａｍｐｌｅ"
OTHER_CASE = "Guest@Customer.Example"
FAILURES = (
    "cancelled",
    "declined",
    "needs-interaction",
    "not-assigned",
    "try-later",
    "misconfigured",
    "expired",
    "wrong-tenant",
)

# Each language and both kinds of browsers at least once; only the commonest walks are done in all four combinations.
PAIRWISE = pytest.mark.parametrize(("language", "javascript"), [("ja", True), ("en", False)])


@pytest.fixture
def customer(tab: Page, practising: Practising, language: str) -> Iterator[Customer]:
    """A customer whose browser keeps nothing of an earlier sign-in."""
    tab.context.clear_cookies()
    with walking(tab, practising.site, language) as customer:
        yield customer


def test_who_signs_in_with_the_address_of_the_notice_mail_is_told_so(customer: Customer) -> None:
    asked = customer.begins(GUEST)
    assert asked["login_hint"] == GUEST
    assert "prompt" not in asked
    customer.signs_in_as(GUEST)

    assert customer.sees() == result("signed-in")
    expect(customer.tab.locator("html")).to_have_attribute("lang", customer.language)


@pytest.mark.parametrize(
    ("language", "javascript", "typed"), [("ja", True, FULL_WIDTH), ("en", False, OTHER_CASE)], ids=["width", "case"]
)
def test_an_address_may_be_typed_with_the_input_method_on_or_in_capitals(customer: Customer, typed: str) -> None:
    assert customer.begins(typed)["login_hint"].lower() == GUEST
    customer.signs_in_as(GUEST)

    assert customer.sees() == result("signed-in")


@PAIRWISE
def test_nobody_has_to_type_an_address(customer: Customer) -> None:
    assert not {"login_hint", "prompt"} & set(customer.begins())
    customer.signs_in_as(COLLEAGUE)

    assert customer.sees() == result("signed-in")


@PAIRWISE
def test_who_asks_for_the_list_of_accounts_gets_it_whatever_address_is_typed(customer: Customer) -> None:
    asked = customer.begins(GUEST, choosing=True)
    assert asked["prompt"] == "select_account"
    assert "login_hint" not in asked
    assert [value for value in asked.values() if GUEST in value] == []
    customer.signs_in_as(COLLEAGUE)

    assert customer.tab.url == f"{customer.site}/auth/result"


def test_who_signs_in_with_another_address_compares_both_and_goes_on(customer: Customer) -> None:
    customer.begins(GUEST)
    customer.signs_in_as(COLLEAGUE)
    assert customer.tab.url == f"{customer.site}/auth/result"
    assert customer.tab.locator(".pairs dd").all_inner_texts() == ["g***@c***.example", "c***@c***.example"]
    assert not {GUEST, COLLEAGUE} & set(customer.tab.content().split())
    follow(customer.tab, ".choices li:nth-child(1) a")

    assert customer.sees() == result("other-account")


@PAIRWISE
def test_who_has_two_addresses_says_so_and_is_signed_in(customer: Customer) -> None:
    customer.begins(GUEST)
    customer.signs_in_as(COLLEAGUE)
    follow(customer.tab, ".choices li:nth-child(2) a")

    assert customer.sees() == result("signed-in")


def test_a_declined_consent_is_told_as_that(customer: Customer) -> None:
    customer.begins()
    customer.fails_by("declined")

    assert customer.sees() == result("declined")


@pytest.mark.parametrize(
    ("language", "javascript", "failures"), [("ja", True, FAILURES[::2]), ("en", False, FAILURES[1::2])]
)
def test_each_failure_leads_to_its_page(customer: Customer, failures: tuple[str, ...]) -> None:
    seen = {}
    for how in failures:
        customer.begins()
        offered = customer.tab.locator("[data-result]").evaluate_all("all => all.map(one => one.dataset.result)")
        assert offered == list(FAILURES)
        customer.fails_by(how)
        seen[how] = customer.sees()

    assert seen == {how: result(how) for how in failures}


@pytest.mark.parametrize(("language", "javascript", "number"), [("ja", True, "50020"), ("en", False, "53003")])
def test_an_error_number_that_comes_back_leads_to_its_page(customer: Customer, number: str) -> None:
    customer.begins(GUEST)
    customer.comes_back_with_the_number(number)

    assert customer.sees() == result(f"code-{number}")


@pytest.mark.parametrize(
    ("language", "javascript", "number", "helper"),
    [
        ("ja", True, "50020", "helpdesk"),
        ("en", False, "50020", "helpdesk"),
        ("ja", False, "50057", "administrator"),
        ("en", True, "50128", None),
    ],
)
def test_the_words_of_an_error_page_that_does_not_lead_back_are_explained_and_lead_on(
    customer: Customer, number: str, helper: str | None
) -> None:
    customer.begins(GUEST)
    words = customer.is_stopped_with_the_number(number)
    customer.tab.go_back()
    customer.tab.go_back()
    assert state_of(customer.tab) == SIGN_IN
    customer.asks_what_it_means(words)

    told = told_by(words, number)
    facts = "\n".join(customer.tab.locator(".pairs dd").all_inner_texts())
    assert number in customer.heading
    assert [fact for fact in told if fact not in facts] == []
    message = customer.tab.locator(".message pre")
    expect(message).to_have_count(1 if helper else 0)
    if helper:
        assert [fact for fact in told if fact not in message.inner_text()] == []
    follow(customer.tab, ".onward a")
    assert customer.sees() == result(f"code-{number}")


def told_by(words: str, number: str) -> list[str]:
    """What the helpdesk or the administrator will ask for: the number, both ids, the time and the page."""
    lines = dict(line.split(": ", 1) for line in words.strip().splitlines())
    time = datetime.fromisoformat(lines["Timestamp"])
    return [f"AADSTS{number}", lines["Correlation Id"], lines["Request Id"], f"{time:%Y-%m-%d %H:%M:%S} UTC", NUMBER]


@PAIRWISE
def test_who_finds_no_number_can_try_again_or_go_on_without(customer: Customer) -> None:
    customer.comes_to_the_sign_in()
    customer.asks_what_it_means("申し訳ありませんが、サインイン中に問題が発生しました")
    customer.asks_what_it_means("まだわかりません")
    follow(customer.tab, ".choices a")

    assert customer.sees() == result("code-unknown")


@pytest.mark.parametrize(("language", "javascript"), [("ja", True)], ids=["ja-javascript"])
def test_the_way_back_from_an_explained_number_leads_to_the_box_and_not_to_sending_it_again(customer: Customer) -> None:
    customer.comes_to_the_sign_in()
    page = customer.tab.url
    customer.asks_what_it_means("50126")
    follow(customer.tab, ".onward a")
    customer.tab.go_back()
    assert (customer.tab.url, state_of(customer.tab)) == (page, SIGN_IN)

    customer.asks_what_it_means("50126")
    customer.tab.reload()
    assert (customer.tab.url, state_of(customer.tab)) == (page, SIGN_IN)


def test_a_lost_cookie_leads_to_the_page_for_too_late(customer: Customer) -> None:
    customer.begins(GUEST)
    customer.tab.context.clear_cookies()
    customer.signs_in_as(GUEST)

    assert customer.sees() == result("expired")


@PAIRWISE
def test_an_answer_of_the_provider_counts_once(customer: Customer) -> None:
    customer.begins(GUEST)
    customer.signs_in_as(GUEST)
    [answer] = [request.url for request in customer.own_requests if "/auth/callback" in request.url]
    customer.tab.goto(answer)

    assert customer.sees() == result("expired")


@pytest.mark.parametrize(
    ("language", "javascript", "order"), [("ja", True, (0, 1)), ("en", False, (1, 0))], ids=["in-order", "crosswise"]
)
def test_two_tabs_both_complete(customer: Customer, order: tuple[int, int]) -> None:
    addresses = [GUEST, COLLEAGUE]
    with customer.tab.context.new_page() as other, walking(other, customer.site, customer.language) as beside:
        both = [customer, beside]
        for each, address in zip(both, addresses, strict=True):
            each.begins(address)
        for index in order:
            both[index].signs_in_as(addresses[index])

        assert [each.sees() for each in both] == [result("signed-in")] * 2


@pytest.mark.parametrize(("language", "javascript"), [("ja", False)])
def test_of_four_tabs_the_last_three_complete(customer: Customer) -> None:
    others = [customer.tab.context.new_page() for _ in range(3)]
    four = [customer, *(Customer(tab, customer.site, customer.language) for tab in others)]
    for each in four:
        each.begins(GUEST)
    for each in four:
        each.signs_in_as(GUEST)
    seen = [each.sees() for each in four]
    for tab in others:
        tab.close()

    assert seen == [result("expired"), *[result("signed-in")] * 3]


@PAIRWISE
def test_back_from_the_provider_is_the_page_to_start_from(customer: Customer) -> None:
    customer.begins(GUEST)
    customer.tab.go_back()
    assert state_of(customer.tab) == SIGN_IN
    customer.leaves_for_the_provider(GUEST)
    customer.signs_in_as(GUEST)

    assert customer.sees() == result("signed-in")


@PAIRWISE
def test_who_goes_back_to_the_provider_from_the_result_is_told_to_begin_again_and_can(customer: Customer) -> None:
    customer.begins(GUEST)
    customer.fails_by("cancelled")
    customer.tab.go_back()
    customer.is_at_the_provider()
    customer.signs_in_as(GUEST)
    assert customer.sees() == result("expired")
    choose(customer.tab, "again")
    customer.leaves_for_the_provider(GUEST)
    customer.signs_in_as(GUEST)

    trigger, state = result("signed-in")
    assert customer.sees() == (trigger.replace(SIGN_IN, "try-again"), state)


@PAIRWISE
def test_back_from_the_next_page_shows_both_addresses_again(customer: Customer) -> None:
    customer.begins(GUEST)
    customer.signs_in_as(COLLEAGUE)
    heading = customer.heading
    follow(customer.tab, ".choices li:nth-child(1) a")
    customer.tab.go_back()

    assert customer.tab.url == f"{customer.site}/auth/result"
    assert customer.heading == heading


@PAIRWISE
def test_every_page_on_the_way_is_the_same_after_a_reload(customer: Customer) -> None:
    def reload() -> None:
        before = customer.tab.url, customer.heading
        customer.tab.reload()
        assert (customer.tab.url, customer.heading) == before

    customer.comes_to_the_sign_in()
    reload()
    customer.leaves_for_the_provider(GUEST)
    reload()
    customer.signs_in_as(COLLEAGUE)
    reload()
    follow(customer.tab, ".choices li:nth-child(1) a")
    reload()


@PAIRWISE
def test_signing_out_leads_over_the_provider_back_to_the_guide(customer: Customer) -> None:
    customer.begins(GUEST)
    customer.tab.go_back()
    assert len(customer.tab.context.cookies()) == 1
    follow(customer.tab, f'footer a[href*="auth/end"][href$="language={customer.language}"]')
    before = customer.heading
    customer.tab.locator("main form button").click()
    customer.is_at_the_provider()
    assert customer.tab.context.cookies() == []
    customer.tab.locator("main a.button").click()
    customer.tab.wait_for_url(f"{customer.site}/auth/end?*")

    assert customer.heading != before
    expect(customer.tab.locator("html")).to_have_attribute("lang", customer.language)
    expect(customer.tab.locator("main form")).to_have_count(0)
    follow(customer.tab, ".start a")
    assert customer.tab.url == f"{customer.site}/{customer.language}/"


@PAIRWISE
def test_who_goes_back_before_signing_out_is_where_it_began(customer: Customer) -> None:
    customer.comes_to_the_sign_in()
    follow(customer.tab, 'footer a[href*="auth/end"]')
    before = customer.heading
    customer.tab.locator("main form button").click()
    customer.is_at_the_provider()
    customer.tab.go_back()

    assert customer.heading == before
    customer.tab.go_back()
    assert state_of(customer.tab) == SIGN_IN


@PAIRWISE
def test_a_wrong_address_is_shown_again_with_what_is_wrong_and_can_be_corrected(customer: Customer) -> None:
    customer.comes_to_the_sign_in()
    send_what_is_no_address(customer)

    address = customer.tab.locator("#address")
    expect(address).to_have_value("guest＠")
    expect(address).to_be_focused()
    expect(address).to_have_attribute("aria-invalid", "true")
    described = (address.get_attribute("aria-describedby") or "").split()
    fault = customer.tab.locator(".fault")
    expect(fault).to_be_visible()
    assert fault.get_attribute("id") in described
    expect(customer.tab).to_have_title(re.compile(re.escape(customer.heading)))
    assert customer.leaves_for_the_provider(GUEST)["login_hint"] == GUEST
    customer.signs_in_as(GUEST)
    assert customer.sees() == result("signed-in")


@PAIRWISE
def test_who_mistyped_the_address_can_also_leave_it_out_or_go_back(customer: Customer) -> None:
    customer.comes_to_the_sign_in()
    page = customer.tab.url
    send_what_is_no_address(customer)
    assert "login_hint" not in customer.leaves_for_the_provider("")
    customer.signs_in_as(GUEST)
    assert customer.sees() == result("signed-in")

    customer.comes_to_the_sign_in()
    send_what_is_no_address(customer)
    customer.sends(".start a")
    assert (customer.tab.url, state_of(customer.tab)) == (page, SIGN_IN)


def send_what_is_no_address(customer: Customer) -> None:
    customer.tab.locator("#address").fill("guest＠")
    customer.sends("form:has(#address) button:not([name])")


@PAIRWISE
def test_the_keyboard_alone_leads_from_the_first_question_to_the_result(customer: Customer) -> None:
    tab = customer.tab
    tab.goto(f"{customer.site}/{customer.language}/{FLOW}/")
    press_on(tab, f'[data-trigger="{TRY}"]')
    tab.wait_for_url(f"**.{TRY}/")
    tab_to(tab, "#address")
    tab.keyboard.type(GUEST)
    press_on(tab, "form:has(#address) button")
    customer.is_at_the_provider()
    press_on(tab, f'[data-person="{COLLEAGUE}"]')
    tab.wait_for_url(f"{customer.site}/auth/result")
    press_on(tab, ".choices li:nth-child(1) a")
    tab.wait_for_url(f"{customer.site}/{customer.language}/**")

    assert customer.sees() == result("other-account")


@PAIRWISE
def test_the_keyboard_alone_brings_the_words_of_an_error_page_into_the_box(customer: Customer) -> None:
    tab = customer.tab
    customer.begins()
    words = customer.is_stopped_with_the_number("53003")
    tab.keyboard.press("Control+A")
    tab.keyboard.press("Control+C")
    customer.comes_to_the_sign_in()
    press_on(tab, "details.door summary")
    tab_to(tab, "#text")
    tab.keyboard.press("Control+V")
    with tab.expect_navigation():
        press_on(tab, "form:has(#text) button")
    facts = "\n".join(tab.locator(".pairs dd").all_inner_texts())
    with tab.expect_navigation():
        press_on(tab, ".onward a")

    assert [fact for fact in told_by(words, "53003") if fact not in facts] == []
    assert customer.sees() == result("code-53003")


def tab_to(tab: Page, selector: str) -> None:
    """Press the Tab key until this element has the focus."""
    target = tab.locator(selector).first
    for _ in range(60):
        tab.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no Tab leads to {selector} on {tab.url}")


def press_on(tab: Page, selector: str) -> None:
    """Tab to an element and press Enter."""
    tab_to(tab, selector)
    tab.keyboard.press("Enter")


def test_nobody_else_can_read_what_a_customer_typed(browser: Browser, practising: Practising) -> None:
    planted, other = "planted.kyaku@planted-company.example", COLLEAGUE
    with (
        browser.new_context(locale="ja") as context,
        context.new_page() as tab,
        walking(tab, practising.site, "ja") as customer,
    ):
        customer.begins(planted)
        cookies = context.cookies()
        customer.signs_in_as(other)
        cookies += context.cookies()
        readable = tab.evaluate("document.cookie")
        customer.comes_to_the_sign_in()
        customer.asks_what_it_means(f"AADSTS50020: User account '{planted}' from identity provider 'x' does not exist")
        follow(tab, ".onward a")
        guide = [request for request in customer.own_requests if "/auth/" not in request.url]
        sent = [request.url for request in guide if "cookie" in request.all_headers()]
        others = [request for request in customer.requests if not request.url.startswith(practising.site)]
        told = [request.url for request in others if practising.site in request.headers.get("referer", "")]
        log = practising.log.read_text(encoding="utf-8")

    assert [(cookie["path"], cookie["httpOnly"], cookie["sameSite"]) for cookie in cookies] == [
        ("/auth/", True, "Lax")
    ] * 2
    assert [cookie["value"] for cookie in cookies if any(part in cookie["value"] for part in spellings(planted))] == []
    assert (readable, sent, told) == ("", [], [])
    assert len(guide) > 4 < len(others)
    assert [words for words in (*spellings(planted), other, "code=", "state=", "planted") if words in log] == []


def spellings(address: str) -> list[str]:
    """An address, its name alone and what every base64 text that starts or goes on with it contains."""
    shifted = [encode(b" " * shift + address.encode())[4:-4].decode() for encode in ENCODINGS for shift in range(3)]
    return [address, address.replace("@", "%40"), address.partition("@")[0], *shifted]


ENCODINGS = (b64encode, urlsafe_b64encode)


@PAIRWISE
def test_without_a_provider_the_page_says_so_and_its_box_works(tab: Page, site: str, language: str) -> None:
    with walking(tab, site, language) as customer:
        customer.comes_to_the_sign_in()
        words = {"ja": "サインインの設定がない", "en": "is not set up"}[language]
        expect(tab.locator(".invoke")).to_contain_text(words)
        expect(tab.locator("#address")).to_have_count(0)
        customer.asks_what_it_means("ＡＡＤＳＴＳ５３００３")
        follow(tab, ".onward a")

        assert customer.sees() == result("code-53003")


@pytest.mark.parametrize(("language", "javascript"), [("ja", False)])
def test_without_a_provider_every_choice_of_the_page_leads_on(tab: Page, site: str, language: str) -> None:
    choices = FLOWS[FLOW]["states"][SIGN_IN]["choices"]
    seen = {}
    with walking(tab, site, language) as customer:
        for trigger in choices:
            customer.comes_to_the_sign_in()
            choose(tab, trigger)
            seen[trigger] = state_of(tab)

    assert seen == {trigger: choice["to"] for trigger, choice in choices.items()}


@PAIRWISE
def test_without_a_provider_the_page_for_signing_out_says_where_to_do_it(tab: Page, site: str, language: str) -> None:
    with walking(tab, site, language) as customer:
        customer.comes_to_the_sign_in()
        follow(tab, 'footer a[href*="auth/end"]')

        expect(tab.locator("main form")).to_have_count(0)
        expect(tab.locator('main a[href^="https://login.microsoftonline.com/"]')).to_be_visible()
