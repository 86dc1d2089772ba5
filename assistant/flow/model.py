"""The data of the flow language, frozen: what an author wrote, checked for its shape and nothing more."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from assistant.flow.guard import RESERVED as GUARD_WORDS
from assistant.flow.guard import Guard, parse_guard
from assistant.flow.message import say
from assistant.flow.named_guards import replaced
from assistant.flow.refusal import refused

ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")

# Folders and files are named by ids, also on Windows, where these names are devices whatever follows a dot.
_DEVICES: Final = frozenset({"con", "aux", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
RESERVED_FLOWS: Final = _DEVICES | {
    *("api", "auth", "common", "desk", "healthz", "identify", "locales", "manual", "metrics", "readyz", "static"),
}
RESERVED_STATES: Final = _DEVICES | GUARD_WORDS
LOST: Final = "lost"
DEFAULT: Final = "default"
RESERVED_TRIGGERS: Final = frozenset({LOST, DEFAULT})

ERROR_CODE: Final = "error-code"
CODE_UNKNOWN: Final = "code-unknown"

# What an invoked state can come back with, beside `code-<number>` (SCXML's invoke; the words are fixed by the design):
# a real sign-in, or what a person reads off an error page of Microsoft's, from where nothing ever comes back by itself.
RESULTS: Final[Mapping[str, frozenset[str]]] = {
    ERROR_CODE: frozenset({CODE_UNKNOWN}),
    "sign-in": frozenset(
        {
            *("signed-in", "other-account", "cancelled", "declined", "needs-interaction", "wrong-tenant"),
            *("not-assigned", "try-later", "misconfigured", "expired", CODE_UNKNOWN),
        }
    ),
}
_CODE_RESULT: Final = re.compile(r"code-[1-9][0-9]{0,7}")


def is_result(invoke: str, trigger: str) -> bool:
    """Say whether running `invoke` can come back as this trigger."""
    return trigger in RESULTS.get(invoke, ()) or trigger == DEFAULT or _CODE_RESULT.fullmatch(trigger) is not None


def code_of(trigger: str) -> str | None:
    """Return the AADSTS number in a result `code-<number>`, or None."""
    return trigger.removeprefix("code-") if _CODE_RESULT.fullmatch(trigger) else None


class Answer(NamedTuple):
    """One step that a person took: the trigger chosen in a state."""

    state: str
    trigger: str

    def __str__(self) -> str:
        """Write the answer as it stands in a URL: `state.trigger`."""
        return f"{self.state}.{self.trigger}"


def _identifier(value: str) -> str:
    if not ID.fullmatch(value):
        message = say("an id is a-z, 0-9 and '-', starts with a letter and has at most 40 characters")
        raise refused("bad-id", message)
    return value


def _state_id(value: str) -> str:
    if value in RESERVED_STATES:
        raise refused("reserved-id", say("'{id}' is a reserved word; choose another", id=value))
    return _identifier(value)


def _trigger_id(value: str) -> str:
    if value in RESERVED_TRIGGERS:
        message = say("'{id}' is added by the language itself; choose another trigger", id=value)
        raise refused("reserved-id", message)
    return _identifier(value)


def _number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[1-9][0-9]{0,3}", value):
        raise refused("bad-number", say("a state's number is 1 to 9999, written without leading zeros"))
    return value


_WrittenNumber: TypeAlias = (
    Annotated[int, Field(ge=1, le=9_999)] | Annotated[str, StringConstraints(pattern="^[1-9][0-9]{0,3}$")]
)


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _listed(key: str, shape: Any) -> BeforeValidator:
    """Let one part of this shape stand for a list of one, and plain words for a part that has nothing but this key."""

    def parts(value: Any) -> Any:
        return [{key: part} if isinstance(part, str) else part for part in _as_list(value)]

    written = Words | shape | list[Words | shape]
    return BeforeValidator(lambda value: value if isinstance(value, tuple) else parts(value), written)


class Model(BaseModel):
    """The base of all flow data: frozen, and an unknown key is a problem."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _written(pattern: str, reserved: frozenset[str] = frozenset()) -> WithJsonSchema:
    """Say to editors how a text of this form is written; one that is all digits is a number to them."""
    schema: dict[str, Any] = {"type": ["string", "integer"], "pattern": f"^({pattern})$", "minimum": 1}
    return WithJsonSchema({**schema, "not": {"enum": sorted(reserved)}} if reserved else schema)


