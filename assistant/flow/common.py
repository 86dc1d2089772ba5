"""What all flows share, as data: facts that each installation fills in, notes, and the screens (see `screen.py`)."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from assistant.flow.model import Id, Model, Words
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
    text: Annotated[tuple[Words, ...], BeforeValidator(_as_list), Field(min_length=1)]


class Facts(Model):
    """The file `flows/common/facts.yaml`."""

    facts: Mapping[Id, Fact]


class Notes(Model):
    """The file `flows/common/notes.yaml`."""

    notes: Mapping[Id, Note]


class Screens(Model):
    """The file `flows/common/screens.yaml`."""

    screens: Mapping[Id, Screen]


class Common(Model):
    """Everything that the flows of one folder share."""

    facts: Mapping[str, Fact] = {}
    notes: Mapping[str, Note] = {}
    screens: Mapping[str, Screen] = {}
