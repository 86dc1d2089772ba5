"""Where things stand: nothing on anything else, whatever the flow."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.diagram.layout import Box, Layout, Route, lay_out
from assistant.flow.diagram.lettering import width_of
from assistant.flow.diagram.model import Diagram, around
from assistant.flow.engine import Engine
from tests.flow.diagram.drawn import copier, diagrams

ways = st.sampled_from([None, True, False])


def boxes(layout: Layout) -> list[Box]:
    return [box for _, box in layout.cards] + [route.box for route in layout.routes]


def box_of(layout: Layout, state: str) -> Box:
    return next(box for card, box in layout.cards if card.node.state == state)


def ends(route: Route) -> tuple[str, str]:
    """The states of the upper and of the lower end."""
    pair = (route.edge.source, route.edge.target)
    return pair if route.down else pair[::-1]


def pieces(route: Route) -> Iterator[tuple[Box, bool]]:
    """Boxes that hold the pieces of a line, and whether the piece is a curve."""
    for stop in route.stops:
        yield Box(stop.x, stop.top, 0, stop.bottom - stop.top), False
    for before, after in pairwise(route.stops):
        left, right = sorted((before.x, after.x))
        yield Box(left, before.bottom, right - left, after.top - before.bottom), True


@given(diagrams, ways)
def test_no_card_and_no_label_lies_on_another(diagram: Diagram, every: bool | None) -> None:
    found = boxes(lay_out(diagram, every_line=every))

    assert [pair for pair in combinations(found, 2) if pair[0].overlaps(pair[1])] == []


@given(diagrams, ways)
def test_no_line_crosses_a_card_or_the_label_of_another(diagram: Diagram, every: bool | None) -> None:
    layout = lay_out(diagram, every_line=every)

    for route in layout.routes:
        foreign = [box for box in boxes(layout) if box != route.box]
        assert [box for piece, _ in pieces(route) for box in foreign if piece.overlaps(box)] == []


@given(diagrams, ways)
def test_every_line_goes_from_the_lower_side_of_its_upper_card_to_the_upper_side_of_its_lower_card(
    diagram: Diagram, every: bool | None
) -> None:
    layout = lay_out(diagram, every_line=every)

    for route in layout.routes:
        upper, lower = (box_of(layout, state) for state in ends(route))
        assert route.stops[0].top == upper.bottom
        assert route.stops[-1].bottom == lower.top
        assert upper.left < route.stops[0].x < upper.right
        assert lower.left < route.stops[-1].x < lower.right
        assert [piece for piece, _ in pieces(route) if piece.height < 0] == []


@given(diagrams, ways)
def test_every_line_runs_through_its_label(diagram: Diagram, every: bool | None) -> None:
    for route in lay_out(diagram, every_line=every).routes:
        middle = route.box.left + route.box.width / 2

        assert any(abs(stop.x - middle) < 0.01 and stop.top == route.box.top for stop in route.stops)


@given(diagrams, ways)
def test_every_edge_is_a_line_or_stands_on_the_card_of_its_source(diagram: Diagram, every: bool | None) -> None:
    layout = lay_out(diagram, every_line=every)
    jumps = [jump.edge for card, _ in layout.cards for jump in card.jumps]
    lines = [route.edge for route in layout.routes]

    assert sorted((edge.source, edge.target) for edge in [*jumps, *lines]) == sorted(
        (edge.source, edge.target) for edge in diagram.edges
    )
    assert [jump for card, _ in layout.cards for jump in card.jumps if jump.edge.source != card.node.state] == []


@given(diagrams)
def test_if_every_line_is_asked_for_only_loops_of_one_state_stand_on_cards(diagram: Diagram) -> None:
    cards = lay_out(diagram, every_line=True).cards

    assert [jump for card, _ in cards for jump in card.jumps if jump.edge.source != jump.edge.target] == []


@given(diagrams, ways)
def test_a_band_holds_the_cards_of_its_stage_and_no_others(diagram: Diagram, every: bool | None) -> None:
    layout = lay_out(diagram, every_line=every)
    bands = {band.stage: band.box for band in layout.bands}

    assert set(bands) == {node.stage for node in diagram.nodes} - {None}
    for card, box in layout.cards:
        touched = [stage for stage, band in bands.items() if band.overlaps(box)]
        assert touched == ([card.node.stage] if card.node.stage else [])
        for stage in touched:
            assert bands[stage].top < box.top
            assert box.bottom < bands[stage].bottom
    assert [pair for pair in combinations(bands.values(), 2) if pair[0].overlaps(pair[1])] == []


@given(diagrams, ways)
def test_everything_is_within_the_picture_and_beside_the_names_of_stages(diagram: Diagram, every: bool | None) -> None:
    layout = lay_out(diagram, every_line=every)
    whole = Box(132 if layout.bands else 0, 0, layout.width, layout.height)

    for box in boxes(layout):
        assert whole.left < box.left
        assert box.right < layout.width
        assert box.top > 0
        assert box.bottom < layout.height


@given(diagrams, ways)
def test_all_words_on_a_card_fit_on_it(diagram: Diagram, every: bool | None) -> None:
    for card, box in lay_out(diagram, every_line=every).cards:
        lines = [(words, 13) for words in card.title] + [(words, 11) for words in (*card.ends, *card.came_from)]

        assert [words for words, size in lines if width_of(words) * size > box.width - 16 + 0.01] == []
        for jump in card.jumps:
            assert jump.top + 15 * len(jump.lines) <= box.height
            assert max(map(width_of, jump.lines)) * 11 <= jump.width - 30


def test_stages_lie_below_each_other_in_their_order_and_a_stage_without_states_has_no_band() -> None:
    look, mend = lay_out(copier()).bands

    assert (look.stage, mend.stage) == ("look", "mend")
    assert look.box.bottom < mend.box.top


def test_a_state_without_stage_stands_where_its_author_wrote_it() -> None:
    layout = lay_out(copier())
    look, mend = layout.bands

    assert box_of(layout, "what").bottom < look.box.top
    assert box_of(layout, "retry").top > mend.box.bottom


def test_in_a_large_flow_no_line_is_long_and_both_cards_tell_the_number_of_the_other(login: Engine) -> None:
    from assistant.flow.diagram.model import diagram_of
    from assistant.flow.translation import Words

    layout = lay_out(diagram_of(login.flow, Words("ja")))
    card = next(card for card, _ in layout.cards if card.node.state == "all-screens")

    assert max(len(route.stops) for route in layout.routes) <= 5
    assert {jump.number for jump in card.jumps} >= {10, 11, 31}
    assert any("158" in line for other, _ in layout.cards if other.node.number == 10 for line in other.came_from)


def test_edges_out_of_a_part_are_told_by_number() -> None:
    layout = lay_out(around(copier(), "pull", 1))
    where, pull, retry = (card for card, _ in layout.cards)

    assert where.came_from == ("← 1",)
    assert {jump.number for jump in retry.jumps} == {1, 90, 91}
    assert [jump.number for jump in pull.jumps] == [4]


def test_what_no_edge_touches_stands_below_what_leads_on() -> None:
    diagram = copier()
    edges = tuple(edge for edge in diagram.edges if edge.target != "done")
    layout = lay_out(replace(diagram, edges=edges))

    assert box_of(layout, "done").top > box_of(layout, "retry").bottom
