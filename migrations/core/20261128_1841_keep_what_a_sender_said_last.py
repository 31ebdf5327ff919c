"""Keep what the sender of a roster said of each record, so that its next one tells what it changed.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611281841"
down_revision = "202611281811"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_roster_exchange_row", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said", sa.Text(), nullable=True))
    with op.batch_alter_table("core_roster_exchange", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE core_roster_exchange SET taken_back_at = (SELECT r.undone_at FROM core_import_run r "
        "WHERE r.id = core_roster_exchange.run_id) WHERE direction = 'in' AND run_id IS NOT NULL"
    )
    op.create_table(
        "core_roster_exchange_secret",
        sa.Column("exchange_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["core_roster_exchange.id"],
            name=op.f("fk_core_roster_exchange_secret_exchange_id"),
        ),
        sa.PrimaryKeyConstraint("exchange_id", "uid", name=op.f("pk_core_roster_exchange_secret")),
    )
