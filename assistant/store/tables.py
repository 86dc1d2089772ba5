"""The tables as they are after every migration."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Integer, MetaData, String, Table, TypeDecorator

from assistant.flow.recognising.masking import LONGEST

LONGEST_ID: Final = 40
METADATA: Final = MetaData()
NUMBER: Final = BigInteger().with_variant(Integer(), "sqlite")  # SQLite counts up only what it calls INTEGER


class Moment(TypeDecorator[datetime]):
    """A moment that knows its zone, in UTC; SQLite keeps no zone, so that it is put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


UNKNOWN_SCREENS: Final = Table(
    "unknown_screens",
    METADATA,
    Column("id", NUMBER, primary_key=True),
    Column("told_at", Moment, nullable=False, index=True),
    Column("language", String(LONGEST_ID), nullable=False),
    Column("flow", String(LONGEST_ID), nullable=False),
    Column("text", String(LONGEST), nullable=False),
)
