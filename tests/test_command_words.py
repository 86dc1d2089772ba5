"""Every sentence of the command line has its Japanese, with the same values in it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from assistant import resources
from assistant.cli.language import language, said, translate
from assistant.flow.message import say
from assistant.flow.translation import read_words

HOUSE = Path(__file__).resolve().parent.parent / "assistant"
JAPANESE, FAULTS = read_words("ja.po", (resources.locales_folder() / "ja.po").read_text("utf-8"), "ja")
SAYING = {"say": 0, "translate": 0}


def templates() -> Iterator[tuple[str, str]]:
    """Every literal template in the code, with where it stands."""
    for module in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
                yield from ((found, f"{module.name}:{node.lineno}") for found in literals(node.args[0]))


def literals(node: ast.expr) -> Iterator[str]:
    """The literals that an argument may be: both branches of a condition are one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def values(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_every_template_has_its_japanese() -> None:
    assert {found: place for found, place in templates() if not JAPANESE.has("", found)} == {}


def test_no_japanese_is_kept_for_templates_that_are_gone() -> None:
    assert {source for _, source in JAPANESE.translated} - {found for found, _ in templates()} == set()


def test_the_japanese_names_no_value_that_the_template_lacks() -> None:
    wrong = {source for (_, source), text in JAPANESE.translated.items() if not values(text) <= values(source)}

    assert (wrong, FAULTS) == (set(), [])


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANGUAGE": "ja:en", "LANG": "en_US.UTF-8"}, "ja"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LANG": "ja_JP.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_decides_the_language(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert language() == expected


def test_a_message_is_said_with_the_messages_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "ja")
    message = say("{inner}x", inner=say("warning: "))

    assert (said(message), str(message)) == (f"{translate('warning: ')}x", "warning: x")
