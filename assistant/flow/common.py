"""What all flows share, as data: facts that each installation fills in, notes, screens, and Microsoft's error codes."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from assistant.flow.message import say
from assistant.flow.model import Id, Model, Words, code_of
from assistant.flow.refusal import refused
from assistant.flow.screen import Screen


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Fact(Model):
    """A short text that each installation fills in: `text` is shown until then, `about` tells the operator more."""

    about: Words
    text: Words


class Note(Model):
    """A remark that several states show, folded under its title."""

    title: Words
    text: Annotated[tuple[Words, ...], BeforeValidator(_as_list, Words | list[Words]), Field(min_length=1)]


UNKNOWN: Final = "unknown"


def _code_number(value: str) -> str:
    if value != UNKNOWN and code_of(f"code-{value}") is None:
        message = say(
            "'{number}' is no error number; write one such as 50126, or 'unknown' for all others", number=value
        )
        raise refused("bad-value", message)
    return value


class Code(Model):
    """What an AADSTS number of Microsoft's means, in our own words, and who can do something about it.

    `name` is what Microsoft calls it, for administrators; `text` is for the customer. `who` is who can mend it when
    what the text says first does not help; it `depends` where only the question that the number leads to can tell.
    """

    name: Words | None = None
    who: Literal["customer", "administrator", "helpdesk", "depends"]
    text: Annotated[tuple[Words, ...], BeforeValidator(_as_list, Words | list[Words]), Field(min_length=1)]


class Facts(Model):
    """The file `flows/common/facts.yaml`."""

    facts: Mapping[Id, Fact]


class Notes(Model):
    """The file `flows/common/notes.yaml`."""

    notes: Mapping[Id, Note]


class Screens(Model):
    """The file `flows/common/screens.yaml`."""

    screens: Mapping[Id, Screen]


class Elsewhere(Model):
    """The file `flows/common/elsewhere.yaml`: by language, what people say that has to do with none of the screens."""

    elsewhere: Mapping[str, tuple[Words, ...]]


class Codes(Model):
    """The file `flows/common/codes.yaml`: AADSTS numbers, and `unknown` for every other."""

    codes: Mapping[Annotated[str, AfterValidator(_code_number)], Code]


class Common(Model):
    """Everything that the flows of one folder share."""

    facts: Mapping[str, Fact] = {}
    notes: Mapping[str, Note] = {}
    screens: Mapping[str, Screen] = {}
    elsewhere: Mapping[str, tuple[Words, ...]] = {}
    codes: Mapping[str, Code] = {}
