"""The pages of signing in: from the form on the public page to the page of the result, whatever goes wrong."""

import logging
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import Client, TestResponse

from assistant.catalog import Catalog
from assistant.config import Config, FactValue
from assistant.practice import REDIRECTED, REFUSED, WRONG_TENANT
from assistant.signin.exchange import TransportFailed
from assistant.web import create_app
from assistant.web.mailaddress import NotAnAddress, masked, read_address
from assistant.web.pending import AT_MOST, LASTS
from assistant.web.practice import INVITED, OTHER
from assistant.web.sealing import Seal
from assistant.web.signin import RESULT_LASTS
from tests.signin.practising import Liar, Microsoft
from tests.web.asking import ask
from tests.web.customer import ORIGIN, PAGE, SECRET, TRY, Customer, form_of, onward, practising


@pytest.fixture
def customer(small_catalog: Catalog) -> Customer:
    """Somebody at the small guide, with a practice provider."""
    return Customer(*practising(small_catalog, Liar()))


def words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())


def after(trigger: str, page: str = PAGE) -> str:
    return f"{page}try.{trigger}/"


def test_the_page_has_a_form_that_names_its_position(customer: Customer) -> None:
    soup = BeautifulSoup(customer.get(PAGE).get_data(), "html.parser")
    form = soup.select_one('form[action$="auth/start"]')

    assert form is not None
    assert {field["name"]: field["value"] for field in form.select("input[type=hidden]")} == form_of(PAGE)


def test_who_signs_in_comes_to_the_page_of_the_result(customer: Customer) -> None:
    response = customer.sign_in(who=INVITED)

    assert (response.status_code, response.headers["Location"]) == (303, after("signed-in"))
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("how", [*REDIRECTED, *REFUSED, WRONG_TENANT, "code-50020", "code-53003"])
@pytest.mark.parametrize("page", [PAGE, PAGE.replace("/ja/", "/en/"), f"{PAGE}?screen=en"])
def test_every_result_is_an_answer_in_the_language_and_view_of_the_page(
    customer: Customer, page: str, how: str
) -> None:
    response = customer.sign_in(page, how=how)

    path, _, query = page.partition("?")
    assert response.headers["Location"] == f"{after(how, path)}{query and '?'}{query}"
    assert customer.get(response.headers["Location"]).status_code == 200


def test_the_typed_address_is_a_hint_and_the_other_button_shows_the_list(customer: Customer) -> None:
    hinted = dict(parse_qsl(urlsplit(customer.start(address=INVITED)).query))
    listed = dict(parse_qsl(urlsplit(customer.start(address=INVITED, choose="yes")).query))

    assert (hinted["login_hint"], hinted.get("prompt")) == (INVITED, None)
    assert (listed["prompt"], listed.get("login_hint")) == ("select_account", None)


def test_at_microsoft_the_list_is_shown_without_an_address_so_that_nobody_is_taken_for_the_last_one(
    small_catalog: Catalog,
) -> None:
    customer = Customer(*practising(small_catalog, Microsoft()))
    asked = dict(parse_qsl(urlsplit(customer.start()).query))
    hinted = dict(parse_qsl(urlsplit(customer.start(address=INVITED)).query))

    assert (asked["prompt"], asked.get("login_hint")) == ("select_account", None)
    assert (hinted.get("prompt"), hinted["login_hint"]) == (None, INVITED)
    assert customer.sign_in(fields={"address": INVITED}, who=INVITED).headers["Location"] == after("signed-in")


def test_after_another_account_the_list_is_always_shown(customer: Customer) -> None:
    page = f"{after('other-account')}circle.back/menu.typed/"
    asked = dict(parse_qsl(urlsplit(customer.start(page, address=INVITED)).query))

    assert (asked["prompt"], asked.get("login_hint")) == ("select_account", None)


@pytest.mark.parametrize(
    "typed", [INVITED, INVITED.upper(), "ｇｕｅｓｔ＠ｃｕｓｔｏｍｅｒ．ｅｘａｍｐｌｅ", f" {INVITED}\u3000"]
)
def test_the_address_of_the_mail_is_the_same_in_any_width_and_case(customer: Customer, typed: str) -> None:
    response = customer.sign_in(fields={"address": typed}, who=INVITED)

    assert response.headers["Location"] == after("signed-in")


