"""Words, pasted pages and numbers lead to screens; whatever has nothing to do with signing in leads to none."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.catalog import Guide, open_catalog
from assistant.flow.common import Common
from assistant.flow.recognising.identifier import (
    FULL,
    MAXIMUM_CANDIDATES,
    PART_OF_HEADING,
    Identifier,
    logarithm,
    pieces,
)
from assistant.flow.recognising.index import Entry, Index, build_index, homes_of
from assistant.flow.recognising.plain import plain
from assistant.flow.recognising.portable import as_json
from assistant.flow.recognising.reading import japanese

FLOWS = Path(__file__).parents[3] / "flows"


@cache
def shipped() -> tuple[Guide, Common, Identifier]:
    catalog = open_catalog(FLOWS)
    guide = catalog.guides["login"]
    return guide, catalog.common, Identifier(build_index(guide.engine.flow, catalog.common, japanese()))


def screens(text: str) -> list[str]:
    return [candidate.screen for candidate in shipped()[2].identify(text).candidates]


@pytest.mark.parametrize("screen", shipped()[1].screens)
def test_what_authors_wrote_of_a_screen_leads_to_it(screen: str) -> None:
    for wording in shipped()[1].screens[screen].wording.values():
        for said in wording.says:
            assert screen in screens(said)[:3], said


def test_every_candidate_leads_to_the_home_of_its_screen() -> None:
    homes = homes_of(shipped()[0].engine.flow)
    for candidate in shipped()[2].identify("コードの入力").candidates:
        assert candidate.state == homes[candidate.screen]


@pytest.mark.parametrize(
    "written", ["コードの入力", "ｺｰﾄﾞの入力", "コ ー ド の 入 力", "「コードの入力」", "こーどのにゅうりょく"]
)
def test_a_heading_of_several_screens_gives_them_all(written: str) -> None:
    assert {"otp-entry", "totp-code", "sms-code"} <= set(screens(written)[:4])


@pytest.mark.parametrize("half", ["…の確認", "〜の確認", "なんとかの確認", "なんとかの確認って画面です", "の確認"])
def test_the_tail_of_a_heading_gives_every_screen_that_ends_so(half: str) -> None:
    assert set(screens(half)[:3]) == {"guest-consent", "authenticator-approve", "mfa-choose"}


def test_the_head_of_a_heading_gives_its_screen() -> None:
    assert screens("サインインの状態を…")[0] == "stay-signed-in"
    assert screens("Stay sig...")[0] == "stay-signed-in"
    assert screens("Need a...")[0] == "admin-approval"
    assert shipped()[2].identify("Need a...").candidates[0].score >= PART_OF_HEADING


def test_a_whole_heading_comes_before_parts_of_others() -> None:
    found = shipped()[2].identify("サインイン").candidates

    assert found[0].score == FULL
    assert {"email-entry", "username-unknown"} <= {candidate.screen for candidate in found if candidate.score == FULL}


def test_letters_that_more_than_half_of_the_screens_have_say_nothing() -> None:
    assert shipped()[2].explain("サインイン", "email-entry").coverage == 0


def test_a_whole_page_is_one_of_the_phrases() -> None:
    labels = shipped()[1].screens["guest-consent"].wording["ja"].labels()

    assert shipped()[2].explain("\n".join(labels), "guest-consent").closeness == FULL


def test_of_screens_that_fit_alike_the_one_that_people_meet_more_often_comes_first() -> None:
    alike = tuple(Entry(f"s{drawn}", f"s{drawn}", drawn, 0, ("しよたく",)) for drawn in (1, 5, 3))
    others = tuple(Entry(f"other{n}", f"other{n}", 1, 0, (chr(ord("い") + n) * 3,)) for n in range(0, 40, 4))
    found = Identifier(Index((*alike, *others), ("えくせる",), {})).identify("しょたくわ")

    assert [candidate.screen for candidate in found.candidates] == ["s5", "s3", "s1"]


def test_what_was_typed_before_conversion_counts() -> None:
    assert screens("しょうだくのがめん")[0] == screens("承諾の画面")[0]
    assert screens("さいんいんのじょうたいをいじしますか")[0] == "stay-signed-in"


@pytest.mark.parametrize(
    "said", ["AADSTS50020", "ＡＡＤＳＴＳ５００２０", "aadsts 50020", "50020", "エラーコード: 50020", "50020と出ました"]
)
def test_a_number_in_the_table_comes_first(said: str) -> None:
    found = shipped()[2].identify(said)

    assert found.number == "50020"
    assert {candidate.screen for candidate in found.candidates[:2]} == {"not-in-tenant", "trouble-signing-in"}
    assert {candidate.state for candidate in found.candidates[:2]} == {"not-in-tenant"}


def test_every_number_of_the_flow_leads_where_the_flow_says() -> None:
    guide, _, identifier = shipped()
    for number, numbered in identifier.index.numbers.items():
        found = identifier.identify(f"AADSTS{number}")

        assert found.candidates[0].state == numbered.state
        assert guide.engine.flow.results[f"code-{number}"][-1].to == numbered.state


def test_words_beside_a_number_decide_between_the_screens_that_show_it() -> None:
    assert screens("申し訳ありませんがサインイン中に問題が発生しました AADSTS50020")[0] == "trouble-signing-in"
    assert screens("ユーザー アカウントはテナントに存在せず AADSTS50020")[0] == "not-in-tenant"


def test_a_number_that_is_not_in_the_table_is_a_word_like_others() -> None:
    assert shipped()[2].identify("AADSTS99999").number is None
    assert screens("AADSTS99999")[0] == "trouble-signing-in"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_has_nothing_to_do_with_signing_in_gives_none(language: str) -> None:
    given = shipped()[1].elsewhere[language]

    assert sum(screens(text) == [] for text in given) >= 0.98 * len(given)


@pytest.mark.parametrize("nothing", ["", " ", "、。！", "😀", "@", "a", "…"])
def test_no_words_give_none(nothing: str) -> None:
    assert screens(nothing) == []


@given(st.text(max_size=300))
def test_any_text_gives_ranked_candidates_or_none(text: str) -> None:
    candidates = shipped()[2].identify(text).candidates

    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(max(scores) // 2 <= score <= FULL for score in scores)
    assert len(scores) <= MAXIMUM_CANDIDATES
    assert len({candidate.screen for candidate in candidates}) == len(candidates)


@given(st.sampled_from(["パスワードの入力", "Stay signed in?", "電話に出て", "アクセス許可の確認"]), st.data())
def test_spaces_and_breaks_change_nothing(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    gap = data.draw(st.sampled_from([" ", "\n", "　", " \n "]))

    assert shipped()[2].identify(text[:place] + gap + text[place:]) == shipped()[2].identify(text)


def test_why_a_screen_was_recognised_is_told_in_the_words_that_were_typed() -> None:
    evidence = shipped()[2].explain("画面に「ｱｸｾｽ許可」って出ました", "guest-consent")

    assert any("アクセス許可" in part for part in evidence.words)
    assert 0 < evidence.closeness <= FULL
    assert 0 < evidence.coverage <= FULL


def test_the_closest_phrase_of_a_heading_is_the_heading() -> None:
    evidence = shipped()[2].explain("アクセス許可の確認", "guest-consent")

    assert (evidence.phrase, evidence.closeness, evidence.coverage) == (plain("アクセス許可の確認"), FULL, FULL)


def test_the_index_is_data_that_any_program_can_read() -> None:
    index = shipped()[2].index

    assert json.loads(json.dumps(as_json(index)))["entries"][0]["screen"] == index.entries[0].screen


def test_an_index_without_readings_knows_no_kana_for_kanji() -> None:
    guide, common, _ = shipped()
    unread = Identifier(build_index(guide.engine.flow, common))

    assert unread.scores("しょうだく")[:-1] != shipped()[2].scores("しょうだく")[:-1]


def test_screens_without_a_home_in_the_flow_are_not_proposed() -> None:
    guide, common, _ = shipped()
    some = {name: common.screens[name] for name in ("otp-entry", "sms-code")}
    index = build_index(guide.engine.flow, Common(screens={**some, "nowhere": common.screens["blank"]}))

    assert [entry.screen for entry in index.entries] == ["otp-entry", "sms-code"]


@given(st.integers(1, 10**6))
def test_the_whole_number_logarithm_grows_like_the_real_one(number: int) -> None:
    assert logarithm(2 * number) == logarithm(number) + 100
    assert logarithm(number + 1) >= logarithm(number)


def test_pieces_are_all_parts_of_two_and_three_letters() -> None:
    assert pieces("abcd") == {"ab", "bc", "cd", "abc", "bcd"}
