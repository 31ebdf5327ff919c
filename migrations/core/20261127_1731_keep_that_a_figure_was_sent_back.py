"""Keep of a figure that the return which told it was sent back, so that no older one stands in its place.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611271731"
down_revision = "202611271621"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_figure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sent_back", sa.Boolean(), server_default=sa.false(), nullable=False))