@pytest.mark.parametrize("choose", [{}, {"choose": "yes"}])
def test_another_address_is_first_shown_to_the_person_alone(customer: Customer, choose: dict[str, str]) -> None:
    response = customer.sign_in(fields={"address": INVITED, **choose}, who=OTHER)
    assert response.headers["Location"] == "/auth/result"
    result = customer.get("/auth/result")

    assert "g***@c***.example" in words(result.text)
    assert "c***@c***.example" in words(result.text)
    assert INVITED not in result.text
    assert OTHER not in result.text
    assert result.headers["Cache-Control"] == "no-store"
    links = [link["href"] for link in BeautifulSoup(result.text, "html.parser").select(".choices a")]
    assert links == [after("other-account"), after("signed-in"), after("signed-in")]


PENDING = Seal(SECRET, f"pending {ORIGIN}")
RESULT = Seal(SECRET, f"result {ORIGIN}")
WAY = Seal(SECRET, "way back")


def aged(seal: Seal, sealed: str, seconds: int) -> str:
    """A cookie as if it had been made earlier."""
    fernet = seal._fernet
    made = fernet.extract_timestamp(sealed.encode())
    return fernet.encrypt_at_time(fernet.decrypt(sealed.encode()), made - seconds).decode()


def test_a_provider_that_names_no_address_gives_nothing_to_compare(small_catalog: Catalog) -> None:
    provider = Liar()
    provider.lie = lambda claims: {name: value for name, value in claims.items() if name != "preferred_username"}
    customer = Customer(*practising(small_catalog, provider))

    assert customer.sign_in(fields={"address": INVITED}).headers["Location"] == after("signed-in")


def test_the_page_of_two_addresses_is_gone_after_a_minute(customer: Customer) -> None:
    customer.sign_in(fields={"address": INVITED}, who=OTHER)
    customer.set_cookie(customer.shown, aged(RESULT, customer.cookie(customer.shown), RESULT_LASTS + 5))
    result = customer.get("/auth/result")

    assert result.status_code == 410
    assert "***" not in words(result.text)


@pytest.mark.parametrize(
    "typed", ["guest", "guest@", "@customer.example", "a b@c.example", "a@b", "a@b@c.example", "x" * 300 + "@c.example"]
)
def test_what_is_no_address_is_said_before_anything_starts(customer: Customer, typed: str) -> None:
    response = customer.post("/auth/start", form_of(PAGE, address=typed))
    soup = BeautifulSoup(response.get_data(), "html.parser")

    assert response.status_code == 422
    assert response.headers["Cache-Control"] == "no-store"
    assert [str(field["value"]) for field in soup.select("#address")] == [typed[:254]]
    assert {field["name"]: field["value"] for field in soup.select("input[type=hidden]")} == form_of(PAGE)
    assert customer.pending == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example.com"},
        {"Origin": "https://help.example.com.elsewhere.example.com"},
        {"Origin": f"{ORIGIN}:8443"},
        {"Origin": ORIGIN.replace("https", "http")},
        {"Origin": "http://["},
        {"Origin": "evil"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "none"},
        {"Referer": f"{ORIGIN}{PAGE}"},
    ],
)
@pytest.mark.parametrize("target", ["/auth/start", "/auth/code", "/auth/end"])
def test_without_proof_that_a_page_of_ours_sent_it_a_form_is_refused(
    customer: Customer, target: str, headers: dict[str, str]
) -> None:
    response = customer.post(target, form_of(PAGE, text="50020"), headers)

    assert response.status_code == 403
    assert customer.pending == []


@pytest.mark.parametrize(
    "headers",
    [{"Origin": ORIGIN}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}],
)
def test_either_header_of_a_browser_is_proof(customer: Customer, headers: dict[str, str]) -> None:
    assert customer.post("/auth/start", form_of(PAGE), headers).status_code == 200


