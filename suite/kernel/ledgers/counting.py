"""Which entries count to a day, in SQL: for indicators, and for what a record has had done to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Numeric,
    Subquery,
    and_,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)

from suite.contract.commands import Scope
from suite.contract.indicators import Entries, EntryCondition
from suite.kernel.ledgers.sheet import ENTRIES, SUBJECTS, LedgerSheet
from suite.kernel.search.queries import scope_condition

#: What entries that are weighed count.
WEIGHTS = Numeric(10, 2)


@dataclass(frozen=True)
class EntryColumns:
    """Implements the contract's `EntryAsOf` for one ledger."""

    sheet: LedgerSheet

    def column(self, key: str) -> ColumnElement[Any]:
        """See `EntryAsOf.column`. Raises ValueError for a column that is not there."""
        field = self.sheet.by_key.get(key)
        if field is None or field.links:
            raise ValueError(f"{self.sheet.key} has no column {key!r} that may be counted by")
        return ENTRIES.c[field.name]


def entry_rows(
    sheet: LedgerSheet,
    side: Entries,
    day: dt.date,
    scopes: Sequence[Sequence[Scope]],
    left_out: Collection[str],
    parameters: Mapping[str, Any],
) -> Subquery:
    """The entries of a side: `id`, `name`, `district`, `amount` (1 where nothing is summed or weighed).

    They lie inside each of `scopes`, and in none of the districts that are left out.
    """
    columns = EntryColumns(sheet)
    conditions = [_of_days(sheet.key, year_to(day)) if not side.standing else _standing(sheet, day)]
    conditions += [scope_condition(ENTRIES.c, part) if part else false() for part in scopes]
    if left_out:
        district = ENTRIES.c.district_code
        conditions.append(or_(district.is_(None), district.not_in(sorted(left_out))))
    if side.where is not None:
        conditions.append(side.where(columns))
    amount: ColumnElement[Any] = literal(1)
    if side.sum is not None:
        amount = func.coalesce(columns.column(side.sum), 0)
    elif side.weight is not None:
        weight = Decimal(str(parameters[side.weight.parameter]))
        if weight != 1:
            weighed = literal(weight, WEIGHTS)
            amount = case((side.weight.where(columns), weighed), else_=literal(Decimal(1), WEIGHTS))
    return (
        select(
            ENTRIES.c.id,
            ENTRIES.c.title.label("name"),
            ENTRIES.c.district_code.label("district"),
            amount.label("amount"),
        )
        .where(and_(*conditions))
        .subquery()
    )


def entry_counts(
    sheet: LedgerSheet, role: str, where: EntryCondition | None, days: tuple[dt.date, dt.date]
) -> ColumnElement[bool]:
    """Whether an entry is of these days, both inclusive, and `where` holds: what `entries_naming` counts.

    Raises ValueError for a role that the ledger does not have.
    """
    if role not in {field.key for field in sheet.roles}:
        raise ValueError(f"{sheet.key} names no records as {role!r}")
    return and_(ENTRIES.c.day.between(*days), true() if where is None else where(EntryColumns(sheet)))


def how_many(holds: ColumnElement[bool]) -> ColumnElement[int]:
    """Of how many rows of a group a condition holds."""
    return func.count(case((holds, literal_column("1"))))


def entries_naming(
    sheet: LedgerSheet,
    role: str,
    counted: Mapping[str, ColumnElement[bool]],
    days: tuple[dt.date, dt.date],
    scopes: Sequence[Scope],
) -> Subquery:
    """The records that entries of these days name in a role (`link`), and by each name in `counted` how many
    of them for which it holds; the entries are gone through once. None crossed out, all inside the scopes."""
    return (
        select(
            SUBJECTS.c.subject_id.label("link"),
            *(how_many(counts).label(name) for name, counts in counted.items()),
        )
        .select_from(ENTRIES.join(SUBJECTS, SUBJECTS.c.entry_id == ENTRIES.c.id))
        .where(
            _of_days(sheet.key, days),
            or_(*counted.values()),
            SUBJECTS.c.role == role,
            scope_condition(ENTRIES.c, scopes) if scopes else false(),
        )
        .group_by(SUBJECTS.c.subject_id)
        .subquery()
    )


def naming(
    ledger: str,
    role: str,
    days: tuple[dt.date, dt.date],
    scopes: Sequence[Scope],
    amount: ColumnElement[Any] | None = None,
) -> Subquery:
    """The records that entries of a ledger name in a role, of days both inclusive and inside the scopes:
    `link` (the record), `number` of entries, `total` of an amount (0 without); none crossed out."""
    total = func.coalesce(func.sum(amount), 0) if amount is not None else func.sum(0)
    return (
        select(SUBJECTS.c.subject_id.label("link"), func.count().label("number"), total.label("total"))
        .select_from(ENTRIES.join(SUBJECTS, SUBJECTS.c.entry_id == ENTRIES.c.id))
        .where(
            _of_days(ledger, days),
            SUBJECTS.c.role == role,
            scope_condition(ENTRIES.c, scopes) if scopes else false(),
        )
        .group_by(SUBJECTS.c.subject_id)
        .subquery()
    )


def year_to(day: dt.date) -> tuple[dt.date, dt.date]:
    """From New Year to the day."""
    return day.replace(month=1, day=1), day


def _of_days(ledger: str, days: tuple[dt.date, dt.date]) -> ColumnElement[bool]:
    return and_(
        ENTRIES.c.kind == ledger,
        ENTRIES.c.day.between(*days),
        ENTRIES.c.struck_at.is_(None),
    )


def _standing(sheet: LedgerSheet, day: dt.date) -> ColumnElement[bool]:
    return and_(
        ENTRIES.c.kind == sheet.key,
        ENTRIES.c.day <= day,
        or_(ENTRIES.c.until.is_(None), ENTRIES.c.until >= day),
        ENTRIES.c.struck_at.is_(None),
    )
