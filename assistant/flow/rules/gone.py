"""Where the ways to a removed state should lead instead: to what replaces it now, also when that was removed later."""

from assistant.flow.message import Message, say
from assistant.flow.model import Flow


def removed(flow: Flow, name: str) -> Message:
    """Say that the state `name`, which has `gone:`, was removed, and what to write instead."""
    walked = [name]
    while (state := flow.states.get(walked[-1])) is not None and state.gone is not None:
        if state.gone in walked:
            circle = " → ".join([*walked[walked.index(state.gone) :], state.gone])
            return say("'gone' leads in a circle, {circle}; name a state that is still there", circle=circle)
        walked.append(state.gone)
    return say("the state '{name}' was removed (gone); lead to '{to}' instead", name=name, to=walked[-1])
