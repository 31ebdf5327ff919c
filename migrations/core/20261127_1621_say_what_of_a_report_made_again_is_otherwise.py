"""Keep a digest of what the files of a report say, so that one made again tells words from setting.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611271621"
down_revision = "202611261581"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of the reports that there are nobody kept the words: of them it is said that it cannot be told.
    with op.batch_alter_table("core_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("workbook_words_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("paper_words_sha256", sa.String(length=64), nullable=True))
