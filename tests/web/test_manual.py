"""A whole flow as one page to print: everything is in it, every way leads on, and guards are told in words."""

import pytest
from flask import Flask

from assistant import resources
from assistant.catalog import Catalog, Guide
from assistant.flow.guard import AllOf, Answered, AnyOf, Guard, Not
from assistant.web.manual.condition import Conditions
from assistant.web.speech import Speech
from assistant.web.templating import Templates
from tests.web.asking import Answer, ask, spoken

LANGUAGES = ("ja", "en")


@pytest.fixture(scope="module", params=LANGUAGES)
def manual(request: pytest.FixtureRequest, app: Flask) -> Answer:
    return ask(app.wsgi_app, f"/{request.param}/login/manual/")


@pytest.fixture(scope="module")
def conditions(shipped: Catalog, guide: Guide) -> Conditions:
    words = Templates(resources.folder("templates")).words("ja")
    numbers = {name: state.no for name, state in guide.engine.flow.states.items()}
    return Conditions(Speech(shipped, guide, words, {}, "ja"), numbers)


def test_every_state_has_its_place_once(manual: Answer, guide: Guide) -> None:
    states = [str(page["data-state"]) for page in manual.soup.select("article.page")]

    assert sorted(states) == sorted(n for n, state in guide.engine.flow.states.items() if state.gone is None)


def test_every_link_inside_leads_to_one_place(manual: Answer) -> None:
    places = [str(element["id"]) for element in manual.soup.select("[id]")]
    led_to = {str(link["href"])[1:] for link in manual.soup.select('a[href^="#"]')}

    assert (led_to - set(places), len(places) - len(set(places))) == (set(), 0)


def test_every_choice_leads_to_the_pages_that_the_flow_names(manual: Answer, guide: Guide) -> None:
    flow = guide.engine.flow
    for name, state in flow.states.items():
        page = manual.one(f'article[data-state="{name}"]')
        led_to = [str(link["href"]) for link in page.select(".ways a")]
        expected = [f"#page-{flow.states[to.to].no}" for choice in state.choices.values() for to in choice.to]

        assert led_to[: len(expected)] == expected


def test_a_state_with_a_screen_shows_its_drawing(manual: Answer, guide: Guide) -> None:
    drawn = {str(page["data-state"]) for page in manual.soup.select("article.page:has(figure.drawing)")}

    assert drawn == {name for name, state in guide.engine.flow.states.items() if state.screen}


def test_chapters_are_the_stages_in_their_order_and_the_outcomes_come_last(app: Flask) -> None:
    manual = ask(app.wsgi_app, "/ja/login/manual/")

    assert manual.words(".chapter > h2") == [
        "はじめに",
        "①アカウント入力・選択",
        "②パスワード・ワンタイムパスワード・アプリ認証",
        "③Microsoft規約への同意",
        "どの段階でも・困ったとき",
        "ログインできました",
        "会社のシステム管理者に頼みます",
        "サービスの窓口に頼みます",
        "注",
        "エラー番号から進むとき",
    ]


def test_inside_a_stage_states_stand_where_the_manual_speaks_of_them(app: Flask, guide: Guide) -> None:
    manual = ask(app.wsgi_app, "/ja/login/manual/")
    states = guide.engine.flow.states
    for chapter in manual.soup.select(".chapter"):
        sources = [states[str(page["data-state"])].source for page in chapter.select("article.page")]
        lines = [min(source.lines()) for source in sources if source]

        assert lines == sorted(lines)


def test_a_paragraph_for_some_says_for_whom_it_is(app: Flask) -> None:
    manual = ask(app.wsgi_app, "/ja/login/manual/")
    page = manual.one('article[data-state="open-service"]')

    assert "2 で「このパソコンでは、はじめて使う」と答えたとき:" in map(spoken, page.select("p.condition"))


# What page 2 was answered, and how that reads.
FIRST, AGAIN = Answered("pc-history", ("first",)), Answered("pc-history", ("returning", "unsure"))

GIVEN, NOT_GIVEN = (f"2 で「このパソコンでは、はじめて使う」と{end}" for end in ("答えた", "答えていない"))
AGAIN_GIVEN = "2 で「このパソコンで、前に使ったことがある」か「どちらかわからない」と答えた"


@pytest.mark.parametrize(
    ("guard", "said"),
    [
        (None, None),
        (FIRST, f"{GIVEN}とき"),
        (Not(FIRST), f"{NOT_GIVEN}とき"),
        (Not(Not(FIRST)), f"{GIVEN}とき"),
        (AGAIN, f"{AGAIN_GIVEN}とき"),
        (AllOf((Not(FIRST), AGAIN)), f"{NOT_GIVEN}、そして {AGAIN_GIVEN}とき"),
        (Not(AnyOf((FIRST, FIRST))), f"{NOT_GIVEN}、そして {NOT_GIVEN}とき"),
        (Not(AllOf((FIRST, Not(AGAIN)))), f"{NOT_GIVEN}、または {AGAIN_GIVEN}とき"),
    ],
)
def test_a_guard_is_told_in_words(conditions: Conditions, guard: Guard | None, said: str | None) -> None:
    assert conditions.said(guard) == said


def test_the_page_can_be_kept_like_any_page_of_the_guide(app: Flask) -> None:
    manual = ask(app.wsgi_app, "/ja/login/manual/")
    again = ask(app.wsgi_app, "/ja/login/manual/", if_none_match=manual.headers["ETag"])

    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", manual.headers["ETag"])
    assert (manual.headers["Cache-Control"], manual.headers["X-Robots-Tag"]) == ("public, no-cache", "noindex")


@pytest.mark.parametrize(
    "spelled", ["/ja/login/manual", "/JA/login/manual/", "//ja/login/manual/", "/ja/login/MANUAL/"]
)
def test_another_spelling_leads_to_the_one_address(app: Flask, spelled: str) -> None:
    answer = ask(app.wsgi_app, f"/{spelled}")

    assert (answer.status, answer.location) == (308, "/ja/login/manual/")


@pytest.mark.parametrize("unknown", ["/fr/login/manual/", "/ja/nowhere/manual/"])
def test_an_unknown_language_or_flow_is_not_found(app: Flask, unknown: str) -> None:
    assert ask(app.wsgi_app, unknown).status == 404


def test_drawings_follow_the_language_of_the_readers_screens(app: Flask) -> None:
    manual = ask(app.wsgi_app, "/ja/login/manual/?screen=en")

    languages = {str(frame["lang"]) for frame in manual.soup.select(".drawing-frame")}
    assert languages == {"en"}
    assert "[Sign in]" in manual.one('article[data-state="password-entry"]').get_text()


def test_the_first_page_of_a_guide_offers_it(app: Flask) -> None:
    first = ask(app.wsgi_app, "/ja/login/")

    assert "/ja/login/manual/" in [link.target for link in first.links()]
