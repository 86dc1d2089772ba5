"""Screens that were not recognised, as customers told of them: masked, few an hour, gone after 30 days."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from assistant.flow.recognising.masking import has_words, masked
from assistant.store.database import Database
from assistant.store.tables import UNKNOWN_SCREENS

DAYS_KEPT: Final = 30
TOLD_AN_HOUR: Final = 60
# The lock of those who tell, so that the hour is counted by one at a time (any number that no other lock has).
_LOCK: Final = 4_710_002


@dataclass(frozen=True)
class UnknownScreen:
    """What somebody told: when (UTC), in which language and flow, and the text as it is kept."""

    told_at: datetime
    language: str
    flow: str
    text: str


class UnknownScreens:
    """Keeps what customers tell, and forgets it; every method raises StoreError."""

    def __init__(self, database: Database, known_numbers: Collection[str], clock: Callable[[], datetime]) -> None:
        """Keep the parts; `known_numbers` are the error numbers that stay in texts."""
        self._database: Final = database
        self._known: Final = known_numbers
        self._clock: Final = clock

    def tell(self, language: str, flow: str, text: str) -> UnknownScreen | None:
        """Keep a text, masked whatever it was before; return what is kept, or None if this hour has had enough.

        Raises ValueError for a text in which nothing can be read once it is masked.
        """
        kept = masked(text, self._known)
        if not has_words(kept):
            raise ValueError("nothing to keep")
        told = UnknownScreen(self._clock(), language, flow, kept)
        with self._database.transaction() as connection:
            self._database.alone(connection, _LOCK)
            self._forget_old(connection)
            if self._told_since(connection, told.told_at - timedelta(hours=1)) >= TOLD_AN_HOUR:
                return None
            connection.execute(insert(UNKNOWN_SCREENS).values(vars(told)))
        return told

    def told(self, days: int = DAYS_KEPT) -> list[UnknownScreen]:
        """Return what was told in the last days, the newest first."""
        table = UNKNOWN_SCREENS.c
        newest_first = (
            select(table.told_at, table.language, table.flow, table.text)
            .where(table.told_at >= self._clock() - timedelta(days=min(days, DAYS_KEPT)))
            .order_by(table.told_at.desc(), table.id.desc())
        )
        with self._database.transaction() as connection:
            self._forget_old(connection)
            return [UnknownScreen(*row) for row in connection.execute(newest_first)]

    def forget_old(self) -> None:
        """Delete what is older than 30 days."""
        with self._database.transaction() as connection:
            self._forget_old(connection)

    def forget(self) -> int:
        """Delete all, and return how many there were."""
        with self._database.transaction() as connection:
            return connection.execute(delete(UNKNOWN_SCREENS)).rowcount

    def _forget_old(self, connection: Connection) -> None:
        old = UNKNOWN_SCREENS.c.told_at < self._clock() - timedelta(days=DAYS_KEPT)
        connection.execute(delete(UNKNOWN_SCREENS).where(old))

    def _told_since(self, connection: Connection, moment: datetime) -> int:
        counted = select(func.count()).select_from(UNKNOWN_SCREENS).where(UNKNOWN_SCREENS.c.told_at > moment)
        return connection.execute(counted).scalar_one()
