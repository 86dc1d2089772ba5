"""Problems as workflow commands of GitHub Actions, which shows them beside the changed lines.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from assistant.cli.language import translate
from assistant.flow.problem import Problem


def line(problem: Problem) -> str:
    """Return the workflow command that annotates a problem's place."""
    mark = problem.mark
    place = f"file={_property(problem.path)},line={mark.line},col={mark.column},title={_property(problem.code)}"
    return f"::{problem.severity} {place}::{_data(problem.told(translate))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
