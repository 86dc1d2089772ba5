"""The rule that no saved address is lost: a state of an earlier version is there, renamed or marked as gone."""

from collections.abc import Iterator

from assistant.flow.loader import Loaded
from assistant.flow.message import say
from assistant.flow.model import Flow
from assistant.flow.problem import Problem


def check_removed(before: Flow, now: Loaded[Flow], revision: str) -> Iterator[Problem]:
    """Yield an error for every state of an earlier version that vanished without `was:` or `gone:`."""
    if now.data is None or now.document is None:
        return
    for name in before.states:
        if name not in now.data.states and name not in now.data.renamed and name not in now.broken:
            message = say(
                "'{state}' was a state in {revision}, and people may have its address; write 'was: [{state}]' on the "
                "state that replaces it, or keep '{state}' with 'gone:'",
                state=name,
                revision=revision,
            )
            yield Problem(now.path, now.document.key_mark("states"), "removed-without-gone", message)
