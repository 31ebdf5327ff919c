"""Keep assistants, policies and removals

The staff of notary offices who hold no certificate, and what offices and notaries lacked of their field list.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611252232"
down_revision = "202611231700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notary_notary_assistant",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("engagement", sa.String(length=40), nullable=True),
        sa.Column("job_title", sa.String(length=100), nullable=True),
        sa.Column(
            "qualification_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("supervisor_name", sa.String(length=200), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("contract_to", sa.Date(), nullable=True),
        sa.Column("internship_from", sa.Date(), nullable=True),
        sa.Column("internship_to", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_notary_notary_assistant_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_notary_notary_assistant")),
    )
    with op.batch_alter_table("notary_notary_assistant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notary_notary_assistant_entered_on_subject_id"),
            ["entered_on", "subject_id"],
            unique=False,
        )

    with op.batch_alter_table("notary_notary", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "certificate_serial_no",
                sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("certificate_custody", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("removal_no", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("removal_reason", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))

    with op.batch_alter_table("notary_notary_office", schema=None) as batch_op:
        batch_op.add_column(sa.Column("former_names", sa.String(length=500), nullable=True))
        batch_op.add_column(sa.Column("supervised_by", sa.String(length=100), nullable=True))
        batch_op.add_column(
            sa.Column(
                "address_code",
                sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql"),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("escrow_accounts", sa.String(length=500), nullable=True))
        batch_op.add_column(
            sa.Column(
                "policy_no",
                sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))
