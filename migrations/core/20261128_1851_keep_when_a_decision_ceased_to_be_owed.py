"""Keep when a decision ceased to be owed to the platform: what was late by then still counts as not reported.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import sqlalchemy as sa
from alembic import op

revision = "202611281851"
down_revision = "202611281841"
branch_labels = None
depends_on = None

BATCH = 1_000


def upgrade() -> None:
    with op.batch_alter_table("core_publicity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ceased_on", sa.Date(), nullable=True))
    public = sa.table(
        "core_publicity",
        *(sa.column(name) for name in ("id", "case_id", "state", "decided_on", "reported_on", "ceased_on")),
    )
    record = sa.table(
        "core_credit_record", *(sa.column(name) for name in ("case_id", "ended_on", "reversed_on"))
    )
    ended = (
        sa.select(sa.func.min(sa.func.coalesce(record.c.ended_on, record.c.reversed_on)))
        .where(record.c.case_id == public.c.case_id)
        .scalar_subquery()
    )
    # A day that nobody knows, or on which nothing was owed from the start, keeps it out as until now.
    day = sa.case(
        (public.c.state != "exempt", sa.func.coalesce(ended, public.c.decided_on)), else_=public.c.decided_on
    )
    ceased = (
        sa.select(public.c.id)
        .where(
            public.c.state.in_(("dropped", "exempt", "repaired")),
            public.c.reported_on.is_(None),
            public.c.ceased_on.is_(None),
        )
        .order_by(public.c.id)
        .limit(BATCH)
    )
    connection = op.get_bind()
    while ids := connection.execute(ceased).scalars().all():
        connection.execute(sa.update(public).where(public.c.id.in_(ids)).values(ceased_on=day))
