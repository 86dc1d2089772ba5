"""The way to SQLite or PostgreSQL: transactions that wait for a short time only, are durable, and never quote data."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

# Seconds that connecting, a lock or a statement is waited for.
PATIENCE: Final = 5
# Transactions at once in a process; a database that does not answer must not hold every thread of a server.
AT_ONCE: Final = 4
_LONGEST_REASON: Final = 300
_SQLITE_SETTINGS: Final = (
    "synchronous = FULL",  # what was acknowledged survives a loss of power, which NORMAL does not promise with WAL
    "foreign_keys = ON",
    "secure_delete = ON",  # what was deleted is overwritten
)
# For when the network is gone without a word (libpq, "Parameter Key Words"): seconds, and milliseconds in the last.
_POSTGRESQL_PARAMETERS: Final = {
    "connect_timeout": PATIENCE,
    "keepalives_idle": PATIENCE,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 2 * PATIENCE * 1000,
    "application_name": "assistant",
    "prepare_threshold": None,  # a pooler between us may give each transaction another connection
}


class StoreError(Exception):
    """The database cannot be used; the text says why in one line and holds nothing that is or was to be kept."""


class Database:
    """Opens transactions on one database; threads may share it."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose connections are prepared; see `open`."""
        self._engine: Final = engine
        self._slots: Final = BoundedSemaphore(AT_ONCE)

    @classmethod
    def open(cls, url: str) -> "Database":
        """Return the database at an address; raises StoreError. Nothing is connected yet."""
        try:
            address = make_url(url)
            return cls(_sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address))
        except ImportError as error:
            raise StoreError(
                f"{error.name or 'psycopg'} is missing; pip install 'sign-in-assistant[postgresql]'"
            ) from None
        except (SQLAlchemyError, ValueError):
            raise StoreError("the address cannot be read") from None  # there may be a password in it

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is SQLite, where a transaction that writes is alone."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def transaction(self, patience: int = PATIENCE) -> Iterator[Connection]:
        """Give a connection in a transaction that may write, and commit it at the end; raises StoreError.

        `patience` is how many seconds locks and each statement are waited for.
        """
        if not self._slots.acquire(timeout=PATIENCE):
            raise StoreError("too much is waiting for the database already")
        try:
            with self._engine.connect() as connection:
                connection = connection.execution_options(patience=patience)
                with connection.begin():
                    yield connection
        except SQLAlchemyError as error:
            raise StoreError(_reason(error)) from None
        finally:
            self._slots.release()

    def alone(self, connection: Connection, lock: int) -> None:
        """Let a transaction go on only when no other one holds this lock, until it ends."""
        if not self.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(lock)))

    def close(self) -> None:
        """Close the connections that are kept open; later ones are opened anew."""
        self._engine.dispose()


def _sqlite(address: URL) -> Engine:
    """Return an engine that opens the file for each transaction, so that its write-ahead log is gone in between."""
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "do_connect")
    def connecting(dialect: Any, record: Any, args: Any, parameters: Any) -> None:
        _create_for_us_alone(Path(str(address.database)))

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        for setting in _SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        _use_write_ahead_log(connection)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        patience = connection.get_execution_options().get("patience", PATIENCE)
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience * 1000}")
        # At once for writing: a transaction that reads first and then writes fails when another was faster (measured).
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _create_for_us_alone(path: Path) -> None:
    """Create the file, if there is none, so that nobody else on this machine can read it; so are those beside it."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        return
    except OSError as error:
        raise sqlite3.OperationalError(f"'{path}' cannot be created: {error.strerror or error}") from None


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch a file to WAL; two that do so at once are refused without waiting, so that we wait ourselves."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    if mode != "wal":
        raise sqlite3.OperationalError("the file system cannot hold a write-ahead log; use a local disk")


def _postgresql(address: URL) -> Engine:
    engine = create_engine(
        address,
        pool_size=AT_ONCE,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args=_POSTGRESQL_PARAMETERS,
    )

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        patience = connection.get_execution_options().get("patience", PATIENCE)
        connection.exec_driver_sql(
            f"SELECT set_config('statement_timeout', '{patience * 1000}', true),"
            f" set_config('idle_in_transaction_session_timeout', '{2 * patience * 1000}', true)"
        )

    return engine


def _reason(error: SQLAlchemyError) -> str:
    """Return why something failed, in one line; what PostgreSQL says of a statement may quote data: its code only."""
    original = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(original, "sqlstate", None)
    if state is not None:
        return f"{type(original).__name__} ({state})"
    return " ".join(str(original).split())[:_LONGEST_REASON]
