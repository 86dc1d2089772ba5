"""What `check --explain` prints: why a code matters, a wrong and a right example, or the list of all codes."""

from collections.abc import Iterator, Mapping
from functools import cache
from textwrap import indent
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from assistant.cli.common import WRONG_USE, fail
from assistant.cli.language import language, said
from assistant.flow.message import Message, say
from assistant.flow.problem import suggestion

if TYPE_CHECKING:
    from assistant.flow.explanation import Explanation, Why

ALL: Final = "all"
_FILES: Final[Mapping[str, str]] = {"po": "locales/en.po", "tree": ""}
_NAMES: Final[Mapping[str, Message]] = {
    "file": say("The file"),
    "machine": say("The machine"),
    "words": say("The words"),
    "promises": say("The promises"),
}


@cache
def families() -> "Mapping[str, Mapping[str, Explanation]]":
    """Return the explanations of all codes by family and code, in the order of the files of the package."""
    from assistant import resources
    from assistant.flow.explanation import FAMILIES, read_explanations

    folder = resources.explanations_folder()
    return {family: read_explanations((folder / f"{family}.yaml").read_text("utf-8")) for family in FAMILIES}


def complete_code(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the codes for tab completion, each with why it matters."""
    codes = {code: _why(each.why) for family in families().values() for code, each in family.items()}
    return [CompletionItem(code, help=why) for code, why in codes.items() if code.startswith(incomplete)]


def explained(code: str) -> Iterator[str]:
    """Yield the lines that explain a code, or list all of them; end with wrong use for a code that there is not."""
    if code == ALL:
        yield from _listed()
        return
    codes = {name: (family, each) for family, inner in families().items() for name, each in inner.items()}
    if code not in codes:
        near = suggestion(code, codes)
        fail(say("no code '{code}'{near}; 'assistant check --explain all' lists them", code=code, near=near), WRONG_USE)
    family, explanation = codes[code]
    severity = say("error") if explanation.severity == "error" else say("warning")
    yield f"{click.style(code, bold=True)}  ({said(_NAMES[family])}, {said(severity)})"
    yield _why(explanation.why)
    file = _FILES.get(explanation.file, f"{explanation.file}.yaml")
    for heading, example in ((say("Wrong:"), explanation.wrong), (say("Right:"), explanation.right)):
        yield f"\n{said(heading)}  {file}".rstrip()
        yield indent(shown(example).rstrip("\n"), "    ")


def shown(example: str) -> str:
    """Return an example with what nobody sees made visible."""
    from assistant.flow.characters import FORBIDDEN

    return FORBIDDEN.sub(lambda found: f"<U+{ord(found.group()):04X}>", example.replace("\t", "<Tab>"))


def _listed() -> Iterator[str]:
    for family, codes in families().items():
        yield click.style(said(_NAMES[family]), bold=True)
        width = max(map(len, codes), default=0)
        yield from (f"  {code:<{width}}  {_why(each.why)}" for code, each in codes.items())
        yield ""
    yield said(say("'assistant check --explain CODE' shows examples."))


def _why(why: "Why") -> str:
    return why.ja if language() == "ja" else why.en
