"""Text to typed data: a flow, or a file that all flows share, with its marks and every problem of its shape."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.flow.advice import text_advice
from assistant.flow.document import Document
from assistant.flow.message import Message, say
from assistant.flow.model import Flow
from assistant.flow.problem import Fault, Problem, suggestion
from assistant.flow.reader import parse

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """What one file says. `data` is None if too little of it could be read; `broken` names the parts left out of it."""

    path: str
    data: M | None
    document: Document | None
    problems: tuple[Problem, ...]
    broken: frozenset[str] = frozenset()


def load(path: str, text: str, model: type[M], parts: str) -> Loaded[M]:
    """Read a YAML text as `model`. Never raises for what an author wrote: everything wrong is in `problems`.

    `parts` is the key of the mapping whose entries are left out one by one when they are wrong (such as `states`), so
    that the rest can still be checked in the same run.
    """
    document, problems = parse(path, text)
    if document is None:
        return Loaded(path, None, None, tuple(problems))
    value, broken = document.value, set[str]()
    data, errors = _validate(model, value)
    if data is None:
        problems += [_problem(document, model, error) for error in errors]
        value, broken = _without_broken(value, parts, errors)
        data, _ = _validate(model, value)
    return Loaded(path, data, document, tuple(problems), frozenset(broken))


def load_flow(path: str, text: str) -> Loaded[Flow]:
    """Read `flow.yaml`; states that are wrong in themselves are left out and named in `broken`."""
    return load(path, text, Flow, "states")


def _validate(model: type[M], value: Any) -> tuple[M | None, Sequence[Any]]:
    try:
        return model.model_validate(value), ()
    except ValidationError as error:
        # A list of which nothing could be read counts as too short: that only follows from the errors in it.
        told = error.errors(include_url=False)
        return None, [each for each in told if each["type"] != "too_short" or not each["input"]]


def _without_broken(value: Any, parts: str, errors: Sequence[Any]) -> tuple[Any, set[str]]:
    names = {str(error["loc"][1]) for error in errors if error["loc"][:1] == (parts,) and len(error["loc"]) > 1}
    unknown = {
        str(error["loc"][0]) for error in errors if error["type"] == "extra_forbidden" and len(error["loc"]) == 1
    }
    if not isinstance(value, dict) or not isinstance(value.get(parts), dict):
        return value, names
    kept = {name: part for name, part in value[parts].items() if name not in names}
    return {**{key: item for key, item in value.items() if key not in unknown}, parts: kept}, names


def _missing(model: type[BaseModel], error: Any) -> Fault:
    return Fault("missing-key", say("the key '{key}' is missing; write '{key}: ...' here", key=error["loc"][-1]))


def _unknown(model: type[BaseModel], error: Any) -> Fault:
    key = str(error["loc"][-1])
    if "\u3000" in key:
        return Fault(
            "full-width-space", say("a full-width space is in the key '{key}'; use half-width spaces", key=key)
        )
    if key in _keys(model):
        return Fault("unknown-key", say("the key '{key}' does not belong here; check the indentation", key=key))
    near = suggestion(key, _keys(model))
    return Fault("unknown-key", say("no key '{key}' is known here{near}", key=key, near=near))


def _custom(model: type[BaseModel], error: Any) -> Fault:
    return Fault(error["type"], error["ctx"]["message"])


def _shape(model: type[BaseModel], error: Any) -> Fault:
    value = error["input"]
    advice = text_advice(value) if isinstance(value, str) else None
    if advice:
        return advice
    if isinstance(value, list) and "string" in error["type"]:
        return Fault("wrong-type", say("this is a list; a text that starts with [ needs quotes or 「」"))
    if isinstance(value, dict) and "string" in error["type"]:
        return Fault("wrong-type", say("this is a mapping; a text with ': ' or {{ }} needs quotes"))
    wanted = next((words for part, words in _WANTED if part in error["type"]), say("something else"))
    return Fault("wrong-type", say("{wanted} is expected here, not {found}", wanted=wanted, found=_kind(value)))


def _kind(value: object) -> Message:
    if isinstance(value, str):
        return say("a text")
    return say("a list") if isinstance(value, (list, tuple)) else say("a mapping")


def _empty(model: type[BaseModel], error: Any) -> Fault:
    return Fault("empty-value", say("nothing is written here; write a text or leave the key out"))


def _pattern(model: type[BaseModel], error: Any) -> Fault:
    example = say("a language such as ja or en") if error["loc"][-1:] == ("language",) else say("it as in the guide")
    return Fault("bad-value", say("'{words}' cannot be read; write {example}", words=error["input"], example=example))


def _literal(model: type[BaseModel], error: Any) -> Fault:
    known = error["ctx"]["expected"].replace(" or ", ", ")
    return Fault(
        "bad-value", say("'{words}' is not known here; write one of {known}", words=error["input"], known=known)
    )


_WANTED: Final = (
    ("string", say("a text")),
    ("tuple", say("a list")),
    ("list", say("a list")),
    ("int", say("a number")),
    ("", say("a mapping")),
)
_WORDING: Final[Mapping[str, Callable[[type[BaseModel], Any], Fault]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_pattern_mismatch": _pattern,
    "literal_error": _literal,
    **dict.fromkeys(
        ("bad-id", "reserved-id", "bad-number", "bad-guard", "bad-drawing", "bad-answer", "bad-value"), _custom
    ),
}


def _problem(document: Document, model: type[BaseModel], error: Any) -> Problem:
    place = tuple(key for key in error["loc"] if key != "[key]")
    if error["input"] == "" and error["type"] != "missing":
        fault = _empty(model, error)
    else:
        fault = _WORDING.get(error["type"], _shape)(model, {**error, "loc": place})
    at_key = error["type"] in {"extra_forbidden", "bad-id", "reserved-id"} or error["loc"][-1:] == ("[key]",)
    mark = document.key_mark(*place) if at_key or error["type"] == "missing" else document.mark(*place)
    return Problem(document.path, mark, fault.code, fault.message)


@cache
def _keys(model: type[BaseModel]) -> frozenset[str]:
    """Collect the keys of a model and of every model in it, to suggest one for a misspelt key."""
    names: set[str] = set()
    waiting, seen = [model], set[type[BaseModel]]()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for name, field in current.model_fields.items():
            names.add(name)
            waiting.extend(_models_in(field.annotation))
    return frozenset(names)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
