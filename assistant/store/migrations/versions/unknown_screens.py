"""Screens that were not recognised, as customers told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the table; a moment is kept in UTC."""
    op.create_table(
        "unknown_screens",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("flow", sa.String(40), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
    )
