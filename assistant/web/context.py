"""What the template of a position is given: everything that its page says, with marks where positions differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assistant.catalog import Guide
from assistant.flow import markup
from assistant.flow.engine import Latest
from assistant.flow.model import Answer
from assistant.web.address import View
from assistant.web.drawing import draw
from assistant.web.mailto import mailto
from assistant.web.sheet import mark
from assistant.web.speech import PAGE_NUMBER, SERVICE, TRAIL, Speech
from assistant.web.templating import language_name


@dataclass(frozen=True)
class Offer:
    """What this installation offers in a state that signs people in: the real sign-in, one to practise, or nothing.

    `telling`: whether those whose screen was not recognised may tell which one it is. `server`: whether there is one to
    ask; if not, pages are files that do not know how somebody came to them.
    """

    available: bool = False
    practice: bool = False
    telling: bool = False
    server: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the state, the latest answers its guards read, the answers before it, and the choices' links.

    `hrefs` are the links of the open choices in order, None where each just appends its answer; `given` is the trigger
    that was chosen before where an earlier question is shown again. `path` is the page's own below its flow, if that is
    not its answers, and `numbers` are the links for error numbers, where no server looks them up.
    """

    guide: Guide
    language: str
    view: View
    state: str
    latest: Latest
    answers: Sequence[Answer]
    depth: int
    triggers: Sequence[str]
    hrefs: Sequence[str | None] | None = None
    given: str | None = None
    path: str | None = None
    numbers: Sequence[tuple[str, str]] = ()


def context(
    shown: Shown, speech: Speech, version: str, screen_languages: Sequence[str], offer: Offer
) -> dict[str, Any]:
    """Return what `guide/position.html` is given as `page`; marks stand where positions differ."""
    state = shown.guide.engine.flow.states[shown.state]
    voice = speech.voice(state.screen)
    change = shown.view.change
    return {
        "flow": shown.guide.id,
        "version": version,
        "language": shown.language,
        "flow_title": speech.flow_title,
        "state": shown.state,
        "number": state.no,
        "title": speech.inline(speech.title(shown.state), state.screen),
        "text": Markup("\n".join(markup.html(text, voice) for text in speech.text(shown.state, shown.latest))),
        "notes": [
            {
                "title": speech.inline(title, state.screen),
                "text": Markup("\n".join(markup.html(text, voice) for text in paragraphs)),
            }
            for title, paragraphs in speech.notes(shown.state, shown.latest)
        ],
        "stages": _stages(shown, speech),
        "drawing": draw(speech, state.screen) if state.screen else None,
        "choices": _choices(shown, speech, offer),
        "back": f"../{shown.view.suffix}" if shown.depth and change is None and offer.server else None,
        "start": mark("start") if shown.depth else None,
        "suffix": shown.view.suffix,
        "answers": Markup(mark("answers")) if shown.answers else None,
        "languages": _languages(shown, speech, screen_languages if offer.server else ()),
        "screen_languages": _screen_languages(shown, speech, screen_languages) if offer.server else [],
        "outcome": {"id": state.outcome, "name": speech.outcome(state.outcome)} if state.outcome else None,
        "message": _message(shown, speech, offer),
        "invoke": _invoke(state.invoke, shown, speech, offer) if state.invoke else None,
        "way": {
            "language": shown.language,
            "flow": shown.guide.id,
            "answers": mark("path"),
            "screen": shown.view.screen,
        },
        "there": mark("there"),
        "sign_out": f"{mark('root')}auth/end?language={shown.language}" if offer.server else None,
        "changed": shown.view.changed,
        "changing": None if change is None else {"keeps": change < shown.depth},
        "cancel": f"./{shown.view.suffix}",
    }


def _invoke(kind: str, shown: Shown, speech: Speech, offer: Offer) -> dict[str, Any]:
    return {
        "kind": kind,
        "available": offer.available and kind == "sign-in",
        "practice": offer.practice,
        "service": speech.inline(SERVICE, None),
        "linked": markup.safe_target(speech.fact("service-address")),
        "start": f"{mark('root')}auth/start",
        "code": f"{mark('root')}auth/code" if offer.server else None,
        "numbers": [{"digits": digits, "href": mark(f"number-{digits}")} for digits, _ in shown.numbers],
    }


def _stages(shown: Shown, speech: Speech) -> list[dict[str, Any]]:
    flow = shown.guide.engine.flow
    stages = list(flow.stages)
    current = flow.states[shown.state].stage
    here = stages.index(current) if current is not None else -1
    return [
        {"name": speech.stage(stage), "current": index == here, "past": index < here}
        for index, stage in enumerate(stages)
    ]


def _choices(shown: Shown, speech: Speech, offer: Offer) -> list[dict[str, Any]]:
    state = shown.guide.engine.flow.states[shown.state]
    found = []
    for index, trigger in enumerate(shown.triggers):
        answer = Answer(shown.state, trigger)
        choice = state.choices.get(trigger)
        screen = choice.screen if choice is not None else None
        appends = shown.hrefs is None or shown.hrefs[index] is None
        found.append(
            {
                "trigger": trigger,
                "label": speech.inline(speech.label(answer), screen or state.screen),
                "href": f"{answer}/{shown.view.suffix}" if appends else mark(f"href-{index}"),
                "drawing": draw(speech, screen) if screen else None,
                "appends": appends or not offer.server,
                "given": trigger == shown.given,
            }
        )
    return found


def _languages(shown: Shown, speech: Speech, screen_languages: Sequence[str]) -> list[dict[str, Any]]:
    # Another language for the guide changes nothing about the screens in front of the reader.
    screen = speech.screen_language
    return [
        {
            "code": code,
            "name": language_name(code),
            "href": f"{mark('root')}{code}/{shown.guide.id}/{mark('path')}"
            + (f"?screen={screen}" if screen != code and screen in screen_languages else ""),
            "current": code == shown.language,
        }
        for code in shown.guide.languages
    ]


def _screen_languages(shown: Shown, speech: Speech, screen_languages: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "name": language_name(code),
            "href": mark(f"screen-{code}"),
            "current": code == speech.screen_language,
        }
        for code in screen_languages
    ]


def _message(shown: Shown, speech: Speech, offer: Offer) -> dict[str, str] | None:
    message = speech.message(shown.state, shown.latest)
    if message is None:
        return None
    to, subject, body = message
    number = shown.guide.engine.flow.states[shown.state].no
    trail = f" ({speech.page(TRAIL)}: {mark('trail')})" if offer.server else ""
    body += f"\n\n{speech.page(PAGE_NUMBER)}: {number}{trail}"
    address = speech.fact("helpdesk-mail") if to == "helpdesk" else ""
    return {"to": to, "subject": subject, "body": body, "mailto": mailto(address, subject, body)}
