"""The hook for pre-commit: run as pre-commit runs it, on a folder of flows of somebody's own."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.flow.good_flow import GOOD, write_flows
from tests.real_parts import COMMAND, ROOT, environment_without_settings

[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def committed(folder: Path, hook: dict[str, Any] = HOOK) -> subprocess.CompletedProcess[str]:
    """Run the hook's entry as pre-commit does: in the repository's top folder, with its arguments and no file names."""
    program, *options = shlex.split(hook["entry"])
    assert (program, hook["pass_filenames"]) == ("assistant", False)
    return subprocess.run(
        [*COMMAND, *options, *hook["args"]],
        cwd=folder,
        env=environment_without_settings() | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_good_flows_can_be_committed(tmp_path: Path) -> None:
    write_flows(tmp_path / "flows")

    assert committed(tmp_path).returncode == 0


@pytest.mark.parametrize("faulty", [GOOD.replace("start: ask", "start: aks"), GOOD.replace("{phone}に", "{Phone}に")])
def test_faulty_flows_and_flows_with_warnings_cannot(tmp_path: Path, faulty: str) -> None:
    write_flows(tmp_path / "flows", faulty)
    done = committed(tmp_path)

    assert done.returncode == 1
    assert "flows/demo/flow.yaml:" in done.stdout


def test_the_hook_runs_when_any_file_that_is_checked_changes() -> None:
    changed = [
        *("flows/login/flow.yaml", "flows/login/scenarios.yaml", "flows/login/locales/en.po"),
        *("flows/common/facts.yaml", "flows/common/screens.yaml", "flows/common/locales/en.po"),
        *("login/flow.yaml", "guides/my-flows/printer/flow.yaml"),
    ]

    assert [path for path in changed if not re.search(HOOK["files"], path)] == []


def test_the_hook_does_not_run_for_anything_else() -> None:
    others = ["README.md", "flows/.schema/flow.json", "flow.yaml.orig", "mkdocs.yaml", ".github/workflows/test.yaml"]

    assert [path for path in others if re.search(HOOK["files"], path)] == []
