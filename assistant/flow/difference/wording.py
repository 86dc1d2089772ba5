"""Word by word: what was deleted from a text and what was inserted, also in languages that put no spaces between words.

Japanese is cut where the kind of letter changes and at punctuation, which is near enough to words to be read.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["equal", "delete", "insert"]
Change: TypeAlias = tuple[Kind, str]

_WORD: Final = re.compile(
    r"\{[a-z][a-z0-9-]*\}"  # a fact
    r"|[一-鿿㐀-䶿豈-﫿々〆ヶ]+"
    r"|[ぁ-ゖゝゞ]+"
    r"|[ァ-ヺーヽヾｦ-ﾟ]+"
    r"|[^\W\d_一-鿿㐀-䶿豈-﫿々〆ヶぁ-ゖゝゞァ-ヺーヽヾｦ-ﾟ]+(?:['’][^\W\d_]+)?"
    r"|\d+"
    r"|\s+"
    r"|.",
    re.DOTALL,
)
# Two paragraphs less alike than this are not one paragraph that was changed, but one deleted and one inserted.
_ALIKE: Final = 0.4


def words(text: str) -> list[str]:
    """Cut a text into words, spaces and single signs, which make up the text again."""
    return _WORD.findall(text)


def changes(before: str | None, after: str | None) -> tuple[Change, ...]:
    """Return what stays, goes and comes, in order; None is a text that is not there.

    Spaces that stay between words that do not are told with these, or nobody could read it.
    """
    old, new = words(before or ""), words(after or "")
    found: list[Change] = []
    gone = come = ""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for index, (kind, start, end, new_start, new_end) in enumerate(opcodes):
        was, now = "".join(old[start:end]), "".join(new[new_start:new_end])
        if kind != "equal" or (was == " " and 0 < index < len(opcodes) - 1):
            gone, come = gone + was, come + now
        else:
            found += [*_changed(gone, come), ("equal", was)]
            gone = come = ""
    return (*found, *_changed(gone, come))


def _changed(gone: str, come: str) -> Iterator[Change]:
    if gone:
        yield "delete", gone
    if come:
        yield "insert", come


def aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Yield which text became which, in order, as positions from 0; None for what was inserted or deleted."""
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(range(start, end), range(new_start, new_end), strict=True)
        else:
            for old, new in _paired(before[start:end], after[new_start:new_end]):
                yield None if old is None else start + old, None if new is None else new_start + new


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair texts that are alike, in order, so that all together are as alike as they can be."""
    # A text that stands alone on both sides is the same one, however much it changed.
    least = 0.0 if len(before) == len(after) == 1 else _ALIKE
    alike = [[_alike(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for old, new in product(reversed(range(len(before))), reversed(range(len(after)))):
        together = alike[old][new] + best[old + 1][new + 1] if alike[old][new] >= least else 0.0
        best[old][new] = max(together, best[old + 1][new], best[old][new + 1])
    old = new = 0
    while old < len(before) and new < len(after):
        if alike[old][new] >= least and best[old][new] == alike[old][new] + best[old + 1][new + 1]:
            yield old, new
            old, new = old + 1, new + 1
        elif best[old][new] == best[old + 1][new]:
            yield old, None
            old += 1
        else:
            yield None, new
            new += 1
    yield from ((left, None) for left in range(old, len(before)))
    yield from ((None, left) for left in range(new, len(after)))


def _alike(before: str, after: str) -> float:
    return SequenceMatcher(None, words(before), words(after), autojunk=False).ratio()
