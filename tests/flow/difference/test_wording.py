"""Word by word: both texts can be read off the changes, and Japanese is cut where people would cut it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.difference.wording import Change, aligned, changes, words

texts = st.text(alphabet="あいアカ漢字ab1 、。\n{}-é", max_size=30)
paragraphs = st.lists(
    st.sampled_from(["一つ目の文です。", "一つ目の文でした。", "別の話", "また別", "x y z"]), max_size=5
)


def read(found: tuple[Change, ...], kind: str) -> str:
    return "".join(part for each, part in found if each in ("equal", kind))


@given(texts)
def test_the_words_of_a_text_make_it_up_again(text: str) -> None:
    assert "".join(words(text)) == text


@given(texts, texts)
def test_both_texts_can_be_read_off_the_changes(before: str, after: str) -> None:
    found = changes(before, after)

    assert (read(found, "delete"), read(found, "insert")) == (before, after)
    assert all(part for _, part in found)


@given(texts)
def test_an_unchanged_text_has_nothing_deleted_or_inserted(text: str) -> None:
    assert changes(text, text) == ((("equal", text),) if text else ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("パスワードを入力します", ["パスワード", "を", "入力", "します"]),
        ("{helpdesk-phone}に、電話します。", ["{helpdesk-phone}", "に", "、", "電話", "します", "。"]),
        ("[Sign in] を5分", ["[", "Sign", " ", "in", "]", " ", "を", "5", "分"]),
        ("user's café", ["user's", " ", "café"]),
    ],
)
def test_a_text_is_cut_where_the_kind_of_letter_changes(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_changed_word_is_told_and_the_rest_stays() -> None:
    assert changes("[次へ] を押します。", "[進む] を押します。") == (
        ("equal", "["),
        ("delete", "次へ"),
        ("insert", "進む"),
        ("equal", "] を押します。"),
    )


def test_a_space_between_changed_words_is_told_with_them() -> None:
    assert changes("I will go home", "You can go home") == (
        ("delete", "I will"),
        ("insert", "You can"),
        ("equal", " go home"),
    )


def test_a_text_that_comes_or_goes_is_all_inserted_or_deleted() -> None:
    assert changes(None, "文") == (("insert", "文"),)
    assert changes("文", None) == (("delete", "文"),)


@given(paragraphs, paragraphs)
def test_every_paragraph_is_paired_or_alone_exactly_once_and_in_order(before: list[str], after: list[str]) -> None:
    pairs = list(aligned(before, after))

    assert [old for old, _ in pairs if old is not None] == list(range(len(before)))
    assert [new for _, new in pairs if new is not None] == list(range(len(after)))


def test_a_paragraph_put_before_a_changed_one_is_not_taken_for_it() -> None:
    before, after = ["メールのリンクを押します。"], ["まず、はじめに。", "メールのリンクをもう一度押します。"]

    assert list(aligned(before, after)) == [(None, 0), (0, 1)]


def test_a_text_that_stands_alone_is_the_same_one_however_much_it_changed() -> None:
    assert list(aligned(["はい"], ["completely different"])) == [(0, 0)]


def test_paragraphs_that_have_nothing_in_common_are_not_paired() -> None:
    assert [pair for pair in aligned(["abc", "def"], ["漢字", "かな"]) if None not in pair] == []
