"""What the identifier is worth, on sentences and pages that none of its phrases were made from."""

import pytest

from tests.benchmarks.identifying import Score, read, score, shipped

# The aims of the design: the right screen first, among three, and unrelated sentences refused.
FIRST, AMONG_THREE, REFUSED, PAGES_FIRST = 0.85, 0.97, 0.90, 0.95


@pytest.fixture(scope="module")
def held_back() -> Score:
    return score(shipped()[1], [*read("written")[1::2], *read("held-back")])


def test_the_right_screen_comes_first(held_back: Score) -> None:
    assert held_back.first >= FIRST * held_back.known


def test_the_right_screen_is_among_three(held_back: Score) -> None:
    assert held_back.among_three >= AMONG_THREE * held_back.known


def test_sentences_about_something_else_are_refused(held_back: Score) -> None:
    assert held_back.refused >= REFUSED * held_back.unrelated


def test_a_pasted_page_is_recognised_in_spite_of_noise() -> None:
    pages = score(shipped()[1], read("pages"))

    assert pages.first >= PAGES_FIRST * pages.known


def test_a_heading_that_fits_several_screens_gives_one_of_them_first() -> None:
    headings = score(shipped()[1], read("headings"))

    assert headings.first == headings.known
