"""The roster of a past day, in SQL: what each field said then, and who was on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)

from suite.contract.declarations import Field, RecordKind
from suite.kernel.registry.timeline import DATED, LICENCE_EVENTS, LICENCES, POSTS, dated_fields
from suite.tables import Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]


def as_of_column(kind: RecordKind, field: Field, column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    """What a field said on a day. A field without history reads its current value."""
    if field.key == "body_id" and field.table is SUBJECTS:
        return _post_on(column, day)
    if field.key == "status" and kind.licence is not None:
        return _licence_state_on(column, day)
    if field in dated_fields(kind):
        return _dated_on(field, column, day)
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


def _unless_later(later: Sequence[Select[Any]], before: ColumnElement[Any], column: Column[Any]) -> Any:
    """The column, but for the subjects to whom something happened `later` than the day.

    Whatever writes history brings the column in line with the entry that stands last, and nothing is written
    for a day ahead, so that a subject to whom nothing happened since has in its column what held then.
    The others' histories are looked into row by row; today there are none.
    """
    subjects = later[0] if len(later) == 1 else union_all(*later)
    return case((SUBJECTS.c.id.in_(subjects), before), else_=column)


def _post_on(column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    post, other = POSTS.alias(), POSTS.alias()
    before = (
        select(post.c.body_id)
        .where(
            post.c.subject_id == SUBJECTS.c.id,
            post.c.voided_at.is_(None),
            or_(post.c.from_date.is_(None), post.c.from_date <= day),
            or_(post.c.to_date.is_(None), post.c.to_date > day),
        )
        .order_by(post.c.from_date.desc().nulls_last(), post.c.id.desc())
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    began = select(other.c.subject_id).where(other.c.from_date > day)
    ended = select(other.c.subject_id).where(other.c.to_date > day)
    return _unless_later([began, ended], before, column)


def _licence_state_on(column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    event, licence, other = LICENCE_EVENTS.alias(), LICENCES.alias(), LICENCE_EVENTS.alias()
    last = (
        select(event.c.state)
        .where(
            event.c.subject_id == SUBJECTS.c.id,
            event.c.voided_at.is_(None),
            event.c.on_date <= day,
        )
        .order_by(event.c.on_date.desc(), event.c.id.desc())
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    opening = (
        select(licence.c.opening_state)
        .where(licence.c.subject_id == SUBJECTS.c.id)
        .order_by(licence.c.valid_from.nulls_first(), licence.c.id)
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    decided = select(other.c.subject_id).where(other.c.on_date > day)
    return _unless_later([decided], func.coalesce(last, opening, column), column)


def _dated_on(field: Field, column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    entry, other = DATED.alias(), DATED.alias()
    value = (
        select(entry.c.value)
        .where(
            entry.c.subject_id == SUBJECTS.c.id,
            entry.c.field == field.key,
            entry.c.voided_at.is_(None),
            or_(entry.c.from_date.is_(None), entry.c.from_date <= day),
        )
        .order_by(entry.c.from_date.desc().nulls_last(), entry.c.id.desc())
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
    changed = select(other.c.subject_id).where(
        other.c.field == field.key, other.c.from_date > day, other.c.voided_at.is_(None)
    )
    return _unless_later([changed], typed, column)
