"""Print the figures that the design promises: `python -m tests.benchmarks [serving|engine|...]`.

Nothing here is a test: figures are ratios of one run, beside the aims that the design names.
"""

import sys
from collections.abc import Callable, Iterator

from tests.benchmarks.identifying import identifying_figures
from tests.benchmarks.running import command_figures, engine_figures, loading_figures
from tests.benchmarks.serving import figures

PARTS: dict[str, Callable[[], Iterator[str]]] = {
    "serving": figures,
    "engine": engine_figures,
    "loading": loading_figures,
    "command": command_figures,
    "identifying": identifying_figures,
}

for part in sys.argv[1:] or PARTS:
    for line in PARTS[part]():
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
