"""So many problems are told of one kind, and no more: nobody reads a thousand, and printing a million takes minutes."""

from collections.abc import Iterable, Iterator

from assistant.flow.message import say
from assistant.flow.problem import Problem
from assistant.flow.reader import MAXIMUM_PROBLEMS


def limited(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield these problems, at most `MAXIMUM_PROBLEMS`; where they are cut off, the last one says so."""
    for count, problem in enumerate(problems, 1):
        if count == MAXIMUM_PROBLEMS:
            more = say("more than {most} problems in this file; mend these first", most=MAXIMUM_PROBLEMS - 1)
            yield Problem(problem.path, problem.mark, "too-many-problems", more, problem.severity)
            return
        yield problem
