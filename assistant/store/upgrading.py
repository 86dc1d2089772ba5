"""Brings the tables of a database up to date when it is opened, also when several processes open it at once."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from assistant.store.database import Database, StoreError

MIGRATIONS: Final = Path(__file__).resolve().parent / "migrations"
# Seconds: whoever comes second waits until the first is done.
PATIENCE: Final = 60
_LOCK: Final = 4_710_001


def upgrade(database: Database) -> None:
    """Run the migrations that a database has not had, all or none of them; raises StoreError."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with database.transaction(PATIENCE) as connection:
        database.alone(connection, _LOCK)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            raise StoreError("a newer version of the program has changed its tables; install that one") from None
