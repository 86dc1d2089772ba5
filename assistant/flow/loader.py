"""Text to typed data: a flow, or a file that all flows share, with its marks and every problem of its shape."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.flow.advice import key_advice, text_advice
from assistant.flow.document import Document
from assistant.flow.keys import keys_at, keys_of
from assistant.flow.limit import limited
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
        problems = [*limited(chain(problems, (_problem(document, model, error) for error in errors)))]
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
    *place, key = map(str, error["loc"])
    if (advice := key_advice(key)) is not None:
        return advice
    here = keys_at(model, place)
    if (home := _home(error["input"])) is not None and home in keys_of(model):
        message = say(
            "no key '{key}' is known here; if it is {part}, indent it under '{home}:'",
            key=key,
            part=_PARTS[home],
            home=home,
        )
        return Fault("unknown-key", message)
    owners = [owner for name, owner in _OWNERS if name in keys_of(model).get(key, ())]
    if not owners or get_close_matches(key, here, n=1, cutoff=_MISSPELT):
        return Fault("unknown-key", say("no key '{key}' is known here{near}", key=key, near=suggestion(key, here)))
    where = say("{one} or {other}", one=owners[0], other=owners[1]) if len(owners) > 1 else owners[0]
    return Fault("unknown-key", say("the key '{key}' belongs to {owner}; check the indentation", key=key, owner=where))


def _home(value: object) -> str | None:
    """Return the key under which a mapping belongs that looks like a choice or a state."""
    if not isinstance(value, dict):
        return None
    return "choices" if "label" in value else "states" if "title" in value else None


_PARTS: Final = {"choices": say("a choice"), "states": say("a state")}
# How alike a key must be to one that belongs here to be taken for it, though it belongs elsewhere as it is written.
_MISSPELT: Final = 0.85
_OWNERS: Final = (
    ("Flow", say("the flow itself")),
    ("State", say("a state")),
    ("Choice", say("a choice")),
    ("Target", say("a target under 'to'")),
    ("Message", say("a 'message'")),
    ("Source", say("'source'")),
    ("Screen", say("a screen")),
    ("Wording", say("the wording of a screen in one language")),
    ("Scenario", say("a scenario")),
)


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
    if error["loc"][-2:-1] == ("choices",) and "State" in keys_of(model).get(error["loc"][-1], ()):
        message = say(
            "'{key}' would be a choice here; if it is a key of the state, indent it less", key=error["loc"][-1]
        )
        return Fault("wrong-type", message)
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
