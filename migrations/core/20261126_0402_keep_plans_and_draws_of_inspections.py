"""keep plans and draws of inspections

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260402"
down_revision = "202611260401"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "core_inspection_plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("case_kind", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("rate", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("strata", sa.Text(), nullable=False),
        sa.Column("by_district", sa.Boolean(), nullable=False),
        sa.Column("per_subject", sa.Integer(), nullable=False),
        sa.Column("inspectors", sa.Text(), nullable=False),
        sa.Column("by_login", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_login"], ["core_user.login"], name=op.f("fk_core_inspection_plan_by_login")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_inspection_plan")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("core_inspection_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_inspection_plan_profession_first_day"),
            ["profession", "first_day"],
            unique=False,
        )

    op.create_table(
        "core_recusal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("of_association", sa.String(length=60), nullable=True),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("by_login", sa.String(length=60), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["by_login"], ["core_user.login"], name=op.f("fk_core_recusal_by_login")),
        sa.ForeignKeyConstraint(["login"], ["core_user.login"], name=op.f("fk_core_recusal_login")),
        sa.ForeignKeyConstraint(["subject_id"], ["core_subject.id"], name=op.f("fk_core_recusal_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_recusal")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("core_recusal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_recusal_profession_login"), ["profession", "login"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_recusal_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "core_draw",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_login", sa.String(length=60), nullable=False),
        sa.Column("seed", sa.String(length=100), nullable=False),
        sa.Column("seed_source", sa.String(length=300), nullable=False),
        sa.Column("algorithm", sa.String(length=60), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column(
            "digest",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("voided_by", sa.String(length=60), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_login"], ["core_user.login"], name=op.f("fk_core_draw_by_login")),
        sa.ForeignKeyConstraint(["plan_id"], ["core_inspection_plan.id"], name=op.f("fk_core_draw_plan_id")),
        sa.ForeignKeyConstraint(["voided_by"], ["core_user.login"], name=op.f("fk_core_draw_voided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_draw")),
        sa.UniqueConstraint("plan_id", "no", name=op.f("uq_core_draw_plan_id_no")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "core_draw_pick",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("inspectors", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["core_case.id"], name=op.f("fk_core_draw_pick_case_id")),
        sa.ForeignKeyConstraint(["draw_id"], ["core_draw.id"], name=op.f("fk_core_draw_pick_draw_id")),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["core_subject.id"], name=op.f("fk_core_draw_pick_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_draw_pick")),
        sa.UniqueConstraint("draw_id", "place", name=op.f("uq_core_draw_pick_draw_id_place")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("core_draw_pick", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_draw_pick_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_draw_pick_subject_id"), ["subject_id"], unique=False)
