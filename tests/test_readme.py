"""The README promises only what is there."""

import re
from pathlib import Path

from assistant.config import VARIABLES
from assistant.flow.checker import check_flow
from assistant.flow.common import Common, Fact
from assistant.flow.loader import load_flow

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_flow_in_the_readme_passes_every_check() -> None:
    found = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert found is not None
    common = Common(facts={"helpdesk-phone": Fact(about="the helpdesk", text="03-0000-0000")})

    problems = check_flow(load_flow("README.md", found.group(1)), common)

    assert problems == []


def test_every_setting_is_documented_and_no_other() -> None:
    assert set(re.findall(r"^\| `(ASSISTANT_[A-Z_]+)`", README, re.MULTILINE)) == set(VARIABLES)


def test_every_file_that_the_readme_shows_or_names_exists() -> None:
    named = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    named += re.findall(r"`((?:assistant|flows|tests)/[a-z/._-]+)`", README)

    assert [name for name in named if not (ROOT / name).exists()] == []
