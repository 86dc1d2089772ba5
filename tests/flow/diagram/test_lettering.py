"""Where words break, and how wide they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.diagram.lettering import shorten, width_of, wrap

texts = st.text(alphabet="あいう、。「」ー（）abc xyz-./◇1", max_size=60)
widths = st.integers(2, 20)


@given(texts, widths, st.integers(1, 5))
def test_no_line_is_wider_than_asked_for_and_there_are_no_more_than_asked_for(
    text: str, width: int, lines: int
) -> None:
    found = wrap(text, width, lines)

    assert 1 <= len(found) <= lines
    assert [line for line in found if width_of(line) > width] == []


@given(texts, widths)
def test_no_letter_is_lost_where_there_is_room(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width, 99)).split()) == "".join(text.split())


@given(texts, widths)
def test_what_is_shortened_fits_and_says_so(text: str, width: int) -> None:
    found = shorten(text, width)

    assert width_of(found) <= width
    assert found == text or found.endswith("…")


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("パスワードを入れます", 8, ("パスワード", "を入れます")),
        ("紙が詰まった。", 6, ("紙が詰", "まった。")),
        ("「次へ」を押した", 5, ("「次へ」", "を押した")),
        ("Sign in again", 5, ("Sign in", "again")),
        (".microsoftonline.com", 10, (".microsoftonline.", "com")),
        ("a\u00a0/ b", 1.7, ("a\u00a0/", "b")),
        ("", 5, ("",)),
    ],
)
def test_lines_are_about_equal_and_break_where_readers_expect_it(
    text: str, width: float, expected: tuple[str, ...]
) -> None:
    assert wrap(text, width, 9) == expected


def test_a_full_width_letter_is_one_em_wide_and_a_half_width_one_about_half() -> None:
    assert width_of("あ①Ａ") == 3
    assert width_of("an-1") == pytest.approx(2.2)


def test_what_is_cut_keeps_its_spaces() -> None:
    assert wrap("accepted together with others", 9, 1) == ("accepted toget…",)
