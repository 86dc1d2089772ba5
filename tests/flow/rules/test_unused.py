"""Rules about what is there for nothing: shared parts, translations, and translations that are there twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.catalog import check_paths
from assistant.flow.common import Common, Fact
from assistant.flow.document import Document
from assistant.flow.loader import load_flow
from assistant.flow.problem import Mark
from assistant.flow.rules.unused import FACTS_OF_PAGES, check_duplicates, check_unused, check_unused_words
from assistant.flow.translation import Words, flow_entries
from tests.flow.good_flow import GOOD, write_flows


def told(folder: Path) -> list[tuple[str, str, int]]:
    problems = check_paths([folder])
    return [(problem.code, problem.path.rpartition("/")[2], problem.mark.line) for problem in problems]


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    return write_flows(tmp_path)


def test_what_no_flow_uses_is_told_where_it_stands(flows: Path) -> None:
    added = {
        "facts": "  fax: {about: 番号, text: 番号}\n",
        "notes": "  old: {title: 古い, text: 古い。}\n",
    }
    for name, text in added.items():
        path = flows / "common" / f"{name}.yaml"
        first = path.read_text("utf-8").replace(f"{name}: {{", f"{name}:\n  ").replace("}}\n", "}\n")
        path.write_text(first + text, "utf-8")

    assert told(flows) == [("unused-fact", "facts.yaml", 3), ("unused-note", "notes.yaml", 3)]


def test_a_screen_is_used_by_a_state_or_a_choice_only(flows: Path) -> None:
    text = GOOD.replace("    screen: entry\n", "")
    (flows / "demo" / "flow.yaml").write_text(text, "utf-8")
    assert told(flows) == []

    (flows / "demo" / "flow.yaml").write_text(text.replace(", screen: entry", ""), "utf-8")
    assert told(flows) == [("unused-screen", "screens.yaml", 1)]


def test_one_flow_alone_says_nothing_of_what_others_may_use(flows: Path) -> None:
    (flows / "demo" / "flow.yaml").write_text(
        GOOD.replace("    notes: [hint, {note: hint, when: {check: back}}]\n", ""), "utf-8"
    )

    assert told(flows / "demo") == []
    assert told(flows) == [("unused-note", "notes.yaml", 1)]


def test_what_is_misspelt_is_not_told_as_unused_beside_it(flows: Path) -> None:
    (flows / "demo" / "flow.yaml").write_text(GOOD.replace("{phone}", "{phon}"), "utf-8")

    assert [code for code, _, _ in told(flows)] == ["unknown-fact"]


def test_facts_that_pages_say_themselves_are_used() -> None:
    common = Common(facts={name: Fact(about="x", text="x") for name in [*FACTS_OF_PAGES, "fax"]})
    problems = check_unused(common, [("facts", Document("facts.yaml", {}, Mark()))], [])

    assert [str(problem.message) for problem in problems] == ["no text says {fax}; use it or delete it"]


def words(*keys: tuple[str, str]) -> Words:
    return Words(
        "en", dict.fromkeys(keys, "x"), path="en.po", lines={key: 10 * line for line, key in enumerate(keys, 1)}
    )


def test_a_translation_of_nothing_is_told_and_a_vanished_state_once() -> None:
    flow = load_flow("flow.yaml", GOOD).data
    assert flow is not None
    entries = list(flow_entries(flow))
    kept = entries[3]
    found = check_unused_words(
        entries,
        words(
            (kept.context, kept.source),
            ("ask.title", "前の題"),
            ("before.title", "前"),
            ("before.text", "前"),
            ("checked.title", "前の名前"),
            ("stages.gone", "①"),
        ),
        flow,
    )

    assert [(problem.code, problem.mark.line) for problem in found] == [
        ("unused-translation", 20),
        ("removed-without-gone", 30),
        ("unused-translation", 50),
        ("unused-translation", 60),
    ]


@pytest.mark.parametrize("write", [str, lambda text: text.replace('msgid "a"', 'msgid ""\n"a"')])
def test_a_text_that_is_translated_twice_is_told_at_the_second(write: Callable[[str], str]) -> None:
    entry = 'msgctxt "ask.title"\nmsgid "a"\nmsgstr "b"\n\n'
    other = entry.replace("ask.title", "ask.text")
    text = write(entry + other + entry)

    (problem,) = check_duplicates("en.po", text)

    last = max(number for number, line in enumerate(text.split("\n"), 1) if line.startswith("msgid"))
    assert (problem.code, problem.mark.line) == ("duplicate-translation", last)
    assert list(check_duplicates("en.po", write(entry + other))) == []


def test_what_is_obsolete_is_translated_by_nobody() -> None:
    entry = 'msgid "a"\nmsgstr "b"\n\n'

    assert list(check_duplicates("en.po", entry + "#~ " + entry)) == []
