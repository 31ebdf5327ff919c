"""News of what was changed, from desk to desk: kinds and numbers, nothing of what stands in the records.

PostgreSQL carries it with the commit (NOTIFY). Any login may send it, so what comes is only ever a hint to
look again, and what cannot be read is nothing. On SQLite there is no such carrier: a desk sees by
`PRAGMA data_version` that somebody wrote, and the trace says what.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, text

from suite.contract.commands import Change
from suite.database.engine import is_sqlite

CHANNEL = "suite_changed"
#: PostgreSQL takes less than 8,000 bytes; of more than this many records of a kind only the kind is told.
MOST_BYTES, MOST_IDS = 7_500, 200
#: What a screen calls the things of a table, where it is not the name of the table.
_CALLED = {
    "core_roster_edition": "core.edition",
    "core_roster_exchange": "core.exchange",
    "core_saved_view": "core.view",
    "core_calendar_day": "core.calendar",
    "core_calendar_year": "core.calendar",
    "core_grant": "core.user",
    "core_password": "core.user",
    "core_stand_in": "core.section",
    "core_section_kind": "core.section",
}
#: Tables of which screens show single rows, by the kind that stands in them.
_SINGLE = "('core_subject', 'core_case')"


def tell(connection: Connection, origin: str, changes: Iterable[Change]) -> None:
    """Send the news when this transaction commits (PostgreSQL)."""
    joined = joined_changes(changes)
    if is_sqlite(connection) or not joined:
        return
    connection.execute(
        text("SELECT pg_notify(:channel, :payload)"),
        {"channel": CHANNEL, "payload": payload_of(origin, joined)},
    )


def payload_of(origin: str, changes: Iterable[Change]) -> str:
    """Changes as they travel; where they are too many, the kinds alone."""
    changes = list(changes)
    whole = [[one.kind, None if one.many or len(one.ids) > MOST_IDS else list(one.ids)] for one in changes]
    payload = json.dumps([origin, whole], separators=(",", ":"))
    if len(payload.encode()) <= MOST_BYTES:
        return payload
    return json.dumps([origin, [[one.kind, None] for one in changes]], separators=(",", ":"))


def changes_of(payload: str, origin: str) -> tuple[Change, ...]:
    """What a payload tells; nothing for our own news, and for what is no news of ours."""
    try:
        sender, told = json.loads(payload)
        if sender == origin:
            return ()
        return tuple(
            Change(kind=str(kind), ids=tuple(int(one) for one in ids or ()), many=ids is None)
            for kind, ids in told
        )
    except (ValueError, TypeError):
        return ()


def joined_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One change for each kind."""
    ids: dict[str, dict[int, None]] = {}
    many: set[str] = set()
    for change in changes:
        ids.setdefault(change.kind, {}).update(dict.fromkeys(change.ids))
        if change.many:
            many.add(change.kind)
    return tuple(Change(kind=kind, ids=tuple(found), many=kind in many) for kind, found in ids.items())


def data_version(connection: Connection) -> int:
    """A number that changes when another connection has written to the SQLite file."""
    return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def last_transaction(connection: Connection) -> int:
    """The number of the last transaction in the trace."""
    return int(connection.scalar(text("SELECT coalesce(max(id), 0) FROM core_audit_transaction")) or 0)


def traced_changes(connection: Connection, after: int, own: Collection[int]) -> tuple[Change, ...]:
    """What others changed after a transaction, from the trace of an SQLite file."""
    numbers = [
        number
        for number in connection.scalars(
            text("SELECT id FROM core_audit_transaction WHERE id > :after ORDER BY id"), {"after": after}
        )
        if number not in own
    ]
    found: list[Change] = []
    for number in numbers:
        # Ids of records and cases; of all else that there is something new, which comes first: it is little.
        rows = connection.execute(
            text(
                f"SELECT table_name, CASE WHEN table_name IN {_SINGLE} THEN row_key END AS key, "  # noqa: S608 - own words
                f"CASE WHEN table_name IN {_SINGLE} THEN json_extract(coalesce(after, before), '$.kind') END "
                "AS kind FROM core_audit_entry WHERE transaction_id = :number AND action IN ('I', 'U', 'D') "
                "GROUP BY 1, 2, 3 ORDER BY 3 IS NOT NULL, 1, 2 LIMIT :most"
            ),
            {"number": number, "most": MOST_IDS + 1},
        ).all()
        many = len(rows) > MOST_IDS
        for row in rows:
            if row.kind is not None:
                found.append(Change(kind=row.kind, ids=(int(row.key),), many=many))
            elif row.table_name.startswith("core_"):
                called = _CALLED.get(row.table_name, row.table_name.replace("core_", "core.", 1))
                found.append(Change(kind=called, ids=(), many=True))
    return joined_changes(found)
