"""What a translator reads beside a text: the number of its page with a link that shows it, or what it means."""

from collections.abc import Iterator, Mapping

from assistant.flow.common import Common
from assistant.flow.model import Flow
from assistant.flow.translation.entries import Entry, common_entries, flow_entries
from assistant.flow.translation.updating import Wanted


def wanted_of_flow(name: str, flow: Flow, language: str) -> Iterator[Wanted]:
    """Yield the texts of a flow in its own order, each with its page: `12 · /en/12`, or `/en/login/` for them all.

    A page's number leads to it by the shortest answers, and stays the same when a question before it changes.
    """
    for entry in flow_entries(flow):
        state = str(entry.place[1]) if entry.place[0] == "states" else None
        remark = f"/{language}/{name}/" if state is None else _page(flow, state, language)
        yield Wanted(entry.context, entry.source, remark)


def wanted_of_common(common: Common, flows: Mapping[str, Flow], language: str) -> Iterator[Wanted]:
    """Yield the texts that flows share, each with the first page that shows it, or with what it means."""
    pages = dict(_pages(flows, language))
    for entry in common_entries(common):
        kind, part = str(entry.place[0]), str(entry.place[1])
        yield Wanted(entry.context, entry.source, _about(common, entry) or pages.get((kind, part), ""))


def _about(common: Common, entry: Entry) -> str:
    kind, part = str(entry.place[0]), str(entry.place[1])
    if kind == "facts":
        return " ".join(common.facts[part].about.split())
    return (common.codes[part].name or "") if kind == "codes" else ""


def _pages(flows: Mapping[str, Flow], language: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the pages of notes and screens, the first of each last."""
    for flow in reversed(list(flows.values())):
        for name, state in reversed(list(flow.states.items())):
            page = _page(flow, name, language)
            yield from ((("notes", use.note), page) for use in state.notes)
            yield from ((("screens", choice.screen), page) for choice in state.choices.values() if choice.screen)
    for flow in reversed(list(flows.values())):  # One state is a screen's home; choices only show it.
        for name, state in reversed(list(flow.states.items())):
            if state.screen is not None:
                yield ("screens", state.screen), _page(flow, name, language)


def _page(flow: Flow, state: str, language: str) -> str:
    number = flow.states[state].no
    return f"{number} · /{language}/{number}"
