"""What an installation sets, read once from the environment into typed values; a wrong value stops the start."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from assistant.flow.document import Document
from assistant.flow.problem import Problem
from assistant.flow.reader import decode, parse

VARIABLES: Final[Mapping[str, str]] = {
    "ASSISTANT_FLOWS": "folder of the flows (default: those that come with the program)",
    "ASSISTANT_FACTS": "YAML file with this installation's facts, such as 'helpdesk-phone: 03-0000-0000'",
    "ASSISTANT_BASE_URL": "address that customers open, such as https://help.example.com/sign-in (may carry a path)",
    "ASSISTANT_MAX_AGE": "seconds that caches may keep a guide page without asking again (default: they always ask)",
}


MAXIMUM_PORT: Final = 65_535
# Scheme, host, port and path, spelt as in a request; no user, query, fragment, or segment that begins with a dot.
_ADDRESS: Final = re.compile(
    r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?:/[A-Za-z0-9_~%-][A-Za-z0-9._~%-]*)*/?"
)


class ConfigError(Exception):
    """A setting cannot be used; the text starts with the variable's name and says what to write."""


@dataclass(frozen=True)
class FactValue:
    """What an installation says for a fact, by language; `""` is for every language without an own text."""

    texts: Mapping[str, str]

    def text(self, language: str) -> str | None:
        """Return the text in this language, or None if this installation says nothing in it."""
        return self.texts.get(language, self.texts.get(""))


@dataclass(frozen=True)
class Config:
    """The settings of one running installation."""

    flows: Path | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    base_url: str = ""
    max_age: int | None = None

    @property
    def prefix(self) -> str:
        """Return the path under which everything lives, without a slash at its end; empty at the root."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def secure(self) -> bool:
        """Say whether customers come by https."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Config":
        """Read the settings; raises ConfigError."""
        unknown = sorted(name for name in environ if name.startswith("ASSISTANT_") and not _known(name))
        if unknown:
            raise ConfigError(f"{unknown[0]}: no such setting; known are {', '.join(VARIABLES)}")
        facts = environ.get("ASSISTANT_FACTS")
        flows = environ.get("ASSISTANT_FLOWS")
        return cls(
            flows=Path(flows) if flows else None,
            facts=_facts(Path(facts)) if facts else {},
            base_url=_base_url(environ.get("ASSISTANT_BASE_URL", "")),
            max_age=_seconds("ASSISTANT_MAX_AGE", environ.get("ASSISTANT_MAX_AGE")),
        )


def _known(name: str) -> bool:
    return name in VARIABLES or name.startswith("ASSISTANT_TEST_")


def _base_url(value: str) -> str:
    if not value:
        return ""
    found = _ADDRESS.fullmatch(value)
    if found is None or int(found["port"] or 0) > MAXIMUM_PORT:
        raise ConfigError(f"ASSISTANT_BASE_URL: '{value}' is not an address such as https://help.example.com/sign-in")
    return value.rstrip("/")


def _seconds(name: str, value: str | None) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()):
        raise ConfigError(f"{name}: '{value}' is not a number of seconds, such as 300")
    return int(value)


def _facts(path: Path) -> dict[str, FactValue]:
    try:
        text = decode(path.name, path.read_bytes())
    except OSError as error:
        raise ConfigError(f"ASSISTANT_FACTS: '{path}' cannot be read: {error.strerror or error}") from None
    if isinstance(text, Problem):
        raise ConfigError(f"ASSISTANT_FACTS: {text}")
    document, problems = parse(path.name, text)
    if document is None or problems:
        raise ConfigError(f"ASSISTANT_FACTS: {problems[0]}")
    return _fact_values(document)


def _fact_values(document: Document) -> dict[str, FactValue]:
    if not isinstance(document.value, dict):
        raise ConfigError("ASSISTANT_FACTS: write one fact a line, such as 'helpdesk-phone: 03-0000-0000'")
    facts: dict[str, FactValue] = {}
    for name, value in document.value.items():
        texts = {"": value} if isinstance(value, str) else value
        if not isinstance(texts, dict) or not all(isinstance(text, str) and text for text in texts.values()):
            mark = document.mark(name)
            example = json.dumps({"ja": "...", "en": "..."})
            raise ConfigError(f"ASSISTANT_FACTS: line {mark.line}: '{name}' takes a text, or one a language: {example}")
        facts[name] = FactValue({language: str(text) for language, text in texts.items()})
    return facts
