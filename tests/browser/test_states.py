"""Every state of the shipped flows, in both languages, looked at in a real browser."""

import pytest

from tests.browser.inspection import Inspection
from tests.browser.shipped import NUMBERS


def test_every_state_has_a_page_of_its_own(inspection: Inspection) -> None:
    assert inspection.unanswered == []
    assert inspection.seen == [str(number) for number in NUMBERS]


@pytest.mark.parametrize("view", ["1280", "390", "dark"])
def test_axe_finds_nothing(inspection: Inspection, view: str) -> None:
    assert inspection.axe[view] == []


def test_nothing_scrolls_sideways_on_the_narrowest_phone(inspection: Inspection) -> None:
    assert inspection.sideways == []


def test_the_console_stays_silent_so_that_the_policy_is_never_violated(inspection: Inspection) -> None:
    assert inspection.noise == []


def test_nobody_else_is_asked_for_anything(inspection: Inspection) -> None:
    assert inspection.foreign == []


def test_every_drawing_says_in_words_what_it_shows(inspection: Inspection) -> None:
    assert inspection.undescribed == []
