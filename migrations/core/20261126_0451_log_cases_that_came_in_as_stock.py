"""log cases that came in as stock

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260451"
down_revision = "202611260441"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_import_case",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet", sa.String(length=100), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["core_import_run.id"], name=op.f("fk_core_import_case_run_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_core_import_case")),
    )
    with op.batch_alter_table("core_import_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_import_case_run_id"), ["run_id"], unique=False)
