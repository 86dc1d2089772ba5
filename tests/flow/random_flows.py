"""Random flows for property tests: plain values as YAML gives them, valid in every name, with all that guards can say.

Hypothesis draws seed and size; the flow itself is made by `random`, which is a hundred times faster than
drawing each part.
"""

from random import Random
from typing import Any

from hypothesis import strategies as st

from assistant.flow.model import DEFAULT, LOST, Answer, Flow

TRIGGERS = ("a", "b", "c")
CODES = ("code-50126", "code-unknown")
RESULTS = ("signed-in", "cancelled", *CODES)
# What each thing that can be run comes back with, as far as random flows name it.
COMING_BACK = {"sign-in": RESULTS, "error-code": CODES}
# Everything that could stand in a URL, open somewhere or not.
ALL_TRIGGERS = (*TRIGGERS, *RESULTS, LOST, DEFAULT, "try-later", "code-7", "unheard-of")

seeds = st.integers(0, 2**32 - 1)


def plain_flows(maximum: int = 6) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a flow of 2 to `maximum` states whose last one or two are endings; the first is the start."""
    return st.builds(lambda size, seed: _Maker(Random(seed), size).flow(), st.integers(2, maximum), seeds)


def flow_of(plain: dict[str, Any]) -> Flow:
    """Read a plain value as a flow."""
    return Flow.model_validate(plain)


def any_answers(plain: dict[str, Any], random: Random, maximum: int) -> tuple[Answer, ...]:
    """Make up answers, most of which fit nowhere."""
    names = [*plain["states"], "nowhere"]
    return tuple(Answer(random.choice(names), random.choice(ALL_TRIGGERS)) for _ in range(random.randint(0, maximum)))


def any_latest(plain: dict[str, Any], random: Random) -> dict[str, str]:
    """Make up a latest answer for some of the states."""
    return {name: random.choice(ALL_TRIGGERS) for name in plain["states"] if random.random() < 0.6}


class _Maker:
    def __init__(self, random: Random, size: int) -> None:
        self.random = random
        self.names = [f"s{number}" for number in range(size)]
        self.asking = self.names[: random.randint(max(1, size - 2), size - 1)]
        self.triggers = {name: random.sample(TRIGGERS, random.randint(1, 3)) for name in self.asking}
        self.invoking = {name: random.choice(tuple(COMING_BACK)) for name in self.asking if random.random() < 0.3}
        self.read = {
            name: (*self.triggers[name], LOST, *COMING_BACK.get(self.invoking.get(name, ""), ()))
            for name in self.asking
        }
        self.shared = self.some_results(RESULTS) if random.random() < 0.6 else []
        if random.random() < 0.3:
            self.shared.append(DEFAULT)

    def flow(self) -> dict[str, Any]:
        states = {name: self.state(number, name) for number, name in enumerate(self.names, 1)}
        lost = self.targets() if self.random.random() < 0.8 else []
        head = {"title": "t", "language": "ja", "start": "s0", "lost": lost, "outcomes": {"over": "o"}}
        shared = {result: self.targets() for result in self.shared}
        return {**head, **({"results": shared} if shared else {}), "states": states}

    def state(self, number: int, name: str) -> dict[str, Any]:
        state: dict[str, Any] = {"no": number, "title": name}
        if name not in self.asking:
            return {**state, "outcome": "over", "was": [f"old-{name}"]}
        state["text"] = [self.guarded({"text": "words"}, 0.2)]
        state["choices"] = {
            trigger: self.guarded({"label": trigger, "to": self.targets()}, 0.3) for trigger in self.triggers[name]
        }
        if name in self.invoking:
            state |= self.running(self.invoking[name])
        return state

    def running(self, invoke: str) -> dict[str, Any]:
        own = self.some_results(COMING_BACK[invoke])
        if DEFAULT not in self.shared or self.random.random() < 0.5:
            own.append(DEFAULT)
        results = {result: self.targets() for result in own}
        return {"invoke": invoke, **({"results": results} if results else {})}

    def some_results(self, results: tuple[str, ...]) -> list[str]:
        return self.random.sample(results, self.random.randint(0, len(results)))

    def targets(self) -> Any:
        if self.random.random() < 0.5:
            return self.random.choice(self.names)
        some: list[Any] = [
            {"to": self.random.choice(self.names), "when": self.guard()} for _ in range(self.random.randint(1, 3))
        ]
        return some if self.random.random() < 0.3 else [*some, self.random.choice(self.names)]

    def guarded(self, value: dict[str, Any], chance: float) -> dict[str, Any]:
        return {**value, "when": self.guard()} if self.random.random() < chance else value

    def guard(self, depth: int = 0) -> dict[str, Any]:
        kind = self.random.choice(("leaf", "leaf", "leaf", "not", "any", "all")) if depth < 3 else "leaf"
        if kind == "leaf":
            return self.leaf()
        if kind == "not":
            return {"not": self.guard(depth + 1)}
        parts = [self.guard(depth + 1) for _ in range(self.random.randint(1, 2))]
        return {kind: parts, **(self.leaf() if self.random.random() < 0.3 else {})}

    def leaf(self) -> dict[str, Any]:
        names = self.random.sample(self.asking, min(len(self.asking), self.random.choice((1, 1, 2))))
        return {name: self.random.choice((self.some(name), self.some(name)[0])) for name in names}

    def some(self, name: str) -> list[str]:
        return self.random.sample(self.read[name], self.random.randint(1, min(3, len(self.read[name]))))
