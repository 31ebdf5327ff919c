"""Record figures by parts

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611260461"
down_revision = "202611260431"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("core_figure", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "part",
                sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
                server_default="",
                nullable=False,
            )
        )
    with op.batch_alter_table("core_figure", schema=None) as batch_op:
        batch_op.drop_index("uq_core_figure_key_period")
        batch_op.drop_index("uq_core_figure_key_period_district_code")
        batch_op.create_index(
            "uq_core_figure_key_period",
            ["key", "period", "part"],
            unique=True,
            sqlite_where=sa.text("district_code IS NULL"),
            postgresql_where=sa.text("district_code IS NULL"),
        )
        batch_op.create_index(
            "uq_core_figure_key_period_district_code",
            ["key", "period", "part", "district_code"],
            unique=True,
            sqlite_where=sa.text("district_code IS NOT NULL"),
            postgresql_where=sa.text("district_code IS NOT NULL"),
        )
