"""Let a credit record follow from an entry of a ledger: a commitment that was broken.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261451"
down_revision = "202611261442"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_credit_record", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_core_credit_record_entry_id"), ["entry_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_core_credit_record_entry_id"), "core_ledger_entry", ["entry_id"], ["id"]
        )
