"""Say which grade a measure follows from, until when one that bars stands, and what a score rests on.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261361"
down_revision = "202611261351"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_grade_measure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("grade", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("until", sa.Date(), nullable=True))
    with op.batch_alter_table("core_score", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_core_score_entry_id"), ["entry_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_core_score_entry_id"), "core_ledger_entry", ["entry_id"], ["id"]
        )
    # What was dropped follows from a grade that is no longer there: of those nobody knows.
    op.execute(
        "UPDATE core_grade_measure SET grade = (SELECT a.grade FROM core_assessment a"
        " WHERE a.id = core_grade_measure.assessment_id)"
        " WHERE outcome IS NULL OR outcome <> 'dropped'"
    )
