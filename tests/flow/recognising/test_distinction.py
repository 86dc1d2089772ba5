"""The question that helps most, from the drawings."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.common import Common
from assistant.flow.recognising.distinction import MAXIMUM_QUESTIONS, Distinction
from assistant.flow.screen import Screen

LANGUAGES = ("ja", "en")


@pytest.fixture(scope="session")
def distinctions(shipped_common: Common) -> dict[str, Distinction]:
    return {language: Distinction(shipped_common.screens, language) for language in LANGUAGES}


def test_screens_under_one_heading_are_told_apart_by_what_stands_below(distinctions: dict[str, Distinction]) -> None:
    question = distinctions["ja"].questions(("otp-entry", "totp-code", "sms-code"))[0]

    assert question.shown
    assert question.absent
    assert question.text != "コードの入力"


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_two_screens_can_be_told_apart(
    language: str, distinctions: dict[str, Distinction], shipped_common: Common
) -> None:
    for pair in combinations(shipped_common.screens, 2):
        assert distinctions[language].questions(pair), pair


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_questions_so_few_screens_are_left_that_they_can_be_looked_at(
    language: str, distinctions: dict[str, Distinction], shipped_common: Common
) -> None:
    left = [tuple(shipped_common.screens)]
    for _ in range(MAXIMUM_QUESTIONS):
        best = [distinctions[language].questions(screens)[0] for screens in left if len(screens) > 1]
        left = [side for question in best for side in (question.shown, question.absent)]

    assert max(map(len, left)) <= 18


@given(data=st.data())
def test_every_answer_leaves_fewer_screens_and_no_screen_is_forgotten(
    data: st.DataObject, distinctions: dict[str, Distinction], shipped_common: Common
) -> None:
    names = data.draw(st.lists(st.sampled_from(sorted(shipped_common.screens)), unique=True, min_size=2))
    language = data.draw(st.sampled_from(LANGUAGES))
    for question in distinctions[language].questions(names):
        assert question.shown
        assert question.absent
        assert {*question.shown, *question.absent} == {*names}
        assert max(len(question.shown), len(question.absent)) < len(names)


def test_examples_are_never_asked_for(distinctions: dict[str, Distinction], shipped_common: Common) -> None:
    for distinction in distinctions.values():
        for question in distinction.questions(tuple(shipped_common.screens)):
            assert "@" not in (question.text or "")
            assert "XX" not in (question.text or "")


def test_words_that_may_seem_to_be_on_all_screens_are_not_asked_for() -> None:
    drawings = {
        "one": [{"title": "コード"}, {"text": "スマホの画面"}],
        "two": [{"title": "コードを送るところです"}, {"text": "別の説明です"}],
    }
    screens = {
        name: Screen.model_validate(
            {"name": name, "frame": "window", "wording": {"ja": {"drawing": drawing, "look": "x"}}}
        )
        for name, drawing in drawings.items()
    }

    asked = [question.text for question in Distinction(screens, "ja").questions(("one", "two"))]
    assert set(asked) == {"スマホの画面", "別の説明です"}


def test_a_screen_that_only_seems_to_show_it_stays_with_both_answers(distinctions: dict[str, Distinction]) -> None:
    among = ("password-entry", "otp-entry", "account-picker", "signed-out", "org-sign-in")
    (question,) = [each for each in distinctions["ja"].questions(among) if each.kind == "identity"]

    assert "account-picker" in question.shown
    assert "account-picker" in question.absent
