"""A look at many pages in a real browser: what axe-core, the console, the network and a ruler find.

With ASSISTANT_TEST_SCREENSHOTS=FOLDER each page is also kept as pictures, for a human's look.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response

WIDE, PHONE, NARROW = 1280, 390, 320
_HEIGHT = 900
_RUN_AXE = "rules => axe.run(document, {resultTypes: ['violations'], preload: false, ...rules})"
_COLOURS_ONLY = {"runOnly": ["color-contrast"]}
_SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True)
class Inspection:
    """Findings, each in one line that begins with the page's path; empty lists are what we want."""

    axe: dict[str, list[str]] = field(default_factory=lambda: {"1280": [], "390": [], "dark": []})
    sideways: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    undescribed: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)


def inspect(browser: Browser, site: str, language: str, paths: Iterable[str], axe: Path) -> Inspection:
    """Open every path once and look at it at each width."""
    found = Inspection()
    with browser.new_context(locale=language, reduced_motion="reduce") as context:
        context.add_init_script(path=axe)
        page = context.new_page()
        with listening(page, site, found):
            for path in paths:
                _look(page, path, page.goto(site + path), found)
    return found


@contextmanager
def listening(page: Page, site: str, found: Inspection) -> Iterator[None]:
    """Write down console errors, refused resources, failing answers and requests to anybody else."""

    def write(into: list[str], words: object) -> None:
        into.append(f"{page.url.removeprefix(site)} {words}")

    def failed(error: Error) -> None:
        write(found.noise, error)

    def printed(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            write(found.noise, line.text)

    def requested(request: Request) -> None:
        if not request.url.startswith(f"{site}/"):
            write(found.foreign, request.url)

    page.on("pageerror", failed)
    page.on("console", printed)
    page.on("request", requested)
    yield
    page.remove_listener("pageerror", failed)
    page.remove_listener("console", printed)
    page.remove_listener("request", requested)


def _look(page: Page, path: str, answer: Response | None, found: Inspection) -> None:
    if answer is None or answer.status != 200:
        found.unanswered.append(f"{path} {answer and answer.status}")
        return
    found.seen.append(page.locator("main").get_attribute("data-number") or "")
    look(page, path, found)


def look(page: Page, path: str, found: Inspection) -> None:
    """Look at the page that is open, at each width; its findings are written down under this path."""
    found.undescribed.extend(f"{path} {figure}" for figure in _undescribed(page))
    for name, width, scheme, rules in _views():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": _HEIGHT})
        found.axe[name].extend(f"{path} {violation}" for violation in _violations(page, rules))
        if folder := os.environ.get("ASSISTANT_TEST_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{path.strip('/').replace('/', '-')}-{name}.png", full_page=True)
    page.set_viewport_size({"width": NARROW, "height": _HEIGHT})
    if (excess := page.evaluate(_SIDEWAYS)) > 0:
        found.sideways.append(f"{path} {excess} px")


def _views() -> Iterator[tuple[str, int, Literal["light", "dark"], dict[str, Any]]]:
    yield "dark", PHONE, "dark", _COLOURS_ONLY
    yield "390", PHONE, "light", {}
    yield "1280", WIDE, "light", {}


def _violations(page: Page, rules: dict[str, Any]) -> Iterator[str]:
    for violation in page.evaluate(_RUN_AXE, rules)["violations"]:
        for node in violation["nodes"]:
            summary = " ".join(str(node["failureSummary"]).split())
            yield f"{violation['id']}: {node['target']} {node['html'][:160]} {summary[:240]}"


def _undescribed(page: Page) -> Iterator[str]:
    for figure in page.locator("figure").all():
        if not (figure.get_attribute("aria-label") or "").strip():
            yield figure.evaluate("figure => figure.outerHTML.slice(0, 200)")