def test_the_answer_to_the_form_is_a_page_and_no_redirect(customer: Customer) -> None:
    response = customer.post("/auth/start", form_of(PAGE))

    assert response.status_code == 200
    assert onward(response).startswith("https://practice.example.com/authorize?")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_pending_sign_in_is_a_cookie_that_only_we_can_read_and_only_our_sign_in_pages_get(customer: Customer) -> None:
    response = customer.post("/auth/start", form_of(PAGE, address=INVITED))
    [cookie] = response.headers.getlist("Set-Cookie")

    assert re.fullmatch(
        rf"signin-[0-9a-f]{{8}}-[0-9a-f]{{16}}=[^;]+; Expires=[^;]+; Max-Age={LASTS}; "
        "Secure; HttpOnly; Path=/auth/; SameSite=Lax",
        cookie,
    )
    assert INVITED not in cookie
    assert "Set-Cookie" not in customer.get(PAGE).headers


def test_on_plain_http_on_this_computer_the_cookie_comes_without_secure(small_catalog: Catalog) -> None:
    home = "http://127.0.0.1:8000"
    customer = Customer(*practising(small_catalog, Liar(), home), home)
    response = customer.post("/auth/start", form_of(PAGE))

    assert "Secure" not in response.headers["Set-Cookie"]


def test_two_tabs_both_come_to_an_end_in_either_order(customer: Customer) -> None:
    other_page = f"/en/small/{TRY}"
    first, second = customer.start(), customer.start(other_page)
    back = [customer.at_provider(second, who=INVITED), customer.at_provider(first, who=INVITED)]

    assert [customer.get(target).headers["Location"] for target in back] == [
        after("signed-in", other_page),
        after("signed-in"),
    ]
    assert customer.pending == []


def test_of_four_sign_ins_at_once_the_oldest_is_given_up(customer: Customer) -> None:
    addresses = [customer.start()]
    [first] = customer.pending
    customer.set_cookie(first, aged(PENDING, customer.cookie(first), 60))
    addresses += [customer.start() for _ in range(AT_MOST)]
    assert len(customer.pending) == AT_MOST
    results = [customer.get(customer.at_provider(address, who=INVITED)).headers["Location"] for address in addresses]

    assert results == [after("expired"), *[after("signed-in")] * AT_MOST]


def test_a_lost_cookie_leads_back_to_the_right_page(customer: Customer) -> None:
    back = customer.at_provider(customer.start(f"/en/small/{TRY}?screen=ja"), who=INVITED)
    stranger = Customer(customer.app, customer.practice)

    assert stranger.get(back).headers["Location"] == f"/en/small/{TRY}try.expired/?screen=ja"


def test_a_sign_in_of_half_an_hour_ago_is_too_old(customer: Customer) -> None:
    back = customer.at_provider(customer.start(), who=INVITED)
    [name] = customer.pending
    customer.set_cookie(name, aged(PENDING, customer.cookie(name), LASTS + 5))

    assert customer.get(back).headers["Location"] == after("expired")


