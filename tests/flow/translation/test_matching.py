"""Which of several paragraphs one became: the likest first, then the one between the same neighbours, no one twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.translation.matching import match

PRESS = "[サインイン] を押します。"
PRESSED = "[サインイン] をもう一度押します。"
WAIT = "しばらく待つと、メールが届きます。"
CALL = "届かないときは、窓口に電話します。"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([PRESS], [WAIT], {0: 0}),
        ([PRESS, WAIT], [WAIT, PRESS], {0: 1, 1: 0}),
        ([PRESS, WAIT, CALL], [PRESS, CALL], {0: 0, 1: 2}),
        ([PRESS, WAIT], [PRESS, CALL, WAIT], {0: 0, 2: 1}),
        ([PRESS, WAIT], [WAIT, PRESSED], {0: 1, 1: 0}),
        ([PRESS, WAIT, CALL], [PRESS, "少し待つと届くはずです。", CALL], {0: 0, 1: 1, 2: 2}),
        ([PRESS, WAIT, CALL], [PRESS, "Wi-Fi", CALL], {0: 0, 2: 2}),
        ([PRESS, PRESSED], [PRESSED], {0: 1}),
        ([PRESS], [PRESSED, PRESS], {1: 0}),
        ([], [PRESS], {}),
    ],
)
def test_a_text_is_found_by_likeness_and_then_by_its_place(
    old: list[str], new: list[str], expected: dict[int, int]
) -> None:
    assert match(old, new) == expected


texts = st.lists(st.text("ab ", max_size=6), max_size=6, unique=True)


@given(texts, texts)
def test_no_text_is_found_twice_and_the_same_text_is_itself(old: list[str], new: list[str]) -> None:
    found = match(old, new)

    assert len(set(found.values())) == len(found)
    assert all(found[place] == old.index(text) for place, text in enumerate(new) if text in old)
