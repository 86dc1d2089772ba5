"""Guards in words: who reads a flow on paper has to judge by themselves which part is meant for them."""

from collections.abc import Mapping
from typing import Final

from assistant.flow.guard import AllOf, Answered, AnyOf, AtLeast, Guard, Not
from assistant.flow.model import Answer
from assistant.web.speech import Speech

GIVEN: Final = "{number} で{answers}と答えた"
NOT_GIVEN: Final = "{number} で{answers}と答えていない"
WHEN: Final = "{condition}とき"
AND: Final = "、そして "
OR: Final = "、または "
OR_ANSWER: Final = "か"
LISTED: Final = "・"
AT_LEAST: Final = "次のうち{count}つ以上にあてはまる（{parts}）"
FEWER: Final = "次のうち{count}つ以上にはあてはまらない（{parts}）"
QUOTED: Final = "「{answer}」"


class Conditions:
    """Says the guards of one flow; questions are named by their numbers, answers by their labels."""

    def __init__(self, speech: Speech, numbers: Mapping[str, int]) -> None:
        """Take what speaks, and the number of every state."""
        self._speech: Final = speech
        self._numbers: Final = numbers

    def said(self, guard: Guard | None) -> str | None:
        """Return the condition in words, or None where there is none."""
        if guard is None:
            return None
        return self._page(WHEN).format(condition=self._clause(guard, given=True))

    def _clause(self, guard: Guard, *, given: bool) -> str:
        """Say a guard, or that it does not pass: then `and` and `or` change places (De Morgan)."""
        if isinstance(guard, Not):
            return self._clause(guard.part, given=not given)
        if isinstance(guard, Answered):
            return self._answered(guard, given=given)
        if isinstance(guard, (AllOf, AnyOf)):
            joint = AND if isinstance(guard, AllOf) is given else OR
            return self._page(joint).join(self._clause(part, given=given) for part in guard.parts)
        if isinstance(guard, AtLeast):
            parts = self._page(LISTED).join(self._clause(part, given=True) for part in guard.parts)
            return self._page(AT_LEAST if given else FEWER).format(count=guard.count, parts=parts)
        raise TypeError(f"a guard of an unknown kind: {guard!r}")

    def _answered(self, guard: Answered, *, given: bool) -> str:
        answers = self._page(OR_ANSWER).join(self._answer(guard.state, trigger) for trigger in guard.triggers)
        template = self._page(GIVEN if given else NOT_GIVEN)
        return template.format(number=self._numbers.get(guard.state, guard.state), answers=answers)

    def _answer(self, state: str, trigger: str) -> str:
        label = self._speech.plain_inline(self._speech.label(Answer(state, trigger)), None)
        return self._page(QUOTED).format(answer=label.strip("「」"))

    def _page(self, words: str) -> str:
        return self._speech.page(words)
