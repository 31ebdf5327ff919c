"""Show no minor penalty that is not online yet where its credit record says that it is not displayed.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611281811"
down_revision = "202611281801"
branch_labels = None
depends_on = None

BATCH = 1_000


def upgrade() -> None:
    public = sa.table(
        "core_publicity",
        *(sa.column(name) for name in ("id", "case_id", "form", "state", "display_until")),
    )
    record = sa.table(
        "core_credit_record",
        *(sa.column(name) for name in ("case_id", "grade", "display_until", "reversed_on")),
    )
    hidden = (
        sa.select(public.c.id)
        .where(
            public.c.form == "penalty",
            public.c.state.in_(("pending", "rejected", "reported")),
            public.c.display_until.is_not(None),
            sa.exists().where(
                record.c.case_id == public.c.case_id,
                record.c.grade == "minor",
                record.c.display_until.is_(None),
                record.c.reversed_on.is_(None),
            ),
        )
        .order_by(public.c.id)
        .limit(BATCH)
    )
    connection = op.get_bind()
    while ids := connection.execute(hidden).scalars().all():
        connection.execute(sa.update(public).where(public.c.id.in_(ids)).values(display_until=None))
