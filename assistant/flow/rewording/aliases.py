"""Which wordings a screen keeps or gets while Microsoft rolls a new one out: the old one must still be recognised."""

from collections.abc import Iterable, Iterator

from assistant.flow.rewording import Rewording
from assistant.flow.rewording.places import Keys
from assistant.flow.rewording.written_yaml import Scalar


def stays(keys: Keys, rewording: Rewording) -> bool:
    """Say whether the old wording stays at these keys, because both wordings are to be known there."""
    return rewording.alias and keys[0] == "screens" and len(keys) > 4 and keys[4] in {"aliases", "unconfirmed"}


def added_wordings(scalars: Iterable[Scalar], rewording: Rewording) -> Iterator[tuple[Keys, str, str]]:
    """Yield wording, list and text to add: the old one as an alias where it is drawn, the new where it was an alias.

    What no public source is known for stays marked so, in both wordings.
    """
    for keys, parts in _wordings(scalars).items():
        if not rewording.alias or not rewording.speaks(str(keys[3])):
            continue
        drawn, aliases, unconfirmed = (parts.get(part, []) for part in ("drawing", "aliases", "unconfirmed"))
        is_drawn = rewording.old in drawn
        if is_drawn and rewording.old not in aliases:
            yield keys, "aliases", rewording.old
        elif not is_drawn and rewording.old in aliases and rewording.new not in [*aliases, *drawn]:
            yield keys, "aliases", rewording.new
        if rewording.old in unconfirmed and rewording.new not in unconfirmed:
            yield keys, "unconfirmed", rewording.new


def _wordings(scalars: Iterable[Scalar]) -> dict[Keys, dict[str, list[str]]]:
    """Return for each screen and language the texts under `drawing`, `aliases` and so on."""
    found: dict[Keys, dict[str, list[str]]] = {}
    for scalar in scalars:
        if len(scalar.keys) > 4 and scalar.keys[2] == "wording" and "icon" not in scalar.keys:
            found.setdefault(scalar.keys[:4], {}).setdefault(str(scalar.keys[4]), []).append(scalar.value)
    return found
