"""Examples by name: what an author does to a small flow, and what is told of it."""

import pytest

from assistant.flow.difference import Difference, compare
from assistant.flow.difference.choices import Redirected, Relabelled
from assistant.flow.difference.states import Renumbered
from assistant.flow.difference.version import TooManyConfigurations
from assistant.flow.engine import Engine
from assistant.flow.model import Answer
from tests.flow.difference.two_versions import choices, difference, small_flow
from tests.flow.random_flows import flow_of
from tests.flow.test_explorer import asking_in_a_row


def told(found: Difference) -> set[tuple[str, str | None, str | None]]:
    """Return the endings: the answers as one path, the ending before and the one after."""
    return {("/".join(map(str, each.answers)), each.before, each.after) for each in found.endings}


def stopping(found: Difference) -> set[tuple[str, str]]:
    return {("/".join(map(str, link.answers)), link.stops_at) for link in found.links}


def test_a_choice_that_leads_to_another_ending_is_told_with_the_shortest_answers() -> None:
    new = small_flow()
    choices(new, "ask")["no"]["to"][0]["to"] = "wait"
    found = difference(new)

    assert told(found) == {("ask.no/look.seen/ask.no", "call", "wait")}
    assert [str(each.decided_by) for each in found.endings] == ["ask.no"]
    assert (found.endings[0].led_before, found.endings[0].led_after) == ("call", "wait")


def test_a_choice_that_is_gone_is_told_as_endings_not_come_to_and_as_a_link_that_stops() -> None:
    new = small_flow()
    del choices(new, "try")["back"]
    found = difference(new)

    assert ("ask.yes/try.back/look.lost", "call", None) in told(found)
    assert ("ask.yes/try.back", "try") in stopping(found)
    assert [str(answer) for answer in found.states.choices.lost] == ["try.back"]


def test_a_new_choice_is_told_as_endings_come_to_and_stops_no_link() -> None:
    new = small_flow()
    choices(new, "look")["nothing"] = {"label": "ない", "to": "wait"}
    found = difference(new)

    assert told(found) == {("ask.no/look.nothing", None, "wait")}
    assert found.links == ()
    assert [str(answer) for answer in found.states.choices.gained] == ["look.nothing"]


def test_a_question_put_before_an_ending_is_told_until_it_is_answered() -> None:
    new = small_flow()
    new["states"]["sure"] = {"no": 9, "title": "本当に？", "choices": {"yes": {"label": "はい", "to": "done"}}}
    new["states"]["try"]["results"]["signed-in"] = "sure"
    found = difference(new)

    assert told(found) == {("ask.yes/try.signed-in", "done", None), ("ask.yes/try.signed-in/sure.lost", "done", "call")}
    assert found.states.gained == ("sure",)


def test_where_lost_leads_is_told_like_any_choice() -> None:
    new = small_flow()
    new["lost"] = "wait"

    assert ("ask.lost", "call", "wait") in told(difference(new))


def test_a_result_without_a_branch_of_its_own_is_told_by_default() -> None:
    new = small_flow()
    new["states"]["try"]["results"]["default"] = "wait"

    assert told(difference(new)) == {("ask.yes/try.default", "call", "wait")}


def test_a_result_that_gets_a_branch_of_its_own_is_told_by_its_name() -> None:
    new = small_flow()
    new["states"]["try"]["results"]["cancelled"] = "wait"

    assert told(difference(new)) == {("ask.yes/try.cancelled", "call", "wait")}


def test_a_result_that_only_a_guard_tells_apart_is_followed_by_itself() -> None:
    new = small_flow()
    new["states"]["try"]["results"]["default"] = "look"
    old = small_flow()
    old["states"]["try"]["results"]["default"] = "look"
    choices(new, "look")["seen"]["to"] = [{"to": "wait", "when": {"try": "declined"}}, {"to": "ask"}]
    engines = Engine(flow_of(old)), Engine(flow_of(new))
    found = compare(*engines, {}, {})

    assert ("ask.yes/try.declined/look.seen", None, "wait") in told(found)
    assert all(path.startswith("ask.yes/try.declined/look.seen") for path, _, _ in told(found))


def test_a_guard_decides_only_for_those_who_answered_so() -> None:
    new = small_flow()
    choices(new, "ask")["yes"]["to"] = [{"to": "wait", "when": {"look": "seen"}}, {"to": "try"}]
    found = difference(new)

    assert ("ask.no/look.seen/ask.yes", None, "wait") in told(found)
    assert {len(each.answers) for each in found.endings if each.before} == {4}
    assert [str(each.choice) for each in found.states.choices.redirected] == ["ask.yes"]


def test_an_ending_that_reads_differently_after_some_answers_is_one_ending() -> None:
    old, new = small_flow(), small_flow()
    for flow in (old, new):
        flow["states"]["call"]["text"] = [{"text": "迷惑メールも見た方です。", "when": {"look": "seen"}}]
    choices(new, "ask")["yes"]["to"] = [{"to": "wait", "when": {"look": "seen"}}, {"to": "try"}]
    found = compare(Engine(flow_of(old)), Engine(flow_of(new)), {}, {})
    back = compare(Engine(flow_of(new)), Engine(flow_of(old)), {}, {})

    assert ("ask.no/look.seen/ask.yes/try.default", "call", "wait") in told(found)
    assert ("ask.no/look.seen/ask.yes/try.default", "wait", "call") in told(back)


