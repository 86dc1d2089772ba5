"""The shortest way from where a person is to the home of a screen, saying nothing for them that they did not say.

Who has recognised a screen has said: "it is not what I see here" (`lost`), "it is none of these pictures" (a choice
without a picture that leads on to more pictures) and "it is this picture". A way consists of such answers.
"""

from collections import deque
from collections.abc import Iterator, Mapping

from assistant.flow.engine import Engine, Position
from assistant.flow.explorer import Exploration
from assistant.flow.model import ERROR_CODE, LOST, Answer, Flow
from assistant.flow.recognising.index import homes_of


def ways_home(engine: Engine, found: Exploration, position: Position) -> dict[str, tuple[Answer, ...]]:
    """Return for each screen that can be found from a position all answers up to its home, the position's own included.

    `found` is what is known of all configurations: two positions of one configuration lead on to the same.
    """
    flow = engine.flow
    homes = homes_of(flow)
    ways = {screen: position.answers for screen, home in homes.items() if home == position.state}
    seen, waiting = {found.configuration(position)}, deque([position])
    while waiting:
        here = waiting.popleft()
        for screen, trigger in _pictures(flow, here.state, homes):
            there = engine.step(here, trigger)
            if screen not in ways and there is not None and there.state == homes[screen]:
                ways[screen] = there.answers
        for trigger in _onward(flow, here.state):
            there = engine.step(here, trigger)
            if there is None or not flow.states[there.state].asks:
                continue
            configuration = found.configuration(there)
            if configuration not in seen:
                seen.add(configuration)
                waiting.append(there)
    return ways


def way_by_number(engine: Engine, ways: Mapping[str, tuple[Answer, ...]], number: str) -> tuple[Answer, ...] | None:
    """Return the shortest of these ways to a state that takes error numbers, with this number as the last answer."""
    for answers in sorted(ways.values(), key=len):
        position = engine.replay(answers)
        if engine.flow.states[position.state].invoke == ERROR_CODE:
            after = engine.step(position, f"code-{number}")
            if after is not None:
                return after.answers
    return None


def _pictures(flow: Flow, state: str, homes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for trigger, choice in flow.states[state].choices.items():
        if choice.screen is not None and choice.screen in homes:
            yield choice.screen, trigger


def _onward(flow: Flow, state: str) -> Iterator[str]:
    yield LOST
    choices = flow.states[state].choices
    if any(choice.screen for choice in choices.values()):
        for trigger, choice in choices.items():
            if choice.screen is None and all(_has_pictures(flow, target.to) for target in choice.to):
                yield trigger


def _has_pictures(flow: Flow, state: str) -> bool:
    return any(choice.screen for choice in flow.states[state].choices.values())
