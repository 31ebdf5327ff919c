"""find the cases that were closed last

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611261090"
down_revision = "202611261102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_case_closed_id"), ["closed", "id"], unique=False)
