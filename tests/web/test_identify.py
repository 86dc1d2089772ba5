"""Finding a screen by its words: three pictures that lead on, never a dead end, and nothing typed is kept."""

import logging
import re
from urllib.parse import quote

import pytest
from flask import Flask

from assistant.catalog import Catalog, Guide
from assistant.flow.model import LOST, code_of
from tests.web.asking import Answer, ask
from tests.web.identifying import START, given_in, home, link, offered, say, ways

FURTHER = "/ja/login/situation.screen/which-screen.lost/"
POSITIONS = ["/ja/login/", "/ja/login/situation.screen/", FURTHER, "/en/login/situation.not-opened/pc-history.first/"]
HEADING = "パスワードの入力"
SECRETS = ["1234567", "12 34 Abc12345!", "パスワードは hunter2! です", "ＡＢＣ１２３４５！", "739 456"]


@pytest.mark.parametrize("position", POSITIONS)
def test_every_page_with_choices_leads_to_the_box(app: Flask, position: str) -> None:
    page = ask(app, position)
    [box] = [each for each in page.links(".by-words a") if each.target.endswith("identify/")]

    assert box.target == f"{position}identify/"
    assert box.trigger is None
    assert ask(app, box.target).one("textarea#text").get("aria-describedby")


def test_an_ending_and_a_question_asked_again_do_not_lead_to_the_box(app: Flask, guide: Guide) -> None:
    endings = [state.no for name, state in guide.engine.flow.states.items() if state.outcome and name in guide.shortest]

    for number in endings[:5]:
        assert ask(app, ask(app, f"/ja/{number}").location).soup.select(".by-words") == []
    assert ask(app, f"{FURTHER}?change=1").soup.select(".by-words") == []


def test_a_page_with_many_pictures_leads_to_the_questions_too(app: Flask) -> None:
    assert "/ja/login/situation.screen/identify/?among=all" in [
        each.target for each in ask(app, "/ja/login/situation.screen/").links(".by-words a")
    ]


def test_the_box_says_what_not_to_enter_and_where_else_to_look(app: Flask) -> None:
    page = ask(app, START)

    assert "パスワードや確認コードは、絶対に入れないでください" in page.words(".hint")[0]
    assert "保存されません" in page.words(".hint")[0]
    assert link(page, "質問で見分ける") == f"{START}?among=all"
    assert link(page, "全部の絵を見る") == f"{START}all/"
    assert page.one("form")["method"] == "post"


@pytest.mark.parametrize("suffix", ["", "?screen=en"])
@pytest.mark.parametrize("position", POSITIONS[:3])
def test_the_language_of_the_drawings_is_kept_on_every_link(app: Flask, position: str, suffix: str) -> None:
    for page in (
        ask(app, f"{position}identify/{suffix}"),
        ask(app, f"{position}identify/all/{suffix}"),
        ask(app, f"{position}identify/?among=all{suffix.replace('?', '&')}"),
        say(app, HEADING, f"{position}identify/{suffix}"),
        say(app, "zzz", f"{position}identify/{suffix}"),
    ):
        links = [each for each in page.links("main a, nav.top a") if "画面の表示" not in each.words]
        assert links
        assert [each for each in links if ("screen=en" in each.target) != bool(suffix)] == []
        assert page.words(".screen-languages strong") in ([], ["English" if suffix else "日本語"])


@pytest.mark.parametrize("page", ["", "all/", "?among=all"])
def test_other_languages_and_drawings_show_the_same_page(app: Flask, page: str) -> None:
    shown = ask(app, f"{FURTHER}identify/{page}")
    [english] = shown.links('nav.languages a[lang="en"]')
    drawings = shown.links(".screen-languages a")

    query = "screen=ja"
    expected = f"/en/login/situation.screen/which-screen.lost/identify/{page}"
    assert english.target == f"{expected}{'&' if '?' in page else '?'}{query}"
    assert ask(app, english.target).status == 200
    assert all(ask(app, each.target).words(".screen-languages strong") == ["English"] for each in drawings)


@pytest.mark.parametrize(
    ("spelled", "status", "canonical"),
    [
        ("/ja/login/identify", 308, "/ja/login/identify/"),
        ("/JA//login/Identify/", 308, "/ja/login/identify/"),
        ("/ja/login/situation.screen/identify/all", 308, "/ja/login/situation.screen/identify/all/"),
        ("/ja/login/identify?screen=en", 308, "/ja/login/identify/?screen=en"),
        ("/ja/login/situation.screen/nothing.here/identify/", 302, "/ja/login/situation.screen/identify/"),
        ("/ja/login/nothing.here/identify/all/?screen=en", 302, "/ja/login/identify/all/?screen=en"),
    ],
)
def test_every_page_has_one_address(app: Flask, spelled: str, status: int, canonical: str) -> None:
    answer = ask(app, quote(spelled, safe="/?="))

    assert (answer.status, answer.location) == (status, canonical)


