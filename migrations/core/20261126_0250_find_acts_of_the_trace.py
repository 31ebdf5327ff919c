"""Find acts of the trace by day and sort

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260250"
down_revision = "202611260238"
branch_labels = None
depends_on = None

NOTED = sa.text("action IN ('R', 'E', 'X')")


def upgrade() -> None:
    op.create_index(op.f("ix_core_audit_transaction_at"), "core_audit_transaction", ["at"])
    op.create_index(
        "ix_core_audit_entry_noted",
        "core_audit_entry",
        ["transaction_id", "action"],
        sqlite_where=NOTED,
        postgresql_where=NOTED,
    )
