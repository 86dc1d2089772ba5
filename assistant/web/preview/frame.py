"""What the preview's page is given: the switches, the problems, the state with its ways on, the diagram, all states."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from assistant.catalog import Guide
from assistant.flow.diagram.model import around
from assistant.flow.diagram.svg import as_svg
from assistant.flow.engine import Position
from assistant.flow.explanation import Explanation
from assistant.flow.markup import Voice, plain_inline
from assistant.flow.message import Translate
from assistant.flow.model import LOST, Choice
from assistant.flow.problem import Problem
from assistant.flow.translation import Words
from assistant.web.preview.current import Now
from assistant.web.preview.look import PREVIEW, Look, frame_path, guide_address
from assistant.web.preview.places import Paths, Whose, concerned, place_of
from assistant.web.preview.untranslated import missing, of_state
from assistant.web.preview.version import Version
from assistant.web.templating import language_name

# From so many states on, only what is near the present one is drawn unless all is asked for.
MANY_STATES: Final = 24
NEAR: Final = 1


@dataclass(frozen=True)
class Seen:
    """Where somebody looks: a position of a flow in a language, and how; `author` says that the files are theirs."""

    version: Version
    guide: Guide
    language: str
    position: Position
    look: Look
    author: bool


class Frame:
    """Makes what the template is given, in the words of whoever looks."""

    def __init__(
        self, paths: Paths, messages: Mapping[str, Translate], explanations: Mapping[str, Explanation]
    ) -> None:
        """Take what writes places, what says the checker's messages in each language, and what explains its codes."""
        self._paths: Final = paths
        self._messages: Final = messages
        self._explanations: Final = explanations

    def problems(self, now: Now, whose: Whose | None, reader: str, *, author: bool) -> dict[str, Any]:
        """Return every problem as it is shown, those of the state being looked at apart, errors before warnings."""
        translate = self._messages.get(reader, str)
        ordered = sorted(now.problems, key=lambda problem: problem.severity != "error")
        here = [problem for problem in ordered if whose in self._concerned(now, problem)]
        elsewhere = [problem for problem in ordered if problem not in here]
        errors = sum(problem.severity == "error" for problem in ordered)
        first = {problem.code: problem for problem in reversed([*here, *elsewhere])}

        def shown(problem: Problem) -> dict[str, Any]:
            explained = self._explained(problem.code, reader) if first[problem.code] is problem else None
            return {**self._problem(problem, translate, author=author), "explained": explained}

        return {
            "here": list(map(shown, here)),
            "elsewhere": list(map(shown, elsewhere)),
            "errors": errors,
            "warnings": len(ordered) - errors,
        }

    def _concerned(self, now: Now, problem: Problem) -> frozenset[Whose]:
        """Return the states of a problem; in a file that cannot be taken apart, those where its lines stood before."""
        found: frozenset[Whose] = frozenset()
        if now.files is not None:
            found = concerned(now.files, problem)
        return found or (concerned(now.good.files, problem) if now.stale and now.good is not None else found)

    def _explained(self, code: str, reader: str) -> dict[str, str] | None:
        found = self._explanations.get(code)
        if found is None:
            return None
        return {"why": found.why.ja if reader == "ja" else found.why.en, "wrong": found.wrong, "right": found.right}

    def _problem(self, problem: Problem, translate: Translate, *, author: bool) -> dict[str, Any]:
        return {
            "place": f"{self._paths.shown(problem.path)}:{problem.mark.line}:{problem.mark.column}",
            "editor": self._paths.editor(problem.path, problem.mark) if author else None,
            "severity": problem.severity,
            "message": self._paths.shown(problem.told(translate)),
            "code": problem.code,
        }

    def position(self, seen: Seen) -> dict[str, Any]:
        """Return all that belongs to a position."""
        language, guide, look = seen.language, seen.guide, seen.look
        gaps, texts = missing(seen.version.catalog, guide.id, language)
        translated = language != guide.engine.flow.language
        return {
            "title": Titles(seen).flow,
            "src": guide_address(language, guide.id, seen.position.answers, look, translated=translated),
            "phone": look.phone,
            "switches": _switches(seen),
            "state": self._state(seen),
            "ways": list(_ways(seen)),
            "states": list(_states(seen)),
            "picture": _picture(seen),
            "translated": translated,
            "missing": {"count": len(gaps), "texts": texts, "here": list(of_state(gaps, seen.position.state))},
        }

    def _state(self, seen: Seen) -> dict[str, Any]:
        state = seen.position.state
        place = place_of(seen.version.files, Whose(seen.guide.id, state))
        shown = {"id": state, "number": seen.guide.engine.flow.states[state].no, "title": Titles(seen).state(state)}
        if place is None:
            return {**shown, "place": None, "editor": None}
        path, mark = place
        editor = self._paths.editor(path, mark) if seen.author else None
        return {**shown, "place": f"{self._paths.shown(path)}:{mark.line}", "editor": editor}


