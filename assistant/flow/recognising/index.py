"""The index by which screens are recognised: plain phrases for each screen.

It is data and nothing else, so that a browser can do with it what `identifier.py` does, and come to the same whole
numbers (see `portable.py`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.flow.common import Common
from assistant.flow.model import ERROR_CODE, Flow, code_of
from assistant.flow.recognising.plain import plain
from assistant.flow.recognising.reading import Read, as_written
from assistant.flow.screen import Screen


@dataclass(frozen=True)
class Entry:
    """What one screen is recognised by, in plain letters; the first `headings` of the phrases are its headings.

    `state` is the screen's home; `drawn` is how often the flow draws the screen, which is how often people meet it.
    """

    screen: str
    state: str
    drawn: int
    headings: int
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """What an error number means here: the state that it leads to, and the screens that show it.

    The state's own screen comes first, the page on which any number stands last.
    """

    state: str
    screens: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """All that is needed to recognise a screen; `elsewhere` holds phrases that have to do with none of them."""

    entries: tuple[Entry, ...]
    elsewhere: tuple[str, ...]
    numbers: Mapping[str, Numbered]


def build_index(flow: Flow, common: Common, read: Read = as_written) -> Index:
    """Return the index of the screens that have a home in this flow; `read` gives the readings of kanji."""
    homes = homes_of(flow)
    drawn = Counter(_drawn(flow))

    def heard(texts: Iterable[str]) -> tuple[str, ...]:
        return _distinct(form for text in texts for form in (text, read(text)))

    def entry(name: str, screen: Screen) -> Entry:
        headings = _distinct(_headings(screen))
        phrases = dict.fromkeys((*headings, *heard(phrases_of(screen)), *_wholes(screen)))
        return Entry(name, homes[name], drawn[name], len(headings), tuple(phrases))

    entries = tuple(entry(name, screen) for name, screen in common.screens.items() if name in homes)
    elsewhere = heard(text for texts in common.elsewhere.values() for text in texts)
    return Index(entries, elsewhere, _numbers(flow, homes))


def homes_of(flow: Flow) -> dict[str, str]:
    """Return for each screen that the flow shows the state that is its home: the first that draws it as its own."""
    homes: dict[str, str] = {}
    for name, state in flow.states.items():
        if state.screen is not None and state.gone is None:
            homes.setdefault(state.screen, name)
    return homes


def _drawn(flow: Flow) -> Iterator[str]:
    for state in flow.states.values():
        shown = (state.screen, *(choice.screen for choice in state.choices.values()))
        yield from (screen for screen in shown if screen is not None)


def _headings(screen: Screen) -> Iterator[str]:
    for wording in screen.wording.values():
        yield from (text for element in wording.drawing if element.kind == "title" for text in element.texts)
        yield from wording.aliases


def phrases_of(screen: Screen) -> Iterator[str]:
    """Yield all that is said of a screen, as it was written: its name, the words on it, what customers say."""
    yield screen.name
    for wording in screen.wording.values():
        yield from wording.labels()
        yield from wording.aliases
        yield from wording.says


def _wholes(screen: Screen) -> tuple[str, ...]:
    """Return all that stands on a screen at once, which is what people paste, and never as it is read aloud."""
    return _distinct(" ".join(wording.labels()) for wording in screen.wording.values())


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(letters for text in texts if (letters := plain(text))))


def _numbers(flow: Flow, homes: Mapping[str, str]) -> dict[str, Numbered]:
    shown = {state: screen for screen, state in homes.items()}
    found: dict[str, Numbered] = {}
    for name, state in flow.states.items():
        if state.invoke != ERROR_CODE:
            continue
        for trigger, targets in flow.results_of(state).items():
            number = code_of(trigger)
            if number is not None:
                leads_to = targets[-1].to
                screens = [shown[at] for at in (leads_to, name) if at in shown]
                found.setdefault(number, Numbered(leads_to, tuple(dict.fromkeys(screens))))
    return found
