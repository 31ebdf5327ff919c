"""一人一档、一所一档: everything that is known about one subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, Refused, refuse
from suite.kernel.registry.current import names_of
from suite.kernel.registry.merging_tombstone import Led, led_from
from suite.kernel.registry.queries import readable_kind
from suite.kernel.registry.rows import roster_rows
from suite.kernel.registry.scoping import may_edit, may_read, out_of_scope, reads_there
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import MERGED, DatedValue, Licence, LicenceEvent, Post, Subject


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """One post; voided ones stay readable with their reason."""

    id: int
    body_id: int
    body: str
    post: str
    from_date: dt.date | None
    to_date: dt.date | None
    void_reason: str | None


@dataclass(frozen=True, kw_only=True)
class DatedLine:
    """One value of a dated field; it holds until the next of the same field."""

    id: int
    field: str
    title: str
    value: str | None
    from_date: dt.date | None
    recorded_at: dt.datetime
    void_reason: str | None


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One decision on a licence."""

    id: int
    state: str
    on_date: dt.date
    document_no: str | None
    decided_by: str | None
    note: str | None
    void_reason: str | None


@dataclass(frozen=True, kw_only=True)
class LicenceLine:
    """One licence with its decisions, oldest first."""

    id: int
    title: str
    number: str | None
    serial: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    opening_state: str
    state: str
    events: tuple[EventLine, ...]


@dataclass(frozen=True, kw_only=True)
class OtherRole:
    """Another record of the same person, in any profession."""

    subject_id: int
    kind: str
    kind_title: str
    name: str
    status: str


@dataclass(frozen=True, kw_only=True)
class RecordFile:
    """A subject with its history. `values` are masked where secret; links are (id, name).

    `led`: the record that was asked for was merged into this one.
    """

    subject_id: int
    kind: str
    version: int
    values: Mapping[str, Any]
    posts: tuple[PostLine, ...]
    dated: tuple[DatedLine, ...]
    licences: tuple[LicenceLine, ...]
    other_roles: tuple[OtherRole, ...]
    members: int
    as_of: dt.date | None
    may_edit: bool
    may_reveal: bool
    led: Led | None = None


def record_file(
    session: Session, actor: Actor, catalog: Catalog, subject_id: int, *, as_of: dt.date | None = None
) -> RecordFile:
    """The file of one subject; raises Refused when it does not exist or is out of scope.

    The id of a merged record leads to the file of the one that it was merged into.
    """
    subject = session.get(Subject, subject_id)
    led = led_from(session, subject_id) if subject is not None and subject.kind == MERGED else None
    if led is not None:
        return replace(record_file(session, actor, catalog, led.kept_id, as_of=as_of), led=led)
    if subject is None:
        raise refuse("record.unknown", "没有这份档案，可能已被合并或删除。请重新查找。")
    if subject.kind not in catalog.kinds:
        if not reads_there(actor, subject.profession, subject.district_code, subject.association):
            raise Refused([out_of_scope()])
        raise refuse(
            "record.parked",
            f"“{subject.name}”所属的插件未启用，只能看到名称和编号 {subject.main_no or ''}。"
            "请在插件页查看原因。",
            ProblemKind.UNAVAILABLE,
        )
    kind = readable_kind(actor, catalog, subject.kind)
    rows = roster_rows(session, actor, catalog, subject.kind, [subject_id], as_of=as_of)
    if not rows:
        raise Refused([out_of_scope()])
    return RecordFile(
        subject_id=subject_id,
        kind=kind.key,
        version=rows[0].version,
        values=rows[0].values,
        posts=post_lines(session, subject_id),
        dated=tuple(
            DatedLine(
                id=row.id,
                field=row.field,
                title=kind.by_key[row.field].title if row.field in kind.by_key else row.field,
                value=row.value,
                from_date=row.from_date,
                recorded_at=row.recorded_at,
                void_reason=row.void_reason,
            )
            for row in session.scalars(
                select(DatedValue)
                .where(DatedValue.subject_id == subject_id)
                .order_by(DatedValue.from_date.nulls_first(), DatedValue.id)
            )
        ),
        licences=tuple(licence_lines(session, subject_id)),
        other_roles=tuple(_other_roles(session, actor, catalog, subject)),
        members=_members(session, actor, subject_id),
        as_of=as_of,
        may_edit=as_of is None and may_edit(actor, kind.owner, subject.district_code, subject.association),
        may_reveal=actor.may(f"{kind.owner}:identity:reveal"),
    )


def post_lines(session: Session, subject_id: int) -> tuple[PostLine, ...]:
    """A subject's posts, the earliest first."""
    posts = session.scalars(
        select(Post).where(Post.subject_id == subject_id).order_by(Post.from_date.nulls_first(), Post.id)
    ).all()
    names = names_of(session, [post.body_id for post in posts])
    return tuple(
        PostLine(
            id=post.id,
            body_id=post.body_id,
            body=names.get(post.body_id, ""),
            post=post.post,
            from_date=post.from_date,
            to_date=post.to_date,
            void_reason=post.void_reason,
        )
        for post in posts
    )


def _members(session: Session, actor: Actor, body_id: int) -> int:
    """How many of a body's people the actor may read: what lies outside is not counted."""
    member = and_(Subject.body_id == body_id, Subject.kind != MERGED)
    professions = session.scalars(select(Subject.profession).where(member).distinct())
    readable = [
        and_(Subject.profession == profession, scope_condition(Subject, scopes))
        for profession in professions
        if (scopes := actor.scopes(f"{profession}:roster:read"))
    ]
    if not readable:
        return 0
    return session.scalar(select(func.count()).where(member, or_(*readable))) or 0


def licence_lines(session: Session, subject_id: int) -> list[LicenceLine]:
    events: dict[int, list[EventLine]] = {}
    for row in session.scalars(
        select(LicenceEvent)
        .where(LicenceEvent.subject_id == subject_id)
        .order_by(LicenceEvent.on_date, LicenceEvent.id)
    ):
        events.setdefault(row.licence_id, []).append(
            EventLine(
                id=row.id,
                state=row.state,
                on_date=row.on_date,
                document_no=row.document_no,
                decided_by=row.decided_by,
                note=row.note,
                void_reason=row.void_reason,
            )
        )
    return [
        LicenceLine(
            id=licence.id,
            title=licence.title,
            number=licence.number,
            serial=licence.serial,
            valid_from=licence.valid_from,
            valid_to=licence.valid_to,
            opening_state=licence.opening_state,
            state=licence.state,
            events=tuple(events.get(licence.id, ())),
        )
        for licence in session.scalars(
            select(Licence).where(Licence.subject_id == subject_id).order_by(Licence.id)
        )
    ]


def _other_roles(session: Session, actor: Actor, catalog: Catalog, subject: Subject) -> list[OtherRole]:
    """The person's other records, in the professions that the actor may read."""
    if subject.person_id is None:
        return []
    roles = []
    for other in session.scalars(
        select(Subject).where(Subject.person_id == subject.person_id, Subject.id != subject.id)
    ):
        kind = catalog.kinds.get(other.kind)
        if kind is None or not may_read(actor, other.profession, other.district_code, other.association):
            continue
        roles.append(
            OtherRole(
                subject_id=other.id,
                kind=other.kind,
                kind_title=kind.title,
                name=other.name,
                status=catalog.code_title(kind.status, other.status),
            )
        )
    return roles
