"""Keep the book of backups

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260238"
down_revision = "202611260152"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_backup",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_login", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("links", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_backup")),
        sa.UniqueConstraint("taken_at", "head", name=op.f("uq_core_backup_taken_at_head")),
        sqlite_autoincrement=True,
    )
