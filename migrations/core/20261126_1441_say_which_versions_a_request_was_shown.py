"""Say which versions a request was shown, so that who decides is told of what changed since.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261441"
down_revision = "202611261411"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown", sa.Text(), nullable=True))
