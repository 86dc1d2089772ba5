"""What somebody asked to keep, in SQLite or PostgreSQL; imported only where a database is configured, as it is slow."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Final

from assistant.store.database import Database, StoreError
from assistant.store.unknown_screens import UnknownScreen, UnknownScreens
from assistant.store.upgrading import upgrade

__all__ = ["Store", "StoreError", "UnknownScreen", "UnknownScreens"]


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """Everything that is kept, by kind. Threads may share it; it holds no data itself, so every node may have one."""

    def __init__(self, database: Database, known_numbers: Collection[str], clock: Callable[[], datetime]) -> None:
        """Take a database that is up to date; see `open`."""
        self._database: Final = database
        self.unknown_screens: Final = UnknownScreens(database, known_numbers, clock)

    @classmethod
    def open(cls, url: str, *, known_numbers: Collection[str] = (), clock: Callable[[], datetime] = _now) -> "Store":
        """Return the store at an address (`sqlite:///path`, `postgresql+psycopg://...`), its tables up to date.

        Numbers that are in `known_numbers`, of errors, are kept in texts; `clock` gives the time, aware of its zone.
        Raises StoreError.
        """
        database = Database.open(url)
        try:
            upgrade(database)
            store = cls(database, known_numbers, clock)
            store.unknown_screens.forget_old()
        finally:
            database.close()  # No connection may be left to be shared by the processes into which a server may fork.
        return store

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._database.close()
