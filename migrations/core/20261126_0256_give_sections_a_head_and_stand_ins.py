"""give sections a head, stand-ins and kinds of work, and requests a place

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260256"
down_revision = "202611260250"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_section_kind",
        sa.Column("section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["core_section.id"], name=op.f("fk_core_section_kind_section_id")
        ),
        sa.PrimaryKeyConstraint("section_id", "kind", name=op.f("pk_core_section_kind")),
    )
    op.create_table(
        "core_stand_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_core_stand_in_days")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["core_section.id"], name=op.f("fk_core_stand_in_section_id")
        ),
        sa.ForeignKeyConstraint(["login"], ["core_user.login"], name=op.f("fk_core_stand_in_login")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_stand_in")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_core_stand_in_login_last_day"), "core_stand_in", ["login", "last_day"])
    op.create_index(op.f("ix_core_stand_in_section_id"), "core_stand_in", ["section_id"])
    with op.batch_alter_table("core_section", schema=None) as batch_op:
        batch_op.add_column(sa.Column("head", sa.String(length=60), nullable=True))
        batch_op.create_foreign_key(op.f("fk_core_section_head"), "core_user", ["head"], ["login"])
    with op.batch_alter_table("core_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("district_code", sa.String(length=6), nullable=True))
        batch_op.add_column(sa.Column("association", sa.String(length=60), nullable=True))
