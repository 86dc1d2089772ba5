"""Changed endings and stopping links against their definition, over random flows with guards and loops and edits."""

from itertools import count
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.flow.difference.endings import Ending, changed_endings
from assistant.flow.difference.links import Link, stopping_links
from assistant.flow.difference.version import MAXIMUM, Versions, version_of
from assistant.flow.difference.walk import walk
from assistant.flow.engine import Engine
from tests.flow.difference.definition import Definition, Pair, Stand
from tests.flow.difference.random_edits import edited
from tests.flow.random_flows import flow_of, plain_flows, seeds

Plain = dict[str, Any]


def pairs(maximum: int = 4) -> st.SearchStrategy[tuple[Plain, Plain]]:
    """Draw a flow and another version of it."""

    def pair(flow: Plain, seed: int, edits: int) -> tuple[Plain, Plain]:
        return flow, edited(flow, Random(seed), edits)

    return st.builds(pair, plain_flows(maximum), seeds, st.integers(0, 4))


def versions(old: Plain, new: Plain) -> Versions:
    return Versions(version_of(Engine(flow_of(old))), version_of(Engine(flow_of(new))))


def endings(old: Plain, new: Plain) -> tuple[Ending, ...]:
    both = versions(old, new)
    return changed_endings(both, walk(both, MAXIMUM), MAXIMUM)


def links(old: Plain, new: Plain) -> tuple[Link, ...]:
    both = versions(old, new)
    return stopping_links(both, walk(both, MAXIMUM))


def key(ending: Ending) -> tuple[str | None, str | None, Pair]:
    return ending.before, ending.after, ending.decided_by


@settings(max_examples=300)
@given(pairs())
def test_endings_are_exactly_those_of_the_definition_each_with_the_fewest_answers(pair: tuple[Plain, Plain]) -> None:
    found = endings(*pair)

    assert len({key(ending) for ending in found}) == len(found)
    assert {key(ending): len(ending.answers) for ending in found} == Definition(*pair).endings()


@settings(max_examples=300)
@given(pairs(6))
def test_the_answers_of_an_ending_show_it(pair: tuple[Plain, Plain]) -> None:
    definition = Definition(*pair)
    for ending in endings(*pair):
        here = definition.start
        for answer in ending.answers:
            assert definition.key(here) is None or not ended_by(here, ending)
            here = definition.take(here, answer)

        assert definition.key(here) == key(ending)


def ended_by(here: Stand, ending: Ending) -> bool:
    return here.decided == ending.decided_by and here.old.state == ending.before and here.new.state == ending.after


@settings(max_examples=100)
@given(pairs())
def test_every_list_of_up_to_four_answers_that_ends_otherwise_is_of_a_kind_that_is_told(
    pair: tuple[Plain, Plain],
) -> None:
    definition = Definition(*pair)
    told = {key(ending): len(ending.answers) for ending in endings(*pair)}
    lists: list[Stand] = [definition.start]
    shown: dict[tuple[str | None, str | None, Pair], int] = {}
    for length in count(1):
        lists = [definition.take(here, answer) for here in lists for answer in definition.answers(here)]
        for here in lists:
            kind = definition.key(here)
            if kind is not None:
                shown.setdefault(kind, length)
        if length == 4 or len(lists) > 3000:
            break

    assert shown == {kind: fewest for kind, fewest in told.items() if fewest <= length}


@settings(max_examples=200)
@given(pairs())
def test_the_order_and_the_answers_of_endings_do_not_depend_on_chance(pair: tuple[Plain, Plain]) -> None:
    assert endings(*pair) == endings(*pair)


@settings(max_examples=300)
@given(plain_flows(6))
def test_no_ending_changes_and_no_link_stops_where_nothing_changed(flow: Plain) -> None:
    assert endings(flow, flow) == ()
    assert links(flow, flow) == ()


@settings(max_examples=300)
@given(pairs())
def test_links_that_stop_are_exactly_those_of_the_definition(pair: tuple[Plain, Plain]) -> None:
    found = links(*pair)

    assert {link.answers[-1]: len(link.answers) for link in found} == Definition(*pair).links()


@settings(max_examples=200)
@given(pairs(6))
def test_a_link_that_stops_replays_in_the_old_version_and_stops_where_it_says(pair: tuple[Plain, Plain]) -> None:
    old, new = (Engine(flow_of(plain)) for plain in pair)
    for link in links(*pair):
        assert old.replay(link.answers).answers == link.answers
        assert new.replay([new.current(answer) for answer in link.answers[:-1]]).state == link.stops_at
        position = new.replay([new.current(answer) for answer in link.answers[:-1]])
        answer = new.current(link.answers[-1])
        assert answer.state != position.state or new.step(position, answer.trigger) is None
