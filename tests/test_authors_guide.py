"""The guide for authors: every example in it is as right or as wrong as it says, and every command is there."""

import re
import shlex
from collections.abc import Iterator
from textwrap import dedent
from typing import NamedTuple

import click
import pytest
from pydantic import BaseModel

from assistant import resources
from assistant.catalog.files import Files, read
from assistant.cli import main
from assistant.flow.checker import check_flow
from assistant.flow.common import Codes, Common, Elsewhere, Facts, Notes, Screens
from assistant.flow.loader import load, load_flow
from assistant.flow.model import Choice, Flow, State
from assistant.flow.problem import Problem
from assistant.flow.rules.common import check_common
from assistant.flow.scenario import Scenarios, check_scenarios
from assistant.flow.translation import read_words
from tests.real_parts import ROOT

GUIDE = (ROOT / "flows" / "README.md").read_text("utf-8")
TOP = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
KEY = re.compile(r"^([a-z0-9-]+)[:：]", re.MULTILINE)
WRONG = re.compile(r"# → \[([a-z-]+)\]")
FILES: dict[str, type[BaseModel]] = {
    "facts": Facts,
    "notes": Notes,
    "screens": Screens,
    "codes": Codes,
    "elsewhere": Elsewhere,
    "scenarios": Scenarios,
}
# A flow around the examples, with the pages that they lead to; each line of its head gives way to an example's own.
HEAD = {
    "title": "title: ご案内\n",
    "language": "language: ja\n",
    "start": "start: pc-history\n",
    "lost": "lost: helpdesk\n",
    "stages": "stages: {account: ①, credential: ②}\n",
}
STATES = """\
  pc-history:
    no: 1
    title: はじめてですか？
    choices:
      first: {label: はじめて, to: which-screen}
      returning: {label: 前に使った, to: which-screen}
  which-screen:
    no: 2
    title: どの画面ですか？
    choices:
      password: {label: パスワード, to: password}
      another: {label: ほか, to: consent}
  password: {no: 3, title: パスワードを見ます, choices: {seen: {label: 見た, to: check-typing}}}
  check-typing: {no: 4, title: 字を確かめます, choices: {still: {label: まだ違う, to: got-in}}}
  consent: {no: 5, title: 許可を読みます, choices: {read: {label: 読んだ, to: got-in}}}
  got-in: {no: 6, title: 入れましたか？, choices: {yes: {label: はい, to: done}, no: {label: 別人, to: wrong-account}}}
  wrong-account: {no: 7, title: 名前を見ます, choices: {mine: {label: 自分, to: done}}}
  done: {no: 8, title: できました, outcome: resolved}
  helpdesk: {no: 9, title: 窓口に頼みます, outcome: helpdesk}
"""
# The first change is made to the flow that comes with the program, so these pages are there as well.
LOGIN = """\
  password-entry: {no: 31, title: パスワードを入れます, choices: {entered: {label: 進んだ, to: done}}}
  helpdesk-screen: {no: 32, title: いっしょに見ます, outcome: helpdesk}
"""
# Nothing of the flow around it leads to an example.
AROUND = {"unreachable", "never-open"}


class Example(NamedTuple):
    """One block of the guide."""

    language: str
    text: str

    @property
    def wrong(self) -> list[str]:
        """The codes that the example says it is wrong by."""
        return WRONG.findall(self.text)

    @property
    def keys(self) -> list[str]:
        """Its keys at the left margin."""
        return KEY.findall(self.text)


EXAMPLES = [Example(language, dedent(text)) for language, text in BLOCK.findall(GUIDE)]
YAML = [example for example in EXAMPLES if example.language == "yaml"]


@pytest.fixture(scope="module")
def shipped() -> Files:
    return read(resources.folder("flows"))


def kind(example: Example) -> str:
    """What a block is a part of; a list under `notes` is of a state, a mapping is the file."""
    keys = set(example.keys)
    if not keys:
        return "remark"
    if len(keys) == 1 and keys <= set(FILES) and not re.match(r"notes: *\[", example.text):
        return "file"
    if {"title", "states"} <= keys:
        return "flow"
    if "states" in keys or keys <= {"stages", "outcomes", "lost", "start", "guards"}:
        return "head"
    if keys <= set(State.model_fields):
        return "state"
    return "choices" if re.match(r"[a-z-]+: \{label:", example.text) else "states"


