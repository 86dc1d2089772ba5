"""Addresses of the guide: which are pages, which lead elsewhere, and that none leads to another host."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalog import open_catalog
from assistant.config import Config
from assistant.web import create_app
from assistant.web.address import MAXIMUM_PATH
from tests.web.asking import SMALL_FLOWS, ask

MENU = "/ja/small/begin.first/"
LONGEST = "once-more-with-a-name-as-long-as-allowed"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ja", "ja"),
        ("en-GB,en;q=0.9,ja;q=0.1", "en"),
        ("fr,ja;q=0.5", "ja"),
        ("fr-FR", "en"),
        ("", "ja"),
        (";;q=", "en"),
    ],
)
def test_the_root_leads_into_the_only_flow_in_the_language_of_the_browser(
    small: Flask, accepted: str, language: str
) -> None:
    answer = ask(small, "/", accept_language=accepted)

    assert (answer.status, answer.location) == (302, f"/{language}/small/")
    assert answer.headers["Vary"] == "Accept-Language"


@pytest.fixture(scope="module")
def two_flows(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The small flow and a smaller one, which comes before it in the alphabet."""
    folder = Path(shutil.copytree(SMALL_FLOWS, tmp_path_factory.mktemp("two") / "flows"))
    (folder / "also").mkdir()
    also = "title: もう一つ\nlanguage: ja\nstart: end\nstates: {end: {no: 70, title: 終わり, outcome: resolved}}\n"
    (folder / "also" / "flow.yaml").write_text(also, encoding="utf-8")
    return create_app(Config(), open_catalog(folder))


def test_with_two_flows_the_root_leads_to_the_list_of_those_that_speak_the_language(two_flows: Flask) -> None:
    assert ask(two_flows, "/", accept_language="en").location == "/en/"
    assert [link.target for link in ask(two_flows, "/en/").links(".choices a")] == ["/en/small/"]
    assert ask(two_flows, "/en/also/").status == 404


def test_flows_are_listed_by_the_numbers_of_their_first_pages_with_what_those_say_first(two_flows: Flask) -> None:
    listed = ask(two_flows, "/ja/")
    described = json.loads(ask(two_flows, "/api/v1/ja/").body)

    assert [link.target for link in listed.links(".choices a")] == ["/ja/small/", "/ja/also/"]
    assert [item.get_text(" ", strip=True) for item in listed.soup.select(".choices li")] == [
        "小さなご案内 いまの状況を選びます。",
        "もう一つ",
    ]
    assert [flow["flow"] for flow in described["flows"]] == ["small", "also"]


def test_pages_of_ones_own_name_the_helpdesk_where_there_are_two_flows(two_flows: Flask, small: Flask) -> None:
    alone, beside = (ask(app, "/auth/end?language=ja").soup.select_one("footer") for app in (small, two_flows))

    assert beside == alone
    assert "電話" in str(beside)


@pytest.mark.parametrize("typed", ["/3", "/3/", "/３", "/%EF%BC%93", "/ja/3", "/ja/３/", "//3", "/JA/0003"])
def test_a_number_leads_to_the_shortest_answers_however_it_is_typed(small: Flask, typed: str) -> None:
    answer = ask(small, quote(typed, safe="/%"), accept_language="ja")

    assert (answer.status, answer.location) == (302, "/ja/small/begin.again/menu.other/")


def test_a_number_is_shown_in_the_language_that_the_address_names(small: Flask) -> None:
    assert ask(small, "/en/2", accept_language="ja").location == "/en/small/begin.again/"
    assert ask(small, "/2", accept_language="en").location == "/en/small/begin.again/"


@pytest.mark.parametrize("typed", ["/0", "/8", "/99999", "/-1", "/1.0", "/%D9%A3", "/xx/3"])
def test_a_number_that_no_state_has_is_not_found(small: Flask, typed: str) -> None:
    assert ask(small, typed).status == 404


def test_the_number_of_a_removed_state_leads_to_its_successor(small: Flask) -> None:
    assert ask(small, "/7", accept_language="ja").location == ask(small, "/2", accept_language="ja").location


