"""Rules about words: buttons that are drawn, stages that are there, half-width letters, short sentences."""

import pytest

from assistant.flow.checker import check_flow
from assistant.flow.common import Common, Fact, Note
from assistant.flow.loader import load_flow
from assistant.flow.problem import Mark
from assistant.flow.rules.words import check_translated_sentences
from assistant.flow.screen import Screen
from assistant.flow.translation import Words

COMMON = Common(
    facts={"service-name": Fact(about="名前", text="サービス")},
    notes={"half-width": Note(title="字の幅", text=("半角で入れます。",)), "other": Note(title="ほか", text=("ほか",))},
    screens={
        "password": Screen.model_validate(
            {
                "name": "パスワードの画面",
                "wording": {
                    "ja": {
                        "drawing": [{"field": "パスワード"}, {"buttons": ["戻る", "サインイン"]}],
                        "look": "サインイン",
                    },
                    "en": {"drawing": [{"field": "Password"}, {"buttons": ["Back", "Sign in"]}], "look": "Sign in"},
                },
            }
        ),
        "address": Screen.model_validate(
            {
                "name": "アドレスの画面",
                "wording": {
                    "ja": {"drawing": [{"buttons": ["戻る", "次へ"]}], "look": "次へ"},
                    "en": {"drawing": [{"buttons": ["Go back", "Next"]}], "look": "Next"},
                },
            }
        ),
        "phone": Screen.model_validate(
            {
                "name": "スマホの画面",
                "frame": "phone",
                "wording": {"ja": {"drawing": [{"field": "番号"}, {"buttons": ["はい"]}], "look": "はい"}},
            }
        ),
    },
)


def told(state: str, language: str = "ja", stages: str = "{a: ①はじめ, b: ②つぎ}") -> list[tuple[str, str, int]]:
    text = (
        f"title: t\nlanguage: {language}\nstart: ask\nlost: end\nstages: {stages}\nstates:\n  ask:\n    no: 1\n"
        f"{state}    choices: {{on: {{label: 次, to: end, screen: address}}}}\n"
        "  end: {no: 2, title: 終わり, outcome: done}\n"
    )
    problems = check_flow(load_flow("flow.yaml", text), COMMON)
    return [(problem.code, problem.severity, problem.mark.line) for problem in problems]


def state(text: str = "進みます。", screen: str = "password", notes: str = "half-width", title: str = "次") -> str:
    return f"    title: {title}\n    screen: {screen}\n    notes: [{notes}]\n    text:\n      - {text}\n"


@pytest.mark.parametrize(
    "text",
    [
        "半角で入れます。[サインイン] を押します。",
        "次の画面で [次へ] を押します。",
        "半角で、[F5] か、[Ctrl] と [V] か、[半角/全角] を押します。",
        "「保存」を押しません。",
        '"[案内](https://example.com/)を見ます。"',
        '"[{service-name}] を押します。"',
    ],
)
def test_what_is_drawn_a_key_or_in_quotation_marks_may_be_named(text: str) -> None:
    assert told(state(text)) == []


@pytest.mark.parametrize(
    "text", ["[ログイン] を押します。", "**[ログイン] を押します。**", "[サインイン] か [Sign in] です。"]
)
def test_a_button_that_is_not_drawn_is_told_where_it_is_named(text: str) -> None:
    assert told(state(f'"{text}"')) == [("button-not-drawn", "error", 13)]


def test_a_button_whose_name_in_another_language_cannot_be_known_is_told() -> None:
    # Both drawings say 戻る in Japanese, but other words in English; the state's own is meant, and that is drawn.
    assert told(state("まず [戻る] を押します。")) == []
    # 次へ is no word of its own drawing, but of the one on a choice.
    assert told(state("まず [次へ] を押します。", screen="phone")) == []


