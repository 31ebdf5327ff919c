"""keep lines of lists of cases

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260401"
down_revision = "202611260301"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "core_case_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("list_key", sa.String(length=60), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("by_login", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("holder", sa.String(length=200), nullable=True),
        sa.Column("article", sa.String(length=300), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("figure", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("flag", sa.Boolean(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("struck_on", sa.Date(), nullable=True),
        sa.Column("struck_by", sa.String(length=60), nullable=True),
        sa.Column("struck_reason", sa.Text(), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["by_login"], ["core_user.login"], name=op.f("fk_core_case_line_by_login")),
        sa.ForeignKeyConstraint(["case_id"], ["core_case.id"], name=op.f("fk_core_case_line_case_id")),
        sa.ForeignKeyConstraint(["struck_by"], ["core_user.login"], name=op.f("fk_core_case_line_struck_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_case_line")),
        sa.UniqueConstraint("case_id", "list_key", "no", name=op.f("uq_core_case_line_case_id_list_key_no")),
        sqlite_autoincrement=True,
    )
