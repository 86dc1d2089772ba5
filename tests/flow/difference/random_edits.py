"""Random edits of random flows, such as an author makes: plain values in, plain values out."""

from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any, Final, TypeAlias

Plain: TypeAlias = dict[str, Any]


def edited(flow: Plain, random: Random, count: int) -> Plain:
    """Return another version of a flow: `count` edits, some of which change nothing that can be noticed."""
    flow = deepcopy(flow)
    for _ in range(count):
        random.choice(EDITS)(flow, random)
    return flow


def retarget(flow: Plain, random: Random) -> None:
    """Let a choice lead elsewhere."""
    if choice := some_choice(flow, random):
        choice["to"] = random.choice(list(flow["states"]))


def remove_choice(flow: Plain, random: Random) -> None:
    """Take a choice away."""
    if (state := asking(flow, random)) and state["choices"]:
        del state["choices"][random.choice(list(state["choices"]))]


def add_choice(flow: Plain, random: Random) -> None:
    """Offer a choice more, before or behind the others."""
    if state := asking(flow, random):
        trigger = random.choice(("a", "b", "c", "d", "e"))
        state["choices"].setdefault(trigger, {"label": trigger, "to": random.choice(list(flow["states"]))})


def rename_choice(flow: Plain, random: Random) -> None:
    """Call a choice otherwise; guards are forgotten half the time."""
    name, new = random.choice(list(flow["states"])), random.choice(("a", "d", "e"))
    choices = flow["states"][name].get("choices")
    if choices and new not in choices:
        old = random.choice(list(choices))
        flow["states"][name]["choices"] = {new if key == old else key: value for key, value in choices.items()}


def guard(flow: Plain, random: Random) -> None:
    """Guard a choice, otherwise than before if it was guarded."""
    if choice := some_choice(flow, random):
        name = random.choice(list(flow["states"]))
        triggers = (*flow["states"][name].get("choices", {"a": 0}), "lost", "cancelled")
        reads: Plain = {name: random.choice(triggers)}
        choice["when"] = {"not": reads} if random.random() < 0.5 else reads


def unguard(flow: Plain, random: Random) -> None:
    """Let a choice always be open."""
    if choice := some_choice(flow, random):
        choice.pop("when", None)


def add_state(flow: Plain, random: Random) -> None:
    """Put a question or an ending on the way."""
    name = next(name for name in (f"n{count}" for count in range(99)) if name not in flow["states"])
    state: Plain = {"no": 100 + len(flow["states"]), "title": name}
    if random.random() < 0.5:
        state |= {"outcome": "over"}
    else:
        state["choices"] = {"a": {"label": "a", "to": random.choice(list(flow["states"]))}}
    flow["states"][name] = state
    retarget(flow, random)
    if choice := some_choice(flow, random):
        choice["to"] = name


def remove_state(flow: Plain, random: Random) -> None:
    """Take a state away; what led there leads to another. Guards still read it, which reads as false."""
    if len(flow["states"]) > 2:
        name = random.choice([name for name in flow["states"] if name != flow["start"]])
        del flow["states"][name]
        other = random.choice(list(flow["states"]))
        relabel(flow, lambda state: other if state == name else state, guards=False)


def rename_state(flow: Plain, random: Random) -> None:
    """Call a state otherwise, and mostly say so in `was:`."""
    rename(flow, random.choice(list(flow["states"])), f"r{random.randint(0, 9)}", told=random.random() < 0.8)


def replace_state(flow: Plain, random: Random) -> None:
    """Remove a state and give its id to another one, which says what it was."""
    name = random.choice(list(flow["states"]))
    if len(flow["states"]) > 2 and name != flow["start"]:
        del flow["states"][name]
        other = random.choice(list(flow["states"]))
        relabel(flow, lambda state: other if state == name else state, guards=False)
        rename(flow, other, name, told=True)


