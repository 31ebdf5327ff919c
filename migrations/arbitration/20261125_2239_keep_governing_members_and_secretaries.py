"""Keep governing members and secretaries

The people of a commission beside its arbitrators, and what the rosters lacked of their field lists.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611252239"
down_revision = "202611231700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arbitration_case_secretary",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("grade", sa.String(length=60), nullable=True),
        sa.Column("department", sa.String(length=100), nullable=True),
        sa.Column(
            "qualification_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("certificates", sa.String(length=300), nullable=True),
        sa.Column("languages", sa.String(length=200), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("contract_to", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_arbitration_case_secretary_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_arbitration_case_secretary")),
    )
    with op.batch_alter_table("arbitration_case_secretary", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_arbitration_case_secretary_entered_on_subject_id"),
            ["entered_on", "subject_id"],
            unique=False,
        )

    op.create_table(
        "arbitration_governing_member",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expertise", sa.String(length=40), nullable=True),
        sa.Column("job_title", sa.String(length=40), nullable=True),
        sa.Column("employer", sa.String(length=200), nullable=True),
        sa.Column("first_appointed_on", sa.Date(), nullable=True),
        sa.Column("term_number", sa.Integer(), nullable=True),
        sa.Column("term_from", sa.Date(), nullable=True),
        sa.Column("term_to", sa.Date(), nullable=True),
        sa.Column("approval_no", sa.String(length=100), nullable=True),
        sa.Column("is_full_time", sa.Boolean(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_arbitration_governing_member_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_arbitration_governing_member")),
    )
    with op.batch_alter_table("arbitration_governing_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_arbitration_governing_member_term_to_subject_id"),
            ["term_to", "subject_id"],
            unique=False,
        )

    with op.batch_alter_table("arbitration_arbitration_commission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seat", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("rules_version", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("fee_document", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("panel_to", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("departments", sa.String(length=500), nullable=True))
        batch_op.add_column(
            sa.Column(
                "disclosed",
                sa.String(length=500).with_variant(sa.String(length=500, collation="C"), "postgresql"),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("report_filed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("change_filed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))

    with op.batch_alter_table("arbitration_arbitrator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("training_hours", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("end_reason", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))
