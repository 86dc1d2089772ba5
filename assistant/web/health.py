"""What operators ask a node: is it alive, is it ready, how many answers has it given, and how sign-ins ended."""

from collections import Counter
from collections.abc import Iterator, Mapping
from threading import Lock
from typing import Any, Final

from flask import Blueprint, Response

from assistant.flow.model import code_of


class Tally:
    """Counts answers by status, those from the response cache included, and sign-ins by result; nothing about who."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._answers: Final[Counter[int]] = Counter()
        self._sign_ins: Final[Counter[str]] = Counter()
        self._lock: Final = Lock()

    def count(self, status: int) -> None:
        """Count one answer."""
        with self._lock:
            self._answers[status] += 1

    def count_sign_in(self, result: str) -> None:
        """Count how one sign-in ended; error numbers count as one result, because anybody can make some up."""
        with self._lock:
            self._sign_ins["code" if code_of(result) else result] += 1

    def text(self) -> str:
        """Return the counts in the Prometheus text format."""
        with self._lock:
            answers, sign_ins = dict(self._answers), dict(self._sign_ins)
        lines = [
            *_metric("assistant_responses_total", "Answers given.", "status", answers),
            *_metric("assistant_sign_ins_total", "Sign-ins that ended, by result.", "result", sign_ins),
        ]
        return "\n".join([*lines, ""])


def _metric(name: str, about: str, label: str, counts: Mapping[Any, int]) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} counter"
    for value, number in sorted(counts.items()):
        yield f'{name}{{{label}="{value}"}} {number}'


def create_health(tally: Tally, version: str) -> Blueprint:
    """Return the blueprint of `/healthz`, `/readyz` and `/metrics`."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def alive() -> Response:
        return _text("ok\n")

    @blueprint.get("/readyz")
    def ready() -> Response:
        # Flows are read and checked before the application exists, so whoever can answer is ready.
        return _text(f"ready {version}\n")

    @blueprint.get("/metrics")
    def metrics() -> Response:
        return _text(tally.text(), "text/plain; version=0.0.4; charset=utf-8")

    return blueprint


def _text(body: str, content_type: str = "text/plain; charset=utf-8") -> Response:
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = "no-store"
    return response
