"""The database itself: opened by several at once, durable, closed to others, and silent about what it holds."""

import os
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from assistant.store import Store, StoreError
from assistant.store.database import Database
from assistant.store.tables import METADATA
from tests.real_parts import ROOT, environment_without_settings

OPEN_AT_ONCE = """
import sys, time
from assistant.store import Store
while time.time() < float(sys.argv[2]):
    pass
store = Store.open(sys.argv[1])
store.unknown_screens.tell("ja", "login", "開いた")
store.close()
"""
TELL_UNTIL_KILLED = """
import itertools, sys
from datetime import UTC, datetime, timedelta
from assistant.store import Store
hours = itertools.count()
store = Store.open(sys.argv[1], clock=lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=2 * next(hours)))
for word in itertools.product("abcdefghij", repeat=4):
    print(store.unknown_screens.tell("ja", "login", "".join(word)).text, flush=True)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environment_without_settings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def refused(url: str) -> str:
    with pytest.raises(StoreError) as raised:
        Store.open(url)
    reason = str(raised.value)
    assert reason
    assert "\n" not in reason
    assert raised.value.__cause__ is None
    return reason


def test_two_processes_open_a_fresh_database_at_once(url: str, open_store: Callable[[str], Store]) -> None:
    at = str(time.time() + 0.8)
    processes = [start(OPEN_AT_ONCE, url, at) for _ in range(3)]

    assert [process.communicate(timeout=60)[1] for process in processes] == ["", "", ""]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert open_store(url).unknown_screens.forget() == 3


def test_all_that_was_acknowledged_is_there_after_the_process_was_killed(sqlite_url: str, tmp_path: Path) -> None:
    process = start(TELL_UNTIL_KILLED, sqlite_url)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(50)]
    process.kill()
    rest, _ = process.communicate(timeout=20)
    acknowledged += rest.split()

    with sqlite3.connect(tmp_path / "assistant.db") as connection:
        kept = [row[0] for row in connection.execute("SELECT text FROM unknown_screens ORDER BY id")]
    connection.close()
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) - len(acknowledged) in (0, 1)


def test_sqlite_writes_through_to_the_disk_and_keeps_references(sqlite_url: str) -> None:
    Store.open(sqlite_url)
    with Database.open(sqlite_url).transaction() as connection:
        settings = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }

    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }


def test_postgresql_waits_for_a_short_time_only(new_postgresql: Callable[[], str]) -> None:
    database = Database.open(new_postgresql())
    with database.transaction() as connection:
        assert connection.execute(text("SHOW statement_timeout")).scalar_one() == "5s"
        assert connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one() == "10s"

    with pytest.raises(StoreError, match=r"QueryCanceled \(57014\)"), database.transaction(1) as connection:
        connection.execute(text("SELECT pg_sleep(30)"))
    database.close()


def test_the_migrations_make_the_tables_that_the_program_uses(url: str, open_store: Callable[[str], Store]) -> None:
    open_store(url)
    database = Database.open(url)
    with database.transaction() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    database.close()

    assert differences == []


def test_a_migration_that_fails_leaves_nothing_behind(
    url: str, open_store: Callable[[str], Store], tmp_path: Path
) -> None:
    database = Database.open(url)
    with database.transaction() as connection:
        connection.execute(text("CREATE TABLE ix_unknown_screens_told_at (id INTEGER)"))  # the name of its index
    refused(url)

    with database.transaction() as connection:
        connection.execute(text("DROP TABLE ix_unknown_screens_told_at"))
    database.close()
    assert open_store(url).unknown_screens.told() == []


def test_a_database_of_a_newer_version_is_left_alone(url: str, open_store: Callable[[str], Store]) -> None:
    open_store(url)
    database = Database.open(url)
    with database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()

    assert "newer version" in refused(url)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_nobody_else_on_the_machine_can_read_the_file(sqlite_url: str, tmp_path: Path) -> None:
    Store.open(sqlite_url)

    assert stat.S_IMODE((tmp_path / "assistant.db").stat().st_mode) == 0o600


def test_what_was_forgotten_is_nowhere_in_the_files(
    sqlite_url: str, tmp_path: Path, open_store: Callable[[str], Store]
) -> None:
    store = open_store(sqlite_url)
    store.unknown_screens.tell("ja", "login", "planted words")
    assert any(b"planted" in file.read_bytes() for file in tmp_path.iterdir())

    store.unknown_screens.forget()

    assert not any(b"planted" in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:///{folder}/nowhere/assistant.db", "nowhere/assistant.db' cannot be created: No such file"),
        ("sqlite:///{folder}", "unable to open database file"),
        ("sqlite:///{folder}/words", "not a database"),
        ("postgresql+psycopg://u:hunter2@127.0.0.1:9/x", "Connection refused"),
        ("postgresql+psycopg://u:hunter2@127.0.0.1:x/x", "address cannot be read"),
        ("postgresql+psycopg://u:hunter2@127.0.0.1:9/x?hunter2=1", "invalid connection option"),
    ],
)
def test_a_database_that_cannot_be_opened_says_why_in_one_line(tmp_path: Path, url: str, says: str) -> None:
    (tmp_path / "words").write_text("these are words" * 100, "utf-8")
    reason = refused(url.format(folder=tmp_path))

    assert says in reason
    assert "hunter2" not in reason or "invalid connection option" in reason


def test_a_lock_that_another_process_holds_is_waited_for_and_then_said(
    sqlite_url: str, tmp_path: Path, open_store: Callable[[str], Store]
) -> None:
    database = Database.open(sqlite_url)
    open_store(sqlite_url)
    other = sqlite3.connect(tmp_path / "assistant.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(StoreError, match="database is locked"), database.transaction(1):
        pass
    waited = time.monotonic() - began
    other.close()

    assert 0.9 < waited < 4


def test_a_fault_never_quotes_what_was_to_be_kept(url: str, open_store: Callable[[str], Store]) -> None:
    open_store(url)
    database = Database.open(url)
    insert = text("INSERT INTO unknown_screens (told_at, language, flow, text) VALUES (:at, 'ja', NULL, 'planted')")
    with pytest.raises(StoreError) as raised, database.transaction() as connection:
        connection.execute(insert, {"at": "2026-01-01 00:00:00"})
    database.close()

    assert "planted" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_commands_that_need_no_database_import_none() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from assistant.cli import main\n"
        "assert CliRunner().invoke(main, ['check']).exit_code == 0\n"
        "from assistant import resources\n"
        "from assistant.catalog import open_catalog\n"
        "from assistant.config import Config\n"
        "from assistant.web import create_app\n"
        "create_app(Config(), open_catalog(resources.folder('flows')))\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'psycopg', 'sqlite3') if name in sys.modules])\n"
    )
    printed, said = start(code).communicate(timeout=60)

    assert (printed, said) == ("[]\n", "")
