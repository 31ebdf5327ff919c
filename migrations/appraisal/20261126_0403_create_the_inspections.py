"""create the inspections

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260403"
down_revision = "202611260137"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "appraisal_inspection",
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("draw_no", sa.String(length=300), nullable=True),
        sa.Column("subject_matter", sa.Text(), nullable=True),
        sa.Column("notice_way", sa.String(length=40), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("present", sa.String(length=200), nullable=True),
        sa.Column("record_signed", sa.String(length=40), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("extension_reason", sa.String(length=500), nullable=True),
        sa.Column("recheck", sa.Text(), nullable=True),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column(
            "penalty_no",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(length=200), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=True),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["core_case.id"], name=op.f("fk_appraisal_inspection_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_appraisal_inspection")),
    )
