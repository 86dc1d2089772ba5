"""The real parts that tests run against: a server process of our own, and what happens when a part is missing here."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_ALL = "ASSISTANT_TEST_REQUIRE_ALL"
COMMAND = (
    sys.executable,
    "-c",
    "import sys; from tests.loopback import stay_here; stay_here(); from assistant.cli import main; sys.exit(main())",
)

_READY_WITHIN = 30.0
_POLL = 0.05
_without_proxy = build_opener(ProxyHandler({}))


def missing(part: str) -> NoReturn:
    """Skip with the reason; fail instead where every real part has to be there, as in `.ci/run`."""
    if os.environ.get(REQUIRE_ALL) == "1":
        pytest.fail(f"{part}, and {REQUIRE_ALL}=1 wants every real part", pytrace=False)
    pytest.skip(part)


def program(*names: str, install: str) -> str:
    """The path of the first of these programs that is installed; without any, see `missing`."""
    for name in names:
        if path := shutil.which(name):
            return path
    missing(f"no {names[0]} on this machine ({install})")


def fetch(url: str, method: str = "GET") -> tuple[int, str, str]:
    """Status, address after redirects and body of an answer, errors included."""
    try:
        with _without_proxy.open(Request(url, method=method), timeout=30) as answer:
            return answer.status, answer.url, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.url, error.read().decode()


@contextmanager
def serving(
    log: Path,
    *options: str,
    command: Sequence[str] = COMMAND,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Run `assistant serve` on a free port until the block ends; gives the address, without a slash at its end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "serve", "--port", "0", *options],
            cwd=cwd,
            env=environment_without_settings() | dict(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _ready_address(process, log)
    finally:
        process.terminate()
        process.wait(timeout=20)


def environment_without_settings() -> dict[str, str]:
    """This process's environment without settings of ours, so that a developer's own never reach a test."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}


def _ready_address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + _READY_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        if (printed := re.search(r"^(http://\S+)/$", log.read_text("utf-8"), re.MULTILINE)) and _answers(printed[1]):
            return printed[1]
        time.sleep(_POLL)
    ended = "never became ready" if process.poll() is None else f"ended with {process.returncode}"
    raise AssertionError(f"assistant serve {ended}:\n{log.read_text('utf-8', errors='replace')}")


def _answers(address: str) -> bool:
    try:
        return fetch(f"{address}/healthz")[0] == 200
    except OSError:
        return False
