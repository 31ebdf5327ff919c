"""Create the rosters

The details of the arbitration commission and arbitrators, keyed by their subject.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611231700"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arbitration_arbitration_commission",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "registration_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("founding_document", sa.String(length=100), nullable=True),
        sa.Column("charter_on", sa.Date(), nullable=True),
        sa.Column("funds", sa.Integer(), nullable=True),
        sa.Column("term_number", sa.Integer(), nullable=True),
        sa.Column("term_from", sa.Date(), nullable=True),
        sa.Column("term_to", sa.Date(), nullable=True),
        sa.Column("chair_name", sa.String(length=200), nullable=True),
        sa.Column("vice_chairs", sa.Integer(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("expert_members", sa.Integer(), nullable=True),
        sa.Column("panel_edition", sa.String(length=60), nullable=True),
        sa.Column("secretaries", sa.Integer(), nullable=True),
        sa.Column("stations", sa.String(length=500), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("office_phone", sa.String(length=60), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_arbitration_arbitration_commission_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_arbitration_arbitration_commission")),
    )
    op.create_table(
        "arbitration_arbitrator",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("nationality", sa.String(length=60), nullable=True),
        sa.Column("eligibility_years", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=True),
        sa.Column(
            "qualification_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("job_title", sa.String(length=40), nullable=True),
        sa.Column("employer", sa.String(length=200), nullable=True),
        sa.Column("serving_post", sa.String(length=40), nullable=True),
        sa.Column("unit_approval", sa.String(length=100), nullable=True),
        sa.Column("specialties", sa.String(length=500), nullable=True),
        sa.Column("languages", sa.String(length=200), nullable=True),
        sa.Column("panel_edition", sa.String(length=60), nullable=True),
        sa.Column("term_from", sa.Date(), nullable=True),
        sa.Column("term_to", sa.Date(), nullable=True),
        sa.Column("first_appointed_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_arbitration_arbitrator_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_arbitration_arbitrator")),
    )
    with op.batch_alter_table("arbitration_arbitrator", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_arbitration_arbitrator_term_to_subject_id"),
            ["term_to", "subject_id"],
            unique=False,
        )
