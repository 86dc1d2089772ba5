"""The markup of every page is valid: what the server sends, before a browser mends it."""

import subprocess
from pathlib import Path

import pytest

from tests.browser.shipped import FLOWS, LANGUAGES, NUMBERS
from tests.real_parts import fetch, program

# All that is recommended; titles may be longer than the 70 characters that search engines show: no page is in any.
CONFIGURATION = Path(__file__).parent / "htmlvalidate.json"


def pages(language: str) -> dict[str, int]:
    """Paths of every kind of page with the status that each answers."""
    [flow, *_] = FLOWS
    return {
        f"/{language}/": 200,
        **{f"/{language}/{number}": 200 for number in NUMBERS},
        f"/{language}/{flow}/no-such-state.no-such-trigger/": 200,  # after a redirect: "the guide has changed"
        f"/{language}/no-such-flow/": 404,
        f"/{language}/{'a' * 9000}/": 414,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_validate_finds_nothing(language: str, site: str, node_modules: Path, tmp_path: Path) -> None:
    for path, status in pages(language).items():
        answered, _, body = fetch(site + path)
        assert (path[:80], answered) == (path[:80], status)
        (tmp_path / f"{path.strip('/').replace('/', ' ')[:80]}.html").write_text(body, encoding="utf-8")

    assert validate(tmp_path, node_modules) == ""


def test_html_validate_finds_nothing_on_the_page_for_a_wrong_method(
    site: str, node_modules: Path, tmp_path: Path
) -> None:
    status, _, body = fetch(f"{site}/ja/", method="POST")
    (tmp_path / "405.html").write_text(body, encoding="utf-8")

    assert status == 405
    assert validate(tmp_path, node_modules) == ""


def validate(folder: Path, node_modules: Path) -> str:
    """What html-validate says about all files of a folder; empty if it finds nothing."""
    script = node_modules / "html-validate" / "bin" / "html-validate.mjs"
    done = subprocess.run(
        [program("node", install="nodejs.org"), script, "--config", CONFIGURATION, "--formatter", "text", folder],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr
