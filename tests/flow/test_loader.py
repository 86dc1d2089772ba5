"""Reading the shipped flow cut off anywhere, or mutated at random: never an exception, and never a silent half."""

import re
from random import Random

import pytest
from hypothesis import given, settings

from assistant.flow.checker import check_flow
from assistant.flow.common import Common
from assistant.flow.engine import Engine
from assistant.flow.explorer import explore
from assistant.flow.loader import load_flow
from assistant.flow.model import Answer, Flow
from assistant.flow.problem import Problem
from tests.flow.good_flow import COMMON, GOOD
from tests.flow.random_flows import seeds

# What damages files: the signs of YAML, their full-width twins, invisible characters, and words of the language.
SIGNS = [
    *":-#[]{}'\"&*!|>%@`?,\\\t\n　：、\0\u200b\u202e\u2028\r",
    *(": ", " #x", "\n\n", "---\n", "<<: *a", "&a ", "!!python/name:os.system ", "{not: ", "no: 1", "to: ", "when: "),
]


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def cut_and_checked(text: str, end: int, common: Common) -> list[Problem]:
    cut = text[:end]
    found = check_flow(load_flow("flow.yaml", cut), common)
    lines = len(cut.splitlines()) + 1
    assert all(1 <= problem.mark.line <= lines for problem in found)
    return errors(found)


def test_the_shipped_flow_cut_off_near_its_beginning_is_never_taken_for_whole(
    login_text: str, shipped_common: Common
) -> None:
    for end in range(0, 12_000, 41):
        assert cut_and_checked(login_text, end, shipped_common), login_text[:end][-60:]


def test_the_shipped_flow_cut_off_further_on_is_never_taken_for_whole(login_text: str, shipped_common: Common) -> None:
    last_state = re.search(r"\n  [a-z-]+:\n(?!.*\n  [a-z-]+:\n)", login_text, re.DOTALL)
    assert last_state is not None
    for end in range(12_000, last_state.start(), 3_989):
        assert cut_and_checked(login_text, end, shipped_common), login_text[:end][-60:]


@settings(max_examples=60)
@given(seed=seeds)
def test_a_mutated_part_of_the_shipped_flow_never_makes_reading_or_checking_raise(
    seed: int, login_text: str, shipped_common: Common
) -> None:
    head = login_text[: login_text.index("\n  # ----", 6_000)]
    loaded = load_flow("flow.yaml", mutated(head, Random(seed)))

    assert errors(check_flow(loaded, shipped_common))


@settings(max_examples=300)
@given(seed=seeds)
def test_a_mutated_flow_is_refused_or_runs(seed: int) -> None:
    loaded = load_flow("flow.yaml", mutated(GOOD, Random(seed)))
    problems = check_flow(loaded, COMMON)

    assert loaded.data is not None or problems
    if loaded.data is not None and not errors(problems):
        engine = Engine(loaded.data)
        found = explore(engine)
        assert all(engine.replay(answers).state == state for state, answers in found.shortest().items())


def mutated(text: str, random: Random) -> str:
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(text))
        end = min(len(text), start + random.choice((0, 1, 1, 2, 10, 60)))
        new = random.choice(("", *random.sample(SIGNS, 3), text[end : end + 40], text[start:end].upper()))
        text = text[:start] + new + text[end:]
    return text


def test_states_that_cannot_be_read_are_left_out_and_named() -> None:
    text = (
        "title: t\nlanguage: ja\nstart: a\nstates:\n"
        "  a: {no: 1, title: t, outcome: o}\n  b: {no: x, title: t}\n  C: {no: 3, title: t}\n  d: {no: 4, titel: t}\n"
    )
    loaded = load_flow("flow.yaml", text)

    assert loaded.data is not None
    assert set(loaded.data.states) == {"a"}
    assert loaded.broken == {"b", "C", "d"}
    assert [problem.code for problem in loaded.problems] == ["bad-number", "bad-id", "unknown-key"]


def test_a_misspelt_key_of_the_flow_leaves_the_rest_readable() -> None:
    loaded = load_flow("flow.yaml", "title: t\nlanguage: ja\nstart: a\nstags: {}\nstates: {}\n")

    assert loaded.data is not None
    assert [str(problem) for problem in loaded.problems] == [
        "flow.yaml:4:1: no key 'stags' is known here; did you mean 'stages'? [unknown-key]"
    ]


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("    c: {label: l, to: a}\n", "5: no key 'c' is known here; if it is a choice, indent it under 'choices:'"),
        ("    b: {no: 2, title: t}\n", "5: no key 'b' is known here; if it is a state, indent it under 'states:'"),
        ("b: {no: 2, title: t}\n", "1: no key 'b' is known here; if it is a state, indent it under 'states:'"),
        ("      text: t\n", "13: 'text' would be a choice here; if it is a key of the state, indent it less"),
    ],
    ids=["choice", "state", "state at the margin", "key of a state"],
)
def test_what_is_indented_wrongly_is_told_where_it_belongs(added: str, expected: str) -> None:
    states = f"  a:\n    no: 1\n    title: t\n    choices:\n      x: {{label: l, to: a}}\n{added}"
    loaded = load_flow("flow.yaml", f"title: t\nlanguage: ja\nstart: a\nstates:\n{states}")

    assert [str(problem).rpartition(" [")[0] for problem in loaded.problems] == [f"flow.yaml:10:{expected}"]


def flow(states: str) -> Flow:
    loaded = load_flow("flow.yaml", f"title: t\nlanguage: ja\nstart: a\nstates:\n{states}")
    assert loaded.problems == ()
    assert loaded.data is not None
    return loaded.data


def test_short_and_long_ways_to_write_the_same_are_read_alike() -> None:
    short = flow("  a: {no: 1, text: t, notes: n, was: b, choices: {c: {label: l, to: a}}}\n")
    long = flow(
        "  a: {no: 1, text: [{text: t}], notes: [{note: n}], was: [b], choices: {c: {label: l, to: [{to: a}]}}}\n"
    )

    assert short == long


@pytest.mark.parametrize("word", ["yes", "no", "on", "null", "012", "1:30", "2024-01-31", "1e3"])
def test_words_that_yaml_takes_for_something_else_stay_words(word: str) -> None:
    read = flow(f"  a: {{no: 1, title: {word}, text: [{word}], choices: {{x: {{label: {word}, to: a}}}}}}\n")

    state = read.states["a"]
    assert (state.title, state.text[0].text, state.choices["x"].label) == (word, word, word)


def test_yes_and_no_are_fine_triggers_also_in_guards() -> None:
    read = flow("  a: {no: 1, choices: {yes: {label: l, to: a}, no: {label: l, to: a, when: {a: [yes, no]}}}}\n")

    guard = read.states["a"].choices["no"].when
    assert guard is not None
    assert list(guard.reads()) == [Answer("a", "yes"), Answer("a", "no")]


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [("3", {3}), ("3, 5-7", {3, 5, 6, 7}), ("3,5", {3, 5}), ("9-9", {9})],
)
def test_a_source_names_lines_of_the_manual(lines: str, numbers: set[int]) -> None:
    source = flow(f'  a: {{no: 1, source: {{manual: "{lines}"}}}}\n').states["a"].source

    assert source is not None
    assert source.lines() == numbers


def test_a_flow_that_was_read_cannot_be_changed() -> None:
    read = flow("  a: {no: 1}\n")

    with pytest.raises(ValueError, match="frozen"):
        read.title = "other"
