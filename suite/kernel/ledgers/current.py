"""Entries as they stand now, many at once: what edits and lists begin from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.kernel.ledgers.sheet import ENTRIES, SUBJECTS, LedgerSheet
from suite.kernel.registry.current import chunks


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: field key → value, records as their ids in the order of these."""

    id: int
    version: int
    profession: str
    district_code: str | None
    association: str | None
    updated_by: str
    updated_at: dt.datetime
    struck_at: dt.datetime | None
    struck_by: str | None
    struck_reason: str
    values: dict[str, Any]


FIXED = (
    "id",
    "version",
    "profession",
    "district_code",
    "association",
    "updated_by",
    "updated_at",
    "struck_at",
    "struck_by",
    "struck_reason",
)


def current_entries(
    session: Session, sheet: LedgerSheet, ids: Iterable[int], *, lock: bool = False
) -> dict[int, Entry]:
    """The entries of these ids that are of the ledger and that the database shows; rights are the caller's.

    lock: held against other desks until commit, in the order of their ids.
    """
    fields = sheet.stored
    statement = select(
        *(ENTRIES.c[name] for name in FIXED),
        *(ENTRIES.c[field.name].label(f"f_{field.key}") for field in fields),
    )
    if lock:
        statement = statement.order_by(ENTRIES.c.id).with_for_update(key_share=True)
    found: dict[int, Entry] = {}
    for part in chunks(sorted(set(ids))):
        asked = statement.where(ENTRIES.c.id.in_(part), ENTRIES.c.kind == sheet.key)
        rows = session.execute(asked).all()
        named = subjects_of(session, [row[0] for row in rows])
        for row in rows:
            fixed = dict(zip(FIXED, row, strict=False))
            values = {field.key: value for field, value in zip(fields, row[len(FIXED) :], strict=True)}
            values["state"] = values.get("state") or None
            values |= {role.key: named.get((row[0], role.key), ()) for role in sheet.roles}
            found[row[0]] = Entry(**fixed, values=values)
    return found


def subjects_of(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], tuple[int, ...]]:
    """(Entry, role) → the records that it names."""
    found: dict[tuple[int, str], tuple[int, ...]] = {}
    for part in chunks(ids):
        for entry, role, subject in session.execute(
            select(SUBJECTS.c.entry_id, SUBJECTS.c.role, SUBJECTS.c.subject_id)
            .where(SUBJECTS.c.entry_id.in_(part))
            .order_by(SUBJECTS.c.entry_id, SUBJECTS.c.role, SUBJECTS.c.subject_id)
        ):
            found[entry, role] = (*found.get((entry, role), ()), subject)
    return found


def may(actor: Actor, action: str, owner: str, district: str | None, association: str | None) -> bool:
    """Whether the actor holds an action on entries ("ledger:read") where one lies."""
    return any(scope.holds(owner, district, association) for scope in actor.scopes(f"{owner}:{action}"))
