"""Problems as a SARIF 2.1.0 log, which code scanning and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from assistant.cli.explaining import shown
from assistant.cli.language import language, translate
from assistant.flow.explanation import Explanation
from assistant.flow.problem import Problem

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def log(problems: Sequence[Problem], families: Mapping[str, Mapping[str, Explanation]]) -> dict[str, Any]:
    """Return the log of one run; its rules are all codes that are explained, by family, with their examples."""
    rules = [_rule(family, code, each) for family, codes in families.items() for code, each in codes.items()]
    indices = {rule["id"]: index for index, rule in enumerate(rules)}
    driver = {"name": "assistant check", "version": version("sign-in-assistant"), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, indices) for problem in problems],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(family: str, code: str, explanation: Explanation) -> dict[str, Any]:
    why = explanation.why.ja if language() == "ja" else explanation.why.en
    wrong, right = shown(explanation.wrong), shown(explanation.right)
    return {
        "id": code,
        "shortDescription": {"text": why},
        "help": {
            "text": f"{why}\n\n✗\n{wrong}\n✓\n{right}",
            "markdown": f"{why}\n\n✗\n```yaml\n{wrong}```\n✓\n```yaml\n{right}```\n",
        },
        "defaultConfiguration": {"level": explanation.severity},
        "properties": {"tags": [family]},
    }


def _result(problem: Problem, indices: Mapping[str, int]) -> dict[str, Any]:
    region = {"startLine": problem.mark.line, "startColumn": problem.mark.column}
    location = {"artifactLocation": {"uri": _uri(problem.path)}, "region": region}
    return {
        "ruleId": problem.code,
        **({"ruleIndex": indices[problem.code]} if problem.code in indices else {}),
        "level": problem.severity,
        "message": {"text": problem.told(translate)},
        "locations": [{"physicalLocation": location}],
    }


def _uri(path: str) -> str:
    return PurePath(path).as_uri() if PurePath(path).is_absolute() else quote(path)
