"""What `assistant test` tells of one flow: which scenarios fail, and what all of them exercise and leave untested."""

from collections.abc import Iterator
from typing import Any, Final

from assistant.catalog.files import FlowFiles
from assistant.cli.language import said, translate
from assistant.flow.coverage import Measure, Part, percent
from assistant.flow.document import Document
from assistant.flow.engine import Engine
from assistant.flow.explorer import explore
from assistant.flow.message import Message, say
from assistant.flow.model import Answer
from assistant.flow.problem import Problem
from assistant.flow.proposal import propose
from assistant.flow.scenario import Scenario, replays
from assistant.flow.story import suggested_title, written

_NAMES: Final = {"state": "states", "transition": "transitions", "guard": "guards", "lost": "lost"}


class Tested:
    """One flow whose scenarios were run."""

    def __init__(
        self, name: str, files: FlowFiles, engine: Engine, document: Document, failures: list[Problem]
    ) -> None:
        """Measure what the scenarios of a flow exercise; `failures` are those that the flow does not keep."""
        self.name: Final = name
        self.failures: Final = failures
        self._engine, self._document = engine, document
        read = files.scenarios.data if files.scenarios is not None else None
        self.scenarios: Final[tuple[Scenario, ...]] = read.scenarios if read is not None else ()
        self._measure: Final = Measure(engine, explore(engine))
        told = [scenario.answers for scenario in self.scenarios if replays(scenario, engine)]
        self._coverage: Final = self._measure.coverage(told)

    @property
    def share(self) -> int:
        """Return the smallest share that is exercised, of states, of transitions and of guards, in percent."""
        return min(percent(*count) for kind, count in self._coverage.counts().items() if kind != "lost")

    def lines(self) -> Iterator[str]:
        """Yield each failure, and the summary in one line."""
        for problem in self.failures:
            yield problem.said(translate)
        yield said(self._summary())

    def untested(self) -> Iterator[str]:
        """Yield what no scenario exercises with its place, `lost` aside."""
        for part in sorted(self._untested(), key=lambda part: self._mark(part)):
            line, column = self._mark(part)
            yield f"{self._document.path}:{line}:{column}: {said(_told(part))}"

    def proposed(self) -> Iterator[str]:
        """Yield scenarios in YAML that exercise what is untested; their titles want better words."""
        for walk in propose(self._measure, self._coverage):
            title = suggested_title(self._engine.flow, walk)
            yield written(title, walk, self._engine.replay(walk).state)

    def data(self, *, proposals: bool) -> dict[str, Any]:
        """Return all of it for programs."""
        data: dict[str, Any] = {
            "flow": self.name,
            "scenarios": len(self.scenarios),
            "failures": [problem.as_json(translate) for problem in self.failures],
            "coverage": {
                _NAMES[kind]: {"tested": tested, "all": every}
                for kind, (tested, every) in self._coverage.counts().items()
            },
            "untested": [self._part(part) for part in self._coverage.untested()],
        }
        if proposals:
            data["proposed"] = [list(map(str, walk)) for walk in propose(self._measure, self._coverage)]
        return data

    def _untested(self) -> list[Part]:
        return self._coverage.untested("state", "transition", "guard")

    def _mark(self, part: Part) -> tuple[int, int]:
        mark = self._document.key_mark(*part.place)
        return mark.line, mark.column

    def _part(self, part: Part) -> dict[str, Any]:
        line, column = self._mark(part)
        place = {"path": self._document.path, "line": line, "column": column}
        return {"kind": part.kind, **place, "key": ".".join(map(str, part.place)), "passes": part.passes}

    def _summary(self) -> Message:
        counts = self._coverage.counts()
        shares = {kind: _share(*counts[kind]) for kind in ("state", "transition", "guard")}
        lost, every = counts.get("lost", (0, 0))
        return say(
            "{flow}: {scenarios} scenarios, {failing} fail; exercised: states {states}, "
            "choices and results {transitions}, guard outcomes {guards}; 'lost' in {lost} of {every} states",
            flow=self.name,
            scenarios=len(self.scenarios),
            failing=len({problem.mark.line for problem in self.failures}),
            states=shares["state"],
            transitions=shares["transition"],
            guards=shares["guard"],
            lost=lost,
            every=every,
        )


def _share(tested: int, every: int) -> str:
    return f"{tested}/{every} ({percent(tested, every)} %)"


def _told(part: Part) -> Message:
    name, last = str(part.place[1]), part.place[-1]
    if part.kind == "state":
        return say("no scenario comes to '{state}'", state=name)
    if part.kind == "transition":
        answer = Answer(name, str(last))
        return say("no scenario takes '{answer}'", answer=answer)
    if part.passes:
        return say("in no scenario this guard passes")
    return say("in no scenario this guard does not pass")
