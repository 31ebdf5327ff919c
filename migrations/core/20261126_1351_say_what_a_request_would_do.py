"""Say what a request would do, for the one who decides it.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261351"
down_revision = "202611261311"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("effect", sa.String(length=500), nullable=True))
