"""The roster of a past day, in SQL: what each field said then, and who was on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import CompoundSelect

from suite.contract.declarations import Field, RecordKind
from suite.kernel.registry.timeline import DATED, LICENCE_EVENTS, LICENCES, POSTS, dated_fields
from suite.tables import Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
#: What so many fields said on days that were asked about is not written anew.
MOST_READ = 512
#: What may have happened beside the change of a field; no field is called so.
BEGAN, ENDED, DECIDED = "post began", "post ended", "licence decided on"
#: Under names of their own, since a statement around may read the same tables.
POST, EVENT, LICENCE, ENTRY = (table.alias() for table in (POSTS, LICENCE_EVENTS, LICENCES, DATED))


@dataclass(frozen=True)
class Later:
    """What happened to anyone after a day: which dated fields changed, whether posts or licences did.

    Where nothing did, every subject's column still says what held on the day.
    """

    fields: frozenset[str]
    posts: bool
    licences: bool


def later_than(session: Session, kinds: Collection[RecordKind], day: dt.date) -> Later:
    """What happened after a day to subjects of these kinds whose history the session may see."""
    dated = {field.key for kind in kinds for field in dated_fields(kind)}
    later = {key for key, last in session.execute(_last_days()) if last is not None and last > day}
    return Later(
        fields=frozenset(dated & later), posts=not later.isdisjoint({BEGAN, ENDED}), licences=DECIDED in later
    )


def as_of_column(
    kind: RecordKind, field: Field, column: Column[Any], day: dt.date, later: Later | None = None
) -> ColumnElement[Any]:
    """What a field said on a day. A field without history reads its current value, and so does one of which
    `later` says that nobody's has changed since.

    Whatever writes history brings the column in line with the entry that stands last, and nothing is written
    for a day ahead, so that a subject to whom nothing happened since has in its column what held then.
    The histories are looked into row by row; today none is.
    """
    history = _history(kind, field, day, later)
    return column if history is None else _looked_up(history, column)


def as_of_throughout(
    kind: RecordKind,
    field: Field,
    column: Column[Any],
    day: dt.date,
    later: Later | None = None,
    *,
    joins: bool,
) -> tuple[ColumnElement[Any], FromClause | None]:
    """`as_of_column` for a statement that goes through whole kinds, and what it has to join, if anything, by
    `link`. To whom something happened since is found first, in one go; of all others the column tells it. For
    a page of rows that would be too much.

    joins: what held before is found in one go too, however many kinds of a statement join it. A look for each
    would cost PostgreSQL several times as much; SQLite, which hashes nothing, looks as fast as it joins.
    """
    history = _history(kind, field, day, later)
    if history is None:
        return column, None
    if not joins:
        return _looked_up_if_changed(history, column), None
    found = _changed(history).alias()
    return case((found.c.link.is_not(None), history.typed(found.c.value, column)), else_=column), found


def on_roster(kind: RecordKind, day: dt.date) -> ColumnElement[bool]:
    """Whether a subject was on the roster on a day: begun, not ended, and counted by its status then."""
    status = as_of_column(kind, kind.by_key["status"], SUBJECTS.c.status, day)
    return and_(within_term(day), status.in_(kind.counted))


def within_term(day: dt.date) -> ColumnElement[bool]:
    """Whether a subject had begun by a day and not ended: `on_roster` without its status."""
    begun = or_(SUBJECTS.c.valid_from.is_(None), SUBJECTS.c.valid_from <= day)
    standing = or_(SUBJECTS.c.valid_to.is_(None), SUBJECTS.c.valid_to > day)
    return and_(begun, standing)


@dataclass(frozen=True, eq=False)
class _History:
    """Where the past of a field stands: of a subject's rows for which `holds` is true on the day the first in
    `order` says it, as `typed` reads it.

    later: which rows say that something happened after the day, as the conditions of which each has an index.
    """

    table: FromClause
    value: ColumnElement[Any]
    holds: ColumnElement[bool]
    order: tuple[ColumnElement[Any], ...]
    later: tuple[ColumnElement[bool], ...]
    typed: Callable[[ColumnElement[Any], Column[Any]], ColumnElement[Any]]

    @property
    def changed(self) -> Select[Any] | CompoundSelect[Any]:
        """To which subjects something happened after the day."""
        first, *others = (select(self.table.c.subject_id).where(one) for one in self.later)
        return union(first, *others) if others else first


def _history(kind: RecordKind, field: Field, day: dt.date, later: Later | None) -> _History | None:
    """None where the column says what held on the day."""
    if field.key == "body_id" and field.table is SUBJECTS:
        return _posts(day) if later is None or later.posts else None
    if field.key == "status" and kind.licence is not None:
        return _decisions(day) if later is None or later.licences else None
    if field in dated_fields(kind) and (later is None or field.key in later.fields):
        return _entries(field.key, day)
    return None


@lru_cache(maxsize=MOST_READ)
def _looked_up(history: _History, column: Column[Any]) -> ColumnElement[Any]:
    """What each subject's own history says. Few licences are ever decided on: whose were is found first."""
    if history.table is EVENT:
        return _looked_up_if_changed(history, column)
    return _repeated(history, _before(history), column)


