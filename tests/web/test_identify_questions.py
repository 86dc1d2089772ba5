"""Telling screens apart by questions: three at most, every answer leads on, and no address holds more than ids."""

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.catalog import Catalog
from assistant.web.identify.asked import Asked, parse_asked
from tests.web.asking import Answer, ask
from tests.web.identifying import START, link, offered, ways

ALL = f"{START}?among=all"
SCREENS = ("a", "b", "c", "d")
LABELS = ("はい", "いいえ", "わからない")


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("among=b,a", "among=a,b"),
        ("among=a,x,b", "among=a,b"),
        ("among=a,a", "among=a"),
        ("among=a%2Cb", "among=a,b"),
        ("among=", "among=all"),
        ("among=x", "among=all"),
        ("among=a,b,c,d", "among=all"),
        ("among=all,a", "among=all"),
        ("not=c,a&among=all", "among=all&not=a,c"),
        ("among=b,d&not=a,c", "among=all&not=a,c"),
        ("among=a,b&not=a,c", "among=b&not=a,c"),
        ("among=a,b&asked=9&unsure=3", "among=a,b&asked=3&unsure=3"),
        ("among=a,b&asked=x&unsure=-1", "among=a,b"),
        ("screen=en&among=a,b", "among=a,b&screen=en"),
        ("among=a,b&utm=1", "among=a,b"),
    ],
)
def test_every_question_has_one_spelling(query: str, canonical: str) -> None:
    asked = parse_asked(query, SCREENS)
    assert asked is not None

    assert asked.query("en" if "screen=en" in query else None) == canonical
    assert parse_asked(canonical, SCREENS) == asked


def test_a_query_without_screens_asks_nothing() -> None:
    assert parse_asked("", SCREENS) is parse_asked("screen=en&asked=1", SCREENS) is None


@given(st.text("abcdx,&=amongskedutr123%", max_size=80))
@settings(max_examples=500)
def test_whatever_stands_in_a_query_has_a_canonical_spelling(query: str) -> None:
    asked = parse_asked(f"among=a&{query}", SCREENS)

    assert asked is not None
    assert parse_asked(asked.query(None), SCREENS) == asked


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("among=account-picker,email-entry", "among=email-entry,account-picker"),
        ("among=email-entry,nothing", "among=email-entry"),
        ("among=all&x=1", "among=all"),
        ("among=all&screen=ja", "among=all"),
        ("screen=en&among=all", "among=all&screen=en"),
    ],
)
def test_another_spelling_is_redirected(app: Flask, query: str, canonical: str) -> None:
    answer = ask(app, f"{START}?{query}")

    assert (answer.status, answer.location) == (302, f"{START}?{canonical}")


def test_a_question_is_asked_in_the_language_of_the_guide_with_the_words_of_the_drawings(app: Flask) -> None:
    found = [
        element
        for target in walk(app, "/ja/login/identify/?among=all&screen=en")
        for element in ask(app, target).soup.select("h1 span")
    ]

    assert found
    assert {str(element["lang"]) for element in found} == {"en"}


def walk(app: Flask, start: str) -> dict[str, Answer]:
    """All pages that the answers to questions lead to from a page."""
    seen: dict[str, Answer] = {}
    waiting = [start]
    while waiting:
        target = waiting.pop()
        if target not in seen:
            seen[target] = ask(app, target)
            waiting += [each.target for each in seen[target].links(".in-a-row a")]
    return seen


@pytest.fixture(scope="module")
def questions(app: Flask) -> dict[str, Answer]:
    """Every page that can be reached from the question about all screens."""
    return walk(app, ALL)


def test_every_answer_leads_to_a_page_that_goes_on(questions: dict[str, Answer]) -> None:
    for page in questions.values():
        assert page.status == 200
        assert page.words(".in-a-row a") == list(LABELS) or offered(page)
        assert page.words(".others a")