def test_a_state_without_a_drawing_may_name_what_it_likes() -> None:
    assert told("    title: 次\n    text: '[設定] を押します。'\n") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("サインイソ", [("button-misspelt", "warning", 10)]),
        ("サインイン ", [("button-misspelt", "warning", 10)]),
        ("Sign im", [("button-misspelt", "warning", 10)]),
        ("サインイン", []),
        ("Sign in", []),
        ("サインアウト", []),
        ("サインイン ログ", []),
        ("{service-name}", []),
        ("Shift", []),
    ],
)
def test_a_state_without_a_drawing_misspells_no_button_that_is_drawn_elsewhere(
    name: str, expected: list[tuple[str, str, int]]
) -> None:
    assert told(f"    title: 次\n    text: 'まず [{name}] を押します。'\n") == expected


def test_the_drawn_button_that_was_meant_is_named() -> None:
    text = (
        "title: t\nlanguage: ja\nstart: a\nlost: a\nstates: {a: {no: 1, title: '[サインイソ] です', outcome: done}}\n"
    )
    (problem,) = check_flow(load_flow("flow.yaml", text), COMMON)

    assert str(problem.message) == "no drawing has [サインイソ]; did you mean [サインイン]?"


def test_a_button_in_full_width_brackets_is_told_with_how_to_write_it() -> None:
    assert told("    title: 次\n    text: ［F5］ か [Shift］ を押します。\n") == [("wide-button", "warning", 10)] * 2
    assert told("    title: 次\n    text: 次の［ ］が出ます。\n") == [("wide-button", "warning", 10)]


def test_a_stage_that_is_not_there_is_told() -> None:
    assert told(state("次は、②つぎです。")) == []
    assert told(state("次は、③です。")) == [("unknown-stage-mark", "warning", 13)]
    assert told(state("次は、③です。"), stages="{a: はじめ}") == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (state("パスワードを入れます。", notes="other"), [("no-half-width", "warning", 10)]),
        (state(title="パスワードを入力します", notes="other"), [("no-half-width", "warning", 10)]),
        (state("パスワードを入れます。"), []),
        (state("パスワードを半角で入れます。", notes="other"), []),
        (state("番号を入れます。", screen="phone", notes="other"), []),
        (state("番号を入れます。", screen="address", notes="other"), []),
        (state("入れずに戻ります。", notes="other"), []),
    ],
)
def test_where_something_is_typed_half_width_is_spoken_of(typed: str, expected: list[tuple[str, str, int]]) -> None:
    assert told(typed) == expected
    assert told(typed, language="en") == []


def test_two_questions_in_one_text_are_told() -> None:
    assert told(state("見えますか？ 押しましたか?")) == [("two-questions", "warning", 13)]
    assert told(state("「よいですか？」と出ますか？")) == []
    assert told(state('"見えますか？\\n\\n押しましたか？"')) == []


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("あ" * 79 + "。", False),
        ("あ" * 80 + "。", True),
        ("あ" * 60 + "。" + "あ" * 60 + "。", False),
        ("あ" * 60 + "「" + "長" * 40 + "」です。", False),
        ("あ" * 60 + "[これ](https://example.com/" + "x" * 60 + ")です。", False),
        (" ".join(["word"] * 30) + ".", False),
        (" ".join(["word"] * 31) + ".", True),
        (" ".join(["word"] * 20) + ". " + " ".join(["word"] * 20) + ".", False),
    ],
)
def test_a_long_sentence_is_told_in_the_source_and_in_a_translation(text: str, long: bool) -> None:
    words = Words(
        "en", {("ask.text", "x"): text, ("ask.message.text", "x"): text}, path="en.po", lines={("ask.text", "x"): 7}
    )

    assert told(state(f'"{text}"')) == ([("long-sentence", "warning", 13)] if long else [])
    assert [(each.path, each.mark, each.code) for each in check_translated_sentences(words)] == (
        [("en.po", Mark(7), "long-sentence")] if long else []
    )
