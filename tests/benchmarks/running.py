"""What the parts below the web cost: a step of the engine, loading and checking, and a whole command."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from random import Random
from statistics import median

import yaml

from assistant.flow.checker import check_flow
from assistant.flow.common import Common
from assistant.flow.engine import Engine, Position
from assistant.flow.loader import load_flow
from assistant.flow.model import Answer, Flow
from tests.benchmarks.generated import flow_text
from tests.benchmarks.measuring import ROUNDS, compare

# A state's number has at most four digits, so this is the largest flow there can be.
LARGEST = 9_999
_STEPS = 100
_REPEATS = 200


def engine_figures() -> Iterator[str]:
    """Yield what a step costs, in dictionary look-ups, and how that grows with the flow."""
    small, large = (Engine(_flow(states)) for states in (10, LARGEST))
    answers = _walk(large, _STEPS)
    table = dict.fromkeys(answers, "")

    def look_up() -> None:
        for _ in range(_REPEATS):
            for answer in answers:
                table[answer]

    def replay(engine: Engine, given: list[Answer]) -> None:
        for _ in range(_REPEATS):
            engine.replay(given)

    found = compare([lambda: replay(large, answers)] * ROUNDS, look_up, units=_STEPS * _REPEATS)
    yield f"{'a step of the engine':<42}{found.ratio:7.2f} look-ups  aim <= 15   {found.subject * 1e9:8.1f} ns"
    same = _walk(small, _STEPS)
    grown = compare([lambda: replay(large, answers)] * ROUNDS, lambda: replay(small, same), units=_STEPS * _REPEATS)
    name = f"a step at {LARGEST:,} states beside 10"
    yield f"{name:<42}{grown.ratio:7.2f} x  aim <= 1.3"


def loading_figures() -> Iterator[str]:
    """Yield what loading and checking a large flow costs, beside PyYAML's C loader alone."""
    text = flow_text(LARGEST)
    found = compare([lambda: _load_and_check(text)] * 3, lambda: yaml.load(text, yaml.CSafeLoader))
    size = f"{LARGEST:,} states of {len(text.encode()) // LARGEST} bytes"
    yield f"{'loading and checking':<42}{found.ratio:7.2f} x  aim <= 2    {found.subject:8.2f} s   {size}"


def command_figures() -> Iterator[str]:
    """Yield what a whole `assistant check` of the shipped flows takes, beside Python's bare start."""
    check = [sys.executable, "-c", "import sys; from assistant.cli import main; sys.exit(main())", "check"]
    commands = {"assistant check": (check, "aim < 0.5"), "python, bare": ([sys.executable, "-c", "pass"], "")}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, (command, _) in commands.items():
            taken[name].append(_run(command))
    for name, times in taken.items():
        aim = commands[name][1]
        wall, processor = (median(part) for part in zip(*times, strict=True))
        yield f"{name:<42}{wall:7.2f} s  {aim:<12}{processor:8.2f} s of the processor"


def _run(command: list[str]) -> tuple[float, float]:
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall, after = time.perf_counter() - start, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def _load_and_check(text: str) -> None:
    problems = check_flow(load_flow("flow.yaml", text), Common())
    if problems:
        raise AssertionError(problems[0])


def _flow(states: int) -> Flow:
    flow = load_flow("flow.yaml", flow_text(states)).data
    if flow is None:
        raise AssertionError("the generated flow cannot be read")
    return flow


def _walk(engine: Engine, length: int) -> list[Answer]:
    """Return answers that keep walking, some through guards, without coming to an ending."""
    random = Random(length)
    position = Position(engine.flow.start)
    while len(position.answers) < length:
        steps = [engine.step(position, trigger) for trigger in engine.table[position.state]]
        onwards = [step for step in steps if step is not None and engine.flow.states[step.state].asks]
        position = random.choice(onwards)
    return list(position.answers)
