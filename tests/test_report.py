"""`assistant report`: what customers told, for people and programs, and how all of it is deleted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from assistant.store import Store

OFF = "Customers cannot tell which screen they see; ASSISTANT_UNKNOWN_SCREENS=keep lets them.\n"
NOTHING = "Nobody has told of a screen that was not recognised.\n"


def run(*arguments: str, typed: str | None = None, **environment: str) -> Result:
    result = CliRunner().invoke(main, ["report", "unknown-screens", *arguments], env=environment, input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def open_at(url: str, moment: datetime) -> Store:
    return Store.open(url, clock=lambda: moment)


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    """The settings of an installation that keeps what is told, for which there is nothing yet."""
    return {
        "ASSISTANT_DATABASE_URL": f"sqlite:///{tmp_path / 'assistant.db'}",
        "ASSISTANT_UNKNOWN_SCREENS": "keep",
    }


@pytest.fixture
def told(kept: dict[str, str]) -> datetime:
    """When the newest of two screens was told; the other is four days older."""
    now = datetime.now(UTC)
    for days, language, text in ((4, "en", "a window with a key"), (0, "ja", "鍵の絵の画面")):
        store = open_at(kept["ASSISTANT_DATABASE_URL"], now - timedelta(days=days))
        store.unknown_screens.tell(language, "login", text)
    return now


def test_the_newest_screen_comes_first_with_its_day_language_and_flow(kept: dict[str, str], told: datetime) -> None:
    result = run(**kept)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{told:%Y-%m-%d}  ja  login  鍵の絵の画面",
        f"{told - timedelta(days=4):%Y-%m-%d}  en  login  a window with a key",
    ]


def test_programs_get_the_moment_in_utc(kept: dict[str, str], told: datetime) -> None:
    result = run("--format", "json", **kept)
    screens = json.loads(result.stdout)["unknown_screens"]

    assert screens[0] == {"told_at": told.isoformat(), "language": "ja", "flow": "login", "text": "鍵の絵の画面"}
    assert len(screens) == 2


def test_only_the_last_days_can_be_shown(kept: dict[str, str], told: datetime) -> None:
    assert "a window" not in run("--days", "3", **kept).stdout
    assert "a window" in run("--days", "5", **kept).stdout


def test_where_nobody_told_anything_that_is_said(kept: dict[str, str]) -> None:
    result = run(**kept)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", NOTHING)
    assert json.loads(run("--format", "json", **kept).stdout) == {"unknown_screens": []}


def test_where_it_is_off_that_is_said() -> None:
    result = run()

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", OFF + NOTHING)
    assert json.loads(run("--format", "json").stdout) == {"unknown_screens": []}


def test_what_was_told_before_it_was_turned_off_is_still_shown(kept: dict[str, str], told: datetime) -> None:
    result = run(ASSISTANT_DATABASE_URL=kept["ASSISTANT_DATABASE_URL"])

    assert result.stderr == OFF
    assert len(result.stdout.splitlines()) == 2


def test_all_is_deleted_after_it_was_said_how_many(kept: dict[str, str], told: datetime) -> None:
    result = run("--forget", typed="y\n", **kept)

    assert result.exit_code == 0
    assert result.stderr.startswith("Delete 2 texts for good? [y/N]: ")
    assert result.stderr.endswith("Deleted 2 texts.\n")
    assert run(**kept).stderr == NOTHING


def test_nothing_is_deleted_unless_it_is_agreed_to(kept: dict[str, str], told: datetime) -> None:
    assert run("--forget", typed="n\n", **kept).exit_code == 1
    assert len(run(**kept).stdout.splitlines()) == 2


def test_a_program_deletes_without_being_asked(kept: dict[str, str], told: datetime) -> None:
    assert run("--forget", "--yes", **kept).stderr == "Deleted 2 texts.\n"
    assert run("--forget", "--yes", **kept).stderr == "There is nothing to delete.\n"


@pytest.mark.parametrize(
    "arguments",
    [["--yes"], ["--forget", "--days", "3"], ["--forget", "--format", "json"], ["--days", "0"], ["--days", "31"]],
)
def test_what_makes_no_sense_is_wrong_use(kept: dict[str, str], arguments: list[str]) -> None:
    result = run(*arguments, **kept)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr


def test_a_database_that_cannot_be_opened_is_named_in_one_line(tmp_path: Path) -> None:
    result = run(ASSISTANT_DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/assistant.db")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1].startswith(
        "assistant: ASSISTANT_DATABASE_URL: the database cannot be opened: '"
    )


def test_a_wrong_setting_is_named() -> None:
    result = run(ASSISTANT_UNKNOWN_SCREENS="keep")

    assert result.exit_code == 2
    assert result.stderr.startswith("assistant: ASSISTANT_UNKNOWN_SCREENS: there is no database")


@pytest.mark.parametrize("arguments", [["report"], ["report", "-h"], ["report", "unknown-screens", "--help"]])
def test_the_help_says_what_there_is(arguments: list[str]) -> None:
    assert "unknown-screens" in CliRunner().invoke(main, arguments).output


def test_serving_with_a_database_that_cannot_be_opened_ends_with_one_line(tmp_path: Path) -> None:
    environment = {
        "ASSISTANT_DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/assistant.db",
        "ASSISTANT_UNKNOWN_SCREENS": "keep",
    }
    result = CliRunner().invoke(main, ["serve", "--port", "0"], env=environment)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("assistant: ASSISTANT_DATABASE_URL: the database cannot be opened: '")
    assert len(result.stderr.splitlines()) == 1
