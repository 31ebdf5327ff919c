"""Create the rosters

The details of notary offices and notaries, keyed by their subject.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611231700"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notary_notary",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "qualification_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("appointment_no", sa.String(length=100), nullable=True),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("first_practice_on", sa.Date(), nullable=True),
        sa.Column("is_head", sa.Boolean(), nullable=True),
        sa.Column("is_foreign_related", sa.Boolean(), nullable=True),
        sa.Column("job_title", sa.String(length=40), nullable=True),
        sa.Column("titled_on", sa.Date(), nullable=True),
        sa.Column("languages", sa.String(length=200), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_notary_notary_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_notary_notary")),
    )
    with op.batch_alter_table("notary_notary", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notary_notary_appointed_on_subject_id"),
            ["appointed_on", "subject_id"],
            unique=False,
        )

    op.create_table(
        "notary_notary_office",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=True),
        sa.Column(
            "licence_no",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("approval_no", sa.String(length=100), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("sponsor", sa.String(length=200), nullable=True),
        sa.Column("head_name", sa.String(length=200), nullable=True),
        sa.Column("head_approval_no", sa.String(length=100), nullable=True),
        sa.Column("practice_area", sa.String(length=500), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("office_phone", sa.String(length=60), nullable=True),
        sa.Column("staff_quota", sa.Integer(), nullable=True),
        sa.Column("assistants_count", sa.Integer(), nullable=True),
        sa.Column("is_foreign_related", sa.Boolean(), nullable=True),
        sa.Column("online_since", sa.Date(), nullable=True),
        sa.Column("video_points", sa.Integer(), nullable=True),
        sa.Column("branch_points", sa.Integer(), nullable=True),
        sa.Column("archive_class", sa.String(length=40), nullable=True),
        sa.Column("insurer", sa.String(length=200), nullable=True),
        sa.Column("insurance_cover", sa.Integer(), nullable=True),
        sa.Column("insured_from", sa.Date(), nullable=True),
        sa.Column("insured_to", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_notary_notary_office_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_notary_notary_office")),
    )
    with op.batch_alter_table("notary_notary_office", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notary_notary_office_licence_no"), ["licence_no"], unique=False)
