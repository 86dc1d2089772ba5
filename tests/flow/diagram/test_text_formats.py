"""Mermaid and DOT: complete, and whatever the words hold, they stay words."""

from hypothesis import given

from assistant.flow.diagram.dot import as_dot
from assistant.flow.diagram.mermaid import as_mermaid
from assistant.flow.diagram.model import Diagram, Edge, Node, around
from tests.flow.diagram.drawn import copier, diagrams

HARD = Diagram(
    't "x"',
    "ja",
    "end",
    (Node("end", 1, '1. "q" #1; `c` [次へ] {fact} \\n', "graph"), Node("graph", 2, "- b", None, "over", None)),
    (Edge("end", "graph", ("2. <i> | x",), True), Edge("graph", "end", ("",))),
    {"graph": '"s"'},
)


def test_mermaid_draws_nodes_by_number_stages_as_subgraphs_and_edges_with_labels() -> None:
    lines = [line.strip() for line in as_mermaid(copier(), lambda state: f"/{state}").splitlines()]

    assert lines[0] == "flowchart TD"
    assert 's1["1 何が起きましたか？"]' in lines
    assert lines[lines.index('subgraph stage-look["①見る"]') + 1 :][:3] == ['s2["2 場所"]', 's3["3 電源"]', "end"]
    assert 's5[["5 試します"]]' in lines
    assert 's90(["90 直りました"])' in lines
    assert 's1 -->|"紙が詰まった / 音がする"| s2' in lines
    assert 's1 -.->|"何も出ない"| s3' in lines
    assert 'click s4 href "/pull"' in lines


def test_mermaid_reads_no_markup_in_words() -> None:
    lines = [line.strip() for line in as_mermaid(HARD).splitlines()]

    assert 's1["1 1#46; #34;q#34; #35;1; #96;c#96; #91;次へ#93; #123;fact#125; #92;n"]' in lines
    assert 's1 -.->|"2#46; #60;i#62; #124; x"| s2' in lines
    assert "s2 --> s1" in lines


def test_dot_draws_clusters_endings_with_two_borders_and_dashed_guards() -> None:
    lines = [line.strip() for line in as_dot(copier(), lambda state: f"/{state}").splitlines()]

    assert 'subgraph "cluster-look" {' in lines
    assert '"done" [label="90\\n直りました", style=rounded, peripheries=2, URL="/done"];' in lines
    assert '"retry" [label="5\\n試します", shape=component, URL="/retry"];' in lines
    assert '"what" -> "power" [label="何も出ない", style=dashed];' in lines


def test_dot_keeps_quotes_and_backslashes() -> None:
    lines = [line.strip() for line in as_dot(HARD).splitlines()]

    assert any(line.startswith('"end" [label="1\\n1. \\"q\\" #1; `c`') for line in lines)
    assert 'label="\\"s\\""; style=filled; color="#eef3fa";' in lines


def test_what_a_part_leaves_out_is_a_circle_with_its_number() -> None:
    part = around(copier(), "pull", 1)

    assert "s90((90))" in as_mermaid(part)
    assert '"done" [label=90, shape=circle];' in as_dot(part)


@given(diagrams)
def test_every_edge_has_a_line_of_its_own(diagram: Diagram) -> None:
    mermaid = [line for line in as_mermaid(diagram).splitlines() if "->" in line.split('"')[0]]
    dot = [line for line in as_dot(diagram).splitlines() if '" -> "' in line]

    assert len(mermaid) == len(dot) == len(diagram.edges)
