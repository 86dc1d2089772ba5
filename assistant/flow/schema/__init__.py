"""JSON Schemas of the files that authors write: what an editor completes, explains on hover, and marks as wrong."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import BaseModel

from assistant.flow.common import Codes, Elsewhere, Facts, Notes, Screens
from assistant.flow.guard import AT_LEAST
from assistant.flow.model import CODE_UNKNOWN, DEFAULT, ID, RESULTS, Flow
from assistant.flow.scenario import Scenarios
from assistant.flow.schema.explaining import explained
from assistant.flow.schema.generator import DEFINITIONS, WORDS, definition, generate
from assistant.flow.schema.snippets import CHOICES, SCENARIOS, STATES
from assistant.flow.screen import ICONS, KINDS

FILES: Final[Mapping[str, type[BaseModel]]] = {
    "flow": Flow,
    "scenarios": Scenarios,
    "screens": Screens,
    "notes": Notes,
    "facts": Facts,
    "codes": Codes,
    "elsewhere": Elsewhere,
}


def schema_of(file: str) -> dict[str, Any]:
    """Return the schema of one of FILES, by its name without `.yaml`; raises KeyError."""
    schema = generate(FILES[file], _OWN)
    for part in (schema, *schema[DEFINITIONS].values()):
        _COMPLETED.get(part["title"], _nothing)(part)
    return explained(schema)


def _nothing(part: dict[str, Any]) -> None:
    """Most parts are complete as they come from their models."""


def _state(part: dict[str, Any]) -> None:
    _results(part)
    part["if"], part["else"] = {"required": ["gone"]}, {"required": ["title"]}
    part["properties"]["invoke"] = {"enum": list(RESULTS)}
    part["properties"]["choices"]["defaultSnippets"] = CHOICES


def _flow(part: dict[str, Any]) -> None:
    _results(part)
    part["properties"]["states"]["defaultSnippets"] = STATES


def _results(part: dict[str, Any]) -> None:
    """Name what an invoked state can come back with, which is all that `results` can hold."""
    results = part["properties"]["results"]
    targets = results.pop("additionalProperties")
    known = frozenset({DEFAULT, CODE_UNKNOWN}).union(*RESULTS.values())
    results |= {
        "properties": dict.fromkeys(sorted(known), targets),
        "patternProperties": {"^code-[1-9][0-9]{0,7}$": targets},
        "additionalProperties": False,
    }
    del results["propertyNames"]


def _scenarios(part: dict[str, Any]) -> None:
    part["properties"]["scenarios"]["defaultSnippets"] = SCENARIOS


def _codes(part: dict[str, Any]) -> None:
    part["properties"]["codes"]["propertyNames"] = {"type": "string", "pattern": "^([1-9][0-9]{0,7}|unknown)$"}


_COMPLETED: Final[Mapping[str, Callable[[dict[str, Any]], None]]] = {
    "State": _state,
    "Flow": _flow,
    "Scenarios": _scenarios,
    "Codes": _codes,
}


def _several(words: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [words, {"type": "array", "items": words, "minItems": 1}]}


_GUARDS: Final = {"type": "array", "items": definition("Guard"), "minItems": 1}
_COUNTED: Final = {
    "type": "object",
    "propertyNames": {"type": ["string", "integer"], "pattern": "^[1-9][0-9]?$"},
    "additionalProperties": _GUARDS,
    "minProperties": 1,
    "maxProperties": 1,
}
# What those validators take that are functions of their own.
_OWN: Final[Mapping[str, Mapping[str, Any]]] = {
    "Guard": {
        "title": "Guard",
        "type": ["object", "string"],  # a text is the name of one of the flow's guards
        "pattern": f"^({ID.pattern})$",
        "minProperties": 1,
        "properties": {"any": _GUARDS, "all": _GUARDS, "not": definition("Guard"), AT_LEAST: _COUNTED},
        "additionalProperties": _several(WORDS),
    },
    "Element": {
        "title": "Element",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": {kind: {"enum": list(ICONS)} if kind == "icon" else _several(WORDS) for kind in KINDS},
        "additionalProperties": False,
    },
    "Answer": {"title": "Answer", "type": "string", "pattern": r"^[^.]+\.[^\n]+$"},
}
