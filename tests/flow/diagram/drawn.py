"""Flows for the tests of diagrams: a small one with all that a diagram shows, and random ones with stages."""

from random import Random
from typing import Any

from hypothesis import strategies as st

from assistant.flow.diagram.model import Diagram, diagram_of
from assistant.flow.model import Flow
from assistant.flow.translation import Words
from tests.flow.random_flows import flow_of, plain_flows, seeds

COPIER: dict[str, Any] = {
    "title": "コピー機のお手伝い",
    "language": "ja",
    "start": "what",
    "stages": {"look": "①見る", "mend": "②直す", "empty": "③空"},
    "lost": "helpdesk",
    "outcomes": {"resolved": "解決", "helpdesk": "窓口"},
    "states": {
        "what": {
            "no": 1,
            "title": "何が起きましたか？",
            "choices": {
                "jam": {"label": "紙が詰まった", "to": "where"},
                "noise": {"label": "音がする", "to": "where"},
                "nothing": {
                    "label": "何も出ない",
                    "to": [{"to": "power", "when": {"power": "still"}}, {"to": "helpdesk"}],
                },
            },
        },
        "where": {"no": 2, "stage": "look", "title": "場所", "choices": {"tray": {"label": "トレイ", "to": "pull"}}},
        "power": {"no": 3, "stage": "look", "title": "電源", "choices": {"still": {"label": "まだ", "to": "what"}}},
        "pull": {
            "no": 4,
            "stage": "mend",
            "title": "紙を引き抜きます",
            "choices": {"out": {"label": "取れた", "to": "retry"}, "again": {"label": "もう一度", "to": "pull"}},
        },
        "retry": {
            "no": 5,
            "title": "試します",
            "invoke": "sign-in",
            "results": {"signed-in": "done", "default": "helpdesk"},
            "choices": {"same": {"label": "同じ", "to": "what"}},
        },
        "done": {"no": 90, "title": "直りました", "outcome": "resolved"},
        "helpdesk": {"no": 91, "title": "電話します", "outcome": "helpdesk"},
        "old": {"no": 92, "gone": "what"},
    },
}


def copier(*, lost: bool = False, words: Words | None = None) -> Diagram:
    """Return the diagram of the small flow."""
    return diagram_of(Flow.model_validate(COPIER), words or Words("ja"), lost=lost)


def _staged(plain: dict[str, Any], seed: int) -> Diagram:
    random = Random(seed)
    stages = {f"g{number}": f"第{number}段階の長い名前です" for number in range(random.randint(0, 3))}
    for state in plain["states"].values():
        state["title"] = "何が見えますか、 <AADSTS50020>？ "[: random.randint(1, 24)] * random.randint(1, 4)
        if stages and random.random() < 0.7:
            state["stage"] = random.choice(list(stages))
        for choice in state.get("choices", {}).values():
            choice["label"] = "「次へ」を押した & going on "[: random.randint(1, 24)] * random.randint(1, 5)
    return diagram_of(flow_of({**plain, "stages": stages}), Words("ja"), lost=random.random() < 0.3)


diagrams = st.builds(_staged, plain_flows(14), seeds)
