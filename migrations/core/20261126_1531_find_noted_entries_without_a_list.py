"""Find the noted entries of the trace by a condition that costs the others nothing.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261531"
down_revision = "202611261541"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_core_audit_entry_noted", "core_audit_entry"
NOTED = sa.text("action = 'R' OR action = 'E' OR action = 'X'")


def upgrade() -> None:
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, ["transaction_id", "action"], sqlite_where=NOTED, postgresql_where=NOTED)
