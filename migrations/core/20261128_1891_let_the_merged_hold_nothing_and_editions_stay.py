"""Let a merged record hold nothing that no two may hold, and lines of editions stay with their records.

The digest of an edition is over the records' ids: what merges had moved goes back to where it was published.
No import from suite; name every constraint; move data in bounded batches.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "202611281891"
down_revision = "202611281881"
branch_labels = None
depends_on = None

BATCH = 1_000
LINES = "core_roster_edition_row"


def upgrade() -> None:
    with op.batch_alter_table("core_merge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gone_details", sa.Text(), nullable=True))
    merge = sa.table("core_merge", *(sa.column(name) for name in ("id", "undone_at")))
    moved = sa.table(
        "core_merge_row",
        *(sa.column(name) for name in ("id", "merge_id", "action", "table_name", "row_key", "before")),
    )
    line = sa.table(LINES, *(sa.column(name) for name in ("edition_id", "place", "subject_id")))
    connection = op.get_bind()
    before = None
    # The last move first: a record that was merged on goes back step by step.
    query = (
        sa.select(moved.c.id, moved.c.row_key, moved.c.before)
        .join_from(moved, merge, merge.c.id == moved.c.merge_id)
        .where(moved.c.action == "moved", moved.c.table_name == LINES, merge.c.undone_at.is_(None))
        .order_by(moved.c.id.desc())
        .limit(BATCH)
    )
    while rows := connection.execute(query if before is None else query.where(moved.c.id < before)).all():
        for row in rows:
            edition, place = json.loads(row.row_key)
            connection.execute(
                sa.update(line)
                .where(line.c.edition_id == edition, line.c.place == place)
                .values(subject_id=int(row.before))
            )
        before = rows[-1].id
