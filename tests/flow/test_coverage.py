"""Coverage: what walks exercise of a flow, counted exactly, and walks that exercise the rest."""

from typing import Any

from hypothesis import given

from assistant.flow.coverage import Coverage, Measure, Part, percent
from assistant.flow.engine import Engine
from assistant.flow.explorer import explore
from assistant.flow.loader import load_flow
from assistant.flow.model import DEFAULT, LOST, Answer, Flow
from assistant.flow.proposal import propose
from tests.flow.good_flow import GOOD
from tests.flow.random_flows import flow_of, plain_flows

CHOICES = ("ask.seen", "ask.again", "check.back", "check.fine", "help.found", "try.closed")


def measure(text: str = GOOD) -> Measure:
    flow = load_flow("flow.yaml", text).data
    assert flow is not None
    return measure_of(flow)


def measure_of(flow: Flow) -> Measure:
    engine = Engine(flow)
    return Measure(engine, explore(engine))


def answers(*written: str) -> tuple[Answer, ...]:
    return tuple(Answer(*each.split(".")) for each in written)


def told(coverage: Coverage, *kinds: str) -> set[str]:
    """What is untested, as keys; a guard says which outcome is missing."""
    return {
        ".".join(map(str, part.place)) + ("" if part.passes is None else f" {part.passes}")
        for part in coverage.untested()
        if part.kind in kinds
    }


def test_without_a_walk_nothing_is_exercised_and_all_that_can_be_is_told() -> None:
    coverage = measure().coverage([])

    assert told(coverage, "state") == {f"states.{name}" for name in ("ask", "check", "help", "try", "ended")}
    assert told(coverage, "transition") == {
        *(f"states.{name}.choices.{trigger}" for name, trigger in answers(*CHOICES)),
        "states.try.results.signed-in",
        "states.try.results.default",
    }
    assert told(coverage, "lost") == {f"states.{name}" for name in ("ask", "check", "help", "try")}
    assert told(coverage, "guard") == {
        *(f"states.ask.{place}.when {outcome}" for place in ("text.1", "notes.1") for outcome in (True, False)),
        *(f"states.ask.choices.again.to.0.when {outcome}" for outcome in (True, False)),
        # From 'help' itself the first target is never tried, so nobody is ever lost twice.
        "lost.0.when True",
    }


def test_a_walk_exercises_its_states_its_choices_and_what_guards_say_on_its_way() -> None:
    subject = measure()

    coverage = subject.coverage([answers("ask.seen", "check.back", "ask.again")])

    assert coverage.counts() == {"state": (2, 5), "transition": (3, 8), "guard": (5, 7), "lost": (0, 4)}
    assert told(coverage, "guard") == {
        "states.ask.choices.again.to.0.when False",
        "lost.0.when True",
    }


def test_a_target_behind_the_taken_one_is_not_asked() -> None:
    flow = GOOD.replace("- try\n", "- {to: try, when: {check: fine}}\n          - help\n")
    assert flow != GOOD

    coverage = measure(flow).coverage([answers("ask.seen", "check.back", "ask.again")])

    assert "states.ask.choices.again.to.1.when False" in told(coverage, "guard")


def test_a_result_without_a_branch_of_its_own_exercises_the_default() -> None:
    coverage = measure().coverage([answers("ask.again", "try.cancelled")])

    assert "states.try.results.default" not in told(coverage, "transition")


def test_what_the_flow_itself_says_of_results_is_no_transition_of_a_state() -> None:
    coverage = measure().coverage([answers("ask.again", "try.code-1")])

    assert coverage.counts()["transition"] == (1, 8)


def test_what_no_answers_can_reach_is_not_asked_for() -> None:
    flow = GOOD.replace(
        "      fine: {label: よい, to: try}\n", "      fine: {label: よい, to: try, when: {try: closed}}\n"
    )
    assert flow != GOOD
    closed = GOOD.replace(
        "{label: よい, to: try}", "{label: よい, to: try, when: {help: found, ask: seen, check: fine}}"
    )

    assert Part("guard", ("states", "check", "choices", "fine", "when"), True) in measure(flow).possible
    assert Part("guard", ("states", "check", "choices", "fine", "when"), True) not in measure(closed).possible


def test_percent_is_whole_and_100_means_all() -> None:
    assert [percent(0, 3), percent(2, 3), percent(199, 200), percent(3, 3), percent(0, 0)] == [0, 66, 99, 100, 100]


def test_the_proposed_walks_exercise_all_that_is_untested() -> None:
    subject = measure()
    scenario = answers("ask.seen", "check.fine", "try.signed-in")
    walks = propose(subject, subject.coverage([scenario]))

    coverage = subject.coverage([scenario, *walks])

    assert coverage.untested("state", "transition", "guard") == []
    assert [len(walk) for walk in walks] == sorted(len(walk) for walk in walks)
    assert propose(subject, coverage) == []


def test_a_proposed_walk_carries_a_real_result_never_the_default() -> None:
    subject = measure()

    walks = propose(subject, subject.coverage([]))

    assert DEFAULT not in {answer.trigger for walk in walks for answer in walk}


@given(plain=plain_flows())
def test_proposals_for_any_flow_exercise_all_that_can_be_and_none_is_in_vain(plain: dict[str, Any]) -> None:
    subject = measure_of(flow_of(plain))
    walks = propose(subject, subject.coverage([]))

    assert subject.coverage(walks).untested("state", "transition", "guard") == []
    for walk in walks:
        others = [other for other in walks if other != walk]
        assert subject.coverage(others).untested("state", "transition", "guard") != []
        assert subject.engine.replay(walk).answers == walk


def test_lost_is_left_out_of_a_walk_wherever_it_can_be() -> None:
    subject = measure(GOOD.replace("{to: help, when: {not: {help: lost}}}", "help").replace("  - to: ended\n", ""))
    walks = propose(subject, subject.coverage([]))

    assert sum(answer.trigger == LOST for walk in walks for answer in walk) == 1
