"""A diagram as text for Mermaid (a flowchart), which renderers of Markdown such as GitHub's show as a picture."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from assistant.flow.diagram.model import Diagram, Edge, Node

# Mermaid writes these as entities of its own; whatever else HTML or Markdown would read is among them.
_SPECIAL: Final = re.compile(r"[\"#&<>`\\*_~|{}\[\]]")
_LIST: Final = re.compile(r"^(\d+)\.|^([-+])(?= )")


def as_mermaid(diagram: Diagram, href: Callable[[str], str | None] = lambda state: None) -> str:
    """Return a diagram as a Mermaid flowchart; `href` gives the address of a state, or None for no link."""
    return "\n".join(_lines(diagram, href)) + "\n"


def _lines(diagram: Diagram, href: Callable[[str], str | None]) -> Iterator[str]:
    yield "flowchart TD"
    yield f"  accTitle: {_quoted(diagram.title)}"
    for node in diagram.nodes:
        if node.stage not in diagram.stages:
            yield f"  {_shape(node)}"
    for stage, name in diagram.stages.items():
        inside = [node for node in diagram.nodes if node.stage == stage]
        if inside:
            yield f'  subgraph stage-{stage}["{_quoted(name)}"]'
            yield from (f"    {_shape(node)}" for node in inside)
            yield "  end"
    yield from (f"  s{number}(({number}))" for number in diagram.elsewhere.values())
    yield from (f"  {_arrow(diagram, edge)}" for edge in diagram.edges)
    for node in diagram.nodes:
        address = href(node.state)
        if address is not None:
            yield f'  click s{node.number} href "{address}"'


def _shape(node: Node) -> str:
    """Return the node: a pill for an ending, bars at the sides for what is run."""
    words = f'"{node.number} {_quoted(node.title)}"'
    opened, closed = ("([", "])") if node.outcome else ("[[", "]]") if node.invoke else ("[", "]")
    return f"s{node.number}{opened}{words}{closed}"


def _arrow(diagram: Diagram, edge: Edge) -> str:
    words = _quoted(" / ".join(label for label in edge.labels if label))
    source, target = diagram.numbers[edge.source], diagram.numbers[edge.target]
    drawn = "-.->" if edge.guarded else "-->"
    label = f'|"{words}"|' if words else ""
    return f"s{source} {drawn}{label} s{target}"


def _quoted(words: str) -> str:
    flat = _SPECIAL.sub(lambda found: f"#{ord(found[0])};", " ".join(words.split()))
    return _LIST.sub(lambda found: f"{found[1]}#46;" if found[1] else f"#{ord(found[2])};", flat)
