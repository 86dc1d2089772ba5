"""Guide pages: a sheet for each state, language and set of guards that pass, filled for each position."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from assistant.catalog import Catalog, Guide
from assistant.config import FactValue
from assistant.flow import markup
from assistant.flow.engine import Latest, transitions_of
from assistant.flow.guard import Guard
from assistant.flow.model import Answer
from assistant.web.address import View, answers_path
from assistant.web.assets import Assets
from assistant.web.sheet import Sheet, mark
from assistant.web.speech import PAGE_NUMBER, TRAIL, Speech
from assistant.web.templating import Templates, language_name

MAXIMUM_SHEETS: Final = 4096
_TRAIL: Final = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the state, the latest answers its guards read, the answers before it, and the choices' links.

    `hrefs` are the links of the open choices in order, None where each just appends its answer.
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


class _Key(NamedTuple):
    flow: str
    language: str
    screen: str | None
    state: str
    passing: tuple[bool, ...]
    answered: bool
    changed: bool
    changing: bool | None
    appends: tuple[bool, ...] | None


class Pages:
    """Renders guide pages; shared by all threads. What it remembers is bounded and never changes what is said."""

    def __init__(
        self, catalog: Catalog, templates: Templates, assets: Assets, facts: Mapping[str, FactValue], version: str
    ) -> None:
        """Prepare to render the flows of a catalog."""
        self.catalog: Final = catalog
        self.version: Final = version
        self._templates: Final = templates
        self._assets: Final = assets
        self._facts: Final = facts
        self.screen_languages: Final = tuple(
            dict.fromkeys(language for screen in catalog.common.screens.values() for language in screen.wording)
        )
        self._speeches: Final[dict[tuple[str, str, str], Speech]] = {}
        self._sheets: Final[dict[_Key, Sheet]] = {}
        self._items: Final[dict[tuple[str, str, str | None, Answer], tuple[str, ...]]] = {}
        self._guards: Final = {
            (name, state): guards
            for name, guide in catalog.guides.items()
            for state in guide.engine.flow.states
            if (guards := _guards_of(guide, state))
        }

    def speech(self, guide: Guide, language: str, view: View) -> Speech:
        """Return the words of a flow for a reader."""
        default = language if language in self.screen_languages else next(iter(self.screen_languages), language)
        key = (guide.id, language, view.screen or default)
        if key not in self._speeches:
            words = self._templates.words(language)
            self._speeches[key] = Speech(self.catalog, guide, words, self._facts, key[2])
        return self._speeches[key]

    def static(self, name: str) -> str:
        """Return the path of a static file below the root."""
        return self._assets.path(name)

    def page(self, shown: Shown) -> str:
        """Return a guide page as HTML."""
        key = self._key(shown)
        sheet = self._sheets.get(key)
        if sheet is None:
            sheet = self._render(shown)
            if len(self._sheets) >= MAXIMUM_SHEETS:
                self._sheets.clear()
            self._sheets[key] = sheet
        return sheet.fill(self._slots(shown))

    def _key(self, shown: Shown) -> _Key:
        guards = self._guards.get((shown.guide.id, shown.state), ())
        hrefs, change = shown.hrefs, shown.view.change
        return _Key(
            shown.guide.id,
            shown.language,
            shown.view.screen,
            shown.state,
            tuple([guard.allows(shown.latest) for guard in guards]),
            bool(shown.answers),
            shown.view.changed,
            None if change is None else change < shown.depth,
            None if hrefs is None else tuple(href is None for href in hrefs),
        )

    def _slots(self, shown: Shown) -> dict[str, str]:
        suffix = shown.view.suffix
        items = [str(number).join(self._item(shown, answer)) for number, answer in enumerate(shown.answers, 1)]
        root = "../" * (shown.depth + 2)
        slots = {
            "root": root,
            "path": answers_path(shown.answers),
            "start": ("../" * shown.depth or "./") + suffix,
            "answers": "".join(items),
        }
        if shown.guide.engine.flow.states[shown.state].message is not None:
            slots["trail"] = self._trail(shown)
        if shown.hrefs is not None:
            slots.update({f"href-{index}": href for index, href in enumerate(shown.hrefs) if href is not None})
        return slots

    def _trail(self, shown: Shown) -> str:
        states = shown.guide.engine.flow.states
        numbers = [str(states[answer.state].no) for answer in shown.answers]
        return "-".join([*numbers[-_TRAIL:], str(states[shown.state].no)])

    def _item(self, shown: Shown, answer: Answer) -> tuple[str, ...]:
        """Return an answer in the list of answers, cut where its number stands."""
        key = (shown.guide.id, shown.language, shown.view.screen, answer)
        found = self._items.get(key)
        if found is None:
            if len(self._items) >= MAXIMUM_SHEETS:
                self._items.clear()
            found = self._items[key] = self._render_item(shown, answer)
        return found

    def _render_item(self, shown: Shown, answer: Answer) -> tuple[str, ...]:
        speech = self.speech(shown.guide, shown.language, shown.view)
        screen = shown.guide.engine.flow.states[answer.state].screen
        extra = f"&screen={shown.view.screen}" if shown.view.screen else ""
        rendered = self._templates.render(
            "guide/answer.html",
            shown.language,
            answer={
                "number": mark("n"),
                "title": speech.inline(speech.title(answer.state), screen),
                "label": speech.inline(speech.label(answer), screen),
                "href": f"?change={mark('n')}{extra}",
            },
        )
        return Sheet.cut(rendered.strip()).pieces[::2]

    def _render(self, shown: Shown) -> Sheet:
        speech = self.speech(shown.guide, shown.language, shown.view)
        page = self._context(shown, speech)
        helpdesk = {part: speech.fact(f"helpdesk-{part}") for part in ("name", "phone", "hours")}
        rendered = self._templates.render(
            "guide/position.html",
            shown.language,
            page=page,
            static=lambda name: mark("root") + self.static(name),
            helpdesk=helpdesk,
        )
        return Sheet.cut(rendered)

    def _context(self, shown: Shown, speech: Speech) -> dict[str, Any]:
        state = shown.guide.engine.flow.states[shown.state]
        voice = speech.voice(state.screen)
        change = shown.view.change
        return {
            "flow": shown.guide.id,
            "version": self.version,
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
            "stages": self._stages(shown, speech),
            "drawing": speech.screen(state.screen) if state.screen else None,
            "choices": self._choices(shown, speech),
            "back": f"../{shown.view.suffix}" if shown.depth and change is None else None,
            "start": mark("start") if shown.depth else None,
            "answers": Markup(mark("answers")) if shown.answers else None,
            "languages": self._languages(shown, speech),
            "screen_languages": self._screen_languages(shown, speech),
            "outcome": {"id": state.outcome, "name": speech.outcome(state.outcome)} if state.outcome else None,
            "message": self._message(shown, speech),
            "changed": shown.view.changed,
            "changing": None if change is None else {"keeps": change < shown.depth},
            "cancel": f"./{shown.view.suffix}",
        }

    def _stages(self, shown: Shown, speech: Speech) -> list[dict[str, Any]]:
        flow = shown.guide.engine.flow
        stages = list(flow.stages)
        current = flow.states[shown.state].stage
        here = stages.index(current) if current is not None else -1
        return [
            {"name": speech.stage(stage), "current": index == here, "past": index < here}
            for index, stage in enumerate(stages)
        ]

    def _choices(self, shown: Shown, speech: Speech) -> list[dict[str, Any]]:
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
                    "drawing": speech.screen(screen) if screen else None,
                    "appends": appends,
                }
            )
        return found

    def _languages(self, shown: Shown, speech: Speech) -> list[dict[str, Any]]:
        # Another language for the guide changes nothing about the screens in front of the reader.
        screen = speech.screen_language
        return [
            {
                "code": code,
                "name": language_name(code),
                "href": f"{mark('root')}{code}/{shown.guide.id}/{mark('path')}"
                + (f"?screen={screen}" if screen != code and screen in self.screen_languages else ""),
                "current": code == shown.language,
            }
            for code in shown.guide.languages
        ]

    def _screen_languages(self, shown: Shown, speech: Speech) -> list[dict[str, Any]]:
        # Asking for the guide's own language needs no query: one page, one address.
        return [
            {
                "code": code,
                "name": language_name(code),
                "href": "./" if code == shown.language else f"?screen={code}",
                "current": code == speech.screen_language,
            }
            for code in self.screen_languages
        ]

    def _message(self, shown: Shown, speech: Speech) -> dict[str, str] | None:
        message = speech.message(shown.state, shown.latest)
        if message is None:
            return None
        to, subject, body = message
        number = shown.guide.engine.flow.states[shown.state].no
        body += f"\n\n{speech.page(PAGE_NUMBER)}: {number} ({speech.page(TRAIL)}: {mark('trail')})"
        address = speech.fact("helpdesk-mail") if to == "helpdesk" else ""
        recipient = quote(address, safe="@") if re.fullmatch(r"[^\s@]+@[^\s@]+", address) else ""
        return {
            "to": to,
            "subject": subject,
            "body": body,
            "mailto": f"mailto:{recipient}?subject={quote(subject)}&body={_quoted(body)}",
        }


def _quoted(body: str) -> str:
    """Percent-encode a text for a mailto link (RFC 6068 wants CRLF), leaving its slots."""
    pieces = list(Sheet.cut(body.replace("\n", "\r\n")).pieces)
    return "".join(mark(piece) if index % 2 else quote(piece) for index, piece in enumerate(pieces))


def _guards_of(guide: Guide, name: str) -> tuple[Guard, ...]:
    """Return every guard that decides what the page of a state shows."""
    flow = guide.engine.flow
    state = flow.states[name]
    guards = [guard for _, guard, _ in transitions_of(flow, name, state)]
    guards += [part.when for part in state.text]
    guards += [use.when for use in state.notes]
    guards += [part.when for part in (state.message.text if state.message else ())]
    return tuple(guard for guard in dict.fromkeys(guards) if guard is not None)