def test_an_ending_leads_to_the_page_before_it_from_where_screens_are_found(app: Flask, guide: Guide) -> None:
    flow = guide.engine.flow
    ending = next(answers for name, answers in guide.shortest.items() if flow.states[name].outcome)
    path = "".join(f"{answer}/" for answer in ending)
    before = "".join(f"{answer}/" for answer in ending[:-1])

    answer = ask(app, f"/ja/login/{path}identify/")

    assert (answer.status, answer.location) == (302, f"/ja/login/{before}identify/")
    assert ask(app, answer.location).status == 200


def test_where_no_screen_can_be_found_the_guide_itself_goes_on(small: Flask) -> None:
    answer = ask(small, "/ja/small/identify/?screen=en")

    assert (answer.status, answer.location) == (302, "/ja/small/?screen=en")
    assert ask(small, "/ja/small/").soup.select(".by-words") == []


def test_answers_too_many_for_one_address_are_shortened_first(app: Flask) -> None:
    around = "which-screen.address/email-entry.lost/"

    answer = ask(app, f"/ja/login/situation.screen/{around * 70}identify/?screen=en")

    assert answer.status == 302
    assert len(answer.location) < 200
    assert ask(app, answer.location).status == 200


@pytest.mark.parametrize("path", ["", "all/", "?among=all", "?among=all&screen=en"])
def test_pages_answer_head_and_who_has_this_version_already(app: Flask, path: str) -> None:
    page = ask(app, START + path)
    head, known = ask(app, START + path, "HEAD"), ask(app, START + path, if_none_match=page.headers["ETag"])

    assert (head.status, head.body, head.headers) == (200, b"", page.headers)
    assert (known.status, known.body) == (304, b"")


@pytest.mark.parametrize("text", [HEADING, "Enter password", "ぱすわーどのにゅうりょく", "ﾊﾟｽﾜｰﾄﾞの入力\r\nサインイン"])
def test_the_words_of_a_screen_show_it_first(app: Flask, text: str) -> None:
    page = say(app, text)

    assert offered(page)[0] == "password-entry"
    assert len(offered(page)) <= 3
    assert page.one("textarea").get_text().replace("\r", "").strip() == text.replace("\r", "")


@pytest.mark.parametrize("position", POSITIONS)
def test_a_picture_leads_to_what_to_do_there_with_every_earlier_answer_kept(
    app: Flask, guide: Guide, position: str
) -> None:
    found = ways(ask(app, f"{position}identify/all/"))
    assert len(found) > 40

    for screen, target in found.items():
        page = ask(app, target)
        assert (page.status, page.state) == (200, home(guide, screen))
        assert given_in(target)[: len(given_in(position))] == given_in(position)
        assert not [each for each in given_in(target) if code_of(each.trigger)]


def test_the_pictures_of_what_was_found_lead_the_same_ways_as_all_pictures(app: Flask) -> None:
    every = ways(ask(app, f"{FURTHER}identify/all/"))

    for text in (HEADING, "アカウントを選択する", "Stay signed in?", "50126"):
        found = ways(say(app, text, f"{FURTHER}identify/"))
        assert found.items() <= every.items()


def test_every_screen_can_be_found_by_the_words_of_its_drawing(app: Flask, shipped: Catalog) -> None:
    drawn = [(name, each) for name, screen in shipped.common.screens.items() for each in screen.wording.values()]

    assert [name for name, each in drawn if name not in offered(say(app, "\n".join(each.labels())))] == []


@pytest.mark.parametrize("text", ["50126", "AADSTS50126: Error validating credentials", "エラー コード: ５０１２６"])
def test_an_error_number_leads_to_what_it_means_and_claims_nothing_else(app: Flask, text: str) -> None:
    page = say(app, text, "/ja/login/situation.screen/identify/")
    [first, *_] = page.links("main .choices a")

    assert "50126" in first.words
    results = [each for each in given_in(first.target) if each.trigger.startswith("code-")]
    assert [each.trigger for each in results] == ["code-50126"]
    assert given_in(first.target)[-1] == results[0]
    assert given_in(first.target)[0] == ("situation", "screen")
    assert ask(app, first.target).status == 200


