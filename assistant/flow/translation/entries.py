"""The texts of the source language that want a translation, in the order in which their file has them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.flow.common import Common
from assistant.flow.model import Flow


@dataclass(frozen=True)
class Entry:
    """A text of the source language that wants a translation: its context, its words, and where they stand."""

    context: str
    source: str
    place: tuple[str | int, ...]


def flow_entries(flow: Flow) -> Iterator[Entry]:
    """Yield every text of a flow that a reader can meet."""
    yield Entry("title", flow.title, ("title",))
    for group, names in (("stages", flow.stages), ("outcomes", flow.outcomes)):
        for name, words in names.items():
            yield Entry(f"{group}.{name}", words, (group, name))
    for name, state in flow.states.items():
        if state.gone is not None:
            continue
        place = ("states", name)
        yield Entry(f"{name}.title", state.title, (*place, "title"))
        for key, text in (("text", state.text), ("script", state.script)):
            for index, paragraph in enumerate(text):
                yield Entry(f"{name}.{key}", paragraph.text, (*place, key, index))
        for trigger, choice in state.choices.items():
            yield Entry(f"{name}.choices.{trigger}", choice.label, (*place, "choices", trigger, "label"))
        if state.message is not None:
            yield Entry(f"{name}.message.subject", state.message.subject, (*place, "message", "subject"))
            for index, paragraph in enumerate(state.message.text):
                yield Entry(f"{name}.message.text", paragraph.text, (*place, "message", "text", index))


def common_entries(common: Common) -> Iterator[Entry]:
    """Yield every text that the flows share and a reader can meet."""
    for name, fact in common.facts.items():
        yield Entry(f"facts.{name}.text", fact.text, ("facts", name, "text"))
    for name, note in common.notes.items():
        yield Entry(f"notes.{name}.title", note.title, ("notes", name, "title"))
        for index, paragraph in enumerate(note.text):
            yield Entry(f"notes.{name}.text", paragraph, ("notes", name, "text", index))
    for name, screen in common.screens.items():
        yield Entry(f"screens.{name}.name", screen.name, ("screens", name, "name"))
    for number, code in common.codes.items():
        for index, paragraph in enumerate(code.text):
            yield Entry(f"codes.{number}.text", paragraph, ("codes", number, "text", index))


def common_language(flows: Iterable[Flow]) -> str | None:
    """Return the language in which what flows share is written: that of most flows; None without flows."""
    counted = Counter(flow.language for flow in flows).most_common(1)
    return counted[0][0] if counted else None