def test_there_are_three_questions_at_most(app: Flask) -> None:
    waiting = [(ALL, 0)]
    while waiting:
        target, answered = waiting.pop()
        following = ask(app, target).links(".in-a-row a")
        assert answered < 3 or not following
        waiting += [(each.target, answered + 1) for each in following]


def test_honest_answers_keep_the_screen_among_those_shown(app: Flask, shipped: Catalog) -> None:
    lost = [screen for screen in shipped.common.screens if screen not in offered(honest(app, shipped, screen))]

    assert lost == []


def honest(app: Flask, shipped: Catalog, screen: str) -> Answer:
    """The last page for somebody who looks at a screen and answers by what stands there."""
    page = ask(app, ALL)
    while links := page.links(".in-a-row a"):
        asked = parse_asked(links[0].target.partition("?")[2], tuple(shipped.common.screens))
        assert asked is not None
        page = ask(app, links[0 if screen in asked.remaining(shipped.common.screens) else 1].target)
    return page


def test_a_question_that_cannot_be_answered_makes_room_for_the_next(app: Flask) -> None:
    first = ask(app, ALL)
    second = ask(app, link(first, "わからない"))

    assert second.words("h1") != first.words("h1")
    assert second.target == f"{ALL}&asked=1&unsure=1"


def test_few_screens_are_shown_at_once_and_all_lead_on(app: Flask) -> None:
    page = ask(app, f"{START}?among=email-entry,account-picker")

    assert offered(page) == ["email-entry", "account-picker"]
    assert ways(page).items() <= ways(ask(app, f"{START}all/")).items()
    assert link(page, "どれでもない") == f"{ALL}&not=email-entry,account-picker"


def test_what_was_none_of_them_is_not_shown_again(app: Flask) -> None:
    seen: set[str] = set()
    page = ask(app, ALL)
    for _ in range(60):
        if page.links(".in-a-row a"):
            page = ask(app, link(page, "わからない"))
        elif offered(page):
            assert seen.isdisjoint(offered(page))
            seen |= set(offered(page))
            page = ask(app, link(page, "どれでもない"))
        else:
            break

    assert seen == set(offered(ask(app, f"{START}all/")))
    assert page.words("h1") == ["絵は、これで全部です"]
    assert page.words(".others a")


def test_more_than_can_be_looked_at_lead_to_all_pictures(app: Flask) -> None:
    page = ask(app, f"{ALL}&asked=3")

    assert len(offered(page)) == 18
    assert link(page, "ほかの絵も見る") == f"{START}all/"


def test_all_pictures_are_grouped_by_stage_and_name_each_screen_once(app: Flask, shipped: Catalog) -> None:
    page = ask(app, f"{START}all/")

    assert sorted(offered(page)) == sorted(shipped.common.screens)
    assert page.words("h2.ask")[:3] == [
        "①アカウント入力・選択",
        "②パスワード・ワンタイムパスワード・アプリ認証",
        "③Microsoft規約への同意",
    ]
    assert {figure["class"][-1] for figure in page.soup.select("figure")} == {"drawing--small"}


def test_all_pictures_lead_by_every_error_number_too(app: Flask, shipped: Catalog) -> None:
    page = ask(app, f"{START}all/")
    links = {str(item["data-number"]): item.a for item in page.soup.select("li[data-number]")}

    assert set(links) == set(shipped.common.codes) - {"unknown"}
    for number, found in links.items():
        assert found is not None
        assert ask(app, page.resolved(str(found["href"]))).status == 200
        assert f"code-{number}/" in str(found["href"])


def test_answers_narrow_what_it_may_be() -> None:
    asked = Asked(("a", "b"), ("c",), 1, 2)

    assert asked.narrowed(("a",)) == Asked(("a",), ("c",), 2, 0)
    assert asked.none_of(["a"], SCREENS) == Asked(None, ("a", "c"))
    assert Asked().remaining(SCREENS) == SCREENS