@lru_cache(maxsize=MOST_READ)
def _looked_up_if_changed(history: _History, column: Column[Any]) -> ColumnElement[Any]:
    """What the histories say of those to whom something happened later; of the others the column tells it."""
    said = history.typed(_before(history), column)
    return case((SUBJECTS.c.id.in_(history.changed), said), else_=column)


def _before(history: _History) -> ColumnElement[Any]:
    """The first of a subject's own rows that says it."""
    return (
        select(history.value)
        .where(history.table.c.subject_id == SUBJECTS.c.id, history.holds)
        .order_by(*history.order)
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )


def _repeated(history: _History, found: ColumnElement[Any], column: Column[Any]) -> ColumnElement[Any]:
    """What was found, whatever happened later: if nothing did, the column repeats it.

    Where nothing was found nothing held, if something happened later; else the column tells it.
    """
    rows = history.table.c.subject_id
    changed = select(rows).where(or_(*history.later), rows == SUBJECTS.c.id).correlate(SUBJECTS).exists()
    return func.coalesce(history.typed(found, column), case((changed, null()), else_=column))


@lru_cache(maxsize=MOST_READ)
def _changed(history: _History) -> CTE:
    """Whoever something happened to later (`link`), and what held before (`value`)."""
    later, past = history.changed.subquery(), history.table
    return (
        select(later.c.subject_id.label("link"), history.value.label("value"))
        .select_from(later.outerjoin(past, and_(past.c.subject_id == later.c.subject_id, history.holds)))
        .ext(distinct_on(later.c.subject_id))
        .order_by(later.c.subject_id, *history.order)
        .cte()
    )


@lru_cache(maxsize=1)
def _last_days() -> CompoundSelect[str, dt.date | None]:
    """The last day on which each dated field changed, a post began or ended, a licence was decided on.

    Each is the last entry of an index, and so is the next field that any history has: whatever the engine
    thinks of the numbers of rows, it reads as many entries as it gives rows.
    """
    standing = ENTRY.c.voided_at.is_(None)
    fields = select(func.min(ENTRY.c.field).label("field")).where(standing).cte("fields", recursive=True)
    following = select(func.min(ENTRY.c.field)).where(standing, ENTRY.c.field > fields.c.field)
    fields = fields.union_all(
        select(following.correlate(fields).scalar_subquery()).where(fields.c.field.is_not(None))
    )
    changed = select(func.max(ENTRY.c.from_date)).where(standing, ENTRY.c.field == fields.c.field)
    return union_all(
        select(fields.c.field, changed.correlate(fields).scalar_subquery()).where(
            fields.c.field.is_not(None)
        ),
        select(literal(BEGAN), func.max(POST.c.from_date)),
        # Said though a maximum leaves them out: the index has only the posts that end.
        select(literal(ENDED), func.max(POST.c.to_date)).where(POST.c.to_date.is_not(None)),
        select(literal(DECIDED), func.max(EVENT.c.on_date)),
    )


@lru_cache(maxsize=MOST_READ)
def _posts(day: dt.date) -> _History:
    return _History(
        table=POST,
        value=POST.c.body_id,
        holds=and_(
            POST.c.voided_at.is_(None),
            or_(POST.c.from_date.is_(None), POST.c.from_date <= day),
            or_(POST.c.to_date.is_(None), POST.c.to_date > day),
        ),
        order=(POST.c.from_date.desc().nulls_last(), POST.c.id.desc()),
        later=(POST.c.from_date > day, POST.c.to_date > day),
        typed=lambda body, column: body,
    )


@lru_cache(maxsize=MOST_READ)
def _decisions(day: dt.date) -> _History:
    """Before the first decision about a licence its status is the one with which it opened."""
    opening = (
        select(LICENCE.c.opening_state)
        .where(LICENCE.c.subject_id == SUBJECTS.c.id)
        .order_by(LICENCE.c.valid_from.nulls_first(), LICENCE.c.id)
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    return _History(
        table=EVENT,
        value=EVENT.c.state,
        holds=and_(EVENT.c.voided_at.is_(None), EVENT.c.on_date <= day),
        order=(EVENT.c.on_date.desc(), EVENT.c.id.desc()),
        later=(EVENT.c.on_date > day,),
        typed=lambda last, column: func.coalesce(last, opening, column),
    )


@lru_cache(maxsize=MOST_READ)
def _entries(key: str, day: dt.date) -> _History:
    mine = and_(ENTRY.c.field == key, ENTRY.c.voided_at.is_(None))
    return _History(
        table=ENTRY,
        value=ENTRY.c.value,
        holds=and_(mine, or_(ENTRY.c.from_date.is_(None), ENTRY.c.from_date <= day)),
        order=(ENTRY.c.from_date.desc().nulls_last(), ENTRY.c.id.desc()),
        later=(and_(mine, ENTRY.c.from_date > day),),
        typed=_as_type_of,
    )


def _as_type_of(value: ColumnElement[Any], column: Column[Any]) -> ColumnElement[Any]:
    """A dated value, kept as text, as the column's type."""
    python = column.type.python_type
    if python is bool:
        return case((value == "true", true()), (value == "false", false()))
    return value if python is str else cast(value, column.type)
