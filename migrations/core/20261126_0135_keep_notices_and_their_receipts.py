"""keep notices and their receipts

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260135"
down_revision = "202611260030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=True),
        sa.Column("permission", sa.String(length=100), nullable=True),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.Column("anywhere", sa.Boolean(), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("argument", sa.String(length=300), nullable=False),
        sa.Column("about", sa.String(length=100), nullable=True),
        sa.Column("by_login", sa.String(length=60), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_login"], ["core_user.login"], name=op.f("fk_core_notice_by_login")),
        sa.ForeignKeyConstraint(
            ["district_code"], ["core_district.code"], name=op.f("fk_core_notice_district_code")
        ),
        sa.ForeignKeyConstraint(["login"], ["core_user.login"], name=op.f("fk_core_notice_login")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_notice")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("core_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_notice_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_notice_login"), ["login"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_notice_raised_on"), ["raised_on"], unique=False)

    op.create_table(
        "core_notice_receipt",
        sa.Column("notice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["login"], ["core_user.login"], name=op.f("fk_core_notice_receipt_login")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["core_notice.id"], name=op.f("fk_core_notice_receipt_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "login", name=op.f("pk_core_notice_receipt")),
    )
