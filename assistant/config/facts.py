"""The facts of an installation: short texts that its pages show in place of the defaults in the flows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.config.values import ConfigError, read_file
from assistant.flow.document import Document
from assistant.flow.problem import Problem
from assistant.flow.reader import decode, parse

# Facts that other settings tell, too: where the guide is open, and the ID of the tenant whose guests sign in.
GUIDE_ADDRESS: Final = "guide-address"
SERVICE_TENANT: Final = "service-tenant"


@dataclass(frozen=True)
class FactValue:
    """What an installation says for a fact, by language; `""` is for every language without an own text."""

    texts: Mapping[str, str]

    def text(self, language: str) -> str | None:
        """Return the text in this language, or None if this installation says nothing in it."""
        return self.texts.get(language, self.texts.get(""))


def read_facts(path: Path) -> dict[str, FactValue]:
    """Return the facts in a YAML file; raises ConfigError."""
    text = decode(path.name, read_file("ASSISTANT_FACTS", str(path)))
    if isinstance(text, Problem):
        raise ConfigError(f"ASSISTANT_FACTS: {text}")
    document, problems = parse(path.name, text)
    if document is None or problems:
        raise ConfigError(f"ASSISTANT_FACTS: {problems[0]}")
    return _fact_values(document)


def facts_told(base_url: str, tenant: str) -> dict[str, FactValue]:
    """Return the facts that other settings tell; what is empty tells nothing."""
    told = {GUIDE_ADDRESS: base_url, SERVICE_TENANT: tenant}
    return {name: FactValue({"": text}) for name, text in told.items() if text}


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
