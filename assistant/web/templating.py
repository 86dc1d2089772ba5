"""The templates and the page words of every language: a Jinja environment of our own, apart from any request."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.flow.problem import FlowError, Problem
from assistant.flow.translation import Words, read_words

LANGUAGE_NAMES: Final[Mapping[str, str]] = {"ja": "日本語", "en": "English"}
SOURCE_LANGUAGE: Final = "ja"


def language_name(code: str) -> str:
    """Return what a language calls itself."""
    return LANGUAGE_NAMES.get(code, code)


class Templates:
    """Renders the templates of one folder in any language that has page words."""

    def __init__(self, folder: Path, policy: str | None = None) -> None:
        """Read the page words; raises FlowError if a PO file cannot be read. Templates are compiled when first used.

        `policy` is the Content-Security-Policy that every page names itself, where no server sends it.
        """
        self._environment: Final = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["policy"] = policy
        self.digest: Final = _digest(folder)
        self._words: Final = _read(folder / "locales")

    def words(self, language: str) -> Words:
        """Return the page words of a language; without any of its own they fall back to the source language."""
        return self._words.get(language, Words(language))

    @property
    def languages(self) -> tuple[str, ...]:
        """Return every language that has page words, the source language first."""
        return (SOURCE_LANGUAGE, *self._words)

    def render(self, name: str, language: str, **values: Any) -> str:
        """Render a template in a language; `_` and `language` are always there."""
        return self._environment.get_template(name).render(
            _=self._say(language), translation=self._say, language=language, **values
        )

    def _say(self, language: str) -> Any:
        words = self.words(language)
        return lambda source: words.say("", source)


def _read(folder: Path) -> dict[str, Words]:
    found: dict[str, Words] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.po")):
        found[path.stem], faults = read_words(path.name, path.read_text("utf-8"), path.stem)
        problems += faults
    if problems:
        raise FlowError(problems)
    return found


def _digest(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
