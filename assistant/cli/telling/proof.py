"""What a check has proven, in one sentence for people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.flow.message import Message, say

if TYPE_CHECKING:
    from assistant.catalog.files import Files


def proven(read: "Iterable[Files]") -> Message | None:
    """Say what holds of flows that were read without an error; None if there is none, or one was not explored."""
    flows = {flow.folder.resolve(): flow for files in read for flow in files.flows.values()}
    engines = [flow.engine for flow in flows.values() if flow.engine is not None]
    explored = [flow.found for flow in flows.values() if flow.found is not None]
    if not explored or len(explored) < len(flows):
        return None
    pages = sum(len({configuration.state for configuration in found.first}) for found in explored)
    what = {"flows": _flows(len(explored)), "pages": _pages(pages)}
    if all(engine.flow.lost for engine in engines):
        return say("{flows}, {pages}: an ending can be reached from each, even by always choosing 'lost'", **what)
    return say("{flows}, {pages}: an ending can be reached from each", **what)


def _flows(number: int) -> Message:
    return say("1 flow") if number == 1 else say("{count} flows", count=number)


def _pages(number: int) -> Message:
    return say("1 page") if number == 1 else say("{count} pages", count=number)