def test_a_renamed_state_is_the_same_state_and_its_links_still_work() -> None:
    new = small_flow()
    states = new["states"]
    states["start-here"] = {**states.pop("ask"), "was": ["ask"]}
    states["solved"] = {**states.pop("done"), "was": ["done"]}
    new["start"] = "start-here"
    choices(new, "look")["seen"]["to"] = "start-here"
    states["try"]["results"]["signed-in"] = "solved"
    found = difference(new)

    assert (found.endings, found.links, found.texts.changed) == ((), (), ())
    assert (found.states.gained, found.states.lost) == ((), ())
    assert found.states.renamed == (("ask", "start-here"), ("done", "solved"))
    assert found.states.choices.redirected == ()
    assert (found.states.unreachable, found.states.unreachable_outcomes) == ((), ())


def test_a_state_under_another_id_that_does_not_say_what_it_was_is_another_state() -> None:
    new = small_flow()
    new["states"]["solved"] = new["states"].pop("done")
    new["states"]["try"]["results"]["signed-in"] = "solved"
    found = difference(new)

    assert told(found) == {("ask.yes/try.signed-in", "done", "solved")}
    assert (found.states.gained, found.states.lost) == (("solved",), ("done",))


def test_a_removed_state_is_lost_although_its_number_is_kept() -> None:
    new = small_flow()
    new["states"]["wait"] = {"no": 6, "gone": "call"}

    assert difference(new).states.lost == ("wait",)


def test_an_ending_that_becomes_a_question_is_not_come_to_any_more() -> None:
    new = small_flow()
    new["states"]["done"] = {"no": 4, "title": "入れましたか", "choices": {"yes": {"label": "はい", "to": "wait"}}}
    found = difference(new)

    assert ("ask.yes/try.signed-in", "done", None) in told(found)
    assert ("ask.yes/try.signed-in/done.yes", "done", "wait") in told(found)


def test_another_start_is_decided_by_the_first_answer() -> None:
    new = small_flow()
    new["start"] = "try"
    found = difference(new)

    assert ("ask.lost", "call", None) in told(found)
    assert ("try.signed-in", None, "done") in told(found)
    assert ("ask.yes", "try") in stopping(found)
    assert all(each.decided_by == each.answers[0] for each in found.endings)


def test_a_link_stops_behind_an_answer_that_now_leads_elsewhere() -> None:
    new = small_flow()
    choices(new, "ask")["yes"]["to"] = "look"

    assert ("ask.yes/try.signed-in", "look") in stopping(difference(new))
    assert ("ask.yes", "ask") not in stopping(difference(new))


def test_endings_and_outcomes_that_no_answers_lead_to_any_more_are_told() -> None:
    new = small_flow()
    new["states"]["try"]["results"]["signed-in"] = "call"
    found = difference(new).states

    assert (found.unreachable, found.unreachable_outcomes) == (("done",), ("resolved",))


def test_an_ending_that_was_never_reached_is_not_told_as_unreachable() -> None:
    assert difference(small_flow()).states.unreachable == ()


def test_numbers_labels_targets_and_guards_that_changed_are_told_by_choice() -> None:
    new = small_flow()
    new["states"]["look"]["no"] = 20
    choices(new, "ask")["yes"]["label"] = "届いた"
    choices(new, "ask")["no"]["to"][0]["when"] = {"look": "lost"}
    choices(new, "look")["seen"]["to"] = "try"
    found = difference(new).states

    assert found.renumbered == (Renumbered("look", 2, 20),)
    assert found.choices.relabelled == (Relabelled(answer("ask.yes"), "来た", "届いた"),)
    assert found.choices.redirected == (Redirected(answer("look.seen"), ("ask",), ("try",)),)
    assert found.choices.reguarded == (answer("ask.no"),)


def answer(text: str) -> Answer:
    state, _, trigger = text.partition(".")
    return Answer(state, trigger)


def test_a_guard_on_a_renamed_state_is_the_same_guard() -> None:
    new = small_flow()
    new["states"]["search"] = {**new["states"].pop("look"), "was": "look"}
    choices(new, "ask")["no"]["to"] = [{"to": "call", "when": {"search": "seen"}}, {"to": "search"}]
    choices(new, "try")["back"]["to"] = "search"
    found = difference(new)

    assert found.states.choices.reguarded == ()
    assert (found.endings, found.links) == ((), ())


@pytest.mark.parametrize("maximum", [3, 2**11])
def test_too_many_configurations_are_said_and_not_passed_over(maximum: int) -> None:
    reading = [{"text": "t", "when": {f"q{number}": "yes"}} for number in range(1, 12)]
    engine = Engine(flow_of(asking_in_a_row(12, text=reading)))

    with pytest.raises(TooManyConfigurations, match=f"more than {maximum} configurations"):
        compare(engine, engine, {}, {}, maximum)


def test_too_many_configurations_of_one_version_alone_are_said_too() -> None:
    reading = [{"text": "t", "when": {f"q{number}": "yes"}} for number in range(1, 12)]
    many, few = asking_in_a_row(12, text=reading), asking_in_a_row(12)
    few["start"] = "q12"
    with pytest.raises(TooManyConfigurations):
        compare(Engine(flow_of(many)), Engine(flow_of(few)), {}, {}, 100)
