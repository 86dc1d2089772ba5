"""What `assistant check --explain` says about a code: why it matters, a wrong and a right example; read from YAML."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from assistant.flow.problem import Severity

FAMILIES: Final = ("file", "machine", "words", "promises")

_Words = Annotated[str, Field(min_length=1)]


class Why(BaseModel):
    """One line in each language of the command line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ja: _Words
    en: _Words


class Explanation(BaseModel):
    """One code. `wrong` raises it and no other, `right` raises nothing; `file` and `at` say what they are part of.

    How the tests complete the examples to files is said at the top of `explanations/file.yaml`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    why: Why
    severity: Severity = "error"
    file: Literal["flow", "scenarios", "po", "screens", "notes", "facts", "codes", "elsewhere", "tree"] = "flow"
    at: Literal["file", "flow", "states", "state"] = "file"
    checked: Literal["flow", "folder"] = "flow"
    encoding: str = "utf-8"
    repeated: int = 1
    beside: tuple[str, ...] = ()
    translates: str = ""
    wrong: _Words
    right: _Words


_EXPLANATIONS: Final = TypeAdapter(Mapping[str, Explanation])


def read_explanations(text: str) -> Mapping[str, Explanation]:
    """Return the explanations of one family's file, by code; raises ValueError if the file is not as it should be."""
    return _EXPLANATIONS.validate_python(yaml.load(text, yaml.CSafeLoader))
