"""Flows of any size, made up but shaped like real ones: about 280 bytes a state, guards on near answers, ways back."""

from collections.abc import Iterator
from random import Random

_HEAD = "title: 大きなご案内\nlanguage: ja\nstart: s0\nstages: {account: ①アカウント}\nlost: help\nstates:\n"
_CHAPTER = 20


def flow_text(states: int) -> str:
    """Return the text of a sound flow with this many states."""
    random = Random(states)
    questions = states - 2
    written = ["".join(_question(number, questions, random)) for number in range(questions)]
    return "".join([_HEAD, *written, _ending(f"s{questions}", questions), _ending("help", questions + 1)])


def _question(number: int, last: int, random: Random) -> Iterator[str]:
    first = number - number % _CHAPTER
    onwards = number + 1
    following = min(first + _CHAPTER, last)
    yield f"  s{number}:\n    no: {number + 1}\n    stage: account\n    title: 画面を確かめます\n"
    yield "    text: 画面のアドレスを見て、[次へ] を押します。\n"
    yield f"    choices:\n      next: {{label: 次の画面が出た, to: s{onwards}}}\n"
    if number % 2 or number == first:
        yield f"      other: {{label: ほかの画面, to: s{random.randint(onwards, following)}}}\n"
    if number % _CHAPTER == _CHAPTER // 2:
        # What was answered a page before decides, as the shipped flow asks how the PC was used before; some skip it.
        guarded = f"{{to: s{number - 1}, when: {{s{number - 1}: next}}}}"
        yield f"      again: {{label: 戻る, to: [{guarded}, {{to: s{onwards}}}]}}\n"
    elif number % _CHAPTER == _CHAPTER // 2 - 2 and number + 2 <= last:
        yield f"      skip: {{label: 飛ばす, to: s{number + 2}}}\n"
    elif number != first:
        yield f"      again: {{label: もう一度, to: s{random.randint(first, number)}}}\n"


def _ending(name: str, number: int) -> str:
    return f"  {name}:\n    no: {number + 1}\n    title: できました\n    outcome: resolved\n"
