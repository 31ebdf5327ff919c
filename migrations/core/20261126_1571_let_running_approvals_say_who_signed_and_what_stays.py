"""Let approvals that are running say who signed them, and leave out what their step was not given.

A place that was signed before signatures were kept is read from who decided last: no chain had more than two
places. Its day is that of the event which was written with it. And null said then that a field stays as it
is; now it empties the field.

One thought per file; no import from suite; name every constraint; move data in bounded batches.
"""

import datetime as dt
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "202611261571"
down_revision = "202611261531"
branch_labels = None
depends_on = None

PART = 1_000
#: Where a day has no event of its own to say it: the day that it was in China.
CHINA = dt.timedelta(hours=8)

approval = sa.table(
    "core_case_approval",
    sa.column("id", sa.BigInteger),
    sa.column("case_id", sa.BigInteger),
    sa.column("fields", sa.Text),
    sa.column("step", sa.Integer),
    sa.column("state", sa.String),
    sa.column("decided_by", sa.String),
    sa.column("decided_at", sa.DateTime(timezone=True)),
    sa.column("signed", sa.Text),
)
event = sa.table(
    "core_case_event",
    sa.column("case_id", sa.BigInteger),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("on_date", sa.Date),
)


def upgrade() -> None:
    connection = op.get_bind()
    of_signature = (
        sa.select(sa.func.max(event.c.on_date))
        .where(event.c.case_id == approval.c.case_id, event.c.at == approval.c.decided_at)
        .scalar_subquery()
    )
    last = 0
    while True:
        rows = connection.execute(
            sa.select(approval, of_signature.label("on"))
            .where(approval.c.state == "open", approval.c.id > last)
            .order_by(approval.c.id)
            .limit(PART)
        ).all()
        for row in rows:
            if changed := _changed(row):
                connection.execute(sa.update(approval).where(approval.c.id == row.id).values(**changed))
        if len(rows) < PART:
            return
        last = rows[-1].id


def _changed(row: Any) -> dict[str, str]:
    """What is to be said otherwise of an approval."""
    changed = {}
    fields = json.loads(row.fields)
    told = {key: value for key, value in fields.items() if value is not None}
    if told != fields:
        changed["fields"] = json.dumps(told, ensure_ascii=False)
    if row.step > 0 and row.signed is None and row.decided_by is not None:
        at = row.decided_at if row.decided_at.tzinfo is None else row.decided_at.astimezone(dt.UTC)
        day = row.on or (at + CHINA).date()
        changed["signed"] = json.dumps([[row.decided_by, day.isoformat()]])
    return changed
