"""Which keys belong where: what the models of the flow language say about themselves, to advise about unknown keys."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel


@cache
def keys_of(model: type[BaseModel]) -> Mapping[str, frozenset[str]]:
    """Return the keys of a model and of every model in it, each with the names of the models that have it."""
    owners: dict[str, frozenset[str]] = {}
    waiting, seen = [model], set[type[BaseModel]]()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for key, annotation in _fields(current):
            owners[key] = owners.get(key, frozenset()) | {current.__name__}
            waiting.extend(inner for inner, _ in _models_in(annotation))
    return owners


def keys_at(model: type[BaseModel], place: Sequence[str]) -> list[str]:
    """Return the keys that a mapping at this place of a file may have."""
    current, left = model, list(place)
    while left:
        annotation = dict(_fields(current)).get(left.pop(0))
        inner, depth = next(_models_in(annotation), (None, 0))
        if inner is None:
            break
        current, left = inner, left[depth:]
    return [key for key, _ in _fields(current)]


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, field.annotation


def _models_in(annotation: Any, depth: int = 0) -> Iterator[tuple[type[BaseModel], int]]:
    """Yield the models in a type, with how many names or numbers of entries lead to each."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation, depth
    elif annotation is not None:
        contains = get_origin(annotation) in (tuple, list, Mapping)
        for part in get_args(annotation):
            yield from _models_in(part, depth + contains)
