"""Pages and answers as people speak of them: a page by its number and title, an answer by its label."""

from collections.abc import Iterable

from assistant.cli.language import said
from assistant.flow.engine import Engine
from assistant.flow.message import Message, say
from assistant.flow.model import DEFAULT, LOST, Answer, State


class PageNames:
    """Names the pages of two versions of a flow; what both have is named as the new one does."""

    def __init__(self, old: Engine, new: Engine) -> None:
        """Take both versions."""
        self._old, self._new = old.flow, new.flow

    def old(self, state: str) -> str:
        """Return a page of the old version: `12 「title」`."""
        found = self._old.states[state]
        return f"{found.no} 「{found.title}」"

    def new(self, state: str) -> str:
        """Return a page of the new version."""
        found = self._new.states[state]
        return f"{found.no} 「{found.title}」"

    def same(self, old: str, new: str) -> bool:
        """Say whether a state of the old version is this one of the new."""
        return self._now(old) == new

    def page(self, answer: Answer) -> str:
        """Return the page on which an answer is given, in either version's spelling."""
        now = self._now(answer.state)
        return self.new(now) if now in self._new.states else self.old(answer.state)

    def label(self, answer: Answer) -> str:
        """Return what stands on the choice, or in words what the answer is if it is none."""
        for flow, state in ((self._new, self._now(answer.state)), (self._old, answer.state)):
            choice = flow.states[state].choices.get(answer.trigger) if state in flow.states else None
            if choice is not None:
                return f"「{choice.label}」"
        if answer.trigger == LOST:
            return said(_lost(self._state(answer)))
        if answer.trigger == DEFAULT:
            return said(say("any other result"))
        return said(say("result {trigger}", trigger=answer.trigger))

    def way(self, answers: Iterable[Answer]) -> str:
        """Return answers one after the other, each with the number of its page."""
        return " → ".join(f"{self._state(answer).no} {self.label(answer)}" for answer in answers)

    def is_new(self, answer: Answer) -> bool:
        """Say whether an answer is a choice that the old version does not have."""
        now = self._now(answer.state)
        before = next((state for name, state in self._old.states.items() if self._now(name) == now), None)
        return _has(self._new.states.get(now), answer) and not _has(before, answer)

    def is_gone(self, answer: Answer) -> bool:
        """Say whether an answer is a choice that only the old version has."""
        now = self._new.states.get(self._now(answer.state))
        return _has(self._old.states.get(answer.state), answer) and not _has(now, answer)

    def _now(self, state: str) -> str:
        return self._new.renamed.get(state, state)

    def _state(self, answer: Answer) -> State:
        now = self._now(answer.state)
        return self._new.states[now] if now in self._new.states else self._old.states[answer.state]


def _has(state: State | None, answer: Answer) -> bool:
    return state is not None and answer.trigger in state.choices


def _lost(state: State) -> Message:
    """Return what the page of a state calls the choice of the lost."""
    return say("「this is not what I see」") if state.shows_a_screen else say("「none of these」")
