"""What `assistant diff --format json` prints: one entry for each thing that differs, each with its flow."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from assistant.cli.versions import Comparison
from assistant.flow.difference.choices import Choices
from assistant.flow.difference.endings import Ending
from assistant.flow.difference.links import Link
from assistant.flow.difference.states import States
from assistant.flow.difference.texts import Texts
from assistant.flow.engine import Engine
from assistant.flow.model import Answer

Data: TypeAlias = dict[str, Any]

SHARED: Final = "common"
_NOTHING: Final = States((), (), (), (), Choices((), (), (), (), ()), (), ())


def data_of(comparison: Comparison) -> Data:
    """Return everything that differs, for programs; `null` is an ending not come to, or a text that is not there.

    The parts of `states` are plain ids where one flow was compared, and `{"flow", "id"}` where several were.
    """
    flows = comparison.differences
    texts = {**{name: each.texts for name, each in flows.items()}, SHARED: comparison.common}
    data: Data = {
        "endings": [
            {"flow": name, **_ending(ending, comparison.old[name], comparison.new[name])}
            for name, each in flows.items()
            for ending in each.endings
        ],
        "links": [{"flow": name, **_link(link)} for name, each in flows.items() for link in each.links],
        "states": _states({name: each.states for name, each in flows.items()}),
        "texts": [{"flow": name, **entry} for name, each in texts.items() for entry in _texts(each)],
        "translations": [{"flow": name, **vars(stale)} for name, each in texts.items() for stale in each.stale],
    }
    if comparison.gained or comparison.lost or len(flows) != 1:
        data["flows"] = {"gained": list(comparison.gained), "lost": list(comparison.lost)}
    return data


def _ending(ending: Ending, old: Engine, new: Engine) -> Data:
    return {
        "answers": _written(ending.answers),
        "before": ending.before,
        "after": ending.after,
        "decided_by": str(ending.decided_by),
        **_told("before", ending.before, old),
        **_told("after", ending.after, new),
    }


def _told(side: str, name: str | None, engine: Engine) -> Data:
    state = None if name is None else engine.flow.states[name]
    return {
        f"{side}_number": state and state.no,
        f"{side}_title": state and state.title,
        f"{side}_outcome": state and state.outcome,
    }


def _link(link: Link) -> Data:
    return {"answers": _written(link.answers), "stops_at": link.stops_at}


def _written(answers: Iterable[Answer]) -> list[str]:
    return [str(answer) for answer in answers]


def _states(states: Mapping[str, States]) -> Data:
    """Return the parts of all flows; each entry says of which flow it is, if there are several."""
    merged = _of_one(_NOTHING)
    for name, each in states.items():
        _merge(merged, _of_one(each), name if len(states) != 1 else None)
    return merged


def _merge(into: Data, data: Data, flow: str | None) -> None:
    for key, value in data.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value, flow)
        else:
            into.setdefault(key, []).extend(value if flow is None else (_named(each, flow) for each in value))


def _named(entry: str | Data, flow: str) -> Data:
    return {"flow": flow, **(entry if isinstance(entry, dict) else {"id": entry})}


def _of_one(states: States) -> Data:
    choices = states.choices
    return {
        "gained": list(states.gained),
        "lost": list(states.lost),
        "renamed": [{"from": old, "to": new} for old, new in states.renamed],
        "renumbered": [vars(each) for each in states.renumbered],
        "choices": {
            "gained": _written(choices.gained),
            "lost": _written(choices.lost),
            "relabelled": [{**vars(each), "choice": str(each.choice)} for each in choices.relabelled],
            "redirected": [
                {"choice": str(each.choice), "before": list(each.before), "after": list(each.after)}
                for each in choices.redirected
            ],
            "reguarded": _written(choices.reguarded),
        },
        "unreachable": {"states": list(states.unreachable), "outcomes": list(states.unreachable_outcomes)},
    }


def _texts(texts: Texts) -> Iterable[Data]:
    for text in texts.changed:
        yield {**vars(text), "changes": [list(change) for change in text.changes]}
