"""Where the links of a position lead: an answer more, an answer changed, or shorter answers that mean the same."""

from dataclasses import replace
from typing import Final

from assistant.catalog import Guide
from assistant.flow.engine import Position
from assistant.flow.model import Answer
from assistant.web.address import MAXIMUM_PATH, View, answers_path, guide_path
from assistant.web.context import Shown
from assistant.web.routes import Place

# The longest answer that can follow: two ids of at most 40 characters, a dot and a slash.
_LONGEST_ANSWER: Final = 82


def show(place: Place, position: Position, view: View, length: int) -> Shown:
    """Return what a position's page shows; where one more answer would be too long, links lead to shorter answers."""
    engine = place.guide.engine
    triggers = [trigger for trigger, _ in engine.open_choices(position)]
    shown = Shown(
        place.guide,
        place.language,
        view,
        position.state,
        position.latest,
        position.answers,
        len(position.answers),
        triggers,
    )
    if length + _LONGEST_ANSWER <= MAXIMUM_PATH:
        return shown
    up = "../" * len(position.answers)
    shorter = [shortened(place.guide, position, trigger, length) for trigger in triggers]
    hrefs = [None if answers is None else f"{up}{answers_path(answers)}{view.suffix}" for answers in shorter]
    return replace(shown, hrefs=hrefs)


def show_change(place: Place, position: Position, view: View) -> Shown:
    """Return what the page of an earlier question shows: its choices lead to the answers as `revise` leaves them."""
    engine = place.guide.engine
    number = view.change or 1
    before = engine.replay(position.answers[: number - 1])
    triggers = [trigger for trigger, _ in engine.open_choices(before)]
    hrefs = []
    for trigger in triggers:
        revised, kept = engine.revise(position.answers, number - 1, trigger), number - 1
        if len(guide_path(place.language, place.guide.id, revised)) > MAXIMUM_PATH:
            revised, kept = shorten(place.guide, engine.replay(revised)), 0
        up = "../" * (len(position.answers) - kept)
        hrefs.append(f"{up}{answers_path(revised[kept:])}{view.suffix}")
    return Shown(
        place.guide,
        place.language,
        view,
        before.state,
        before.latest,
        position.answers,
        len(position.answers),
        triggers,
        hrefs,
        position.answers[number - 1].trigger,
    )


def shortened(guide: Guide, position: Position, trigger: str, length: int) -> tuple[Answer, ...] | None:
    """Return the shortest answers to where a trigger leads if appending it would make the path too long, else None."""
    if length + len(position.state) + len(trigger) + 2 <= MAXIMUM_PATH:
        return None
    following = guide.engine.step(position, trigger)
    return None if following is None else shorten(guide, following)


def shorten(guide: Guide, position: Position) -> tuple[Answer, ...]:
    """Return the shortest answers with the same configuration as a position."""
    found = guide.exploration
    return found.answers(found.configuration(position))
