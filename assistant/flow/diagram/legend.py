"""The few words that a diagram says by itself, in the language of its flow's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Legend:
    """What stands on the first state and on endings, and one line for each mark."""

    start: str
    ending: str
    marks: tuple[str, ...]


_WORDS: Final[Mapping[str, Legend]] = {
    "ja": Legend(
        "● はじまり",
        "◎ おわり",
        (
            "→ 31：31番へ進みます。　← 4, 12：4番と12番から来ます。",
            "◇ と点線：前の答えしだいで通れます。　二重の枠：おわりです。",
            "両はしの線と ▷：サインインなどを実行します。",
        ),
    ),
    "en": Legend(
        "● Start",
        "◎ Ending",
        (
            "→ 31: goes on at number 31.   ← 4, 12: comes from 4 and 12.",
            "◇ and dashes: open only after certain earlier answers.   Double border: an ending.",
            "Bars at the sides and ▷: runs something, such as the sign-in.",
        ),
    ),
}


def words_of(language: str) -> Legend:
    """Return the words for a language, English where there are none."""
    return _WORDS.get(language, _WORDS["en"])
