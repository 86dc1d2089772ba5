"""Which new text an old one became, where several stand under one context: by likeness first, then by their order."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

# Two texts at least so much alike are one text that was changed; in the same place half as much is enough.
ALIKE: Final = 0.5
ALIKE_IN_PLACE: Final = 0.25


def match(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return for places in `new` the place in `old` of the text that it was, no place twice.

    A context that had one text and has one text still has it, whatever it says now.
    """
    if len(old) == len(new) == 1:
        return {0: 0}
    before = {text: place for place, text in reversed(list(enumerate(old)))}
    found: dict[int, int] = {}
    for place, text in enumerate(new):
        if text in before and before[text] not in found.values():
            found[place] = before[text]
    _by_likeness(old, new, found)
    _by_place(old, new, found)
    return found


def _by_likeness(old: Sequence[str], new: Sequence[str], found: dict[int, int]) -> None:
    pairs = [(likeness(old[was], new[now]), now, was) for now in _open(new, found) for was in _unused(old, found)]
    for alike, now, was in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if alike >= ALIKE and now not in found and was not in found.values():
            found[now] = was


def _by_place(old: Sequence[str], new: Sequence[str], found: dict[int, int]) -> None:
    """Pair what stands between the same neighbours, if it is equally many."""
    known = sorted(found.items())
    ends = [(-1, -1), *known, (len(new), len(old))]
    for (now, was), (next_now, next_was) in pairwise(ends):
        gap, gap_was = range(now + 1, next_now), range(was + 1, next_was)
        if len(gap) == len(gap_was) and not set(gap_was) & set(found.values()):
            found.update(
                (n, w) for n, w in zip(gap, gap_was, strict=True) if likeness(old[w], new[n]) >= ALIKE_IN_PLACE
            )


def _open(new: Sequence[str], found: dict[int, int]) -> list[int]:
    return [place for place in range(len(new)) if place not in found]


def _unused(old: Sequence[str], found: dict[int, int]) -> list[int]:
    return [place for place in range(len(old)) if place not in found.values()]


def likeness(one: str, other: str) -> float:
    """Return how much two texts are alike, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
