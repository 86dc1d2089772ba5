"""Which values of a file are words that people read, and in which language; all others are ids or structure."""

from typing import Literal, TypeAlias

FileKind: TypeAlias = Literal["flow", "scenarios", "facts", "notes", "codes", "screens"]
Keys: TypeAlias = tuple[str | int, ...]


def language_of(kind: FileKind, keys: Keys, source: str) -> str | None:
    """Return the language of the words at these keys, or None if no words of ours or of a screen are there.

    What an AADSTS number is called and what a fact is about are names and remarks, not wording.
    """
    if kind == "screens":
        return _language_on_screens(keys, source)
    if kind == "flow":
        return source if _in_flow(keys) else None
    match keys:
        case ("notes", _, "title") | ("notes" | "facts" | "codes", _, "text") | ("notes" | "codes", _, "text", int()):
            return source
        case ("scenarios", _, "title") | ("scenarios", _, "mentions", _):
            return source
    return None


def _in_flow(keys: Keys) -> bool:
    match keys:
        case ("title",) | ("stages" | "outcomes", _):
            return True
        case ("states", _, "title") | ("states", _, "choices", _, "label") | ("states", _, "message", "subject"):
            return True
        case ("states", _, "text" | "script", *rest) | ("states", _, "message", "text", *rest):
            return "when" not in rest
    return False


def _language_on_screens(keys: Keys, source: str) -> str | None:
    match keys:
        case ("screens", _, "name"):
            return source
        case ("screens", _, "wording", str(language), "drawing", int(), kind, *_) if kind != "icon":
            return language
        case ("screens", _, "wording", str(language), "look"):
            return language
        case ("screens", _, "wording", str(language), "aliases" | "says" | "unconfirmed", int()):
            return language
    return None


def is_drawn(kind: FileKind, keys: Keys) -> bool:
    """Say whether the words stand on a screen as they are: all of them are one label."""
    return kind == "screens" and "wording" in keys and "says" not in keys
