"""Create the rosters

The details of duty units and law-savvy villagers, keyed by their subject.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611231700"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "popularization_duty_unit",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("is_enforcement", sa.Boolean(), nullable=True),
        sa.Column("superior", sa.String(length=200), nullable=True),
        sa.Column("laws", sa.Text(), nullable=True),
        sa.Column("in_joint_meeting", sa.Boolean(), nullable=True),
        sa.Column("department", sa.String(length=100), nullable=True),
        sa.Column("leader_name", sa.String(length=200), nullable=True),
        sa.Column("contact_name", sa.String(length=200), nullable=True),
        sa.Column("office_phone", sa.String(length=60), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_popularization_duty_unit_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_popularization_duty_unit")),
    )
    op.create_table(
        "popularization_law_savvy_villager",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("village_group", sa.String(length=60), nullable=True),
        sa.Column("village_post", sa.String(length=100), nullable=True),
        sa.Column("badge_no", sa.String(length=40), nullable=True),
        sa.Column("selected_on", sa.Date(), nullable=True),
        sa.Column("trained_hours", sa.Integer(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("exited_on", sa.Date(), nullable=True),
        sa.Column("exit_reason", sa.String(length=40), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_popularization_law_savvy_villager_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_popularization_law_savvy_villager")),
    )
    with op.batch_alter_table("popularization_law_savvy_villager", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_popularization_law_savvy_villager_certified_on_subject_id"),
            ["certified_on", "subject_id"],
            unique=False,
        )
