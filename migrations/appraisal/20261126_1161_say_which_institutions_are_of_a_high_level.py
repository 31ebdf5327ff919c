"""Say which institutions are of a high level.

Since when the bureau holds an institution to be 高资质高水平; a person decides it.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261161"
down_revision = "202611261151"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("appraisal_appraisal_institution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("high_level_on", sa.Date(), nullable=True))
