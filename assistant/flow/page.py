"""What stands on a state's page, as plain words in the flow's language, with every fact at its default."""

from collections.abc import Iterator

from assistant.flow.common import Common
from assistant.flow.engine import Engine, Position
from assistant.flow.markup import Voice, plain, plain_inline
from assistant.flow.model import Paragraph, State, code_of


def page_words(engine: Engine, common: Common, position: Position) -> str:
    """Return title, texts, notes, message and choices of a position, of which the answers let some through.

    White space is one space each, so that words are found across lines.
    """

    def fact(name: str) -> str:
        return common.facts[name].text if name in common.facts else f"{{{name}}}"

    voice = Voice(fact, lambda label: label)
    state = engine.flow.states[position.state]
    lines = [state.title, *(choice.label for _, choice in engine.open_choices(position) if choice is not None)]
    blocks = [*_texts(state, common, position), *_message(state, position)]
    said = [plain_inline(line, voice) for line in lines] + [plain(block, voice) for block in blocks]
    return " ".join(" ".join(said).split())


def _texts(state: State, common: Common, position: Position) -> Iterator[str]:
    number = code_of(position.answers[-1].trigger) if position.answers else None
    if number is not None and number in common.codes:
        yield from common.codes[number].text
    yield from _said(state.text, position)
    for use in state.notes:
        if (use.when is None or use.when.allows(position.latest)) and use.note in common.notes:
            yield common.notes[use.note].title
            yield from common.notes[use.note].text


def _message(state: State, position: Position) -> Iterator[str]:
    if state.message is not None:
        yield state.message.subject
        yield from _said(state.message.text, position)


def _said(text: tuple[Paragraph, ...], position: Position) -> Iterator[str]:
    return (part.text for part in text if part.when is None or part.when.allows(position.latest))
