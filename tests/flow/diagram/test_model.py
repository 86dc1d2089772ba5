"""What stands in a diagram."""

from assistant.flow.diagram.model import Edge, Node, around, of_stages
from assistant.flow.translation import Words
from tests.flow.diagram.drawn import copier


def edge(source: str, target: str) -> Edge:
    return next(each for each in copier().edges if (each.source, each.target) == (source, target))


def test_a_node_tells_what_its_state_is() -> None:
    nodes = {node.state: node for node in copier().nodes}

    assert nodes["where"] == Node("where", 2, "場所", "look")
    assert nodes["retry"].invoke == "sign-in"
    assert nodes["helpdesk"].outcome == "helpdesk"


def test_choices_with_the_same_target_are_one_edge() -> None:
    assert edge("what", "where").labels == ("紙が詰まった", "音がする")


def test_an_edge_is_guarded_if_nobody_can_take_it_whatever_they_answered() -> None:
    assert edge("what", "power").guarded
    assert not edge("what", "helpdesk").guarded


def test_a_result_is_told_by_its_id() -> None:
    assert edge("retry", "done").labels == ("signed-in",)


def test_removed_states_are_left_out() -> None:
    assert "old" not in {node.state for node in copier().nodes}


def test_lost_is_left_out_unless_asked_for() -> None:
    assert ("power", "helpdesk") not in {(each.source, each.target) for each in copier().edges}
    assert Edge("power", "helpdesk", ("この画面ではない・わからない",)) in copier(lost=True).edges


def test_words_are_those_of_the_language() -> None:
    translated = {
        ("title", "コピー機のお手伝い"): "Help with the copier",
        ("where.title", "場所"): "Where?",
        ("what.choices.jam", "紙が詰まった"): "Paper jam",
        ("stages.look", "①見る"): "1 Look",
        ("outcomes.resolved", "解決"): "Solved",
    }
    diagram = copier(words=Words("en", translated))

    assert (diagram.title, diagram.language) == ("Help with the copier", "en")
    assert "Where?" in {node.title for node in diagram.nodes}
    assert ("Paper jam", "音がする") in {each.labels for each in diagram.edges}
    assert diagram.stages["look"] == "1 Look"
    assert diagram.outcomes["resolved"] == "Solved"


def test_around_a_state_is_what_leads_there_and_where_it_leads() -> None:
    near = around(copier(), "pull", 1)

    assert [node.state for node in near.nodes] == ["where", "pull", "retry"]
    assert near.elsewhere == {"what": 1, "done": 90, "helpdesk": 91}


def test_at_distance_0_there_is_the_state_alone() -> None:
    assert [node.state for node in around(copier(), "pull", 0).nodes] == ["pull"]


def test_further_than_the_flow_reaches_it_is_whole() -> None:
    whole = around(copier(), "pull", 99)

    assert (whole.nodes, whole.edges) == (copier().nodes, copier().edges)


def test_a_part_of_a_part_still_knows_the_numbers_of_all_that_it_names() -> None:
    part = of_stages(around(copier(), "pull", 1), ["mend"])

    assert [node.state for node in part.nodes] == ["pull"]
    assert part.elsewhere == {"where": 2, "retry": 5}
