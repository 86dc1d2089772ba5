"""Changes words inside a YAML text and nothing else: what surrounds them stays letter by letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from assistant.flow.reader import parse
from assistant.flow.rewording.editing import Edit, apply
from assistant.flow.rewording.places import Keys

_BLOCK: Final = ("|", ">")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as it is written: between `start` and `end`, in a style (`''` is plain), inside [ ] or { } or not."""

    keys: Keys
    value: str
    style: str
    start: int
    end: int
    in_flow: bool


class Tree:
    """The written values of a YAML text that `parse` reads without a problem."""

    def __init__(self, text: str) -> None:
        """Read the text."""
        self.text = text
        self._root: Any = yaml.compose(text, Loader=yaml.CBaseLoader)

    def scalars(self) -> Iterator[Scalar]:
        """Yield every value that is a text, in the order of the file; keys are not values."""
        yield from _scalars(self._root, (), in_flow=False)

    def rewritten(self, scalar: Scalar, places: Sequence[tuple[int, int]], new: str) -> list[Edit] | None:
        """Return the edits that put `new` at places of a value, or None if it is written so that this cannot be."""
        spans = self._written(scalar, places)
        if spans is None:
            return None
        inside = [Edit(start, end, _encoded(new, scalar.style)) for start, end in spans]
        if scalar.style:
            return inside
        shifted = [Edit(edit.start - scalar.start, edit.end - scalar.start, edit.text) for edit in inside]
        value = _replaced(scalar.value, places, new)
        raw = self.text[scalar.start : scalar.end]
        if _reads_as(apply(raw, shifted), value, in_flow=scalar.in_flow):
            return inside
        return None if "\n" in raw else [Edit(scalar.start, scalar.end, _quoted(value))]

    def _written(self, scalar: Scalar, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]] | None:
        """Return where these places of the value, all of one word, stand in the file."""
        word = scalar.value[slice(*places[0])]
        written = _encoded(word, scalar.style)
        begin = self.text.index("\n", scalar.start) if scalar.style in _BLOCK else scalar.start
        found = list(_all(self.text, written, begin, scalar.end))
        meant = list(_all(scalar.value, word, 0, len(scalar.value)))
        if len(found) != len(meant) or any(start not in meant for start, _ in places):
            return None  # written over two lines, or with an escape in it
        starts = [found[meant.index(start)] for start, _ in places]
        return [(start, start + len(written)) for start in starts]

    def near(self, scalar: Scalar, place: tuple[int, int]) -> int:
        """Return where in the file a place of the value begins, or the value itself if that cannot be told."""
        spans = self._written(scalar, [place])
        return spans[0][0] if spans else scalar.start

    def added(self, keys: Keys, key: str, after: str, new: str) -> list[Edit]:
        """Return the edit that adds `new` to the list `key` of a mapping; a new list stands behind the key `after`."""
        mapping = _at(self._root, keys)
        named = {name.value: (name, value) for name, value in mapping.value}
        if key in named:
            return [self._appended(named[key][1], new)]
        name, value = named[after]
        if mapping.flow_style:
            return [Edit(value.end_mark.index, value.end_mark.index, f", {key}: [{_in_list(new)}]")]
        indent = " " * name.start_mark.column
        end = self._line_end(value.end_mark.index)
        return [Edit(end, end, f"{self._newline()}{indent}{key}: [{_in_list(new)}]")]

    def _appended(self, sequence: yaml.SequenceNode, new: str) -> Edit:
        if sequence.flow_style:
            end = sequence.value[-1].end_mark.index if sequence.value else sequence.start_mark.index + 1
            return Edit(end, end, f"{', ' if sequence.value else ''}{_in_list(new)}")
        end = self._line_end(sequence.value[-1].end_mark.index)
        indent = " " * sequence.start_mark.column
        written = new if _reads_as(new, new, in_flow=False) else _quoted(new)
        return Edit(end, end, f"{self._newline()}{indent}- {written}")

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" else end

    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"


def _scalars(node: yaml.Node, keys: Keys, *, in_flow: bool) -> Iterator[Scalar]:
    if isinstance(node, yaml.ScalarNode):
        yield Scalar(keys, node.value, node.style or "", node.start_mark.index, node.end_mark.index, in_flow)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, (*keys, key.value), in_flow=in_flow or bool(node.flow_style))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from _scalars(value, (*keys, place), in_flow=in_flow or bool(node.flow_style))


def _at(node: Any, keys: Keys) -> Any:
    for key in keys:
        node = next(value for name, value in node.value if name.value == key)
    return node


def _all(text: str, word: str, begin: int, end: int) -> Iterator[int]:
    place = text.find(word, begin, end)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word), end)


def _encoded(word: str, style: str) -> str:
    if style == "'":
        return word.replace("'", "''")
    return word.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else word


def _replaced(value: str, places: Sequence[tuple[int, int]], new: str) -> str:
    for start, end in sorted(places, reverse=True):
        value = value[:start] + new + value[end:]
    return value


def _quoted(value: str) -> str:
    plain = '"' not in value and "\\" not in value
    return f'"{value}"' if plain else f"'{_encoded(value, chr(39))}'"


def _in_list(value: str) -> str:
    return value if _reads_as(value, value, in_flow=True) else _quoted(value)


def _reads_as(written: str, value: str, *, in_flow: bool) -> bool:
    """Say whether something written without quotes is read as this value."""
    around = (("[", "]", [value]), ("{key: ", "}", {"key": value})) if in_flow else (("- ", "\n", [value]),)
    for before, after, expected in around:
        document, problems = parse("", before + written + after)
        if problems or document is None or document.value != expected:
            return False
    return True