@pytest.mark.parametrize(
    "typed",
    [
        MENU[:-1],
        f"/{MENU}",
        "/ja//small///begin.first/",
        "/JA/Small/Begin.FIRST/",
        "/ja/small/begin%2Efirst/",
        "/%6aa/small/begin.first/",
        "/ja/small/%20begin.first/",
        "/ja/small/ｂｅｇｉｎ．ｆｉｒｓｔ/",
        "/ja/small／begin.first/",
    ],
)
def test_another_spelling_leads_for_good_to_the_one_that_is_a_page(small: Flask, typed: str) -> None:
    answer = ask(small, quote(typed, safe="/%") + "?screen=en")

    assert (answer.status, answer.location) == (308, f"{MENU}?screen=en")


def test_another_spelling_leads_to_the_page_even_if_that_page_was_met_before(small: Flask) -> None:
    ask(small, MENU)

    assert ask(small, "/ja/small/begin%2Efirst/").status == 308


def test_languages_have_one_spelling_too(small: Flask) -> None:
    assert {(answer.status, answer.location) for answer in (ask(small, "/ja"), ask(small, "/JA/"))} == {(308, "/ja/")}


@pytest.mark.parametrize(
    "path", ["/xx/", "/xx/small/", "/ja/nothing/", "/nothing", "/ja/nothing/begin.first/", "/%ff/"]
)
def test_an_unknown_language_or_flow_is_not_found(small: Flask, path: str) -> None:
    assert ask(small, path).status == 404


@pytest.mark.parametrize(
    ("answers", "furthest"),
    [
        ("begin.nonsense/", ""),
        ("begin.first/menu.special/", "begin.first/"),
        (
            "begin.first/menu.typed/circle.back/menu.typed/try.no-return/",
            "begin.first/menu.typed/circle.back/menu.typed/",
        ),
        ("begin.first/done.more/", "begin.first/"),
        ("begin.first/identify/x/", "begin.first/"),
        ("begin.again/removed.first/", "begin.again/"),
        ("%00/", ""),
        ("%ff%fe.x/", ""),
        ("../../", ""),
        ("begin.first/" + "menu." + "x" * 5000 + "/", "begin.first/"),
    ],
)
def test_answers_that_no_longer_fit_lead_as_far_as_they_do_and_the_page_says_so(
    small: Flask, answers: str, furthest: str
) -> None:
    answer = ask(small, f"/ja/small/{answers}")

    assert (answer.status, answer.location) == (302, f"/ja/small/{furthest}?changed")
    assert "新しくなりました" in ask(small, answer.location).one(".notice").get_text()


def test_a_changed_guide_keeps_the_screens_of_the_reader(small: Flask) -> None:
    assert ask(small, "/ja/small/begin.x/?screen=en").location == "/ja/small/?changed&screen=en"


def test_the_old_name_of_a_state_leads_for_good_to_its_present_one(small: Flask) -> None:
    answer = ask(small, f"{MENU}old-menu.other/circle.back/old-menu.typed/")

    assert (answer.status, answer.location) == (308, f"{MENU}menu.other/circle.back/menu.typed/")
    assert ask(small, answer.location).state == "circle"


def test_a_real_result_of_a_sign_in_is_an_answer_even_without_a_branch_of_its_own(small: Flask) -> None:
    path = "/ja/small/begin.again/menu.typed/try."

    states = [ask(small, f"{path}{result}/").state for result in ("signed-in", "cancelled", "code-50020", "default")]
    assert states == ["done", "help", "help", "help"]
    assert ask(small, f"{path}invented/").status == 302


def test_a_path_that_no_link_of_ours_can_have_is_too_long(small: Flask) -> None:
    assert ask(small, "/ja/small/" + "x" * 10_000).status == 414


def test_a_path_beyond_the_limit_leads_to_shorter_answers_with_the_same_page(small: Flask) -> None:
    path = f"{MENU}menu.typed/" + f"circle.{LONGEST}/" * 80
    assert len(path) > MAXIMUM_PATH

    answer = ask(small, path)
    assert (answer.status, answer.location) == (302, f"{MENU}menu.typed/")