class Titles:
    """Says titles and labels of a flow in plain words, with every fact at its default."""

    def __init__(self, seen: Seen) -> None:
        facts = seen.version.catalog.common.facts
        self._flow: Final = seen.guide.engine.flow
        self._words: Final = seen.guide.words.get(seen.language, Words(seen.language))
        self._voice: Final = Voice(lambda name: facts[name].text if name in facts else name, str)

    @property
    def flow(self) -> str:
        """Return the flow's title."""
        return self._plain("title", self._flow.title)

    def state(self, name: str) -> str:
        """Return a state's title."""
        return self._plain(f"{name}.title", self._flow.states[name].title)

    def choice(self, state: str, trigger: str, choice: Choice | None) -> str:
        """Return a choice's label; `lost` and the results of what is run have their ids."""
        return trigger if choice is None else self._plain(f"{state}.choices.{trigger}", choice.label)

    def _plain(self, context: str, source: str) -> str:
        return plain_inline(self._words.say(context, source), self._voice)


def _switches(seen: Seen) -> dict[str, list[dict[str, Any]]]:
    look, language = seen.look.lasting, seen.language
    screens = dict.fromkeys(code for screen in seen.version.catalog.common.screens.values() for code in screen.wording)
    own = look.screen or (language if language in screens else next(iter(screens), None))
    return {
        "flows": [
            {"name": guide.engine.flow.title, "href": _beginning(guide, look), "current": guide is seen.guide}
            for guide in seen.version.catalog.guides.values()
        ],
        "languages": [
            {
                "name": language_name(code),
                "href": _here(seen, replace(look, screen=own if own != code else None), code),
                "current": code == language,
            }
            for code in seen.guide.languages
        ],
        "screens": [
            {
                "name": language_name(code),
                "href": _here(seen, replace(look, screen=code if code != language else None)),
                "current": code == own,
            }
            for code in screens
        ],
        "widths": [
            {"name": phone, "href": _here(seen, replace(look, phone=phone)), "current": look.phone == phone}
            for phone in (False, True)
        ],
        "marks": [
            {"name": plain, "href": _here(seen, replace(look, plain=plain)), "current": look.plain == plain}
            for plain in (False, True)
        ],
    }


def _here(seen: Seen, look: Look, language: str | None = None) -> str:
    return frame_path(language or seen.language, seen.guide.id, seen.position.answers, look)


def _beginning(guide: Guide, look: Look) -> str:
    return frame_path(guide.engine.flow.language, guide.id, (), look)


def _ways(seen: Seen) -> Iterator[dict[str, Any]]:
    """Yield where each choice of a position leads, and each result of what it runs, which nothing here can give."""
    position, engine, titles = seen.position, seen.guide.engine, Titles(seen)
    state = engine.flow.states[position.state]
    open_here = [*engine.open_choices(position), *((trigger, None) for trigger in engine.flow.results_of(state))]
    for trigger, choice in dict(open_here).items():
        after = engine.step(position, trigger)
        if after is not None:
            yield {
                "label": titles.choice(position.state, trigger, choice),
                "kind": "choice" if choice is not None else "lost" if trigger == LOST else "result",
                "screen": state.shows_a_screen,
                "number": engine.flow.states[after.state].no,
                "title": titles.state(after.state),
                "href": frame_path(seen.language, seen.guide.id, after.answers, seen.look.lasting),
            }


def _states(seen: Seen) -> Iterator[dict[str, Any]]:
    """Yield every state of the flow in the order of the numbers; nobody can begin at one that nothing leads to."""
    titles, reached = Titles(seen), seen.guide.shortest
    for name, state in sorted(seen.guide.engine.flow.states.items(), key=lambda named: named[1].no):
        if state.gone is None:
            href = _numbered(seen, state.no) if name in reached else None
            current = name == seen.position.state
            yield {"number": state.no, "id": name, "title": titles.state(name), "href": href, "current": current}


def _numbered(seen: Seen, number: int) -> str:
    return f"{PREVIEW}/{seen.language}/{number}{seen.look.lasting.query}"


def _picture(seen: Seen) -> dict[str, Any]:
    whole = seen.version.diagram(seen.guide, seen.language)
    large = len(whole.nodes) > MANY_STATES
    state = seen.position.state
    drawn = around(whole, state, NEAR) if large and not seen.look.whole else whole
    states = seen.guide.engine.flow.states
    reached = seen.guide.shortest

    def href(name: str) -> str | None:
        return _numbered(seen, states[name].no) if name in reached else None

    other = replace(seen.look.lasting, whole=not seen.look.whole)
    return {
        "svg": Markup(as_svg(drawn, href, state)),
        "whole": seen.look.whole,
        "other": _here(seen, other) if large else None,
    }
