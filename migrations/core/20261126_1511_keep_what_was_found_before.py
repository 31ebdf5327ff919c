"""Keep what was found of an allegation before it was found upon anew, and say why a clock stopped.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261511"
down_revision = "202611261502"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "core_former_finding",
        sa.Column("id", number, nullable=False),
        sa.Column("allegation_id", number, nullable=False),
        sa.Column("finding", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("annulled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.Column("case_id", number, nullable=False),
        sa.ForeignKeyConstraint(
            ["allegation_id"], ["core_allegation.id"], name=op.f("fk_core_former_finding_allegation_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["core_case.id"], name=op.f("fk_core_former_finding_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_former_finding")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("core_former_finding", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_former_finding_allegation_id"), ["allegation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_former_finding_case_id_id"), ["case_id", "id"], unique=False
        )
    with op.batch_alter_table("core_clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stopped_by", sa.String(length=200), nullable=True))
