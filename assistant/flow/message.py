"""Sentences for authors and operators: an English template with its values, to be said in another language as well."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

Translate: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence: the English template, as `str.format` takes it, and what stands in it, messages included."""

    template: str
    values: "tuple[tuple[str, Message | str | int], ...]" = ()

    def __str__(self) -> str:
        """Say it in English."""
        return self.said(lambda template: template)

    def said(self, translate: Translate) -> str:
        """Say it in the language of `translate`, which gives the template of that language for the English one."""
        values = {name: value.said(translate) if isinstance(value, Message) else value for name, value in self.values}
        return translate(self.template).format_map(values)


NOTHING = Message("")

# Of a longer text the beginning says enough; the address of a page, which must be whole, has at most 3,500 bytes.
_LONGEST: Final = 4_000


def say(template: str, **values: object) -> Message:
    """Return the message of a literal English template; values that are no messages or numbers stand as text.

    The template must be a literal where this is called: translations are found by it.
    """
    kept = {name: value if isinstance(value, (Message, int)) else _short(str(value)) for name, value in values.items()}
    return Message(template, tuple(kept.items()))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
