"""The roster of a past day, in SQL: what each field said then, and who was on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from suite.contract.declarations import Field, RecordKind
from suite.kernel.registry.timeline import DATED, LICENCE_EVENTS, LICENCES, POSTS, dated_fields
from suite.tables import Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]
#: What so many fields said on days that were asked about is not written anew.
MOST_READ = 512
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
    keys = tuple(sorted({field.key for kind in kinds for field in dated_fields(kind)}))
    found = session.execute(_whether_later(keys), {"day": day}).one()
    return Later(
        fields=frozenset(key for key, happened in zip(keys, found[2:], strict=True) if happened),
        posts=bool(found[0]),
        licences=bool(found[1]),
    )


def as_of_column(
    kind: RecordKind, field: Field, column: Column[Any], day: dt.date, later: Later | None = None
) -> ColumnElement[Any]:
    """What a field said on a day. A field without history reads its current value, and so does one of which
    `later` says that nobody's has changed since."""
    if field.key == "body_id" and field.table is SUBJECTS:
        return _post_on(column, day) if later is None or later.posts else column
    if field.key == "status" and kind.licence is not None:
        return _licence_state_on(column, day) if later is None or later.licences else column
    if field in dated_fields(kind) and (later is None or field.key in later.fields):
        return _dated_on(field.key, column, day)
    return column


def on_roster(kind: RecordKind, day: dt.date) -> ColumnElement[bool]:
    """Whether a subject was on the roster on a day: begun, not ended, and counted by its status then."""
    status = as_of_column(kind, kind.by_key["status"], SUBJECTS.c.status, day)
    return and_(within_term(day), status.in_(kind.counted))


def within_term(day: dt.date) -> ColumnElement[bool]:
    """Whether a subject had begun by a day and not ended: `on_roster` without its status."""
    begun = or_(SUBJECTS.c.valid_from.is_(None), SUBJECTS.c.valid_from <= day)
    standing = or_(SUBJECTS.c.valid_to.is_(None), SUBJECTS.c.valid_to > day)
    return and_(begun, standing)


def _unless_later(
    later: Sequence[Select[Any]], before: ColumnElement[Any], column: Column[Any]
) -> ColumnElement[Any]:
    """The column, but for the subjects to whom something happened `later` than the day.

    Whatever writes history brings the column in line with the entry that stands last, and nothing is written
    for a day ahead, so that a subject to whom nothing happened since has in its column what held then.
    The others' histories are looked into row by row; today there are none.
    """
    subjects = later[0] if len(later) == 1 else union_all(*later)
    return case((SUBJECTS.c.id.in_(subjects), before), else_=column)


@lru_cache(maxsize=MOST_READ)
def _whether_later(keys: tuple[str, ...]) -> Select[Any]:
    """Whether after the day `day` a post began or ended, a licence was decided on, a field of `keys` changed:
    each is one look into an index."""
    day = bindparam("day", type_=DATED.c.from_date.type)
    began = select(POST.c.subject_id).where(POST.c.from_date > day).exists()
    ended = select(POST.c.subject_id).where(POST.c.to_date > day).exists()
    decided = select(EVENT.c.subject_id).where(EVENT.c.on_date > day).exists()
    changed = [
        select(ENTRY.c.subject_id)
        .where(ENTRY.c.field == key, ENTRY.c.from_date > day, ENTRY.c.voided_at.is_(None))
        .exists()
        for key in keys
    ]
    asked: list[ColumnElement[bool]] = [or_(began, ended), decided, *changed]
    return select(*asked)


@lru_cache(maxsize=MOST_READ)
def _post_on(column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    before = (
        select(POST.c.body_id)
        .where(
            POST.c.subject_id == SUBJECTS.c.id,
            POST.c.voided_at.is_(None),
            or_(POST.c.from_date.is_(None), POST.c.from_date <= day),
            or_(POST.c.to_date.is_(None), POST.c.to_date > day),
        )
        .order_by(POST.c.from_date.desc().nulls_last(), POST.c.id.desc())
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    began = select(POST.c.subject_id).where(POST.c.from_date > day)
    ended = select(POST.c.subject_id).where(POST.c.to_date > day)
    return _unless_later([began, ended], before, column)


@lru_cache(maxsize=MOST_READ)
def _licence_state_on(column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    last = (
        select(EVENT.c.state)
        .where(
            EVENT.c.subject_id == SUBJECTS.c.id,
            EVENT.c.voided_at.is_(None),
            EVENT.c.on_date <= day,
        )
        .order_by(EVENT.c.on_date.desc(), EVENT.c.id.desc())
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    opening = (
        select(LICENCE.c.opening_state)
        .where(LICENCE.c.subject_id == SUBJECTS.c.id)
        .order_by(LICENCE.c.valid_from.nulls_first(), LICENCE.c.id)
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    decided = select(EVENT.c.subject_id).where(EVENT.c.on_date > day)
    return _unless_later([decided], func.coalesce(last, opening, column), column)


@lru_cache(maxsize=MOST_READ)
def _dated_on(key: str, column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    value = (
        select(ENTRY.c.value)
        .where(
            ENTRY.c.subject_id == SUBJECTS.c.id,
            ENTRY.c.field == key,
            ENTRY.c.voided_at.is_(None),
            or_(ENTRY.c.from_date.is_(None), ENTRY.c.from_date <= day),
        )
        .order_by(ENTRY.c.from_date.desc().nulls_last(), ENTRY.c.id.desc())
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    python = column.type.python_type
    typed: ColumnElement[Any] = value
    if python is bool:
        typed = case((value == "true", true()), (value == "false", false()))
    elif python is not str:
        typed = cast(value, column.type)
    changed = select(ENTRY.c.subject_id).where(
        ENTRY.c.field == key, ENTRY.c.from_date > day, ENTRY.c.voided_at.is_(None)
    )
    return _unless_later([changed], typed, column)
