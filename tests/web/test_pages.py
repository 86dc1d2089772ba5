"""What stands on a guide page: the state, its choices, the way back, earlier answers, screens and languages."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask import Flask

from assistant.catalog import Guide
from assistant.flow.model import Answer as Step
from assistant.web.address import guide_path
from tests.web.asking import Answer, Link, ask

MENU = "/ja/small/begin.again/"
LONG_WAY = "/ja/small/begin.first/menu.typed/circle.back/menu.other/circle.back/menu.typed/"


def steps(target: str) -> list[Step]:
    return [Step(*part.split(".")) for part in urlsplit(target).path.split("/")[3:-1]]


def screens_kept(link: Link) -> bool:
    return parse_qs(urlsplit(link.target).query).get("screen") == ["en"]


def test_a_page_names_flow_version_state_and_number_for_programs(small: Flask) -> None:
    page = ask(small, f"{MENU}menu.other/")

    data = {name: value for name, value in page.main.attrs.items() if name.startswith("data-")}
    assert data == {
        "data-flow": "small",
        "data-version": page.headers["ETag"].split('"')[1],
        "data-state": "circle",
        "data-number": "3",
    }
    assert "3" in page.words("footer .number")[0].split()


def test_exactly_the_links_that_append_one_answer_carry_their_trigger(small: Flask) -> None:
    for target in (MENU, f"{MENU}?screen=en", LONG_WAY, "/ja/small/", f"{MENU}menu.typed/try.default/"):
        page = ask(small, target)
        here = urlsplit(target).path
        for link in page.links():
            appended = re.fullmatch(re.escape(here) + rf"{page.state}\.([a-z-]+)/", urlsplit(link.target).path)
            assert link.trigger == (appended and appended.group(1))


def test_open_choices_stand_in_the_authors_order_and_the_lost_come_last(small: Flask) -> None:
    triggers = [link.trigger for link in ask(small, MENU).choices]
    without_the_guarded = [link.trigger for link in ask(small, "/ja/small/begin.first/").choices]

    assert triggers == ["typed", "other", "special", "lost"]
    assert without_the_guarded == ["typed", "other", "lost"]


def test_paragraphs_and_notes_depend_on_earlier_answers(small: Flask) -> None:
    again, first = ask(small, MENU), ask(small, "/ja/small/begin.first/")

    assert "前と同じものを選びます。" in again.main.get_text()
    assert "前と同じものを選びます。" not in first.main.get_text()
    assert (again.words("summary"), first.words("summary")) == ([], ["はじめての方へ"])


def test_what_an_author_writes_is_shown_and_never_run(small: Flask) -> None:
    page = ask(small, f"{MENU}menu.typed/")

    assert "<b>試します</b> & 待ちます。" in page.main.get_text()


def test_back_leads_to_the_answers_without_the_last_one(small: Flask) -> None:
    assert ask(small, "/ja/small/").back is None
    assert ask(small, MENU).back == "/ja/small/"
    assert ask(small, f"{MENU}menu.other/?screen=en").back == f"{MENU}?screen=en"


def test_earlier_answers_are_listed_with_a_link_to_change_each(small: Flask) -> None:
    page = ask(small, LONG_WAY)

    assert page.words(".answers .given")[:2] == ["はじめて使う", "[サインイン] を押した"]
    assert [link.target for link in page.links(".answers a")] == [f"{LONG_WAY}?change={n}" for n in range(1, 7)]
    assert page.words(".answers .of") == ["1", "2", "3", "4", "5", "6"]
    assert ask(small, "/ja/small/").soup.select(".answers") == []


def test_starting_again_leads_to_the_first_page(small: Flask) -> None:
    assert [link.target for link in ask(small, LONG_WAY).links(".start a")] == ["/ja/small/"]
    assert [link.target for link in ask(small, f"{MENU}?screen=en").links(".start a")] == ["/ja/small/?screen=en"]
    assert ask(small, "/ja/small/").links(".start a") == []


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_changing_an_answer_shows_that_question_again_and_leads_to_what_revise_keeps(
    small: Flask, small_guide: Guide, number: int
) -> None:
    engine, answers = small_guide.engine, steps(LONG_WAY)

    page = ask(small, f"{LONG_WAY}?change={number}")

    before = engine.replay(answers[: number - 1])
    revised = [engine.revise(answers, number - 1, trigger) for trigger, _ in engine.open_choices(before)]
    assert page.state == answers[number - 1].state
    assert [link.target for link in page.choices] == [guide_path("ja", "small", kept) for kept in revised]
    assert [link.trigger for link in page.links()] == [None] * len(page.links())
    assert page.back == LONG_WAY
    assert page.soup.select(".notice") != []


def test_changing_an_answer_keeps_the_later_ones_that_still_fit(small: Flask) -> None:
    page = ask(small, f"{MENU}menu.special/circle.done/?change=1")

    targets = {link.words: link.target for link in page.choices}
    assert targets["前にも使った 前の答え"] == f"{MENU}menu.special/circle.done/"
    assert targets["はじめて使う"] == "/ja/small/begin.first/"


def test_the_reader_keeps_the_earlier_question_when_the_screens_change_language(small: Flask) -> None:
    page = ask(small, f"{MENU}menu.special/?change=2")

    assert f"{MENU}menu.special/?change=2&screen=en" in [link.target for link in page.links(".screen-languages a")]


@pytest.mark.parametrize("change", ["0", "-1", "x", "1e1", "%EF%BC%91", "", "00001"])
def test_a_change_that_is_no_number_of_an_answer_shows_the_position_itself(small: Flask, change: str) -> None:
    assert ask(small, f"{MENU}?change={change}").state == "menu"


def test_a_change_of_an_answer_that_was_not_given_leads_to_the_position_itself(small: Flask) -> None:
    answer = ask(small, f"{MENU}?change=2&screen=en")

    assert (answer.status, answer.location) == (302, f"{MENU}?screen=en")


def test_the_readers_screens_change_drawing_and_labels_but_not_the_guides_language(small: Flask) -> None:
    japanese, english = ask(small, MENU), ask(small, f"{MENU}?screen=en")

    assert drawn(japanese) == ["パスワードの入力", "パスワード", "サインイン"]
    assert drawn(english) == ["Enter password", "Password", "Sign in"]
    assert japanese.words("h1, .button-name") == ["「パスワードの入力」が出ましたか", "[サインイン]", "[サインイン]"]
    assert english.words("h1, .button-name") == ["「Enter password」が出ましたか", "[Sign in]", "[Sign in]"]
    assert english.soup.html is not None
    assert english.soup.html["lang"] == "ja"


def drawn(page: Answer) -> list[str]:
    own = page.soup.select(".lead .drawing-title, .lead .drawing-field, .lead .drawing-button")
    return [" ".join(element.get_text().split()) for element in own]


def test_the_readers_screens_are_kept_on_every_link_of_the_guide(small: Flask) -> None:
    for target in (f"{MENU}?screen=en", f"{LONG_WAY}?screen=en", f"{LONG_WAY}?change=3&screen=en"):
        page = ask(small, target)
        kept = [*page.choices, *page.links("a.back, .answers a, .start a")]
        assert kept
        assert [link for link in kept if not screens_kept(link)] == []


def test_screens_and_language_are_chosen_apart(small: Flask) -> None:
    english_screens = ask(small, f"{MENU}?screen=en")
    in_english = ask(small, "/en/small/begin.again/?screen=ja")

    assert [link.target for link in english_screens.links(".screen-languages a")] == [MENU]
    assert [link.target for link in english_screens.links(".languages a")] == ["/en/small/begin.again/"]
    assert [link.target for link in ask(small, MENU).links(".languages a")] == ["/en/small/begin.again/?screen=ja"]
    assert in_english.words("h1, .button-name") == ["Do you see “パスワードの入力”?", "[サインイン]", "[サインイン]"]
    assert [link.target for link in in_english.links(".languages a")] == [MENU]


@pytest.mark.parametrize("query", ["screen=ja", "screen=xx", "screen=", "screen", "utm_source=mail", "a=1&a=2&&;"])
def test_a_query_that_says_nothing_new_changes_nothing_on_the_page(small: Flask, query: str) -> None:
    assert ask(small, f"{MENU}?{query}").body == ask(small, MENU).body


def test_the_language_switch_keeps_the_position(small: Flask) -> None:
    page = ask(small, LONG_WAY)

    (switch,) = page.links(".languages a")
    english = ask(small, switch.target)
    assert english.state == page.state
    assert english.soup.html is not None
    assert english.soup.html["lang"] == "en"
    assert [link.target.partition("?")[0] for link in english.links(".languages a")] == [LONG_WAY]


def test_a_missing_translation_falls_back_to_the_source_language(small: Flask) -> None:
    page = ask(small, "/en/small/begin.again/")

    assert "the number in your guide" in page.main.get_text()
    assert "ほかの画面" in [link.words for link in page.choices]


def test_stages_show_where_the_reader_is(small: Flask) -> None:
    page = ask(small, f"{MENU}menu.other/")

    assert [stage.get("class") for stage in page.soup.select(".stages li")] == [["past"], ["current"]]
    assert ask(small, f"{MENU}menu.other/circle.done/").soup.select(".stages") == []


def test_an_ending_offers_its_ready_made_text_with_the_numbers_of_the_way(small: Flask) -> None:
    page = ask(small, f"{MENU}menu.typed/try.default/")

    body = page.one(".message pre").get_text()
    mail = urlsplit(page.links(".message a")[0].target)
    assert body.startswith("案内に書かれた番号 に電話しました。\n\n前にも使いました。")
    assert "1-2-4-6" in body
    assert (mail.scheme, mail.path) == ("mailto", "help@example.com")
    assert unquote(mail.query.partition("&body=")[2]) == body.replace("\n", "\r\n")
    assert page.choices == []


def test_the_same_state_says_other_numbers_after_another_way(small: Flask) -> None:
    ask(small, f"{MENU}menu.typed/try.default/")

    page = ask(small, f"{MENU}menu.typed/try.no-return/circle.failed/")
    assert "1-2-4-3-6" in page.one(".message pre").get_text()


def test_facts_of_the_installation_stand_on_the_page(build_with_phone: Flask) -> None:
    page = ask(build_with_phone, "/en/small/begin.again/")

    assert "The helpdesk is <03-1234>." in page.main.get_text()
    assert "窓口は 03-9999 です。" in ask(build_with_phone, MENU).main.get_text()
