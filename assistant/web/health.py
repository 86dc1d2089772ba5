"""What operators ask a node: is it alive, is it ready, and how many answers has it given."""

from collections import Counter
from threading import Lock
from typing import Final

from flask import Blueprint, Response


class Tally:
    """Counts answers by status, those given from the response cache included; nothing about who asked."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._counts: Final[Counter[int]] = Counter()
        self._lock: Final = Lock()

    def count(self, status: int) -> None:
        """Count one answer."""
        with self._lock:
            self._counts[status] += 1

    def text(self) -> str:
        """Return the counts in the Prometheus text format."""
        with self._lock:
            lines = [
                f'assistant_responses_total{{status="{status}"}} {n}' for status, n in sorted(self._counts.items())
            ]
        return "\n".join(
            ["# HELP assistant_responses_total Answers given.", "# TYPE assistant_responses_total counter", *lines, ""]
        )


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
