"""A YAML file as plain values, with the place in the file of every part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from assistant.flow.problem import Mark

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Marks:
    """The places of one value: its own, those of its keys, and those of what it holds."""

    at: Mark
    keys: dict[str, Mark] | None = None
    children: "dict[str, Marks | Mark] | list[Marks | Mark] | None" = None


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its path as authors know it, the plain value, and where each part stands."""

    path: str
    value: Value
    marks: Marks | Mark

    def mark(self, *keys: str | int) -> Mark:
        """Return the place of the value at these keys, or of the deepest part on the way that exists."""
        node = self.marks
        for _, _, child in self._way(keys):
            node = child
        return place(node)

    def at(self, *keys: str | int) -> Value | None:
        """Return the value at these keys, None where there is none."""
        value: Any = self.value
        for key in keys:
            held = value if isinstance(value, (dict, list)) else ()
            there = key in held if isinstance(held, dict) else isinstance(key, int) and key < len(held)
            if not there:
                return None
            value = value[key]
        return cast("Value", value)

    def key_mark(self, *keys: str | int) -> Mark:
        """Return the place of the last key itself (not of its value), as `mark` does."""
        best = place(self.marks)
        for parent, key, child in self._way(keys):
            named = parent.keys if isinstance(parent, Marks) else None
            best = named[key] if named and isinstance(key, str) else place(child)
        return best

    def _way(self, keys: Iterable[str | int]) -> Iterator[tuple[Marks | Mark, str | int, Marks | Mark]]:
        """Yield parent, key and child for each of these keys, as far as they exist."""
        node = self.marks
        for key in keys:
            child = _child(node, key)
            if child is None:
                return
            yield node, key, child
            node = child

    def find_key(self, name: str, *keys: str | int) -> Mark:
        """Return the place of the first key or text `name` anywhere below these keys, else their own place."""
        node: Marks | Mark = self.marks
        value: Any = self.value
        for key in keys:
            child = _child(node, key)
            if child is None:
                return place(node)
            node, value = child, value[key]
        return next(_search(name, value, node), place(node))


def place(node: Marks | Mark) -> Mark:
    """Return where a value begins."""
    return node if isinstance(node, Mark) else node.at


def _child(node: Marks | Mark, key: str | int) -> Marks | Mark | None:
    if isinstance(node, Mark):
        return None
    if isinstance(node.children, dict) and isinstance(key, str):
        return node.children.get(key)
    if isinstance(node.children, list) and isinstance(key, int) and key < len(node.children):
        return node.children[key]
    return None


def _search(name: str, value: Any, node: Marks | Mark) -> Iterator[Mark]:
    if isinstance(value, str):
        if value == name:
            yield place(node)
    elif isinstance(node, Marks) and isinstance(node.children, dict) and node.keys is not None:
        for key, child in node.children.items():
            if key == name:
                yield node.keys[key]
            yield from _search(name, value[key], child)
    elif isinstance(node, Marks) and isinstance(node.children, list):
        for item, child in zip(value, node.children, strict=True):
            yield from _search(name, item, child)
