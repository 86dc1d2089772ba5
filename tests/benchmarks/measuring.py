"""Ratios of one run: subject and yardstick take turns, round by round, so that a busy machine slows both alike."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Work: TypeAlias = Callable[[], object]

ROUNDS = 9


@dataclass(frozen=True)
class Comparison:
    """Processor seconds of one unit of each work, and their ratio: medians over the rounds."""

    subject: float
    yardstick: float
    ratio: float

    @property
    def throughput(self) -> float:
        """How many units of the subject are done in the time of one of the yardstick."""
        return 1 / self.ratio


def compare(subjects: list[Work], yardstick: Work, *, units: int = 1) -> Comparison:
    """Compare the work of each round with the yardstick beside it; each does `units` units.

    `subjects` has one work for each round, so that every round can ask for something that was never met.
    """
    pairs = []
    yardstick()
    for subject in subjects:
        gc.collect()
        before = _seconds(yardstick)
        own = _seconds(subject)
        pairs.append((own / units, (before + _seconds(yardstick)) / 2 / units))
    return Comparison(
        statistics.median(own for own, _ in pairs),
        statistics.median(other for _, other in pairs),
        statistics.median(own / other for own, other in pairs),
    )


def _seconds(work: Work) -> float:
    # Processor time, because other programs on the machine are none of our business.
    start = time.process_time()
    work()
    return time.process_time() - start