def whole(example: Example) -> str:
    """The flow that an example stands in."""
    text = example.text
    if kind(example) == "choices":
        return whole(Example("yaml", f"choices:\n{indented(text, 2)}"))
    match kind(example):
        case "flow":
            return text
        case "head":
            head = "".join(line for key, line in HEAD.items() if key not in example.keys)
            begun, _, states = text.partition("states:\n")
            return f"{head}{begun}\nstates:\n{STATES}{states}"
        case "state":
            title = "" if "title" in example.keys else "    title: 例です\n"
            choices = "" if "choices" in example.keys else "    choices: {onward: {label: 進む, to: done}}\n"
            state = f"  example:\n    no: 900\n{title}{indented(text, 4)}{choices}"
            return f"{''.join(HEAD.values())}states:\n{STATES}{LOGIN}{'' if 'reload' not in text else RELOAD}{state}"
        case _:
            return f"{''.join(HEAD.values())}states:\n{STATES}{LOGIN}{indented(text, 2)}"


RELOAD = "  reload-page: {no: 260, title: 読み込みます, choices: {seen: {label: 出た, to: password-entry}}}\n"


def indented(text: str, spaces: int) -> str:
    return "".join(f"{' ' * spaces}{line}" for line in text.splitlines(keepends=True))


def problems_of(example: Example, shipped: Files) -> list[Problem]:
    if kind(example) == "file":
        return list(problems_of_file(example, shipped))
    return check_flow(load_flow("guide", whole(example)), shipped.shared.common)


def problems_of_file(example: Example, shipped: Files) -> Iterator[Problem]:
    [name] = example.keys
    loaded = load("guide", example.text, FILES[name], name)
    yield from loaded.problems
    assert loaded.document is not None
    if isinstance(loaded.data, Scenarios):
        engine = shipped.flows["login"].engine
        assert engine is not None
        yield from check_scenarios(loaded.data, engine, loaded.document, shipped.shared.common)
    elif loaded.data is not None:
        shared = {**vars(shipped.shared.common), name: getattr(loaded.data, name)}
        yield from check_common(Common.model_construct(**shared), {name: loaded.document})


@pytest.mark.parametrize("example", [each for each in YAML if not each.wrong], ids=lambda each: each.text[:30])
def test_every_example_passes_the_checks_without_a_warning(example: Example, shipped: Files) -> None:
    assert [str(found) for found in problems_of(example, shipped) if found.code not in AROUND] == []


@pytest.mark.parametrize("example", [each for each in YAML if each.wrong], ids=lambda each: each.wrong[0])
def test_every_wrong_example_is_told_by_the_code_that_stands_beside_it(example: Example, shipped: Files) -> None:
    told = {found.code for found in problems_of(example, shipped)} - AROUND

    assert set(example.wrong) <= told
    assert told - set(example.wrong) <= {"missing-key"}  # what the same mistake takes away
    assert len(example.wrong) == 1


def test_a_translation_in_the_guide_is_a_translation() -> None:
    [block] = [example for example in EXAMPLES if example.language == "po"]
    words, problems = read_words("guide", block.text, "en")

    assert problems == []
    assert words.translated == {("password-entry.choices.no-field", "入れる欄が出ない"): "There is no field to type in"}


@pytest.mark.parametrize("model", [Flow, State, Choice])
def test_every_key_of_the_language_is_in_an_example(model: type[BaseModel]) -> None:
    right = "\n".join(example.text for example in YAML if not example.wrong)

    assert [key for key in model.model_fields if not re.search(rf"\b{key}:", right)] == []


def commands() -> list[str]:
    """Every command line of the guide and of the authors' part of the README, with its first word."""
    authors = TOP.partition("## For authors")[2].partition("## For operators")[0]
    blocks = [example.text for example in EXAMPLES if example.language == "sh"]
    lines = [line.strip() for text in (*blocks, GUIDE, authors) for line in text.splitlines()]
    shown = [line.removeprefix(".venv/bin/") for line in lines]
    inline = re.findall(r"`(assistant [^`]+)`", GUIDE + authors)
    return sorted({line.partition(" #")[0] for line in (*shown, *inline) if line.startswith("assistant ")})


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_guide_can_be_given(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    arguments = arguments[: arguments.index("<")] if "<" in arguments else arguments
    command = main.commands[name]

    # Below the group, as it is given: a command keeps the names of its help from where it is asked first.
    with main.make_context("assistant", [name]) as group, click.Context(command, parent=group) as context:
        command.parse_args(context, arguments)


def test_every_file_that_the_guide_names_exists() -> None:
    named = re.findall(r"`(flows/[a-z/._-]+)`", GUIDE)

    assert [name for name in named if not (ROOT / name).exists() and "printer" not in name] == []


def test_every_link_within_the_guide_leads_to_a_heading() -> None:
    headings = re.findall(r"^#+ (.+)$", re.sub(BLOCK, "", GUIDE), re.MULTILINE)
    anchors = {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in headings}

    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) - anchors == set()
