"""How Alembic runs our migrations: on the connection, and in the transaction, that `upgrading.py` gives it."""

from alembic import context

from assistant.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
