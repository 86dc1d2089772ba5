"""The two sides of `assistant diff`: what each names, read from a folder, a file or a Git revision, and compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.catalog.files import Files, read
from assistant.catalog.places import no_flow
from assistant.catalog.sources import FLOW_FILE, label
from assistant.flow.difference import Difference, compare
from assistant.flow.difference.texts import Texts, changed_common_texts
from assistant.flow.engine import Engine
from assistant.flow.message import Message, say
from assistant.flow.problem import FlowError, Problem, suggestion
from assistant.revision import checked_out, revision_in


class CannotCompare(Exception):
    """A side is not there, or the two do not belong together; `message` says why."""

    def __init__(self, message: Message) -> None:
        """Keep the reason."""
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True)
class Side:
    """One side as it was named, its files, and whether it is one flow, not a folder of flows."""

    text: str
    files: Files
    one: bool

    @property
    def faulty(self) -> bool:
        """Say whether the checker would refuse it, although its flows can run."""
        return any(problem.severity == "error" for problem in self.files.problems)

    def engine(self, flow: str) -> Engine:
        """Return the engine of a flow, which was made when the side was read."""
        engine = self.files.flows[flow].engine
        assert engine is not None
        return engine


@dataclass(frozen=True)
class Comparison:
    """The differences by flow, by the new id; what is shared is compared once. `several` if folders were compared."""

    old: dict[str, Engine]
    new: dict[str, Engine]
    differences: dict[str, Difference]
    common: Texts
    gained: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def ends_otherwise(self) -> bool:
        """Say whether somebody's ending changes; nobody comes to an ending in a flow that is lost."""
        return bool(self.lost) or any(difference.endings for difference in self.differences.values())


@contextmanager
def opened(text: str) -> Iterator[Side]:
    """Read what a text names; a revision's files are there only until the end.

    Raises FlowError if a flow cannot run, RevisionError and CannotCompare. Flows that run but fail a proof can be
    compared: that is when an author wants to know what changed.
    """
    revision = None if Path(text).exists() else revision_in(text)
    if revision is None and not Path(text).exists():
        raise CannotCompare(say("no file or folder '{path}'; a Git revision is written main:flows/login", path=text))
    if revision is None:
        yield _side(text, Path(text).resolve())
        return
    with checked_out(revision) as found:
        try:
            side = _side(text, found.path)
        except FlowError as error:
            top = label(found.top)
            raise FlowError(_in_revision(problem, top, revision.name) for problem in error.problems) from error
        yield side


def _in_revision(problem: Problem, top: str, name: str) -> Problem:
    """Return the problem with its place written as Git writes it, not as a temporary folder."""
    if problem.path != top and not problem.path.startswith(f"{top}/"):
        return problem
    return replace(problem, path=f"{name}:{problem.path.removeprefix(top).removeprefix('/')}")


def _side(text: str, path: Path) -> Side:
    files = read(path)
    errors = [problem for problem in files.problems if problem.severity == "error"]
    if not files.flows:
        raise FlowError(errors or [no_flow(path)])
    if any(flow.engine is None for flow in files.flows.values()):
        raise FlowError(errors)
    return Side(text, files, path.is_file() or (path / FLOW_FILE).is_file())


def compared(old: Side, new: Side) -> Comparison:
    """Compare the flow of both sides, or the flows with the same ids where a side is a folder of flows.

    Raises CannotCompare and TooManyConfigurations.
    """
    pairs = _pairs(old, new)
    both = not old.one and not new.one
    before, after = old.files, new.files
    was, now = before.shared, after.shared
    language = next(new.engine(name).flow.language for name in after.flows)
    return Comparison(
        {now_named: old.engine(name) for name, now_named in pairs},
        {name: new.engine(name) for _, name in pairs},
        {
            now_named: compare(
                old.engine(name), new.engine(now_named), before.flows[name].words, after.flows[now_named].words
            )
            for name, now_named in pairs
        },
        changed_common_texts(language, was.common, now.common, was.words, now.words),
        tuple(name for name in after.flows if both and name not in before.flows),
        tuple(name for name in before.flows if both and name not in after.flows),
    )


def _pairs(old: Side, new: Side) -> list[tuple[str, str]]:
    """Return which flow of the old side is compared with which of the new one."""
    if old.one and new.one:
        return list(zip(old.files.flows, new.files.flows, strict=True))
    if not old.one and not new.one:
        return [(name, name) for name in old.files.flows if name in new.files.flows]
    one, several = (old, new) if old.one else (new, old)
    (name,) = one.files.flows
    if name not in several.files.flows:
        near = suggestion(name, several.files.flows)
        raise CannotCompare(say("no flow '{name}' in '{folder}'{near}", name=name, folder=several.text, near=near))
    return [(name, name)]
