"""A diagram as text in DOT, the language of Graphviz and of the many programs that read it."""

from collections.abc import Callable, Iterator
from typing import Final

from assistant.flow.diagram.lettering import wrap
from assistant.flow.diagram.model import Diagram, Edge, Node

_TITLE_WIDTH: Final = 14
_LABEL_WIDTH: Final = 12
_MOST_LINES: Final = 4


def as_dot(diagram: Diagram, href: Callable[[str], str | None] = lambda state: None) -> str:
    """Return a diagram as a DOT digraph; `href` gives the address of a state, or None for no link."""
    return "\n".join(_lines(diagram, href)) + "\n"


def _lines(diagram: Diagram, href: Callable[[str], str | None]) -> Iterator[str]:
    yield f"digraph {_quoted(diagram.title)} {{"
    yield '  graph [rankdir=TB, charset="UTF-8", fontname="sans-serif"];'
    yield '  node [shape=box, fontname="sans-serif"];'
    yield '  edge [fontname="sans-serif", fontsize=11];'
    yield from (f"  {_node(node, href)}" for node in diagram.nodes if node.stage not in diagram.stages)
    for stage, name in diagram.stages.items():
        inside = [node for node in diagram.nodes if node.stage == stage]
        if inside:
            yield f"  subgraph {_quoted(f'cluster-{stage}')} {{"
            yield f"    label={_quoted(name)}; style=filled; color={_quoted('#eef3fa')};"
            yield from (f"    {_node(node, href)}" for node in inside)
            yield "  }"
    for state, number in diagram.elsewhere.items():
        yield f"  {_quoted(state)} [label={number}, shape=circle];"
    yield from (f"  {_edge(edge)}" for edge in diagram.edges)
    yield "}"


def _node(node: Node, href: Callable[[str], str | None]) -> str:
    """Return the node: rounded with a second border for an ending, with bars at the sides for what is run."""
    words = "\n".join((str(node.number), *wrap(node.title, _TITLE_WIDTH, _MOST_LINES)))
    kind = ", style=rounded, peripheries=2" if node.outcome else ", shape=component" if node.invoke else ""
    address = href(node.state)
    link = "" if address is None else f", URL={_quoted(address)}"
    return f"{_quoted(node.state)} [label={_quoted(words)}{kind}{link}];"


def _edge(edge: Edge) -> str:
    words = "\n".join(wrap(" / ".join(label for label in edge.labels if label), _LABEL_WIDTH, _MOST_LINES))
    dashed = ", style=dashed" if edge.guarded else ""
    return f"{_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(words)}{dashed}];"


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
