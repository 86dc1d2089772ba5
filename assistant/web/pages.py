"""Guide pages: a sheet for each state, language and set of guards that pass, filled for each position."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from assistant.catalog import Catalog, Guide
from assistant.config import FactValue
from assistant.flow.engine import Position, transitions_of
from assistant.flow.guard import Guard
from assistant.flow.model import Answer
from assistant.web.address import PLAIN, View, answers_path
from assistant.web.assets import Assets
from assistant.web.context import Offer, Shown, context
from assistant.web.identify.outlook import Outlooks
from assistant.web.sheet import Sheet, mark
from assistant.web.speech import Speech
from assistant.web.templating import Templates

MAXIMUM_SHEETS: Final = 4096
_TRAIL: Final = 20


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
    given: str | None


class Pages:
    """Renders guide pages; shared by all threads. What it remembers is bounded and never changes what is said."""

    def __init__(
        self,
        catalog: Catalog,
        templates: Templates,
        assets: Assets,
        facts: Mapping[str, FactValue],
        version: str,
        offer: Offer,
        outlooks: Outlooks,
    ) -> None:
        """Prepare to render the flows of a catalog."""
        self.catalog: Final = catalog
        self.version: Final = version
        self.offer: Final = offer
        self._outlooks: Final = outlooks
        self._templates: Final = templates
        self._assets: Final = assets
        self._facts: Final = facts
        self.screen_languages: Final = tuple(
            dict.fromkeys(language for screen in catalog.common.screens.values() for language in screen.wording)
        )
        self._speeches: Final[dict[tuple[str, str, str], Speech]] = {}
        self._sheets: Final[dict[_Key, Sheet]] = {}
        self._items: Final[dict[tuple[str, str, str | None], dict[Answer, tuple[bytes, ...]]]] = {}
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

    def flows(self, guides: Iterable[Guide], language: str) -> list[dict[str, str]]:
        """Return what the page that lists flows says of each."""
        speeches = {guide.id: self.speech(guide, language, PLAIN) for guide in guides}
        return [
            {"title": speech.flow_title, "opening": speech.opening, "href": f"{name}/"}
            for name, speech in speeches.items()
        ]

    def static(self, name: str) -> str:
        """Return the path of a static file below the root."""
        return self._assets.path(name)

    def source(self, name: str) -> str:
        """Return the text of a static file, for pages that are to stand alone."""
        return self._assets.files[name].data.decode()

    def page(self, shown: Shown) -> bytes:
        """Return a guide page as HTML in UTF-8."""
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
            shown.given,
        )

    def _slots(self, shown: Shown) -> dict[str, bytes]:
        up = "../" * shown.depth
        slots = {
            "root": f"{up}../../".encode(),
            "path": (answers_path(shown.answers) if shown.path is None else shown.path).encode(),
            "start": f"{up or './'}{shown.view.suffix}".encode(),
            "answers": self._answers(shown),
            "there": self._there(shown).encode(),
        }
        if shown.guide.engine.flow.states[shown.state].message is not None:
            slots["trail"] = self._trail(shown).encode()
        for code in self.screen_languages:
            # Asking for the guide's own language needs no query: one page, one address.
            query = View(None if code == shown.language else code, shown.view.change).query
            slots[f"screen-{code}"] = f"?{query}".encode() if query else b"./"
        if shown.hrefs is not None:
            slots.update({f"href-{index}": href.encode() for index, href in enumerate(shown.hrefs) if href is not None})
        slots.update({f"number-{digits}": href.encode() for digits, href in shown.numbers})
        return slots

    def _there(self, shown: Shown) -> str:
        """Return the link from an earlier question shown again to the page where it is asked."""
        change = shown.view.change or shown.depth + 1
        return f"{'../' * (shown.depth - change + 1) or './'}{shown.view.suffix}"

    def _trail(self, shown: Shown) -> str:
        states = shown.guide.engine.flow.states
        numbers = [str(states[answer.state].no) for answer in shown.answers]
        return "-".join([*numbers[-_TRAIL:], str(states[shown.state].no)])

    def _answers(self, shown: Shown) -> bytes:
        """Return the list of answers; each is kept, cut where its number stands."""
        items = self._items.setdefault((shown.guide.id, shown.language, shown.view.screen), {})
        if len(items) >= MAXIMUM_SHEETS:
            items.clear()
        listed = []
        for number, answer in enumerate(shown.answers, 1):
            item = items.get(answer)
            if item is None:
                item = items[answer] = self._item(shown, answer)
            listed.append((b"%d" % number).join(item))
        return b"".join(listed)

    def _item(self, shown: Shown, answer: Answer) -> tuple[bytes, ...]:
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
        return Sheet.of(rendered.strip()).pieces[::2]

    def _render(self, shown: Shown) -> Sheet:
        speech = self.speech(shown.guide, shown.language, shown.view)
        page = context(shown, speech, self.version, self.screen_languages, self.offer)
        page["identify"] = f"{self._up(shown)}identify/" if self._can_identify(shown) else None
        page["asks"] = self.offer.server
        rendered = self._templates.render(
            "guide/position.html",
            shown.language,
            page=page,
            static=lambda name: mark("root") + self.static(name),
            helpdesk=speech.helpdesk,
        )
        return Sheet.of(rendered)

    def _up(self, shown: Shown) -> str:
        """Return the link to where screens are found: for a file that is the first page of its flow."""
        return "" if self.offer.server else "../" * shown.depth

    def _can_identify(self, shown: Shown) -> bool:
        """Say whether a page leads to where screens are found; an earlier question's would forget what followed."""
        if shown.view.change is not None:
            return False
        position = Position(shown.state, tuple(shown.answers), shown.latest)
        return bool(self._outlooks.ahead(shown.guide, position))


def _guards_of(guide: Guide, name: str) -> tuple[Guard, ...]:
    """Return every guard that decides what the page of a state shows."""
    flow = guide.engine.flow
    state = flow.states[name]
    guards = [guard for _, guard, _ in transitions_of(flow, name, state)]
    guards += [part.when for part in state.text]
    guards += [use.when for use in state.notes]
    guards += [part.when for part in (state.message.text if state.message else ())]
    return tuple(guard for guard in dict.fromkeys(guards) if guard is not None)
