"""Say who signed a step that waits, and on which day: nobody signs twice, nor before the last signature.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261501"
down_revision = "202611261451"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_case_approval", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signed", sa.Text(), nullable=True))
