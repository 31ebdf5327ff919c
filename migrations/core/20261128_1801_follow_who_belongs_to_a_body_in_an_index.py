"""Find how many of a kind belong to each body in an index alone: without it they are sorted by body anew.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611281801"
down_revision = "202611271731"
branch_labels = None
depends_on = None

COLUMNS = ["kind", "body_id", "status", "category", "valid_from", "valid_to"]
BELONGS = sa.text("body_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_core_subject_of_body",
        "core_subject",
        COLUMNS,
        sqlite_where=BELONGS,
        postgresql_where=BELONGS,
    )
