"""Show no minor penalty that was not reported yet where its credit record says that it is not displayed, and
let its case not wait for it to be online.

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
        *(
            sa.column(name)
            for name in ("id", "case_id", "form", "state", "decided_on", "display_until", "reported_on")
        ),
    )
    record = sa.table(
        "core_credit_record",
        *(sa.column(name) for name in ("case_id", "grade", "display_until", "reversed_on")),
    )
    hidden = (
        sa.select(public.c.id)
        .where(
            public.c.form == "penalty",
            public.c.state == "pending",
            # What went out keeps the day that it said.
            public.c.reported_on.is_(None),
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
    clock = sa.table(
        "core_clock",
        *(sa.column(name) for name in ("id", "case_id", "limit_key", "stopped", "stopped_by")),
    )
    decided = (
        sa.select(public.c.decided_on)
        .where(
            public.c.case_id == clock.c.case_id,
            public.c.form == "penalty",
            public.c.state == "pending",
            public.c.reported_on.is_(None),
            public.c.display_until.is_(None),
        )
        .scalar_subquery()
    )
    waiting = (
        sa.select(clock.c.id)
        .where(clock.c.limit_key == "core.publicity", clock.c.stopped.is_(None), decided.is_not(None))
        .order_by(clock.c.id)
        .limit(BATCH)
    )
    while ids := connection.execute(waiting).scalars().all():
        connection.execute(
            sa.update(clock)
            .where(clock.c.id.in_(ids))
            .values(stopped=decided, stopped_by="轻微失信信息不公示")
        )