@pytest.mark.parametrize("text", ["zzz", "今日の天気は晴れです", "。。。"])
def test_words_that_mean_no_screen_lead_straight_to_a_question(app: Flask, text: str) -> None:
    page = say(app, text)

    assert offered(page) == []
    assert page.words("h1")[0].endswith("？")
    assert page.words(".in-a-row a") == ["はい", "いいえ", "わからない"]
    assert not re.search("申し訳|すみません|見つかりません", page.main.get_text())


def test_screens_that_fit_alike_are_told_apart_by_one_question(app: Flask) -> None:
    page = say(app, "アカウントを選択する")

    assert page.words(".asking h2")[0].endswith("？")
    yes, no, unsure = page.links(".asking a")
    assert all(each.target.startswith(f"{START}?among=") for each in (yes, no, unsure))
    assert set(offered(ask(app, yes.target))).isdisjoint(offered(ask(app, no.target)))


def test_none_of_these_goes_on_among_the_others(app: Flask) -> None:
    page = say(app, HEADING)
    others = ask(app, link(page, "どれでもない"))

    assert others.status == 200
    assert set(others.target.partition("not=")[2].split(",")) == set(offered(page))
    assert others.words(".in-a-row a") == ["はい", "いいえ", "わからない"]


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_is_never_said_again(app: Flask, text: str) -> None:
    page = say(app, text)

    assert page.words(".notice strong") == ["パスワードか、確認コードのような言葉がありました。"]
    assert page.one("textarea").get_text().strip() == ""
    assert [part for part in re.findall(r"[!-~]{4,}", text) if part in page.body.decode()] == []


def test_what_is_left_beside_a_secret_still_finds_the_screen(app: Flask) -> None:
    page = say(app, f"{HEADING}\nサインイン\n84729105")

    assert page.words(".notice strong")
    assert offered(page)[0] == "password-entry"
    assert b"84729105" not in page.body


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_box_is_said_kindly(app: Flask, text: str) -> None:
    page = say(app, text)

    assert page.status == 200
    assert page.words(".notice strong") == ["言葉が入っていません。"]


@pytest.mark.parametrize("length", [10_001, 40_000])
def test_a_text_that_is_too_long_is_said_clearly(app: Flask, length: int) -> None:
    page = say(app, "あ" * length)

    assert (page.status, page.words(".notice strong")) == (413, ["言葉が長すぎます。"])
    assert "あ" * 100 not in page.body.decode()


def test_the_longest_text_is_still_read(app: Flask) -> None:
    assert say(app, (HEADING + "。") * (10_000 // len(HEADING + "。"))).status == 200


def test_what_is_typed_is_text_and_never_markup(app: Flask) -> None:
    page = say(app, "</textarea><script>alert(1)</script> パスワードの入力 {{ 7*7 }}")

    assert page.soup.select("script:not([src])") == []
    assert "{{ 7*7 }}" in page.one("textarea").get_text()


def test_nothing_typed_is_in_any_address_header_or_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    page = say(app, "planted-words パスワードの入力 planted@example.com", f"{FURTHER}identify/")

    assert "planted-words" in page.one("textarea").get_text()
    assert not [each for each in page.links() if "planted" in each.target]
    assert "planted" not in repr(page.headers)
    assert "planted" not in caplog.text
    assert b"planted" not in ask(app, "/metrics").body
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("text", [None, HEADING, "zzz", "50126", "1234567", ""])
@pytest.mark.parametrize("page", [START, f"{FURTHER}identify/?screen=en", "/en/login/identify/"])
def test_every_link_leads_to_a_page(app: Flask, page: str, text: str | None) -> None:
    answer = ask(app, page) if text is None else say(app, text, page)

    assert broken(app, answer) == []


def broken(app: Flask, page: Answer) -> list[str]:
    """The links of a page that lead to no page at once; those to forms that begin a sign-in left out."""
    return [each.target for each in page.links() if ask(app, each.target).status != 200]


def test_who_is_lost_gets_the_way_of_the_position(app: Flask) -> None:
    page = ask(app, "/ja/login/situation.screen/identify/")
    [lost] = page.links(".others .lost a")

    assert given_in(lost.target)[-1].trigger == LOST
    assert ask(app, lost.target).status == 200


def test_the_twin_names_the_page(app: Flask) -> None:
    assert b'"identify":"/ja/login/situation.screen/identify/"' in ask(app, "/api/v1/ja/login/situation.screen/").body


@pytest.mark.parametrize("path", ["/a/identify/", "/identify/", "/xx/login/identify/", "/ja/nothing/identify/"])
def test_words_sent_to_no_flow_find_nothing(app: Flask, path: str) -> None:
    assert ask(app, path, "POST", form={"text": "コード"}).status in (404, 405)
