"""The index with every rule by which it is used, as plain data, for `recognise.js`, which does the same in a browser,
and what tells screens apart, for `distinguish.js`.

Patterns are regular expressions of Python and of JavaScript; where case does not matter, only that of a to z is meant.
"""

from dataclasses import asdict
from typing import Any

from assistant.flow import failure
from assistant.flow.recognising import distinction, identifier, plain, secret
from assistant.flow.recognising.distinction import Distinction
from assistant.flow.recognising.index import Index


def features_as_json(made: Distinction) -> dict[str, Any]:
    """Return what can be asked about screens in one language, and how questions are ranked."""
    features = [[each.text, each.shown, sorted(each.doubtful)] for each in made.features]
    return {"kinds": distinction.WORDED_KINDS, "marked": sorted(made.marked), "features": features}


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
            "longest": plain.LONGEST,
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
            "signsAtEnd": secret.SIGNS_AT_END,
        },
    }
