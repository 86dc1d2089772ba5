"""What a rule looks at: a flow with the places of all its parts, and what it may refer to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from assistant.flow.common import Common
from assistant.flow.document import Document
from assistant.flow.message import Message
from assistant.flow.model import Answer, Flow
from assistant.flow.problem import Mark, Problem, Severity


@dataclass(frozen=True)
class Subject:
    """A flow under check, with what it may refer to; `broken` names states that could not be read themselves."""

    flow: Flow
    document: Document
    common: Common
    broken: frozenset[str] = frozenset()
    common_broken: frozenset[str] = frozenset()
    name: str = "flow"

    def page(self, answers: Iterable[Answer]) -> str:
        """Return the address of the page that answers lead to, as the guide and the preview know it."""
        return f"/{self.flow.language}/{self.name}/" + "".join(f"{answer}/" for answer in answers)

    def problem(self, code: str, message: Message, mark: Mark, severity: Severity = "error") -> Problem:
        """Make a problem in this flow's file."""
        return Problem(self.document.path, mark, code, message, severity)

    def at(self, *keys: str | int) -> Mark:
        """Return the place of a value."""
        return self.document.mark(*keys)

    def at_key(self, *keys: str | int) -> Mark:
        """Return the place of a key."""
        return self.document.key_mark(*keys)

    def exists(self, state: str) -> bool:
        """Say whether the file has a state of this name, even a broken one."""
        return state in self.flow.states or state in self.broken

    def known_states(self) -> list[str]:
        """Return all names of states."""
        return [*self.flow.states, *self.broken]


Place: TypeAlias = tuple[str | int, ...]
Rule: TypeAlias = Callable[[Subject], Iterator[Problem]]
