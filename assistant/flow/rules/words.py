"""Rules about words: what a text calls by name stands on the drawing, and sentences are short and ask one thing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.flow import markup
from assistant.flow.document import Document
from assistant.flow.message import say
from assistant.flow.model import State
from assistant.flow.problem import Mark, Problem, nearest
from assistant.flow.rules.subject import Place, Rule, Subject
from assistant.flow.screen import Labels, Screen, labels
from assistant.flow.translation import Entry, Words, flow_entries

LONGEST_SENTENCE: Final = 80
MOST_WORDS: Final = 30
# A key may be named on any page: [F5], [Ctrl], [半角/全角], a single letter.
_KEY: Final = re.compile(
    r"[A-Za-z0-9]|F[0-9]{1,2}|Ctrl|Control|Shift|Alt|Option|Command|Cmd|Tab|Enter|Return|Esc|Escape|Space|Delete|Del"
    r"|Backspace|Home|End|Page ?Up|Page ?Down|Print ?Screen|Caps ?Lock|Num ?Lock|Windows|Fn"
    r"|半角/全角|全角/半角|英数|かな|無変換|変換|スペース|エンター"
)
# Buttons of other pages, such as [サインイン ログ], may be like drawn ones; a slip is, and is about as long, too.
_SLIP: Final = 1
_MISSPELT: Final = 0.75
# To compare thousands of names with thousands of labels would take minutes; real flows have a few that are not drawn.
_MOST_COMPARED: Final = 300
_CIRCLED: Final = re.compile("[①-⑳]")
_SENTENCE: Final = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+|\n")
# What stands on a screen, leads elsewhere or is filled in later is no part of how long a sentence is to read.
_NAMED: Final = re.compile(r"\]\([^()\s]*\)|\[[^\[\]]*\](?!\()|[「“][^「」“”]*[」”]|\{[a-z0-9-]+\}")
_QUOTED: Final = re.compile(r"[「“][^「」“”]*[」”]|\[[^\[\]]*\](\([^()\s]*\))?")
_JAPANESE: Final = re.compile("[\u3040-\u30ff]")
_WORD: Final = re.compile(r"[\w'’-]+")
_HALF_WIDTH: Final = "半角"
_TYPE: Final = re.compile("入力し|入力します|入れます|入れて|入れ直")


def buttons_are_drawn(subject: Subject) -> Iterator[Problem]:
    """What a text names in [ ] stands on the state's drawing, in every language of screens, or is a key."""
    written = subject.flow.language
    swaps = _Swaps(subject.common.screens, written)
    for entry in flow_entries(subject.flow):
        state, place = _state(entry, subject), entry.place
        screen = subject.common.screens.get(state.screen or "") if state is not None else None
        if state is None or state.screen is None or screen is None or written not in screen.wording:
            continue
        if "message" in place or "[" not in entry.source or markup.stray_link(entry.source):
            continue
        shown = _shown(state, subject.common.screens)
        for name in _buttons(entry.source):
            for language in filter(screen.wording.__contains__, swaps.languages):
                said = swaps.said(name, state.screen, language)
                if said not in _drawn(shown, language):
                    yield _not_drawn(subject, place, name, state.screen, language)
                    break


def buttons_are_spelt_as_drawn(subject: Subject) -> Iterator[Problem]:
    """What a text without a drawing names in [ ] is no misspelling of what is drawn elsewhere."""
    screens = subject.common.screens.values()
    wordings = (wording for screen in screens for wording in screen.wording.values())
    drawn = dict.fromkeys(label for wording in wordings for label in wording.labels())
    compared = dict[str, str | None]()
    for entry in flow_entries(subject.flow):
        state = _state(entry, subject)
        if "[" not in entry.source or "message" in entry.place or (state is not None and state.screen is not None):
            continue
        for name in _buttons(entry.source):
            if name not in compared and len(compared) < _MOST_COMPARED:
                compared[name] = None if name in drawn else _meant(name, drawn)
            if (meant := compared.get(name)) is not None:
                message = say("no drawing has [{name}]; did you mean [{meant}]?", name=name, meant=meant)
                yield subject.problem("button-misspelt", message, subject.at(*entry.place), "warning")


def _meant(name: str, drawn: Iterable[str]) -> str | None:
    return nearest(name, (label for label in drawn if abs(len(label) - len(name)) <= _SLIP), _MISSPELT)


def _buttons(text: str) -> Iterator[str]:
    """Yield what a text names in [ ], once each, keys and facts aside."""
    for name in dict.fromkeys(name for name, bracketed in markup.names(text) if bracketed):
        if not _KEY.fullmatch(name) and not markup.FACT.search(name):
            yield name


def _state(entry: Entry, subject: Subject) -> State | None:
    return subject.flow.states[str(entry.place[1])] if entry.place[0] == "states" else None


def _shown(state: State, screens: Mapping[str, Screen]) -> list[Screen]:
    """Return the screens on a state's page: its own and those of its choices."""
    names = [state.screen, *(choice.screen for choice in state.choices.values())]
    return [screens[name] for name in names if name is not None and name in screens]


def _drawn(shown: Iterable[Screen], language: str) -> set[str]:
    return {label for screen in shown if language in screen.wording for label in screen.wording[language].labels()}


