"""Keep the numbers that a season reckons by.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261401"
down_revision = "202611261361"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_campaign_term",
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("profession", sa.String(length=30), nullable=False),
        sa.Column("value", sa.Numeric(precision=9, scale=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["core_campaign.id"], name=op.f("fk_core_campaign_term_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "key", name=op.f("pk_core_campaign_term")),
    )
