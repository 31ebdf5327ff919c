"""Keep honours, sites and volunteers

Model villages and households, sites of the culture of law and volunteers; more of the villagers.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611252243"
down_revision = "202611231700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "popularization_culture_site",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("is_red", sa.Boolean(), nullable=True),
        sa.Column("themes", sa.String(length=500), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("area", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("builder", sa.String(length=200), nullable=True),
        sa.Column("manager", sa.String(length=200), nullable=True),
        sa.Column("manager_name", sa.String(length=200), nullable=True),
        sa.Column("office_phone", sa.String(length=60), nullable=True),
        sa.Column("funds", sa.Integer(), nullable=True),
        sa.Column("opening_hours", sa.String(length=200), nullable=True),
        sa.Column("yearly_visits", sa.Integer(), nullable=True),
        sa.Column("named_on", sa.Date(), nullable=True),
        sa.Column("document_no", sa.String(length=100), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("defects", sa.String(length=500), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_popularization_culture_site_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_popularization_culture_site")),
    )
    with op.batch_alter_table("popularization_culture_site", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_popularization_culture_site_checked_on_subject_id"),
            ["checked_on", "subject_id"],
            unique=False,
        )

    op.create_table(
        "popularization_model_household",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("village_group", sa.String(length=60), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("has_law_savvy", sa.Boolean(), nullable=True),
        sa.Column("named_on", sa.Date(), nullable=True),
        sa.Column("document_no", sa.String(length=100), nullable=True),
        sa.Column("deeds", sa.Text(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=300), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_popularization_model_household_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_popularization_model_household")),
    )
    with op.batch_alter_table("popularization_model_household", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_popularization_model_household_named_on_subject_id"),
            ["named_on", "subject_id"],
            unique=False,
        )

    op.create_table(
        "popularization_model_village",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch", sa.String(length=60), nullable=True),
        sa.Column("named_on", sa.Date(), nullable=True),
        sa.Column("document_no", sa.String(length=100), nullable=True),
        sa.Column("named_by", sa.String(length=200), nullable=True),
        sa.Column("score", sa.Numeric(precision=5, scale=1), nullable=True),
        sa.Column("rechecked_on", sa.Date(), nullable=True),
        sa.Column("recheck_result", sa.String(length=40), nullable=True),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancel_document_no", sa.String(length=100), nullable=True),
        sa.Column("cancel_reason", sa.String(length=300), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_popularization_model_village_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_popularization_model_village")),
    )
    with op.batch_alter_table("popularization_model_village", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_popularization_model_village_named_on_subject_id"),
            ["named_on", "subject_id"],
            unique=False,
        )

    op.create_table(
        "popularization_volunteer",
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=True),
        sa.Column("employer", sa.String(length=200), nullable=True),
        sa.Column("is_lecturer", sa.Boolean(), nullable=True),
        sa.Column(
            "audiences",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("specialties", sa.String(length=500), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("trained_hours", sa.Integer(), nullable=True),
        sa.Column("service_hours", sa.Integer(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_popularization_volunteer_subject_id")
        ),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_popularization_volunteer")),
    )
    with op.batch_alter_table("popularization_volunteer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_popularization_volunteer_registered_on_subject_id"),
            ["registered_on", "subject_id"],
            unique=False,
        )

    with op.batch_alter_table("popularization_duty_unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))

    with op.batch_alter_table("popularization_law_savvy_villager", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trained_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("is_publicist", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("households", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("status_on", sa.Date(), nullable=True))