def end_or_ask(flow: Plain, random: Random) -> None:
    """Make an ending of a question, or a question of an ending."""
    state = flow["states"][random.choice(list(flow["states"]))]
    if "outcome" in state:
        del state["outcome"]
        state["choices"] = {"a": {"label": "a", "to": random.choice(list(flow["states"]))}}
    else:
        for key in ("choices", "results", "invoke"):
            state.pop(key, None)
        state["outcome"] = "over"


def explain(flow: Plain, random: Random) -> None:
    """Say something to those only who gave some answer; most often at an ending."""
    ends = [name for name, state in flow["states"].items() if "outcome" in state]
    questions = [name for name, state in flow["states"].items() if state.get("choices")]
    if ends and questions:
        name = random.choice(questions)
        reads = {name: random.choice(list(flow["states"][name]["choices"]))}
        flow["states"][random.choice(ends)]["text"] = [{"text": "words", "when": reads}]


def begin_elsewhere(flow: Plain, random: Random) -> None:
    """Begin with another state."""
    flow["start"] = random.choice(list(flow["states"]))


def reword(flow: Plain, random: Random) -> None:
    """Change nothing but words."""
    flow["states"][random.choice(list(flow["states"]))]["title"] = "other words"


EDITS: Final[tuple[Callable[[Plain, Random], None], ...]] = (
    *(retarget, retarget, retarget, remove_choice, add_choice, add_choice, rename_choice, guard, guard, guard, unguard),
    *(add_state, add_state, remove_state, rename_state, rename_state, replace_state, end_or_ask, begin_elsewhere),
    *(explain, explain, reword),
)


def asking(flow: Plain, random: Random) -> Plain | None:
    """Return one of the states that have choices."""
    states = [state for state in flow["states"].values() if "choices" in state]
    return random.choice(states) if states else None


def some_choice(flow: Plain, random: Random) -> Plain | None:
    """Return one of the choices."""
    choices = [choice for state in flow["states"].values() for choice in state.get("choices", {}).values()]
    return random.choice(choices) if choices else None


def rename(flow: Plain, name: str, new: str, *, told: bool) -> None:
    """Give a state another id wherever it is written."""
    if new in flow["states"]:
        return
    flow["states"] = {new if key == name else key: state for key, state in flow["states"].items()}
    relabel(flow, lambda state: new if state == name else state, guards=True)
    former = flow["states"][new].pop("was", [])
    flow["states"][new]["was"] = [each for each in (*former, *([name] if told else [])) if each not in flow["states"]]


def relabel(flow: Plain, other: Callable[[str], str], *, guards: bool) -> None:
    """Write another id for states in every target, and in every guard if these are to follow."""
    flow["start"] = other(flow["start"])
    flow["lost"] = _targets(flow["lost"], other, guards)
    flow["results"] = {key: _targets(to, other, guards) for key, to in flow.get("results", {}).items()}
    for state in flow["states"].values():
        parts = [*state.get("choices", {}).values(), *(text for text in state.get("text", ()) if guards)]
        for part in parts:
            if guards and "when" in part:
                part["when"] = _guard(part["when"], other)
        for choice in state.get("choices", {}).values():
            choice["to"] = _targets(choice["to"], other, guards)
        if "results" in state:
            state["results"] = {key: _targets(to, other, guards) for key, to in state["results"].items()}


def _targets(to: Any, other: Callable[[str], str], guards: bool) -> Any:
    if isinstance(to, str):
        return other(to)
    if isinstance(to, list):
        return [_targets(each, other, guards) for each in to]
    when = {"when": _guard(to["when"], other) if guards else to["when"]} if "when" in to else {}
    return {**to, "to": other(to["to"]), **when}


def _guard(value: Plain, other: Callable[[str], str]) -> Plain:
    written: Plain = {}
    for key, part in value.items():
        if key in ("any", "all"):
            written[key] = [_guard(each, other) for each in part]
        elif key == "not":
            written[key] = _guard(part, other)
        else:
            written[other(key)] = part
    return written
