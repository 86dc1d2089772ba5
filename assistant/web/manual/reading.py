"""What a flow says on paper: chapters of pages, with every text in the markup of flow texts and every way onward."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.catalog import Guide
from assistant.flow.chapters import Chapter, chapters
from assistant.flow.engine import lost_targets
from assistant.flow.model import DEFAULT, LOST, Answer, Flow, Paragraph, State, Target
from assistant.web.drawing import ScreenView, draw
from assistant.web.manual.condition import Conditions
from assistant.web.speech import Speech

START: Final = "はじめに"
MORE: Final = "どの段階でも・困ったとき"
EVERYTHING: Final = "すべてのページ"
OTHERWISE: Final = "そのほかのとき"


@dataclass(frozen=True)
class Passage:
    """A text in the markup of flow texts; `condition` says in words for whom it is, None: for everybody."""

    text: str
    condition: str | None = None


@dataclass(frozen=True)
class Onward:
    """Where a way leads: the number and title of the page, and in words when; None: always."""

    number: int
    title: str
    condition: str | None = None


@dataclass(frozen=True)
class Way:
    """What may be chosen, or come back, on a page, and where it leads."""

    label: str
    condition: str | None
    targets: tuple[Onward, ...]
    screen: str | None = None


@dataclass(frozen=True)
class Note:
    """A remark that several pages refer to; on paper it stands once, at the end, under its number."""

    number: int
    title: str
    text: tuple[str, ...]


@dataclass(frozen=True)
class NoteUse:
    """A page's reference to a note."""

    note: Note
    condition: str | None


@dataclass(frozen=True)
class Letter:
    """The ready-made text of an ending."""

    to: str
    subject: str
    text: tuple[Passage, ...]


@dataclass(frozen=True)
class Page:
    """One state; `screen` is what its labels are said for. What a sign-in comes back with is nothing for paper."""

    state: str
    number: int
    title: str
    text: tuple[Passage, ...]
    notes: tuple[NoteUse, ...]
    drawing: ScreenView | None
    invoke: str | None
    ways: tuple[Way, ...]
    letter: Letter | None
    screen: str | None


@dataclass(frozen=True)
class Section:
    """A chapter with its heading."""

    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Manual:
    """A whole flow to be read: sections, the notes they refer to, where the lost go, and what error numbers lead to."""

    title: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    lost: tuple[Onward, ...]
    numbers: tuple[Way, ...]


class Reader:
    """Reads one flow out in one language."""

    def __init__(self, guide: Guide, speech: Speech) -> None:
        """Take the flow and what speaks; notes are numbered as a reader meets them."""
        self._flow: Final[Flow] = guide.engine.flow
        self._speech: Final = speech
        self._chapters: Final = chapters(self._flow)
        states = [self._flow.states[name] for chapter in self._chapters for name in chapter.states]
        used = dict.fromkeys(use.note for state in states for use in state.notes)
        self._notes: Final = {name: self._note(number, name) for number, name in enumerate(used, 1)}
        self._conditions: Final = Conditions(speech, {name: state.no for name, state in self._flow.states.items()})

    def manual(self) -> Manual:
        """Return the whole flow."""
        return Manual(
            self._speech.flow_title,
            tuple(map(self._section, self._chapters)),
            tuple(self._notes.values()),
            self._onward(self._flow.lost),
            tuple(self._ways_back(self._flow.results)),
        )

    def _section(self, chapter: Chapter) -> Section:
        return Section(self._heading(chapter), tuple(map(self._page, chapter.states)))

    def _heading(self, chapter: Chapter) -> str:
        if chapter.kind == "stage" and chapter.name is not None:
            return self._speech.stage(chapter.name)
        if chapter.kind == "outcome" and chapter.name is not None:
            return self._speech.outcome(chapter.name)
        alone = not self._flow.stages
        return self._speech.page(EVERYTHING if alone else START if chapter.kind == "start" else MORE)

    def _page(self, name: str) -> Page:
        state, speech = self._flow.states[name], self._speech
        return Page(
            name,
            state.no,
            speech.title(name),
            self._passages(f"{name}.text", state.text),
            tuple(NoteUse(self._notes[use.note], self._conditions.said(use.when)) for use in state.notes),
            draw(speech, state.screen) if state.screen else None,
            state.invoke,
            tuple(self._ways(name, state)),
            self._letter(name, state),
            state.screen,
        )

    def _passages(self, context: str, text: Iterable[Paragraph]) -> tuple[Passage, ...]:
        return tuple(Passage(self._speech.said(context, part.text), self._when(part)) for part in text)

    def _when(self, part: Paragraph | Target) -> str | None:
        return self._conditions.said(part.when)

    def _note(self, number: int, name: str) -> Note:
        title, text = self._speech.note(name)
        return Note(number, title, tuple(text))

    def _ways(self, name: str, state: State) -> Iterator[Way]:
        for trigger, choice in state.choices.items():
            label = self._speech.label(Answer(name, trigger))
            yield Way(label, self._conditions.said(choice.when), self._onward(choice.to), choice.screen)
        own = lost_targets(self._flow, name)
        if own and own != self._flow.lost:  # elsewhere the lost go where the manual says once for all pages
            yield Way(self._speech.label(Answer(name, LOST)), None, self._onward(own))

    def _ways_back(self, results: Mapping[str, tuple[Target, ...]]) -> Iterator[Way]:
        for result, targets in results.items():
            label = self._speech.page(OTHERWISE) if result == DEFAULT else self._speech.result(result)
            yield Way(label, None, self._onward(targets))

    def _onward(self, targets: Iterable[Target]) -> tuple[Onward, ...]:
        found = list(targets)
        return tuple(self._target(target, later=index > 0) for index, target in enumerate(found))

    def _target(self, target: Target, *, later: bool) -> Onward:
        condition = self._when(target) or (self._speech.page(OTHERWISE) if later else None)
        state = self._flow.states[target.to]
        return Onward(state.no, self._speech.title(target.to), condition)

    def _letter(self, name: str, state: State) -> Letter | None:
        if state.message is None:
            return None
        subject = self._speech.said(f"{name}.message.subject", state.message.subject)
        return Letter(state.message.to, subject, self._passages(f"{name}.message.text", state.message.text))
