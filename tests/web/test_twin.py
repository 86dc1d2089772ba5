"""The JSON twin says the same as the pages, in the keys that programs rely on."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from assistant.catalog import Guide
from assistant.web.address import guide_path
from tests.web.asking import ask

PREFIX = "/api/v1"
MENU = "/ja/small/begin.again/"
KEYS = {
    *("flow", "version", "language", "state", "number", "stage", "title", "text", "screen", "outcome"),
    *("choices", "answers", "back"),
}


def twin(app: Flask, path: str) -> Any:
    answer = ask(app, PREFIX + path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    return json.loads(answer.body)


def test_a_position_has_the_keys_that_programs_rely_on(small: Flask) -> None:
    said = twin(small, f"{MENU}menu.typed/")

    assert set(said) >= KEYS
    assert {key: said[key] for key in KEYS - {"version", "answers", "choices"}} == {
        "flow": "small",
        "language": "ja",
        "state": "try",
        "number": 4,
        "stage": "second",
        "title": "サインインを試します",
        "text": "<b>試します</b> & 待ちます。",
        "screen": None,
        "outcome": None,
        "back": MENU,
    }
    assert said["choices"][0] == {
        "trigger": "no-return",
        "label": "戻ってこない",
        "screen": None,
        "href": f"{MENU}menu.typed/try.no-return/",
    }
    assert said["answers"] == [
        {"state": "begin", "trigger": "again", "title": "はじめに", "label": "前にも使った", "href": "/ja/small/"},
        {
            "state": "menu",
            "trigger": "typed",
            "title": "「パスワードの入力」が出ましたか",
            "label": "[サインイン] を押した",
            "href": MENU,
        },
    ]


def test_results_of_a_sign_in_are_no_choices_but_the_customers_own_doors_are(small: Flask) -> None:
    triggers = [choice["trigger"] for choice in twin(small, f"{MENU}menu.typed/")["choices"]]

    assert triggers == ["no-return", "error", "lost"]


def test_the_first_position_has_no_way_back_and_an_ending_has_an_outcome(small: Flask) -> None:
    first, ending = twin(small, "/ja/small/"), twin(small, f"{MENU}menu.typed/try.signed-in/")

    assert (first["back"], first["outcome"], first["answers"]) == (None, None, [])
    assert (ending["outcome"], ending["choices"]) == ("resolved", [])


def test_text_is_plain_and_includes_the_notes(small: Flask) -> None:
    said = twin(small, "/ja/small/begin.first/")

    assert said["text"].split("\n\n") == [
        "[サインイン] を押します。窓口は 案内に書かれた番号 です。",
        "はじめての方へ",
        "あわてなくてもだいじょうぶです。",
    ]
    assert said["screen"] == "entry"
    assert [choice["screen"] for choice in said["choices"]] == [None, "other", None]


def test_languages_and_flows_are_listed(small: Flask) -> None:
    every, japanese = twin(small, "/"), twin(small, "/ja/")

    assert [language["href"] for language in every["languages"]] == ["/ja/", "/en/"]
    assert [(flow["flow"], flow["language"], flow["href"]) for flow in every["flows"]] == [
        ("small", "ja", "/ja/small/"),
        ("small", "en", "/en/small/"),
    ]
    assert [(flow["title"], flow["href"]) for flow in japanese["flows"]] == [("小さなご案内", "/ja/small/")]


def test_answers_that_do_not_replay_are_told_apart_with_what_is_possible(small: Flask) -> None:
    answer = ask(small, f"{PREFIX}{MENU}menu.nonsense/circle.done/")

    problem = json.loads(answer.body)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert problem["furthest"] == MENU
    assert problem["dropped"] == ["menu.nonsense", "circle.done"]
    assert problem["possible"] == ["typed", "other", "special", "lost"]
    assert twin(small, problem["furthest"])["state"] == "menu"


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/ja/small/begin.again", MENU),
        ("/JA//small/Begin.Again/", MENU),
        ("/ja/small/begin%2Eagain/", MENU),
        (f"{MENU}old-menu.other/", f"{MENU}menu.other/"),
        ("/ja", "/ja/"),
        ("", "/"),
        ("//", "/"),
    ],
)
def test_other_spellings_lead_for_good_to_the_one_of_the_twin(small: Flask, typed: str, path: str) -> None:
    answer = ask(small, PREFIX + typed)

    assert (answer.status, answer.location) == (308, PREFIX + path)


def test_numbers_lead_to_a_position_of_the_twin(small: Flask) -> None:
    assert ask(small, f"{PREFIX}/en/3").location == f"{PREFIX}/en/small/begin.again/menu.other/"
    assert ask(small, f"{PREFIX}/3", accept_language="en").location == f"{PREFIX}/en/small/begin.again/menu.other/"


def test_where_one_more_answer_is_too_long_the_twin_leads_to_shorter_ones_as_the_page_does(small: Flask) -> None:
    path = f"{MENU}menu.other/" + "circle.once-more-with-a-name-as-long-as-allowed/" * 72

    assert [choice["href"] for choice in twin(small, path)["choices"]] == [
        link.target for link in ask(small, path).choices
    ]
    assert MENU + "menu.other/" in [choice["href"] for choice in twin(small, path)["choices"]]


def test_page_and_twin_say_the_same_of_every_state_in_every_language(app: Flask, guide: Guide) -> None:
    for language in guide.languages:
        for answers in guide.shortest.values():
            path = guide_path(language, guide.id, answers)
            page, said = ask(app, path), twin(app, path)

            assert (said["state"], str(said["number"])) == (page.state, page.main["data-number"])
            assert said["version"] == page.main["data-version"]
            assert [said["title"]] == page.words("h1")
            assert said["back"] == page.back
            assert [(choice["trigger"], squeezed(choice["label"]), choice["href"]) for choice in said["choices"]] == [
                (link.trigger, link.words, link.target) for link in page.choices
            ]
            assert [squeezed(answer["title"]) for answer in said["answers"]] == [
                words.partition(" ")[2] for words in page.words(".answers .question")
            ]
            assert [squeezed(answer["label"]) for answer in said["answers"]] == page.words(".answers .given")
            for paragraph in page.soup.select(".lead :is(.text p, .text li, summary)"):
                if not paragraph.select("a, br"):
                    assert squeezed(paragraph.get_text()) in squeezed(said["text"])
            assert (said["screen"] is not None) == bool(page.soup.select(".lead figure"))


def squeezed(words: str) -> str:
    return " ".join(words.split())


def test_a_walk_over_the_hrefs_of_the_twin_reaches_every_outcome(app: Flask, guide: Guide) -> None:
    outcomes, seen, waiting = set[str](), set[str](), ["/ja/login/"]

    while waiting:
        said = twin(app, waiting.pop())
        if said["state"] in seen:
            continue
        seen.add(said["state"])
        outcomes |= {said["outcome"]} - {None}
        waiting += [choice["href"] for choice in said["choices"]]
        assert urlsplit(said["back"] or "/").path.startswith("/")

    assert outcomes == {state.outcome for state in guide.engine.flow.states.values() if state.outcome}


def test_a_flow_without_screens_offers_no_search_for_them(app: Flask) -> None:
    login, administrator = (json.loads(ask(app, f"/api/v1/ja/{flow}/").body) for flow in ("login", "administrator"))

    assert (login["identify"], administrator["identify"]) == ("/ja/login/identify/", None)
