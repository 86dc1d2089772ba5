"""What customers will notice between two versions of a flow: endings, saved links, states, choices and texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.flow.difference.endings import Ending, changed_endings
from assistant.flow.difference.links import Link, stopping_links
from assistant.flow.difference.states import States, changed_states
from assistant.flow.difference.texts import Texts, changed_texts
from assistant.flow.difference.version import MAXIMUM, Versions, version_of
from assistant.flow.difference.walk import walk
from assistant.flow.engine import Engine
from assistant.flow.translation import Words


@dataclass(frozen=True)
class Difference:
    """All that differs between two versions of a flow."""

    endings: tuple[Ending, ...]
    links: tuple[Link, ...]
    states: States
    texts: Texts


def compare(
    old: Engine,
    new: Engine,
    old_words: Mapping[str, Words],
    new_words: Mapping[str, Words],
    maximum: int = MAXIMUM,
) -> Difference:
    """Compare two versions of a flow, each with its words by language.

    Raises TooManyConfigurations where more than `maximum` of one kind would have to be visited.
    """
    versions = Versions(version_of(old), version_of(new))
    walked = walk(versions, maximum)
    return Difference(
        endings=changed_endings(versions, walked, maximum),
        links=stopping_links(versions, walked),
        states=changed_states(versions, maximum),
        texts=changed_texts(versions, old_words, new_words),
    )
