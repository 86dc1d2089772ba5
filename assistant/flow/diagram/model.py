"""What stands in a diagram: the states of a flow as nodes and its transitions as edges, in the words of a language."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from assistant.flow.engine import transitions_of
from assistant.flow.model import LOST, Flow, State
from assistant.flow.translation import Words

# As the pages of the guide say it.
LOST_LABEL: Final[Mapping[str, str]] = {
    "ja": "この画面ではない・わからない",
    "en": "This is not what I see, or I am not sure",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A state: id, number, title, the id of its stage, the id of its outcome, and what it runs (`invoke`)."""

    state: str
    number: int
    title: str
    stage: str | None = None
    outcome: str | None = None
    invoke: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """All transitions from one state to another: the labels of the choices, or the results that lead there.

    `guarded` says that none of them is open to everybody: each depends on earlier answers.
    """

    source: str
    target: str
    labels: tuple[str, ...]
    guarded: bool = False


@dataclass(frozen=True)
class Diagram:
    """Nodes and edges in the author's order, with the names of stages and outcomes.

    `elsewhere` gives the numbers of the states that are left out of a partial diagram and that edges still name.
    """

    title: str
    language: str
    start: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    stages: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Return the number of each state that the diagram draws or names."""
        return {**self.elsewhere, **{node.state: node.number for node in self.nodes}}


def diagram_of(flow: Flow, words: Words, *, lost: bool = False) -> Diagram:
    """Return the diagram of a flow without its removed states; with the edges of `lost` only if asked for.

    Every question has `lost`, so that its edges say little and hide the others.
    """
    kept = {name: state for name, state in flow.states.items() if state.gone is None}
    return Diagram(
        words.say("title", flow.title),
        words.language,
        flow.start,
        tuple(_node(name, state, words) for name, state in kept.items()),
        tuple(edge for name, state in kept.items() for edge in _edges(flow, name, state, words, lost=lost)),
        {name: words.say(f"stages.{name}", title) for name, title in flow.stages.items()},
        {name: words.say(f"outcomes.{name}", title) for name, title in flow.outcomes.items()},
    )


def _node(name: str, state: State, words: Words) -> Node:
    title = words.say(f"{name}.title", state.title)
    return Node(name, state.no, title or name, state.stage, state.outcome, state.invoke)


def _edges(flow: Flow, name: str, state: State, words: Words, *, lost: bool) -> Iterator[Edge]:
    labels: dict[str, dict[str, None]] = {}
    open_to_all: set[str] = set()
    for trigger, guard, target in transitions_of(flow, name, state):
        if (trigger == LOST and not lost) or flow.states[target].gone is not None:
            continue
        labels.setdefault(target, {})[_label(name, state, trigger, words)] = None
        if guard is None:
            open_to_all.add(target)
    for target, said in labels.items():
        yield Edge(name, target, tuple(said), target not in open_to_all)


def _label(name: str, state: State, trigger: str, words: Words) -> str:
    """Return what stands at a transition: the choice's words, or the id of a result, which nobody reads on a page."""
    if trigger == LOST:
        return LOST_LABEL.get(words.language, LOST_LABEL["en"])
    choice = state.choices.get(trigger)
    return trigger if choice is None else words.say(f"{name}.choices.{trigger}", choice.label)


def around(diagram: Diagram, state: str, distance: int) -> Diagram:
    """Return what is within `distance` steps of a state, forwards or backwards, and the numbers of what follows."""
    near = {state}
    for _ in range(distance):
        touching = [edge for edge in diagram.edges if edge.source in near or edge.target in near]
        near |= {end for edge in touching for end in (edge.source, edge.target)}
    return _part(diagram, lambda node: node.state in near)


def of_stages(diagram: Diagram, stages: Collection[str]) -> Diagram:
    """Return the states of some stages, and the numbers of the states before and after them."""
    return _part(diagram, lambda node: node.stage in stages)


def _part(diagram: Diagram, keep: Callable[[Node], bool]) -> Diagram:
    nodes = tuple(filter(keep, diagram.nodes))
    kept = {node.state for node in nodes}
    edges = tuple(edge for edge in diagram.edges if edge.source in kept or edge.target in kept)
    named = {end for edge in edges for end in (edge.source, edge.target)} - kept
    elsewhere = {state: number for state, number in diagram.numbers.items() if state in named}
    return replace(diagram, nodes=nodes, edges=edges, elsewhere=elsewhere)
