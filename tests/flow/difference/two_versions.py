"""One small flow and its other versions, for examples by name."""

from copy import deepcopy
from typing import Any

from assistant.flow.difference import Difference, compare
from assistant.flow.engine import Engine
from assistant.flow.translation import Words
from tests.flow.random_flows import flow_of

Plain = dict[str, Any]


def small_flow() -> Plain:
    """Make a flow: ask whether a mail came; where not, look once more, then call; a sign-in decides the rest."""
    return deepcopy(
        {
            "title": "案内",
            "language": "ja",
            "start": "ask",
            "lost": "call",
            "results": {"code-50126": "call"},
            "states": {
                "ask": {
                    "no": 1,
                    "title": "メールは来ましたか",
                    "text": ["画面を見ます。", "急ぎません。"],
                    "choices": {
                        "yes": {"label": "来た", "to": "try"},
                        "no": {
                            "label": "来ない",
                            "to": [{"to": "call", "when": {"look": "seen"}}, {"to": "look"}],
                        },
                    },
                },
                "look": {"no": 2, "title": "迷惑メールを見ます", "choices": {"seen": {"label": "見た", "to": "ask"}}},
                "try": {
                    "no": 3,
                    "title": "試します",
                    "invoke": "sign-in",
                    "results": {"signed-in": "done", "default": "call"},
                    "choices": {"back": {"label": "戻ってこない", "to": "look"}},
                },
                "done": {"no": 4, "title": "できました", "outcome": "resolved"},
                "call": {"no": 5, "title": "電話します", "outcome": "helpdesk"},
                "wait": {"no": 6, "title": "待ちます", "outcome": "helpdesk"},
            },
        }
    )


def choices(flow: Plain, state: str) -> Plain:
    """Return the choices of a state, to be changed."""
    found: Plain = flow["states"][state]["choices"]
    return found


def difference(new: Plain, old_words: Words | None = None, new_words: Words | None = None) -> Difference:
    """Compare the small flow with another version of it."""

    def worded(words: Words | None) -> dict[str, Words]:
        return {"ja": Words("ja"), **({words.language: words} if words else {})}

    return compare(Engine(flow_of(small_flow())), Engine(flow_of(new)), worded(old_words), worded(new_words))
