"""Screens: the drawing and the wording of a page that the customer may be looking at.

One source serves the picture, the identifier and the manual. Wording is data for each screen language, never a
translation; drawings of one screen have the same elements in the same order in every language, which is how the guide
knows that [サインイン] in a text is [Sign in] on an English screen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field

from assistant.flow.message import say
from assistant.flow.model import Model, Words
from assistant.flow.refusal import refused

Kind: TypeAlias = Literal[
    "logo",
    "identity",
    "title",
    "text",
    "error",
    "field",
    "tile",
    "number",
    "link",
    "check",
    "buttons",
    "detail",
    "icon",
]
KINDS: Final[tuple[str, ...]] = get_args(Kind)
ICONS: Final = (
    *("phone", "mail", "key", "face", "shield", "warning", "lock", "blank", "spinner", "person", "people"),
    *("plus", "building"),
)


class Element(Model):
    """One thing on a drawn screen; buttons stand side by side, so they are one element with several texts."""

    kind: Kind
    texts: Annotated[tuple[Words, ...], Field(min_length=1)]


def _as_element(value: Any) -> Any:
    if isinstance(value, Element):
        return value
    if not isinstance(value, dict) or len(value) != 1:
        message = say("an element has one key and its words, such as 'title: {words}'", words="パスワードの入力")
        raise refused("bad-drawing", message)
    ((kind, words),) = value.items()
    if kind not in KINDS:
        message = say("no element '{name}' is known; write one of {known}", name=kind, known=", ".join(KINDS))
        raise refused("bad-drawing", message)
    if kind == "icon" and words not in ICONS:
        message = say("no icon '{name}' is known; write one of {known}", name=words, known=", ".join(ICONS))
        raise refused("bad-drawing", message)
    return {"kind": kind, "texts": words if isinstance(words, list) else [words]}


class Wording(Model):
    """What stands on a screen in one language: the drawing from top to bottom, and other words for the same screen.

    `look` is the one place to look at, by its words; `says` is what customers say; `unconfirmed` lists the words for
    which no public source is known (evidence), all others were seen.
    """

    drawing: Annotated[tuple[Annotated[Element, BeforeValidator(_as_element)], ...], Field(min_length=1)]
    look: Words
    aliases: tuple[Words, ...] = ()
    says: tuple[Words, ...] = ()
    unconfirmed: tuple[Words, ...] = ()

    def labels(self) -> Iterator[str]:
        """Yield every text of the drawing in order, icons aside."""
        for element in self.drawing:
            if element.kind != "icon":
                yield from element.texts

    def shape(self) -> tuple[tuple[str, int], ...]:
        """Return kind and number of texts of every element: the same in all languages of a screen."""
        return tuple((element.kind, len(element.texts)) for element in self.drawing)


class Screen(Model):
    """A page that the customer may be looking at."""

    name: Words
    frame: Literal["browser", "mail", "phone", "window"] = "browser"
    host: Words | None = None
    wording: Annotated[Mapping[str, Wording], Field(min_length=1)]

    def worded(self, language: str) -> tuple[str, Wording]:
        """Return the wording in this language, or the first there is, with its language."""
        chosen = language if language in self.wording else next(iter(self.wording))
        return chosen, self.wording[chosen]


@dataclass(frozen=True)
class Labels:
    """How words that stand on one kind of screen read in another screen language."""

    own: Mapping[str, Mapping[str, str]]
    everywhere: Mapping[str, str]

    def swap(self, label: str, screen: str | None) -> str:
        """Return the label as it stands on the reader's screens: of this screen first, else of any that agree."""
        if screen is not None and label in self.own.get(screen, {}):
            return self.own[screen][label]
        return self.everywhere.get(label, label)


def labels(screens: Mapping[str, Screen], written: str, shown: str) -> Labels:
    """Return the labels of texts written for screens in `written`, as they stand on screens in `shown`.

    A label that different screens translate differently is only swapped where the state shows one of them.
    """
    if written == shown:
        return Labels({}, {})
    own: dict[str, dict[str, str]] = {}
    everywhere: dict[str, str] = {}
    ambiguous: set[str] = set()
    for name, screen in screens.items():
        if written not in screen.wording or shown not in screen.wording:
            continue
        pairs = list(zip(screen.wording[written].labels(), screen.wording[shown].labels(), strict=False))
        own[name] = dict(pairs)
        for label, other in pairs:
            if everywhere.setdefault(label, other) != other:
                ambiguous.add(label)
    return Labels(own, {label: other for label, other in everywhere.items() if label not in ambiguous})
