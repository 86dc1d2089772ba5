"""Authors are warned about screens that nobody will recognise."""

from assistant.flow.common import Common, Screens
from assistant.flow.loader import load
from assistant.flow.problem import Mark, Problem
from assistant.flow.rules.common import check_common

SCREENS = """\
screens:
  code:
    name: コードの画面
    host: login.example.com
    wording:
      ja:
        drawing: [title: コードの入力, text: メールで送りました。, buttons: [次へ]]
        look: コードの入力
        says: [メールに数字が来た, コードを入れろと出た, 確認メール待ちの画面]
  sms:
    name: SMSの画面
    host: login.example.com
    wording:
      ja:
        drawing: [title: コードの入力, text: 携帯に送りました。, buttons: [次へ]]
        look: コードの入力
        says: [ショートメッセージで番号が届いた, 携帯に送ったと書いてある, スマホの番号を打つところ]
"""


def warned(text: str) -> list[Problem]:
    loaded = load("screens.yaml", text, Screens, "screens")
    assert loaded.data is not None
    assert loaded.document is not None
    problems = list(check_common(Common(screens=loaded.data.screens), {"screens": loaded.document}))
    assert all(problem.severity == "warning" for problem in problems)
    return problems


def test_screens_that_share_a_heading_only_are_fine() -> None:
    assert warned(SCREENS) == []


def test_fewer_than_three_sentences_are_too_few() -> None:
    problems = warned(SCREENS.replace(", 確認メール待ちの画面]", "]"))

    assert [(problem.code, problem.mark) for problem in problems] == [("few-sentences", Mark(6, 7))]
    assert "(2 in 'ja')" in str(problems[0].message)


def test_a_screen_without_words_of_its_own_is_told_with_the_words_it_shares() -> None:
    says = "says: [メールに数字が来た, コードを入れろと出た, 確認メール待ちの画面]"
    start = SCREENS.rindex("says: ")
    problems = warned(SCREENS[:start] + says + "\n")

    assert [(problem.code, problem.mark) for problem in problems] == [
        ("not-told-apart", Mark(2, 3)),
        ("not-told-apart", Mark(10, 3)),
    ]
    assert "those of 'sms', too: 「コードの入力」, 「メールに数字が来た」, 「コードを入れろと出た」" in str(
        problems[0].message
    )


def test_drawings_that_show_the_same_are_told() -> None:
    problems = warned(SCREENS.replace("携帯に送りました。", "メールに送りました"))

    assert [(problem.code, problem.mark) for problem in problems] == [("drawings-alike", Mark(14, 7))]
    assert "'sms' is drawn in 'ja' like 'code'" in str(problems[0].message)