Id = Annotated[str, AfterValidator(_identifier), _written(ID.pattern)]
StateId = Annotated[str, AfterValidator(_state_id), _written(ID.pattern, RESERVED_STATES)]
TriggerId = Annotated[str, AfterValidator(_trigger_id), _written(ID.pattern, RESERVED_TRIGGERS)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Condition = Annotated[InstanceOf[Guard] | None, BeforeValidator(parse_guard)]
Named = Annotated[InstanceOf[Guard], BeforeValidator(parse_guard)]


class Paragraph(Model):
    """Some blocks of text, shown while the guard passes."""

    text: Words
    when: Condition = None


class Target(Model):
    """A state that a trigger leads to, if the guard passes."""

    to: Words
    when: Condition = None


class NoteUse(Model):
    """A note of `flows/common/notes.yaml` under a state."""

    note: Words
    when: Condition = None


Text = Annotated[tuple[Paragraph, ...], _listed("text", Paragraph)]
Targets = Annotated[tuple[Target, ...], _listed("to", Target), Field(min_length=1)]


class Choice(Model):
    """A transition as the person sees it; its id, the trigger, is its key in `choices`."""

    label: Words
    to: Targets
    when: Condition = None
    screen: Words | None = None


_LINES: Final = re.compile(r"[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})?(, ?[1-9][0-9]{0,5}(-[1-9][0-9]{0,5})?)*")


def _line_ranges(text: str) -> Iterator[range]:
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        yield range(int(first), int(last or first) + 1)


def _lines(value: str) -> str:
    if not _LINES.fullmatch(value) or not all(_line_ranges(value)):
        raise refused("bad-value", say("'{lines}' cannot be read; write lines such as 12, 34-41", lines=value))
    return value


class Source(Model):
    """Where a state's statements come from: line ranges of the manual, such as `12, 34-41`."""

    manual: Annotated[str, AfterValidator(_lines), _written(_LINES.pattern)]

    def lines(self) -> frozenset[int]:
        """Return the line numbers of the manual, counted from 1."""
        return frozenset(number for lines in _line_ranges(self.manual) for number in lines)


class Message(Model):
    """A ready-made text for the person who can help: the customer's administrator or our helpdesk."""

    to: Literal["administrator", "helpdesk"]
    subject: Words
    text: Text


class State(Model):
    """One question, instruction, sign-in or ending, with its stable number."""

    no: Annotated[int, BeforeValidator(_number, _WrittenNumber)]
    title: Words = ""
    text: Text = ()
    stage: Words | None = None
    screen: Words | None = None
    source: Source | None = None
    script: Text = ()
    notes: Annotated[tuple[NoteUse, ...], _listed("note", NoteUse)] = ()
    choices: Mapping[TriggerId, Choice] = {}
    results: Mapping[Id, Targets] = {}
    invoke: Words | None = None
    outcome: Words | None = None
    message: Message | None = None
    was: Annotated[tuple[Words, ...], BeforeValidator(_as_list, Words | list[Words])] = ()
    gone: Words | None = None

    @property
    def shows_a_screen(self) -> bool:
        """Say whether its page has a drawing, of its own or on a choice."""
        return self.screen is not None or any(choice.screen for choice in self.choices.values())

    @property
    def asks(self) -> bool:
        """Say whether a person must do something here: the state is neither an ending nor removed."""
        return self.outcome is None and self.gone is None


class Flow(Model):
    """A finite state machine with words, as an author wrote it.

    `source` names the lines of the manual that the flow says as a whole. `guards` are those that are used by name;
    wherever one is used, it is there. `results` says where results of an invoke lead
    in every state that has no branch of its own for them.
    """

    title: Words
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")]
    start: Words
    source: Source | None = None
    stages: Mapping[Id, Words] = {}
    lost: Annotated[tuple[Target, ...], _listed("to", Target)] = ()
    outcomes: Mapping[Id, Words] = {}
    guards: Mapping[Id, Named] = {}
    results: Mapping[Id, Targets] = {}
    states: Mapping[StateId, State]

    @model_validator(mode="before")
    @classmethod
    def _with_guards_in_place_of_their_names(cls, value: Any) -> Any:
        return replaced(value)

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """Map every former id of a state (`was:`) to the id it has now."""
        return {old: name for name, state in self.states.items() for old in state.was if old not in self.states}

    def results_of(self, state: State) -> Mapping[str, Targets]:
        """Return where the results of a state's invoke lead: its own branches, else those of the flow."""
        if state.invoke is None:
            return {}
        shared = {trigger: to for trigger, to in self.results.items() if is_result(state.invoke, trigger)}
        return {**state.results, **{trigger: to for trigger, to in shared.items() if trigger not in state.results}}