def test_a_walk_in_circles_never_meets_a_link_beyond_the_limit(small: Flask) -> None:
    target = f"{MENU}menu.typed/" + f"circle.{LONGEST}/" * 65
    lengths = []

    for _ in range(12):
        page = ask(small, target)
        assert (page.status, page.state) == (200, "circle")
        lengths.append(len(target))
        changing = ask(small, f"{target}?change={target.count('/') - 4}")
        assert changing.status == 200
        for link in page.links() + changing.links():
            assert len(link.target.partition("?")[0]) <= MAXIMUM_PATH
            assert link.trigger is None or link.target == f"{target}circle.{link.trigger}/"
        target = next(link.target for link in page.choices if link.words == "もう一度")

    assert MAXIMUM_PATH - len(f"circle.{LONGEST}/") < max(lengths) <= MAXIMUM_PATH
    assert min(lengths) == len(f"{MENU}menu.typed/"), "the way round did not lead to the shortest answers"


@pytest.mark.parametrize(
    "path", ["//evil.com", "//evil.com/%2e%2e", "///evil.com/", "/%2F%2Fevil.com/", "/\\evil.com", "/ja//evil.com"]
)
def test_no_address_leads_to_another_host(small: Flask, path: str) -> None:
    answer = ask(small, path)

    assert answer.status == 404


@given(path=st.text(alphabet=st.sampled_from("/／.\\%0aAあj１27?&=;:@begin small\x7f\xa0"), max_size=30))
def test_whatever_is_typed_is_answered_and_leads_nowhere_else(small: Flask, path: str) -> None:
    answer = ask(small, "/" + quote(path, safe="/%?&=;:@\\"))

    assert answer.status in {200, 302, 308, 404}
    if "Location" in answer.headers:
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith(("//", "/\\"))


@given(path=st.binary(max_size=40), query=st.binary(max_size=20))
def test_whatever_bytes_are_sent_no_redirect_leads_to_itself(small: Flask, path: bytes, query: bytes) -> None:
    for start in ("/", "/ja/small/", "/api/v1/", "/api/v1/ja/small/"):
        target = f"{start}{quote(path)}?{quote(query)}"
        answer = ask(small, target)
        for _ in range(4):
            if "Location" not in answer.headers:
                break
            answer = ask(small, answer.location)

        assert answer.status in {200, 404}


def test_a_head_request_is_answered_like_a_get_without_the_page(small: Flask) -> None:
    for target in ("/ja/small/begin.again/?screen=en", "/", "/ja", "/ja/nothing/", "/api/v1/en/small/", "/healthz"):
        head, get = ask(small, target, "HEAD"), ask(small, target)

        assert head.body == b""
        assert (head.status, head.headers) == (get.status, get.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("target", ["/", MENU, "/ja/small", "/3", "/api/v1/ja/small/", "/healthz"])
def test_nothing_but_reading_is_allowed(small: Flask, method: str, target: str) -> None:
    answer = ask(small, target, method)

    assert answer.status == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("taken_off", [True, False], ids=["proxy takes the prefix off", "proxy keeps the prefix"])
def test_everything_may_live_under_a_path(build: Callable[..., Flask], taken_off: bool) -> None:
    app = build(base_url="https://help.example.com/sign/in")

    def through_proxy(target: str) -> str:
        assert target.startswith("/sign/in/")
        return target.removeprefix("/sign/in") if taken_off else target

    seen, waiting = set[str](), ["/sign/in/ja/small/begin.again/menu.typed/"]
    while waiting:
        target = waiting.pop()
        if target in seen or len(seen) > 40 or target.startswith(("http", "mailto:")):
            continue
        seen.add(target)
        answer = ask(app, through_proxy(target))
        assert answer.status == 200
        if answer.headers["Content-Type"].startswith("text/html"):
            # The browser knows the page by the address with the prefix.
            page = type(answer)(target, answer.status, answer.headers, answer.body)
            waiting += [*(link.target for link in page.links()), *page.resources]

    assert any("/static/" in target for target in seen)
    assert any(target.startswith("/sign/in/en/small/") for target in seen)
    for spelled in ("/sign/in/", "/sign/in/ja", "/sign/in/3", "/sign/in/ja/small/begin.x/", "/sign/in/api/v1/ja"):
        assert ask(app, through_proxy(spelled)).headers["Location"].startswith("/sign/in/")
    for link in ask(app, through_proxy("/sign/in/ja/nothing/")).links():
        assert link.target in {"/sign/in/ja/", "/sign/in/en/"}