def test_an_answer_counts_once_even_if_the_browser_keeps_its_cookie(
    customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = customer.at_provider(customer.start(), who=INVITED)
    [name] = customer.pending
    kept = customer.cookie(name)
    redeemed: list[str] = []
    redeem = customer.practice.provider.redeem

    def counting(form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        redeemed.append(form["code"])
        return redeem(form)

    monkeypatch.setattr(customer.practice.provider, "redeem", counting)
    first = customer.get(back).headers["Location"]
    customer.set_cookie(name, kept)

    assert (first, customer.get(back).headers["Location"]) == (after("signed-in"), after("expired"))
    assert len(redeemed) == 1, "the provider was asked again, and only its own care refused"


def test_a_cookie_of_one_sign_in_does_not_serve_another(customer: Customer) -> None:
    customer.start()
    [mine] = customer.pending
    back = customer.at_provider(customer.start(), who=INVITED)
    [other] = [name for name in customer.pending if name != mine]
    customer.set_cookie(other, customer.cookie(mine))

    assert customer.get(back).headers["Location"] == after("expired")


@pytest.mark.parametrize("value", ["", "x", "gAAAA", "é", "x" * 4000])
def test_a_cookie_that_we_did_not_make_is_no_cookie(customer: Customer, value: str) -> None:
    back = customer.at_provider(customer.start(), who=INVITED)
    [name] = customer.pending
    customer.set_cookie(name, value)

    assert customer.get(back).headers["Location"] == after("expired")


@pytest.mark.parametrize("spoil", ["", "x", "W10.x", "é", ".", "x" * 3000, "{}"])
def test_a_state_that_we_did_not_sign_is_refused_in_the_language_of_the_browser(customer: Customer, spoil: str) -> None:
    response = customer.get(f"/auth/callback?{urlencode({'code': 'c', 'state': spoil})}", **{"Accept-Language": "en"})

    assert response.status_code == 400
    assert "The address could not be read" in words(response.text) or "address" in words(response.text)


@pytest.mark.parametrize("query", ["", "code=c", "error=access_denied", "error=access_denied&error_subcode=cancel"])
def test_an_answer_without_state_is_refused(customer: Customer, query: str) -> None:
    customer.start()

    assert customer.get(f"/auth/callback?{query}").status_code == 400


@pytest.mark.parametrize("position", [0, 10, -2])
def test_a_state_changed_in_one_letter_is_refused(customer: Customer, position: int) -> None:
    back = customer.at_provider(customer.start(), who=INVITED)
    answer = dict(parse_qsl(urlsplit(back).query))
    state = answer["state"]
    letter = state[position]
    spoilt = state[:position] + ("A" if letter != "A" else "B") + state[position:][1:]

    assert customer.get(f"/auth/callback?{urlencode({**answer, 'state': spoilt})}").status_code == 400


def test_a_state_signed_with_another_secret_is_refused(customer: Customer) -> None:
    state = Seal("another secret of thirty-two letters", "way back").sign(["ja", "small", TRY, "", "x"])

    assert customer.get(f"/auth/callback?{urlencode({'code': 'c', 'state': state})}").status_code == 400


@pytest.mark.parametrize(
    ("changed", "result"),
    [
        ({"code": "made-up"}, "expired"),
        ({"code": ""}, "misconfigured"),
        ({"iss": "https://elsewhere.example.com"}, "misconfigured"),
        ({"error": "access_denied", "code": ""}, "misconfigured"),
    ],
)
def test_an_answer_that_was_tampered_with_signs_nobody_in(
    customer: Customer, changed: dict[str, str], result: str
) -> None:
    back = customer.at_provider(customer.start(), who=INVITED)
    answer = {**dict(parse_qsl(urlsplit(back).query)), **changed}

    assert customer.get(f"/auth/callback?{urlencode(answer)}").headers["Location"] == after(result)


def test_an_answer_that_comes_by_post_or_head_counts_for_nothing(customer: Customer) -> None:
    back = customer.at_provider(customer.start(), who=INVITED)

    assert customer.client.post(back, base_url=ORIGIN, headers={"Origin": ORIGIN}).status_code == 405
    assert customer.client.head(back, base_url=ORIGIN).status_code == 400
    assert customer.get(back).headers["Location"] == after("signed-in")


def test_a_result_that_leads_nowhere_any_more_leads_to_the_furthest_page(customer: Customer) -> None:
    gone = WAY.sign(["ja", "small", "begin.again/menu.no-more/", "", "x"])

    response = customer.get(f"/auth/callback?{urlencode({'code': 'c', 'state': gone})}")
    assert response.headers["Location"] == "/ja/small/begin.again/?changed"


@pytest.mark.parametrize(
    ("page", "status", "location"),
    [
        ("/ja/small/begin.again/menu.no-more/", 303, "/ja/small/begin.again/?changed"),
        ("/ja/small/begin.again/", 303, "/ja/small/begin.again/"),
        ("/ja/nothing/", 404, None),
        ("/xx/small/", 404, None),
    ],
)
@pytest.mark.parametrize("target", ["/auth/start", "/auth/code"])
def test_a_form_for_a_page_without_a_sign_in_starts_none(
    customer: Customer, target: str, page: str, status: int, location: str | None
) -> None:
    response = customer.post(target, form_of(page))

    assert (response.status_code, response.headers.get("Location")) == (status, location)


def test_a_form_without_any_fields_is_not_found(customer: Customer) -> None:
    assert customer.post("/auth/start", {}).status_code == 404


def test_a_page_that_signs_in_is_opened_at_the_configured_host_first(customer: Customer) -> None:
    for page in (PAGE, f"{PAGE}?screen=en", "/auth/start", "/auth/end?language=en"):
        response = customer.client.get(page, base_url="https://www.help.example.com")
        assert response.status_code == 302
        assert response.headers["Location"].startswith(f"{ORIGIN}{page}")

        again = customer.client.get(response.headers["Location"], base_url="https://www.help.example.com")
        assert again.status_code in (200, 303), "a proxy that hides the host leads in circles"


def test_pages_that_sign_nobody_in_answer_at_any_host(customer: Customer) -> None:
    for page in ("/ja/small/", "/ja/small/begin.again/", "/healthz", "/api/v1/ja/small/"):
        assert customer.client.get(page, base_url="https://www.help.example.com").status_code == 200


def test_a_form_sent_at_another_host_leads_to_the_page_at_the_configured_one(customer: Customer) -> None:
    elsewhere = "https://www.help.example.com"
    response = customer.client.post(
        "/auth/start", base_url=elsewhere, data=form_of(PAGE), headers={"Origin": elsewhere}
    )

    assert onward(response) == f"{ORIGIN}{PAGE}"
    assert "Set-Cookie" not in response.headers


def test_behind_a_proxy_that_hides_the_host_people_sign_in_all_the_same(customer: Customer) -> None:
    response = customer.client.post(
        "/auth/start", base_url="http://127.0.0.1:8000", data=form_of(PAGE), headers={"Origin": ORIGIN}
    )

    assert onward(response).startswith("https://practice.example.com/authorize?")


def test_a_state_of_a_sign_out_is_none_of_a_sign_in_and_the_other_way_round(customer: Customer) -> None:
    signing_in = dict(parse_qsl(urlsplit(customer.start()).query))["state"]
    signing_out = dict(parse_qsl(urlsplit(onward(customer.post("/auth/end", {"language": "en"}))).query))["state"]

    assert customer.get(f"/auth/callback?{urlencode({'code': 'c', 'state': signing_out})}").status_code == 400
    assert "You are signed out" not in words(customer.get(f"/auth/end?{urlencode({'state': signing_in})}").text)
    assert "You are signed out" in words(customer.get(f"/auth/end?{urlencode({'state': signing_out})}").text)


def test_a_cookie_for_one_page_says_nothing_on_another(customer: Customer) -> None:
    customer.sign_in(fields={"address": INVITED}, who=OTHER)
    result = customer.cookie(customer.shown)
    back = customer.at_provider(customer.start(), who=INVITED)
    [pending] = customer.pending
    customer.set_cookie(customer.shown, customer.cookie(pending))
    customer.set_cookie(pending, result)

    assert customer.get("/auth/result").status_code == 410
    assert customer.get(back).headers["Location"] == after("expired")


def test_two_installations_on_two_ports_of_a_host_keep_their_cookies_apart(small_catalog: Catalog) -> None:
    one, other = (
        Customer(*practising(small_catalog, Liar(), home), home) for home in (f"{ORIGIN}:8001", f"{ORIGIN}:8002")
    )
    other.client = Client(other.app, TestResponse)
    pages = [one.start() for _ in range(AT_MOST)]
    for name in one.pending:
        other.set_cookie(name, one.cookie(name))
    response = other.post("/auth/start", form_of(PAGE))

    assert len(pages) == len(one.pending) == AT_MOST
    assert len(response.headers.getlist("Set-Cookie")) == 1


def test_on_the_way_to_signing_out_nothing_of_the_person_stays(customer: Customer) -> None:
    customer.sign_in(fields={"address": INVITED}, who=OTHER)
    customer.start()
    customer.post("/auth/end", {"language": "ja"})

    assert customer.cookies == []


def test_the_operator_is_told_when_the_provider_cannot_be_reached(
    customer: Customer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> None:
        raise TransportFailed("ConnectionError")

    monkeypatch.setattr("assistant.signin.exchange.Exchange.get", down)
    response = customer.post("/auth/start", form_of(PAGE))

    assert response.headers["Location"] == after("try-later")
    assert [record.levelname for record in caplog.records if "ConnectionError" in record.getMessage()] == ["WARNING"]


def test_any_node_with_the_same_secret_finishes_what_another_began(small_catalog: Catalog) -> None:
    provider = Liar()
    one, other = (Customer(*practising(small_catalog, provider)) for _ in range(2))
    back = one.at_provider(one.start(address=INVITED), who=INVITED)
    other.client = Client(other.app, TestResponse)
    for name in one.pending:
        other.set_cookie(name, one.cookie(name))

    assert other.get(back).headers["Location"] == after("signed-in")


def test_no_parameter_names_where_to_go(customer: Customer) -> None:
    for name in ("next", "redirect", "url", "return_to", "redirect_uri"):
        elsewhere = {name: "https://elsewhere.example.com"}
        address = customer.start(**elsewhere)
        assert "elsewhere" not in address
        back = f"{customer.at_provider(address, who=INVITED)}&{urlencode(elsewhere)}"
        assert customer.get(back).headers["Location"] == after("signed-in")


def test_everything_may_live_under_a_path(small_catalog: Catalog) -> None:
    app, practice = practising(small_catalog, Liar(), f"{ORIGIN}/sign-in")
    customer = Customer(app, practice)
    started = customer.post("/sign-in/auth/start", form_of(PAGE, address=INVITED))
    back = customer.at_provider(onward(started), who=INVITED)

    assert "Path=/sign-in/auth/;" in started.headers["Set-Cookie"]
    assert back.startswith("/sign-in/auth/callback?")
    assert customer.get(back).headers["Location"] == f"/sign-in{after('signed-in')}"


def test_a_hundred_answers_come_back_whole_or_as_shorter_ones_that_mean_the_same(customer: Customer) -> None:
    for rounds in (10, 60, 90):
        page = f"/ja/small/begin.again/{'menu.other/circle.back/' * rounds}menu.typed/"
        response = customer.sign_in(page, who=INVITED)
        assert response.headers["Location"] in (
            after("signed-in", page),
            "/ja/small/begin.again/menu.typed/try.signed-in/",
        )
        assert customer.get(response.headers["Location"]).status_code == 200


def test_who_signs_out_is_led_to_the_provider_and_back(customer: Customer) -> None:
    offered = customer.get("/auth/end?language=en")
    assert 'action="/auth/end"' in offered.text
    customer.start()
    leaving = customer.post("/auth/end", {"language": "en"})
    address = onward(leaving)
    page = customer.practice.app.test_client().get(urlsplit(address).path, query_string=urlsplit(address).query)
    back = str(BeautifulSoup(page.text, "html.parser").select_one("main .button")["href"])  # type: ignore[index]  # a link
    done = customer.get(back.removeprefix(ORIGIN))

    assert customer.pending == []
    assert "You are signed out" in words(done.text)
    assert done.headers["Cache-Control"] == "no-store"


def test_the_page_about_signing_out_speaks_the_language_asked_for(customer: Customer) -> None:
    assert "Sign out" in words(customer.get("/auth/end?language=en").text)
    assert "サインアウト" in words(customer.get("/auth/end?language=ja").text)
    assert "Sign out" in words(customer.get("/auth/end?language=xx", **{"Accept-Language": "en"}).text)
    assert "You are signed out" not in words(customer.get("/auth/end?language=en&state=made-up").text)


def test_every_page_leads_to_the_one_about_signing_out(customer: Customer) -> None:
    for page in ("/ja/small/", PAGE, "/en/small/begin.first/"):
        soup = BeautifulSoup(customer.get(page).get_data(), "html.parser")
        assert soup.select_one(f'footer a[href$="auth/end?language={page[1:3]}"]') is not None


def test_without_a_tenant_the_page_says_what_is_missing_and_leads_to_the_service(small: Flask) -> None:
    page = ask(small, PAGE)

    assert "サインインの設定がない" in page.one(".invoke").get_text()
    assert page.soup.select('form[action$="auth/start"]') == []
    assert [choice.trigger for choice in page.choices] == ["no-return", "error", "lost"]


def test_without_a_tenant_the_page_links_to_the_service_once_its_address_is_known(shipped: Catalog) -> None:
    app = create_app(Config(facts={"service-address": FactValue({"": "https://service.example.com/"})}), shipped)
    page = ask(app, ask(app, "/ja/68").location)

    assert page.state == "try-sign-in"
    assert [link["href"] for link in page.soup.select(".invoke > p a")] == ["https://service.example.com/"]


def test_without_a_tenant_no_address_of_the_sign_in_is_a_fault(small: Flask) -> None:
    client = small.test_client()
    headers = {"Origin": ORIGIN}

    assert client.post("/auth/start", base_url=ORIGIN, data=form_of(PAGE), headers=headers).headers["Location"] == PAGE
    assert client.get("/auth/callback?code=c&state=s", base_url=ORIGIN).status_code == 400
    assert client.get("/auth/result", base_url=ORIGIN).status_code == 410
    assert client.get("/auth/end", base_url=ORIGIN).status_code == 200
    assert client.post("/auth/end", base_url=ORIGIN, headers=headers).status_code == 200


def test_a_page_to_practise_on_says_so(customer: Customer) -> None:
    assert "練習用です。" in words(customer.get(PAGE).text)


def test_an_earlier_sign_in_can_be_answered_otherwise_without_a_form(customer: Customer) -> None:
    soup = BeautifulSoup(customer.get(f"{after('signed-in')}?change=3").get_data(), "html.parser")

    assert soup.select("form") == []
    assert [link["href"] for link in soup.select(".again a")] == ["../"]


def test_nothing_personal_is_in_any_address_cookie_or_log(customer: Customer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    planted = "planted.person@customer.example"
    for who in (planted, OTHER):
        address = customer.start(address=planted)
        state = dict(parse_qsl(urlsplit(address).query))["state"]
        for cookie in (customer.cookie(name) for name in customer.pending):
            assert "planted" not in cookie
        back = customer.at_provider(address, who=who)
        code = dict(parse_qsl(urlsplit(back).query))["code"]
        response = customer.get(back)
        assert "planted" not in response.headers["Location"] + str(response.headers.getlist("Set-Cookie"))
        assert code not in response.headers["Location"] + caplog.text
        assert state not in caplog.text
    customer.get("/auth/result")
    customer.get("/auth/callback?state=planted&code=planted")
    ours = [record.getMessage() for record in caplog.records]

    assert "planted" not in caplog.text
    assert any("sign-in from page 4: signed-in" in line for line in ours)


def test_a_fault_of_ours_names_no_query(
    customer: Customer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = customer.at_provider(customer.start(address="planted@customer.example"), who=INVITED)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("assistant.signin.SignIn.complete", broken)
    response = customer.get(back)

    assert response.status_code == 500
    assert "/auth/callback failed" in caplog.text
    assert "state=" not in caplog.text
    assert "planted" not in caplog.text


def test_operators_see_how_sign_ins_ended_and_nothing_of_whom(customer: Customer) -> None:
    for how in ("signed-in", "signed-in", "declined", "code-50020", "code-53003"):
        customer.sign_in(how=how)
    lines = customer.get("/metrics").text.splitlines()

    assert [line for line in lines if line.startswith("assistant_sign_ins_total")] == [
        'assistant_sign_ins_total{result="code"} 2',
        'assistant_sign_ins_total{result="declined"} 1',
        'assistant_sign_ins_total{result="signed-in"} 2',
    ]


@pytest.mark.parametrize("typed", ["", " ", "\u3000"])
def test_no_address_is_none(typed: str) -> None:
    assert read_address(typed) is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [("anata@example.co.jp", "a***@e***.co.jp"), ("a@b.example", "a***@b***.example"), ("guest", "g***"), ("", "***")],
)
def test_a_masked_address_shows_letters_enough_for_its_owner_only(address: str, shown: str) -> None:
    assert masked(address) == shown


@pytest.mark.parametrize("typed", ["<a@b.example>", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"])
def test_more_than_an_address_is_none(typed: str) -> None:
    with pytest.raises(NotAnAddress):
        read_address(typed)
