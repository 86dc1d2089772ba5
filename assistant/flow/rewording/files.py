"""The change of one file by a rewording: what is changed, what is not and why, and the file afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from assistant.flow.message import Message, say
from assistant.flow.reader import parse
from assistant.flow.rewording import Occurrence, Rewording
from assistant.flow.rewording.aliases import added_wordings, stays
from assistant.flow.rewording.editing import Edit, apply
from assistant.flow.rewording.places import FileKind, Keys, is_drawn, language_of
from assistant.flow.rewording.written_po import po_texts
from assistant.flow.rewording.written_yaml import Scalar, Tree

_REASONS: Final[Mapping[str, Message]] = {
    "other-label": say("part of another label"),
    "words": say("part of a sentence; --words changes it, too"),
    "cannot": say("written so that it cannot be changed in its place; change it by hand"),
    "alias": say("stays as another wording of the screen"),
}


@dataclass(frozen=True, slots=True)
class Left:
    """A place of the old wording that is not changed, and why.

    `says` is a sentence of customers; `by_hand` would be changed if it were written otherwise.
    """

    start: int
    reason: Message
    says: bool = False
    by_hand: bool = False


@dataclass(frozen=True)
class Reworded:
    """A file with its text before and what a rewording changes in it; `path` is as authors know it.

    `contexts` says of a PO file which texts are said otherwise.
    """

    path: str
    before: str
    edits: tuple[Edit, ...]
    left: tuple[Left, ...]
    contexts: frozenset[str] = frozenset()

    @property
    def after(self) -> str:
        """Return the text afterwards."""
        return apply(self.before, self.edits)


class CannotReword(Exception):
    """The file would not read as it should afterwards; nothing may be written. `path` says which file."""

    def __init__(self, path: str) -> None:
        """Keep the path."""
        self.path = path
        super().__init__(path)


def reword_yaml(path: str, text: str, kind: FileKind, source: str, rewording: Rewording) -> Reworded:
    """Return the change of a YAML file whose texts are in the language `source`; raises CannotReword.

    The file is read again and compared with what it should say, value by value.
    """
    document, _ = parse(path, text)
    if document is None:
        return Reworded(path, text, (), ())
    tree, expected = Tree(text), deepcopy(document.value)
    edits, left = list[Edit](), list[Left]()
    scalars = list(tree.scalars())
    for scalar in scalars:
        language = language_of(kind, scalar.keys, source)
        if language is not None and rewording.speaks(language) and rewording.old in scalar.value:
            found = list(rewording.find(scalar.value, drawn=is_drawn(kind, scalar.keys)))
            made = _edits(tree, scalar, found, rewording)
            left += _left(tree, scalar, found, rewording, done=made is not None)
            if made:
                edits += made
                _put(expected, scalar.keys, rewording.reword(scalar.value, filter(rewording.wanted, found)))
    if kind == "screens":
        for keys, key, new in added_wordings(scalars, rewording):
            edits += tree.added(keys, key, "look", new)
            _append(expected, keys, key, new)
    result = Reworded(path, text, tuple(edits), tuple(left))
    again, problems = parse(path, result.after)
    if problems or again is None or again.value != expected:
        raise CannotReword(path)
    return result


def _edits(tree: Tree, scalar: Scalar, found: Sequence[Occurrence], rewording: Rewording) -> list[Edit] | None:
    places = [(each.start, each.end) for each in found if rewording.wanted(each)]
    if not places or stays(scalar.keys, rewording):
        return []
    return tree.rewritten(scalar, places, rewording.new)


def _left(
    tree: Tree, scalar: Scalar, found: Sequence[Occurrence], rewording: Rewording, *, done: bool
) -> Iterator[Left]:
    for each in found:
        if not rewording.wanted(each):
            yield Left(tree.near(scalar, (each.start, each.end)), _REASONS[each.kind], "says" in scalar.keys)
        elif not done:
            yield Left(scalar.start, _REASONS["cannot"], by_hand=True)
        elif stays(scalar.keys, rewording):
            yield Left(scalar.start, _REASONS["alias"])


def reword_po(
    path: str, text: str, language: str, reworded: Mapping[tuple[str, str], str], rewording: Rewording
) -> Reworded:
    """Return the change of a PO file: source texts as they were reworded, translations if their language is meant.

    `reworded` has the new source text of each context and source text that was changed.
    """
    edits, left, contexts = list[Edit](), list[Left](), set[str]()
    for each in po_texts(text):
        of_source = each.keyword == "msgid"
        if rewording.old not in each.value or (of_source and (each.context, each.value) not in reworded):
            continue
        if of_source or (each.keyword.startswith("msgstr") and each.source and rewording.speaks(language)):
            for found in rewording.find(each.value):
                if rewording.wanted(found):
                    edits += each.rewritten(found.start, found.end, rewording.new)
                    contexts.add(each.context)
                elif not of_source:
                    left.append(Left(each.spans[found.start][0], _REASONS[found.kind]))
    return Reworded(path, text, tuple(edits), tuple(left), frozenset(contexts))


def _put(value: Any, keys: Keys, new: str) -> None:
    for key in keys[:-1]:
        value = value[key]
    value[keys[-1]] = new


def _append(value: Any, keys: Keys, key: str, new: str) -> None:
    for each in keys:
        value = value[each]
    value.setdefault(key, []).append(new)
