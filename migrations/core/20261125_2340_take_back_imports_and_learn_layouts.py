"""take back imports and learn layouts

A run says on which business day it was and, once taken back, by whom and how much of it. Its rows no longer
hold their subjects, since taking a run back removes what it made. Replaced secrets stand apart.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611252340"
down_revision = "202611252331"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "core_import_layout",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("repairs", sa.Text(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=60), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_import_layout")),
        sa.UniqueConstraint("kind", "signature", name=op.f("uq_core_import_layout_kind_signature")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "core_import_secret",
        sa.Column("run_id", BIG, nullable=False),
        sa.Column("subject_id", BIG, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["core_import_run.id"], name=op.f("fk_core_import_secret_run_id")
        ),
        sa.PrimaryKeyConstraint("run_id", "subject_id", name=op.f("pk_core_import_secret")),
    )
    with op.batch_alter_table("core_import_row", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_core_import_row_subject_id"), type_="foreignkey")

    with op.batch_alter_table("core_import_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("on_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("undone_by", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("rows_undone", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("rows_left", sa.Integer(), nullable=True))
    op.execute('UPDATE core_import_run SET on_date = date("at")')
    with op.batch_alter_table("core_import_run", schema=None) as batch_op:
        batch_op.alter_column("on_date", existing_type=sa.Date(), nullable=False)
