"""Let the only user of one desk go on working on cases: the role of administration has that no more.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611261502"
down_revision = "202611261501"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # On a server, and where there are others, these work on cases, and nobody gives himself that.
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute(
        sa.text(
            "INSERT INTO core_grant (login, role) SELECT g.login, 'core.sole_user' FROM core_grant g "
            "WHERE g.role = 'core.administrator' AND g.profession IS NULL AND g.district_code IS NULL "
            "AND g.association IS NULL AND (SELECT count(*) FROM core_user) = 1"
        )
    )
