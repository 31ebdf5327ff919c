"""hand work over to a colleague for some days

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260441"
down_revision = "202611260421"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_hand_over",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("giver", sa.String(length=60), nullable=False),
        sa.Column("taker", sa.String(length=60), nullable=False),
        sa.Column("section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("cases", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_core_hand_over_days")),
        sa.CheckConstraint("giver <> taker", name=op.f("ck_core_hand_over_two")),
        sa.ForeignKeyConstraint(["giver"], ["core_user.login"], name=op.f("fk_core_hand_over_giver")),
        sa.ForeignKeyConstraint(["taker"], ["core_user.login"], name=op.f("fk_core_hand_over_taker")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["core_section.id"], name=op.f("fk_core_hand_over_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_hand_over")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_core_hand_over_giver_last_day"), "core_hand_over", ["giver", "last_day"])
    op.create_index(op.f("ix_core_hand_over_section_id"), "core_hand_over", ["section_id"])
    op.create_index(op.f("ix_core_hand_over_taker_last_day"), "core_hand_over", ["taker", "last_day"])
