"""Keep which file sent a decision back, so that the same file is not taken in twice.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261561"
down_revision = "202611261521"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_publicity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rejection_file", sa.String(length=64), nullable=True))
