"""Pages and answers as people speak of them: a page by its number and title, an answer by its label."""

from collections.abc import Iterable

from assistant.cli.language import said
from assistant.flow.engine import Engine
from assistant.flow.message import say
from assistant.flow.model import DEFAULT, LOST, Answer


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
            return said(say("「this is not what I see」"))
        if answer.trigger == DEFAULT:
            return said(say("any other result"))
        return said(say("result {trigger}", trigger=answer.trigger))

    def way(self, answers: Iterable[Answer]) -> str:
        """Return answers one after the other, each with the number of its page."""
        return " → ".join(f"{self._number(answer)} {self.label(answer)}" for answer in answers)

    def _now(self, state: str) -> str:
        return self._new.renamed.get(state, state)

    def _number(self, answer: Answer) -> int:
        now = self._now(answer.state)
        return (self._new.states[now] if now in self._new.states else self._old.states[answer.state]).no
