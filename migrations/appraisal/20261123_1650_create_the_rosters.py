"""Create the rosters

The details of appraisal institutions and appraisers, keyed by their subject.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611231650"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appraisal_appraisal_institution",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "uscc",
            sa.String(length=18).with_variant(sa.String(length=18, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("parent_body", sa.String(length=200), nullable=True),
        sa.Column("is_independent", sa.Boolean(), nullable=True),
        sa.Column("legal_representative", sa.String(length=200), nullable=True),
        sa.Column("head_name", sa.String(length=200), nullable=True),
        sa.Column("scope", sa.String(length=500), nullable=True),
        sa.Column("funds", sa.Integer(), nullable=True),
        sa.Column("first_registered_on", sa.Date(), nullable=True),
        sa.Column("licensed_from", sa.Date(), nullable=True),
        sa.Column("licensed_to", sa.Date(), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("office_phone", sa.String(length=60), nullable=True),
        sa.Column(
            "cma_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("cma_to", sa.Date(), nullable=True),
        sa.Column(
            "cnas_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("cnas_to", sa.Date(), nullable=True),
        sa.Column("manual_version", sa.String(length=60), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_appraisal_appraisal_institution_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_appraisal_appraisal_institution")),
    )
    with op.batch_alter_table("appraisal_appraisal_institution", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appraisal_appraisal_institution_licensed_to_subject_id"),
            ["licensed_to", "subject_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_appraisal_appraisal_institution_uscc"), ["uscc"], unique=False)

    op.create_table(
        "appraisal_appraiser",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scope", sa.String(length=500), nullable=True),
        sa.Column("major", sa.String(length=100), nullable=True),
        sa.Column("job_title", sa.String(length=40), nullable=True),
        sa.Column("field_years", sa.Integer(), nullable=True),
        sa.Column("main_unit", sa.String(length=200), nullable=True),
        sa.Column("is_signatory", sa.Boolean(), nullable=True),
        sa.Column("exam_score", sa.Numeric(precision=5, scale=1), nullable=True),
        sa.Column("exam_on", sa.Date(), nullable=True),
        sa.Column("first_registered_on", sa.Date(), nullable=True),
        sa.Column("licensed_from", sa.Date(), nullable=True),
        sa.Column("licensed_to", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_appraisal_appraiser_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_appraisal_appraiser")),
    )
    with op.batch_alter_table("appraisal_appraiser", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appraisal_appraiser_licensed_to_subject_id"),
            ["licensed_to", "subject_id"],
            unique=False,
        )
