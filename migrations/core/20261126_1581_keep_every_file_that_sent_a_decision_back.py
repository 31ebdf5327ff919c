"""Keep every file that sent a decision back, not the last one alone.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261581"
down_revision = "202611261571"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "core_publicity_answer",
        sa.Column("publicity_id", number, nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("district_code", sa.String(length=6), nullable=True),
        sa.Column("association", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["publicity_id"], ["core_publicity.id"], name=op.f("fk_core_publicity_answer_publicity_id")
        ),
        sa.PrimaryKeyConstraint("publicity_id", "file", name=op.f("pk_core_publicity_answer")),
    )
    op.execute(
        "INSERT INTO core_publicity_answer (publicity_id, file, profession, district_code, association) "
        "SELECT id, rejection_file, profession, district_code, association FROM core_publicity "
        "WHERE rejection_file IS NOT NULL"
    )
    with op.batch_alter_table("core_publicity", schema=None) as batch_op:
        batch_op.drop_column("rejection_file")
