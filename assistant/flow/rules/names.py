"""Rules about the names of other things: stages, outcomes, notes and screens are those that exist, and languages."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from assistant.flow.message import Message, say
from assistant.flow.problem import Fault, Problem, suggestion
from assistant.flow.rules.subject import Place, Subject

# Countries (and Kanuri and Ukrainian, which these would be as languages) in place of the language that is spoken there.
_SPOKEN: Final = {"jp": "ja", "cn": "zh", "kr": "ko", "us": "en", "uk": "en", "gb": "en", "vn": "vi"}


def language_is_no_country(subject: Subject) -> Iterator[Problem]:
    """The language of a flow is not the code of a country."""
    if (meant := _SPOKEN.get(subject.flow.language)) is not None:
        message = say(
            "'{country}' is the code of a country; did you mean the language '{language}'?",
            country=subject.flow.language,
            language=meant,
        )
        yield subject.problem("country-as-language", message, subject.at("language"), "warning")


def names_are_known(subject: Subject) -> Iterator[Problem]:
    """Stages, outcomes, notes and screens are those that exist."""
    common, broken = subject.common, subject.common_broken
    for name, state in subject.flow.states.items():
        place = ("states", name)
        outcomes = subject.flow.outcomes or ([state.outcome] if state.outcome else ())
        uses: list[tuple[_Unknown, str | None, Iterable[str], Place]] = [
            (_unknown_stage, state.stage, subject.flow.stages, (*place, "stage")),
            (_unknown_outcome, state.outcome, outcomes, (*place, "outcome")),
            (_unknown_screen, state.screen, common.screens, (*place, "screen")),
        ]
        uses += [(_unknown_note, use.note, common.notes, (*place, "notes", at)) for at, use in enumerate(state.notes)]
        for trigger, choice in state.choices.items():
            uses.append((_unknown_screen, choice.screen, common.screens, (*place, "choices", trigger, "screen")))
        for unknown, used, known, where in uses:
            if used is not None and used not in known and used not in broken:
                fault = unknown(used, suggestion(used, known))
                yield subject.problem(fault.code, fault.message, subject.at(*where))


_Unknown: TypeAlias = Callable[[str, Message], Fault]


def _unknown_stage(name: str, near: Message) -> Fault:
    return Fault("unknown-stage", say("no stage '{name}'{near}", name=name, near=near))


def _unknown_outcome(name: str, near: Message) -> Fault:
    return Fault("unknown-outcome", say("no outcome '{name}'{near}", name=name, near=near))


def _unknown_screen(name: str, near: Message) -> Fault:
    return Fault("unknown-screen", say("no screen '{name}'{near}", name=name, near=near))


def _unknown_note(name: str, near: Message) -> Fault:
    return Fault("unknown-note", say("no note '{name}'{near}", name=name, near=near))
