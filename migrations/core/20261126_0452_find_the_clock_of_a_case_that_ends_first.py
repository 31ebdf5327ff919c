"""find the clock of a case that ends first

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

from alembic import op

revision = "202611260452"
down_revision = "202611260451"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_clock", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_clock_case_id_stopped_due"), ["case_id", "stopped", "due"], unique=False
        )
