"""The schemas as editors use them: the real language server marks what the loader refuses and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import resources
from assistant.flow.loader import load_flow
from assistant.flow.schema import FILES, schema_of
from assistant.flow.schema.explaining import EXPLANATIONS
from tests.editor import Editor, editing
from tests.flow.good_flow import GOOD
from tests.flow.random_flows import plain_flows
from tests.flow.test_checker import CASES
from tests.real_parts import ROOT

# What JSON Schema cannot see: an editor reads 02 as the number 2, and does not compare numbers in a text.
UNSEEN = {"a guard is a word", "a number has a leading zero", "a source runs backwards"}
# What the schema knows beside the shape: the checker refuses these, too.
BESIDE = {"missing-key", "unknown-invoke", "unknown-result"}
EXAMPLE = """\
title: a
language: ja
start: a
states:
  a:
    no: 1
    title: x
    outcome: over
{there}
  b:
    no: 2
    title: y
    choices:
      yes: {{label: a, to: b}}
{here}
"""

every_file = pytest.mark.parametrize("file", FILES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flows")
    (folder / ".schema").mkdir()
    for file in FILES:
        (folder / ".schema" / f"{file}.json").write_text(json.dumps(schema_of(file)), "utf-8")
    return folder


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[Editor]:
    with editing(folder) as editor:
        yield editor


def under(file: str, text: str) -> str:
    """The text with the line that names its schema."""
    return f"# yaml-language-server: $schema=../.schema/{file}.json\n{text}"


def marked(editor: Editor, folder: Path, texts: dict[str, str], file: str = "flow") -> dict[str, list[str]]:
    """What the editor marks in each of these texts."""
    place = folder / "x"
    told = editor.open({place / f"{name}.yaml": under(file, text) for name, text in texts.items()})
    return {path.stem: messages for path, messages in told.items()}


@every_file
def test_every_key_is_explained_in_both_languages(file: str) -> None:
    schema = schema_of(file)

    for part in (schema, *schema["definitions"].values()):
        for key, value in part.get("properties", {}).items():
            japanese, english = value["description"].split("\n\n")
            assert not japanese.isascii(), key
            assert english.isascii(), key


def test_nothing_is_explained_that_no_file_has() -> None:
    keys = {
        key
        for file in FILES
        for schema in [schema_of(file)]
        for part in (schema, *schema["definitions"].values())
        for key in part.get("properties", {})
    }

    assert {name.partition(".")[2] for name in EXPLANATIONS} - keys == set()


@every_file
def test_every_reference_leads_to_a_part_of_the_same_schema(file: str) -> None:
    schema = schema_of(file)

    assert {name.removeprefix("#/definitions/") for name in references(schema)} == set(schema["definitions"])


def references(part: Any) -> set[str]:
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    found = {part["$ref"]} if isinstance(part, dict) and "$ref" in part else set()
    return found.union(*(references(each) for each in inner))


def test_the_schemas_beside_the_flows_are_those_of_the_models() -> None:
    written = {path.stem: json.loads(path.read_text("utf-8")) for path in (ROOT / "flows" / ".schema").iterdir()}

    assert written == {file: schema_of(file) for file in FILES}, "run `assistant schema --write`"


def test_every_file_that_comes_with_the_program_names_its_schema_in_its_first_line() -> None:
    for path in sorted((ROOT / "flows").glob("*/*.yaml")):
        first, _, _ = path.read_text("utf-8").partition("\n")
        named = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert (named.stem, named.is_file()) == (path.stem, True), path


@every_file
def test_nothing_is_marked_in_the_files_that_come_with_the_program(file: str, editor: Editor, folder: Path) -> None:
    places = [resources.folder("flows"), resources.beginning_folder(), ROOT / "tests" / "trees"]
    paths = [path for place in places for path in sorted(place.rglob(f"{file}.yaml"))]
    texts = {f"{path.parent.name}-{number}-{file}": path.read_text("utf-8") for number, path in enumerate(paths)}
    assert texts

    assert marked(editor, folder, texts, file) == {name: [] for name in texts}


def test_what_the_loader_refuses_is_marked_and_nothing_that_the_checker_accepts(editor: Editor, folder: Path) -> None:
    texts = {f"broken-{number}": GOOD.replace(case.old, case.new) for number, case in enumerate(CASES)}
    told = marked(editor, folder, {"good": GOOD, **texts})
    refused = {case.name for case, text in zip(CASES, texts.values(), strict=True) if load_flow("f", text).problems}
    seen = {case.name: case.code for case, name in zip(CASES, texts, strict=True) if told[name]}

    assert told["good"] == []
    assert refused - set(seen) == UNSEEN
    assert {code for name, code in seen.items() if name not in refused} == BESIDE


def test_nothing_is_marked_in_any_flow_that_can_be_read(editor: Editor, folder: Path) -> None:
    number = 0

    @settings(max_examples=3)
    @given(st.lists(plain_flows(), min_size=20, max_size=20))
    def accepted(flows: list[dict[str, Any]]) -> None:
        nonlocal number
        number += 1
        texts = {f"random-{number}-{index}": yaml.safe_dump(flow) for index, flow in enumerate(flows)}
        assert [load_flow("f", text).problems for text in texts.values()] == [()] * len(texts)

        assert marked(editor, folder, texts) == {name: [] for name in texts}

    accepted()


@pytest.mark.parametrize(
    "old_new",
    [
        ("title: 確かめます", "title: 2024"),
        ("title: 確かめます", "title: true"),
        ("title: 確かめます", "title: 1.5"),
        ("title: 確かめます", "title: 2026-04-01"),
        ("title: 確かめます", "title: no"),
        ("no: 2\n", 'no: "2"\n'),
        ("was: [checked]", "was: checked"),
        ('"12, 34-41"', "12"),
        ("to: ask}", "to: [ask]}"),
        ("script: 読み上げます。", "script: [読み, {text: 上げます。}]"),
        ("notes: [hint,", "notes: [{note: hint},"),
        ("when: {check: [back]}", "when: {any: [{check: back}, {not: {check: fine}}]}"),
    ],
    ids=lambda old_new: old_new[1],
)
def test_every_way_to_write_a_value_is_accepted(old_new: tuple[str, str], editor: Editor, folder: Path) -> None:
    text = GOOD.replace(*old_new, 1)
    assert text != GOOD
    assert load_flow("f", text).problems == ()
    name = f"written-{abs(hash(old_new))}"

    assert marked(editor, folder, {name: text}) == {name: []}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("scenarios", "scenarios: []\n"),
        ("scenarios", "scenarios: [{title: a, answers: [ab], ends: b}]\n"),
        ("screens", "screens: {a: {name: a, wording: {ja: {drawing: [{titel: a}], look: a}}}}\n"),
        ("screens", "screens: {a: {name: a, wording: {ja: {drawing: [{title: a, text: b}], look: a}}}}\n"),
        ("screens", "screens: {a: {name: a, wording: {ja: {drawing: [{icon: cat}], look: a}}}}\n"),
        ("screens", "screens: {a: {name: a, frame: tv, wording: {ja: {drawing: [{title: a}], look: a}}}}\n"),
        ("screens", "screens: {a: {name: a, wording: {}}}\n"),
        ("notes", "notes: {a: {title: a, text: []}}\n"),
        ("facts", "facts: {A: {about: a, text: a}}\n"),
        ("facts", "facts: {a: {about: a, text: }}\n"),
        ("codes", "codes: {'050126': {who: helpdesk, text: a}}\n"),
        ("codes", "codes: {'50126': {who: nobody, text: a}}\n"),
        ("elsewhere", "elsewhere: {ja: word}\n"),
    ],
)
def test_mistakes_in_the_other_files_are_marked(file: str, text: str, editor: Editor, folder: Path) -> None:
    name = f"mistake-{abs(hash(text))}"

    assert marked(editor, folder, {name: text}, file)[name]


def test_inside_a_state_its_keys_are_offered_but_those_it_has(editor: Editor, folder: Path) -> None:
    path = folder / "x" / "offers.yaml"
    editor.open({path: under("flow", EXAMPLE.format(there="    ", here=""))})
    offered = {each["label"] for each in editor.offers(path, 9, 4)}

    assert {"text", "stage", "screen", "notes", "choices", "invoke", "message"} <= offered
    assert offered.isdisjoint({"no", "title", "outcome", "label", "start"})


def test_what_can_be_run_and_what_can_come_back_are_offered(editor: Editor, folder: Path) -> None:
    path = folder / "x" / "running.yaml"
    there = "    results:\n      \n    invoke: "
    editor.open({path: under("flow", EXAMPLE.format(there=there, here=""))})

    assert {"sign-in", "error-code"} <= {each["label"] for each in editor.offers(path, 11, 12)}
    assert {"signed-in", "declined", "default"} <= {each["label"] for each in editor.offers(path, 10, 6)}


def test_a_whole_state_and_a_whole_choice_are_offered(editor: Editor, folder: Path) -> None:
    path = folder / "x" / "snippets.yaml"
    editor.open({path: under("flow", EXAMPLE.format(there="  ", here="      "))})
    states = {each["label"]: each["insertText"] for each in editor.offers(path, 9, 2)}
    choices = {each["label"]: each["insertText"] for each in editor.offers(path, 15, 6)}

    assert "choices:" in states["質問 question"]
    assert "outcome:" in states["終わり ending"]
    assert "when:" in choices["行き先が2つの選択肢 choice with two targets"]


def test_on_hover_a_key_is_explained(editor: Editor, folder: Path) -> None:
    path = folder / "x" / "hover.yaml"
    editor.open({path: under("flow", EXAMPLE.format(there="", here=""))})
    told = editor.hover(path, 8, 6)

    assert EXPLANATIONS["State.outcome"].japanese in told
    assert EXPLANATIONS["State.outcome"].english in told
