"""Rules about guards: what is guarded can be met, and its guard can say yes and no, after answers that can be given."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from assistant.flow.engine import Engine, Latest
from assistant.flow.explorer import Configuration, Exploration, answerable
from assistant.flow.guard import Guard
from assistant.flow.guarded import Guarded, on_page, targets, tried
from assistant.flow.message import Message, say
from assistant.flow.model import Answer, Flow
from assistant.flow.problem import Mark, Problem, Severity
from assistant.flow.rules.subject import Place, Subject

MAXIMUM_WAYS: Final = 20


@dataclass
class Said:
    """What the guard of one thing says in all configurations: the nearest that it passes in, and that it does not."""

    guarded: Guarded
    passes: Configuration | None = None
    fails: Configuration | None = None

    def note(self, passes: bool, here: Configuration) -> None:
        """Keep a configuration for what the guard says there, the first one only."""
        if passes:
            self.passes = self.passes or here
        else:
            self.fails = self.fails or here


@dataclass(frozen=True)
class _Plan:
    """What a state asks: guards of its page, and for each trigger the guard of the choice and its guarded targets."""

    page: tuple[Guarded, ...]
    steps: tuple[tuple[Guard | None, tuple[Guarded, ...]], ...]

    def asks(self, latest: Latest) -> Iterator[tuple[Guarded, bool]]:
        """Yield each thing whose guard is asked after these latest answers, and whether it is let through."""
        for each in self.page:
            yield each, each.passes(latest)
        for guard, listed in self.steps:
            if guard is None or guard.allows(latest):
                yield from tried(listed, latest)


@dataclass
class _Survey:
    """What every guard says, and what the states that ask it remember: by the place of what is guarded."""

    said: dict[Place, Said] = field(default_factory=dict)
    askers: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))
    remembered: dict[str, set[Answer]] = field(default_factory=lambda: defaultdict(set))


def guard_problems(subject: Subject, engine: Engine, found: Exploration) -> Iterator[Problem]:
    """Yield what can never be met, guards that always say the same, and answers that no guard can read where it is."""
    plans = _plans(engine.flow, found)
    if not plans:
        return
    survey = _survey(plans, found)
    tell = _Teller(subject, found)
    unread = {place: answers for place, said in survey.said.items() if (answers := _unread(said.guarded, survey))}
    dead = dict(_on_no_way(subject, survey, found, unread))
    yield from dead.values()
    for name, plan in plans.items():
        for _, listed in plan.steps:
            yield from _targets(tell, survey, name, [each for each in listed if each.place not in dead])
    for place, said in survey.said.items():
        if place not in dead and place[0] == "states":
            yield from _text(tell, said)
            if said.passes is not None and said.fails is not None:
                yield from _partly_unread(subject, place, unread.get(place, ()))


def _plans(flow: Flow, found: Exploration) -> dict[str, _Plan]:
    """Return what is asked in every state that can be reached and has anything guarded."""
    plans: dict[str, _Plan] = {}
    triggers = answerable(flow, found.live)
    for name in dict.fromkeys(here.state for here in found.first):
        page = tuple(each for each in on_page(flow, name) if each.guard is not None)
        steps = []
        for trigger in triggers[name]:
            listed = targets(flow, name, trigger)
            if any(each.guard is not None for each in listed):
                choice = flow.states[name].choices.get(trigger)
                steps.append((choice.when if choice is not None else None, listed))
        if page or steps:
            plans[name] = _Plan(page, tuple(steps))
    return plans


def _survey(plans: Mapping[str, _Plan], found: Exploration) -> _Survey:
    survey = _Survey()
    for here in found.first:
        plan = plans.get(here.state)
        if plan is not None:
            survey.remembered[here.state] |= here.memory
            for each, passes in plan.asks(dict(here.memory)):
                survey.said.setdefault(each.place, Said(each)).note(passes, here)
                survey.askers[each.place].add(here.state)
    return survey


def _unread(guarded: Guarded, survey: _Survey) -> list[Answer]:
    """Return the answers that a guard reads and that are nobody's latest where it is asked."""
    if guarded.guard is None:
        return []
    reads = dict.fromkeys(Answer(*pair) for pair in guarded.guard.reads())
    return [each for each in reads if not any(each in survey.remembered[name] for name in survey.askers[guarded.place])]


