"""States that two versions do not share: gained, lost, renamed, numbered otherwise, endings nobody reaches any more."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.flow.difference.choices import Choices, changed_choices
from assistant.flow.difference.version import Version, Versions, followed
from assistant.flow.model import State


@dataclass(frozen=True)
class Renumbered:
    """A state, by its new id, whose number changed."""

    state: str
    before: int
    after: int


@dataclass(frozen=True)
class States:
    """What became of states and choices; states that were lost have their old id, `renamed` has old and new id.

    `unreachable` are the endings, by their old ids, to which some answers led and to which now none do;
    `unreachable_outcomes` are the outcomes that no ending that can be reached has any more.
    """

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    renumbered: tuple[Renumbered, ...]
    choices: Choices
    unreachable: tuple[str, ...]
    unreachable_outcomes: tuple[str, ...]


def changed_states(versions: Versions, maximum: int) -> States:
    """Compare the states and choices of both versions; raises TooManyConfigurations."""
    old, new = _present(versions.old), _present(versions.new)
    kept = kept_states(versions)
    after = set(kept.values())
    ends_before, ends_after = _endings(versions.old, maximum), _endings(versions.new, maximum)
    outcomes_after = set(ends_after.values())
    return States(
        gained=tuple(name for name in new if name not in after),
        lost=tuple(name for name in old if name not in kept),
        renamed=tuple((name, now) for name, now in kept.items() if name != now),
        renumbered=tuple(
            Renumbered(now, old[name].no, new[now].no) for name, now in kept.items() if old[name].no != new[now].no
        ),
        choices=changed_choices(kept, old, new, versions.now),
        unreachable=tuple(name for name in ends_before if versions.now(name) not in ends_after),
        unreachable_outcomes=tuple(
            outcome for outcome in dict.fromkeys(ends_before.values()) if outcome not in outcomes_after
        ),
    )


def kept_states(versions: Versions) -> dict[str, str]:
    """Map the old id of every state that both versions have to its new id; removed ones (`gone:`) are none."""
    new = _present(versions.new)
    return {name: versions.now(name) for name in _present(versions.old) if versions.now(name) in new}


def _present(version: Version) -> Mapping[str, State]:
    return {name: state for name, state in version.engine.flow.states.items() if state.gone is None}


def _endings(version: Version, maximum: int) -> Mapping[str, str]:
    """Map every ending that can be reached to its outcome, in the author's order."""
    reached = {here.state for here in followed(version, [version.start], maximum)}
    states = version.engine.flow.states
    return {name: state.outcome for name, state in states.items() if name in reached and state.outcome is not None}
