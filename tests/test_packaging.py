"""The wheel carries flows, templates, pages' files and translations, and runs outside the checkout."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.real_parts import ROOT, environment_without_settings, fetch, program, serving

FOLDERS = {"assistant": "assistant", "flows": "assistant/flows", "templates": "assistant/templates"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(ROOT), cwd=folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    run(
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        str(folder),
        str(wheel),
        cwd=folder,
    )
    return folder


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


def run(*command: str, cwd: Path, **variables: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment_without_settings() | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_carries_every_file_of_its_three_folders_and_nothing_else(wheel: Path) -> None:
    files = {
        f"{target}/{file.relative_to(ROOT / source).as_posix()}"
        for source, target in FOLDERS.items()
        for file in (ROOT / source).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }

    assert names_in(wheel) == files


@pytest.mark.parametrize(
    "name",
    [
        "assistant/flows/login/flow.yaml",
        "assistant/flows/login/scenarios.yaml",
        "assistant/flows/login/locales/en.po",
        "assistant/flows/common/facts.yaml",
        "assistant/flows/common/screens.yaml",
        "assistant/flows/common/locales/en.po",
        "assistant/templates/base.html",
        "assistant/templates/guide/position.html",
        "assistant/templates/locales/en.po",
        "assistant/web/static/app.css",
        "assistant/store/migrations/env.py",
        "assistant/store/migrations/versions/unknown_screens.py",
    ],
)
def test_the_wheel_carries(wheel: Path, name: str) -> None:
    assert name in names_in(wheel)


def test_the_installed_package_is_the_one_from_the_wheel(installed: Path, elsewhere: Path) -> None:
    place = run(
        sys.executable, "-c", "import assistant; print(assistant.__file__)", cwd=elsewhere, PYTHONPATH=str(installed)
    )

    assert Path(place.strip()).is_relative_to(installed)


def test_the_installed_command_finds_nothing_wrong_with_the_flows_it_carries(installed: Path, elsewhere: Path) -> None:
    printed = run(command_of(installed), "check", "--format", "json", cwd=elsewhere, PYTHONPATH=str(installed))

    assert json.loads(printed) == {"problems": []}


def test_the_installed_command_serves_its_pages(installed: Path, elsewhere: Path, tmp_path: Path) -> None:
    variables = {"PYTHONPATH": str(installed)}
    with serving(tmp_path / "log", command=[command_of(installed)], cwd=elsewhere, environment=variables) as address:
        status, _, page = fetch(f"{address}/ja/")

    assert status == 200
    assert '<html lang="ja"' in page


def test_the_installed_command_brings_a_new_database_up_to_date(
    installed: Path, elsewhere: Path, tmp_path: Path
) -> None:
    printed = run(
        command_of(installed),
        "report",
        "unknown-screens",
        "--format",
        "json",
        cwd=elsewhere,
        PYTHONPATH=str(installed),
        ASSISTANT_DATABASE_URL=f"sqlite:///{tmp_path / 'assistant.db'}",
    )

    assert json.loads(printed) == {"unknown_screens": []}
    assert (tmp_path / "assistant.db").is_file()


def command_of(installed: Path) -> str:
    return program(str(installed / "bin" / "assistant"), install="pip install puts it there")


def test_the_lock_file_of_the_browser_tests_names_no_registry() -> None:
    lock = ROOT / "tests" / "browser" / "package-lock.json"

    assert '"resolved"' not in lock.read_text(encoding="utf-8")