class _Swaps:
    """What a label becomes on screens in each language, as a page shows it."""

    def __init__(self, screens: Mapping[str, Screen], written: str) -> None:
        others = dict.fromkeys(language for screen in screens.values() for language in screen.wording)
        self.languages: Final = [written, *(language for language in others if language != written)]
        self._labels: Final[dict[str, Labels]] = {
            language: labels(screens, written, language) for language in self.languages
        }

    def said(self, label: str, screen: str, language: str) -> str:
        return self._labels[language].swap(label, screen)


def _not_drawn(subject: Subject, place: Place, name: str, screen: str, language: str) -> Problem:
    message = say(
        "the drawing '{screen}' has no [{name}] in '{language}'; name what is drawn, or write 「{name}」 for what"
        " stands elsewhere",
        screen=screen,
        name=name,
        language=language,
    )
    return subject.problem("button-not-drawn", message, subject.at(*place))


def stages_are_there(subject: Subject) -> Iterator[Problem]:
    """Where stages are numbered ①②③, no text speaks of a stage ④."""
    marks = {name[0] for name in subject.flow.stages.values() if _CIRCLED.match(name)}
    for entry in flow_entries(subject.flow) if marks else ():
        for mark in dict.fromkeys(_CIRCLED.findall(entry.source)):
            if mark not in marks:
                message = say("no stage begins with {mark}; there are {known}", mark=mark, known="".join(sorted(marks)))
                yield subject.problem("unknown-stage-mark", message, subject.at(*entry.place), "warning")


def half_width_is_said(subject: Subject) -> Iterator[Problem]:
    """Where something is typed on a Japanese computer, the page says that it has to be in half-width letters."""
    if subject.flow.language != "ja":
        return
    for name, state in subject.flow.states.items():
        screen = subject.common.screens.get(state.screen or "")
        # A telephone shows the keys that fit, digits for a number; and what is drawn is not always what to do.
        if screen is None or screen.frame == "phone" or not (_has_field(screen) and _tells_to_type(state)):
            continue
        if _HALF_WIDTH not in "".join(_read(state, subject)):
            message = say(
                "something is typed on '{screen}', but nothing says 半角 here; add it, or a note that does",
                screen=state.screen,
            )
            yield subject.problem("no-half-width", message, subject.at("states", name, "screen"), "warning")


def _has_field(screen: Screen) -> bool:
    return any(element.kind == "field" for wording in screen.wording.values() for element in wording.drawing)


def _tells_to_type(state: State) -> bool:
    return any(_TYPE.search(text) for text in (state.title, *(part.text for part in state.text)))


def _read(state: State, subject: Subject) -> Iterator[str]:
    yield state.title
    yield from (part.text for part in (*state.text, *state.script))
    yield from (choice.label for choice in state.choices.values())
    for use in state.notes:
        note = subject.common.notes.get(use.note)
        if note is not None:
            yield from (note.title, *note.text)


def sentences_are_short(subject: Subject) -> Iterator[Problem]:
    """A text of the flow asks one thing and has no long sentence; a ready-made message may."""
    yield from check_sentences(flow_entries(subject.flow), subject.document)


def check_sentences(entries: Iterable[Entry], document: Document) -> Iterator[Problem]:
    """Warn about two questions in one text, and about long sentences, at the place of the text."""
    for entry in entries:
        if "message" not in entry.place:
            mark = document.mark(*entry.place)
            if max(_questions(block) for block in entry.source.split("\n\n")) > 1:
                message = say("two questions in one text are answered at random; ask one thing, or split the state")
                yield Problem(document.path, mark, "two-questions", message, "warning")
            yield from _long(entry.source, document.path, mark)


def check_translated_sentences(words: Words) -> Iterator[Problem]:
    """Warn about long sentences of a translation, at their place in the PO file; a ready-made message may have some."""
    for (context, source), said in words.translated.items():
        if ".message." not in context:
            yield from _long(said, words.path, Mark(words.lines.get((context, source), 1)))


def _questions(text: str) -> int:
    return len(re.findall("[?？]", _QUOTED.sub("", text))) if "?" in text or "？" in text else 0


def _long(text: str, path: str, mark: Mark) -> Iterator[Problem]:
    # Few texts are long at all, and only in these is a sentence looked for.
    if len(text) <= LONGEST_SENTENCE:
        return
    for sentence in _SENTENCE.split(_NAMED.sub("", text)):
        length = _length(sentence)
        if length.letters > LONGEST_SENTENCE or length.words > MOST_WORDS:
            message = say("this sentence is long; make two of it: {beginning}…", beginning=sentence.strip()[:20])
            yield Problem(path, mark, "long-sentence", message, "warning")


@dataclass(frozen=True)
class _Length:
    letters: int = 0
    words: int = 0


def _length(sentence: str) -> _Length:
    """Measure a sentence in the unit of its language: Japanese letters, words of other languages."""
    if _JAPANESE.search(sentence):
        return _Length(letters=len(sentence.strip()))
    return _Length(words=len(_WORD.findall(sentence)))


WORD_RULES: Final[tuple[Rule, ...]] = (
    buttons_are_drawn,
    buttons_are_spelt_as_drawn,
    stages_are_there,
    half_width_is_said,
    sentences_are_short,
)
