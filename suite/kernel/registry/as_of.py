"""The roster of a past day, in SQL: what each field said then, and who was on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, case, cast, false, func, or_, select, true
from sqlalchemy.orm import aliased

from suite.contract.declarations import Field, RecordKind
from suite.kernel.registry.timeline import dated_fields
from suite.tables import DatedValue, Licence, LicenceEvent, Post, Subject

SUBJECTS = Subject.metadata.tables[Subject.__tablename__]


def as_of_column(kind: RecordKind, field: Field, column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    """What a field said on a day. A field without history reads its current value."""
    if field.key == "body_id" and field.table is SUBJECTS:
        return _post_on(day)
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


def _post_on(day: dt.date) -> ColumnElement[Any]:
    post = aliased(Post)
    return (
        select(post.body_id)
        .where(
            post.subject_id == SUBJECTS.c.id,
            post.voided_at.is_(None),
            or_(post.from_date.is_(None), post.from_date <= day),
            or_(post.to_date.is_(None), post.to_date > day),
        )
        .order_by(post.from_date.desc().nulls_last(), post.id.desc())
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )


def _licence_state_on(column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    event, licence = aliased(LicenceEvent), aliased(Licence)
    last = (
        select(event.state)
        .where(
            event.subject_id == SUBJECTS.c.id,
            event.voided_at.is_(None),
            event.on_date <= day,
        )
        .order_by(event.on_date.desc(), event.id.desc())
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    opening = (
        select(licence.opening_state)
        .where(licence.subject_id == SUBJECTS.c.id)
        .order_by(licence.valid_from.nulls_first(), licence.id)
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    return func.coalesce(last, opening, column)


def _dated_on(field: Field, column: Column[Any], day: dt.date) -> ColumnElement[Any]:
    entry = aliased(DatedValue)
    standing = (
        entry.subject_id == SUBJECTS.c.id,
        entry.field == field.key,
        entry.voided_at.is_(None),
    )
    value = (
        select(entry.value)
        .where(*standing, or_(entry.from_date.is_(None), entry.from_date <= day))
        .order_by(entry.from_date.desc().nulls_last(), entry.id.desc())
        .limit(1)
        .correlate(SUBJECTS)
        .scalar_subquery()
    )
    recorded = select(entry.id).where(*standing).correlate(SUBJECTS).exists()
    python = column.type.python_type
    typed: ColumnElement[Any] = value
    if python is bool:
        typed = case((value == "true", true()), (value == "false", false()))
    elif python is not str:
        typed = cast(value, column.type)
    return case((recorded, typed), else_=column)
