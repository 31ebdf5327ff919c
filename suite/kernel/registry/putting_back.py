"""Persons put back as they were before a record joined them: the trace of its import knows how."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select, text

from suite.database.base import METADATA
from suite.database.bulk import update_rows
from suite.database.engine import is_sqlite
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.current import chunks
from suite.kernel.registry.save import IDENTITIES, PERSONS, SUBJECTS
from suite.tables import AuditEntry, AuditSecret

ENTRIES = METADATA.tables[AuditEntry.__tablename__]
SECRETS = METADATA.tables[AuditSecret.__tablename__]


@dataclass(frozen=True, kw_only=True)
class _Written:
    """What a transaction did to a row: its values before the first and after the last write; None where it
    made the row."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


def put_persons_back(records: Sequence[int], run: int, transaction: int, work: Transaction) -> list[int]:
    """Give the known persons whom new records of an import joined their former values; tells whom.

    To be done while the records stand, and of those that nobody has changed since. PostgreSQL hides persons
    of other professions, and their numbers from some of who see them, so that there a function does it.
    """
    found: list[int] = []
    for part in chunks(sorted(records)):
        if not is_sqlite(work.connection):
            asked = text("SELECT core_persons_put_back(:run, :records)")
            found += work.connection.scalars(asked, {"run": run, "records": list(part)})
            continue
        persons = select(SUBJECTS.c.person_id).where(
            SUBJECTS.c.id.in_(part), SUBJECTS.c.person_id.is_not(None)
        )
        known = {str(person) for person in work.connection.scalars(persons)}
        known -= {key for key, written in _written(PERSONS, known, transaction, work) if not written.before}
        tables = (PERSONS, IDENTITIES)
        found += {int(key) for table in tables for key in _put(table, known, transaction, work)}
    return found


def _put(table: Table, keys: set[str], transaction: int, work: Transaction) -> Iterator[str]:
    """Put the rows of a table back; gives their keys."""
    key = table.primary_key.columns[0]
    for person, written in _written(table, keys, transaction, work):
        if written.before is None:
            work.connection.execute(table.delete().where(key == int(person)))
            yield person
            continue
        row = {
            name: _typed(table, name, value)
            for name, value in written.before.items()
            if value != written.after[name]
        }
        if row:
            update_rows(work.connection, table, key.name, [{key.name: int(person), **row}])
            yield person


def _written(
    table: Table, keys: set[str], transaction: int, work: Transaction
) -> Sequence[tuple[str, _Written]]:
    """Key of a row → what the transaction did to it."""
    query = (
        select(
            ENTRIES.c.row_key,
            ENTRIES.c.before,
            ENTRIES.c.after,
            SECRETS.c.before.label("secret_before"),
            SECRETS.c.after.label("secret_after"),
        )
        .outerjoin(SECRETS, SECRETS.c.entry_id == ENTRIES.c.id)
        .where(
            ENTRIES.c.table_name == table.name,
            ENTRIES.c.row_key.in_(keys),
            ENTRIES.c.transaction_id == transaction,
            ENTRIES.c.action.in_(("I", "U")),
        )
        .order_by(ENTRIES.c.id)
    )
    found: dict[str, _Written] = {}
    for row in work.connection.execute(query):
        before, after = _values(row.before, row.secret_before), _values(row.after, row.secret_after) or {}
        first = found.get(row.row_key)
        found[row.row_key] = _Written(before=first.before if first is not None else before, after=after)
    return list(found.items())


def _values(*parts: str | None) -> dict[str, Any] | None:
    said = [json.loads(part) for part in parts if part is not None]
    return {key: value for part in said for key, value in part.items()} if said else None


def _typed(table: Table, name: str, value: Any) -> Any:
    day = value is not None and table.columns[name].type.python_type is dt.date
    return dt.date.fromisoformat(value) if day else value
