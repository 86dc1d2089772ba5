"""Guards that a flow names once (`guards:`) and uses by their names: the names are replaced before anything is made."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic_core import PydanticCustomError

from assistant.flow.guard import AT_LEAST, RESERVED, AllOf, Guard, parse_guard

_LISTS: Final = ("any", "all")
_NAMES: Final = "guards"


def replaced(flow: Any) -> Any:
    """Return a flow's plain value with every name of a guard replaced by the guard under `guards:`.

    Named guards use no names themselves: they would grow without end, or never come to one. A name that stands for
    nothing stays, and is refused as a guard where it is used; a guard that is wrong is refused under `guards:` only.
    """
    written = flow.get(_NAMES) if isinstance(flow, dict) else None
    if not isinstance(written, dict):
        return flow
    names = {name: _parsed(guard) for name, guard in written.items()}
    return {key: value if key == _NAMES else _parts(value, names) for key, value in flow.items()}


def states_written(guard: Any) -> Iterator[str]:
    """Yield the states that a guard's plain value names itself, those in guards that it names left out."""
    if isinstance(guard, list):
        for part in guard:
            yield from states_written(part)
    elif isinstance(guard, dict):
        for key, value in guard.items():
            counted = list(value.values()) if key == AT_LEAST and isinstance(value, dict) else value
            yield from states_written(counted) if key in RESERVED else (key,)


def _parsed(written: Any) -> Guard:
    try:
        return parse_guard(written)
    except PydanticCustomError:
        return AllOf(())  # passes everywhere, so that nothing else is told of it


def _parts(value: Any, names: Mapping[str, Guard]) -> Any:
    if isinstance(value, list):
        return [_parts(part, names) for part in value]
    if not isinstance(value, dict):
        return value
    return {key: _guard(part, names) if key == "when" else _parts(part, names) for key, part in value.items()}


def _guard(value: Any, names: Mapping[str, Guard]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if not isinstance(value, dict):
        return value
    return {key: _combined(key, part, names) for key, part in value.items()}


def _combined(key: str, value: Any, names: Mapping[str, Guard]) -> Any:
    if key == "not":
        return _guard(value, names)
    if key in _LISTS and isinstance(value, list):
        return [_guard(part, names) for part in value]
    if key == AT_LEAST and isinstance(value, dict):
        return {count: _combined("all", parts, names) for count, parts in value.items()}
    return _parts(value, names)  # where a choice is called `when`, its own parts
