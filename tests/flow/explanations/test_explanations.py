"""Every code is explained, and every explanation is true: its wrong example raises the code, its right one nothing."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from assistant import resources
from assistant.catalog import check_paths
from assistant.flow.explanation import FAMILIES, read_explanations
from tests.flow.explanations.example import write_right, write_wrong

HOUSE = Path(__file__).resolve().parents[3] / "assistant"
FOLDER = resources.explanations_folder()
EXPLANATIONS = {
    code: explanation
    for family in FAMILIES
    for code, explanation in read_explanations((FOLDER / f"{family}.yaml").read_text("utf-8")).items()
}
# Where a code stands among the arguments of what makes a problem.
SAYING = {"Problem": 2, "Fault": 0, "refused": 0, "problem": 0, "_problem": 0, "_proof": 3}
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

each = pytest.mark.parametrize("code", EXPLANATIONS)


def codes_in_the_source() -> Iterator[str]:
    """Every literal that stands where a code stands: in a call that makes a problem, or before a yielded message."""
    for module in sorted([*(HOUSE / "flow").rglob("*.py"), *(HOUSE / "catalog").rglob("*.py")]):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            for found in codes_in(node):
                if isinstance(found, ast.Constant) and isinstance(found.value, str) and CODE.fullmatch(found.value):
                    yield found.value


def codes_in(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        index = SAYING.get(str(name))
        if index is not None and len(node.args) > index:
            yield node.args[index]
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "code")
    elif isinstance(node, (ast.Yield, ast.Return)) and isinstance(node.value, ast.Tuple):
        yield from (first for first, second in pairwise(node.value.elts) if is_message(second))


def is_message(node: ast.expr) -> bool:
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    return called or (isinstance(node, ast.Name) and node.id == "message")


def test_every_code_that_the_program_can_tell_is_explained_and_no_other() -> None:
    assert set(codes_in_the_source()) == set(EXPLANATIONS)


def test_a_code_stands_in_one_family_only() -> None:
    told = [code for family in FAMILIES for code in read_explanations((FOLDER / f"{family}.yaml").read_text("utf-8"))]

    assert len(told) == len(set(told))


@each
def test_the_wrong_example_raises_exactly_this_code(code: str, tmp_path: Path) -> None:
    explanation = EXPLANATIONS[code]
    found = check_paths([write_wrong(tmp_path, explanation)])

    assert {problem.code for problem in found} == {code, *explanation.beside}, found
    assert {problem.severity for problem in found if problem.code == code} == {explanation.severity}


@each
def test_the_right_example_raises_nothing(code: str, tmp_path: Path) -> None:
    assert check_paths([write_right(tmp_path, EXPLANATIONS[code])]) == []


@each
def test_an_explanation_is_one_line_in_each_language(code: str) -> None:
    why = EXPLANATIONS[code].why

    assert "\n" not in why.ja + why.en
    assert why.ja.endswith("。")
    assert why.en.endswith(".")


def test_an_explanation_that_lacks_something_is_refused() -> None:
    with pytest.raises(ValueError, match="right"):
        read_explanations("code: {why: {ja: あ。, en: a.}, wrong: x}\n")
