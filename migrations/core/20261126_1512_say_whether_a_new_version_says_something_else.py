"""Say of a paper that was issued anew whether it says something else than the version before it.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261512"
down_revision = "202611261511"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of the versions that there are nobody compared the words: they are served anew, as it was so far.
    with op.batch_alter_table("core_issued_document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("says_else", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("core_issued_document", schema=None) as batch_op:
        batch_op.alter_column("says_else", server_default=None)
