"""The index with every rule by which it is used, as plain data, for `recognise.js`, which does the same in a browser.

Patterns are regular expressions of Python and of JavaScript; where case does not matter, only that of a to z is meant.
"""

from dataclasses import asdict
from typing import Any

from assistant.flow import failure, identifier, plain, secret
from assistant.flow.index import Index


def as_json(index: Index) -> dict[str, Any]:
    """Return the index and its rules."""
    return {
        **asdict(index),
        "folded": dict(plain.FOLDED),
        "rules": {
            "lengths": identifier.LENGTHS,
            "shortestPart": identifier.SHORTEST_PART,
            "maximumLetters": identifier.MAXIMUM_LETTERS,
            "full": identifier.FULL,
            "partOfHeading": identifier.PART_OF_HEADING,
            "leastRelevance": identifier.LEAST_RELEVANCE,
            "usual": identifier.USUAL,
            "often": identifier.OFTEN,
            "kept": identifier.KEPT,
            "maximumCandidates": identifier.MAXIMUM_CANDIDATES,
            "nearly": identifier.NEARLY,
        },
        "patterns": {
            "address": plain.ADDRESS,
            "other": plain.OTHER,
            "gap": identifier.GAP,
            "tail": identifier.TAIL,
            "number": identifier.NUMBER,
            "numbered": failure.NUMBERED,
            "labelled": failure.LABELLED,
            "bare": failure.BARE,
            "alone": failure.ALONE,
            "secrets": secret.SECRETS,
            "error": secret.ERROR,
            "day": secret.DAY,
            "digitsAtEnd": secret.DIGITS_AT_END,
        },
    }
