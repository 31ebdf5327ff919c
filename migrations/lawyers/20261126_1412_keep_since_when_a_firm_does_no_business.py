"""Keep since when a firm does no business (停办业务).

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261412"
down_revision = "202611261151"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("lawyers_law_firm", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stopped_on", sa.Date(), nullable=True))
