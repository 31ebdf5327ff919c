"""Say which commissions are renowned.

Since when a commission is held to be of good repute and to stand for its region; a person decides it.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261161"
down_revision = "202611261151"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("arbitration_arbitration_commission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("renowned_on", sa.Date(), nullable=True))