def _on_no_way(
    subject: Subject, survey: _Survey, found: Exploration, unread: Mapping[Place, list[Answer]]
) -> Iterator[tuple[Place, Problem]]:
    """Yield guards that read a state that nobody can have passed where they are asked, though it can be reached."""
    before = _before(found) if unread else {}
    for place, answers in unread.items():
        earlier = frozenset[str]().union(*(_earlier(asker, before) for asker in survey.askers[place]))
        for answer in answers:
            if answer.state in before and answer.state not in earlier:
                message = say(
                    "'{state}' is on no way to here, so '{answer}' can never have been answered; mend the guard",
                    state=answer.state,
                    answer=answer,
                )
                mark = subject.document.find_key(answer.state, *place, "when")
                yield place, subject.problem("guard-never-answered", message, mark)


def _partly_unread(subject: Subject, place: Place, answers: Iterable[Answer]) -> Iterator[Problem]:
    for answer in answers:
        message = say("whoever comes here cannot have answered '{answer}' last; delete it here", answer=answer)
        mark = subject.document.find_key(answer.trigger, *place, "when")
        yield subject.problem("guard-never-answered", message, mark, "warning")


def _before(found: Exploration) -> dict[str, set[str]]:
    before: dict[str, set[str]] = defaultdict(set)
    for here, edges in found.edges.items():
        for _, there in edges:
            before[there.state].add(here.state)
    return before


def _earlier(state: str, before: Mapping[str, set[str]]) -> set[str]:
    """Return the states that somebody may have passed on the way to a state."""
    earlier: set[str] = set()
    waiting = [state]
    while waiting:
        for name in before.get(waiting.pop(), ()):
            if name not in earlier:
                earlier.add(name)
                waiting.append(name)
    return earlier


class _Teller:
    """Makes the problems of guards, the first few of them with a way to see it."""

    def __init__(self, subject: Subject, found: Exploration) -> None:
        self._subject, self._found = subject, found
        self._ways = MAXIMUM_WAYS

    def problem(self, code: str, message: Message, mark: Mark, severity: Severity, here: Configuration) -> Problem:
        if self._ways:
            self._ways -= 1
            page = self._subject.page(self._found.answers(here))
            message = say("{message}; see {page}", message=message, page=page)
        return self._subject.problem(code, message, mark, severity)

    def at(self, place: Place) -> Mark:
        return self._subject.at(*place)

    def at_guard(self, place: Place) -> Mark:
        return self._subject.at_key(*place, "when")


def _targets(tell: _Teller, survey: _Survey, name: str, listed: Iterable[Guarded]) -> Iterator[Problem]:
    """Yield the targets of one step that are never taken, unless none is; what is shared by many states is left out."""
    own = [each for each in listed if each.place[:2] == ("states", name)]
    asked = [survey.said.get(each.place) for each in own]
    if not any(said is not None and said.passes is not None for said in asked):
        return
    for index, (each, said) in enumerate(zip(own, asked, strict=True)):
        if said is None:
            taken = next(
                earlier.passes for earlier in reversed(asked[:index]) if earlier is not None and earlier.passes
            )
            message = say("this target is never taken: whoever comes here is led by one before it; delete it")
            yield tell.problem("never-taken", message, tell.at(each.place), "error", taken)
        elif said.passes is None and said.fails is not None:
            message = say("this guard never passes, so nobody is ever led here; mend it or delete the target")
            yield tell.problem("guard-never", message, tell.at_guard(each.place), "error", said.fails)
        elif said.fails is None and said.passes is not None and each.guard is not None and len(own) == 1:
            # A list whose every target has a guard is a complete case: the last guard finds a case that is added later.
            message = say("this guard passes whenever it is asked; leave it out")
            yield tell.problem("guard-always", message, tell.at_guard(each.place), "warning", said.passes)


def _text(tell: _Teller, said: Said) -> Iterator[Problem]:
    """Yield what the guard of a text, note or choice says if it always says the same."""
    if said.guarded.guard is None or said.guarded.kind == "target":
        return
    mark = tell.at_guard(said.guarded.place)
    if said.passes is None and said.fails is not None and said.guarded.kind != "choice":
        message = say("this guard never passes, so nobody ever reads what it guards; mend it or delete both")
        yield tell.problem("guard-never", message, mark, "warning", said.fails)
    elif said.fails is None and said.passes is not None:
        message = say("this guard passes whenever it is asked; leave it out")
        yield tell.problem("guard-always", message, mark, "warning", said.passes)
