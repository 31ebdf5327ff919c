"""What waits on the desk: licences of institutions and appraisers that end or have ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select

from plugins.appraisal.kinds import ON_ROSTER
from plugins.appraisal.tables import AppraisalInstitution, Appraiser
from suite.api import Actor, Facts, StateKind, Subject, TodayItem, readable


@dataclass(frozen=True, kw_only=True)
class _Licensed:
    """A kind whose licence has an end, and its words."""

    kind: str
    table: type[AppraisalInstitution] | type[Appraiser]
    title: str
    licence: str
    unit: str


_KINDS = (
    _Licensed(
        kind="appraisal.appraisal_institution",
        table=AppraisalInstitution,
        title="司法鉴定机构",
        licence="许可证",
        unit="家",
    ),
    _Licensed(kind="appraisal.appraiser", table=Appraiser, title="司法鉴定人", licence="执业证", unit="人"),
)


def items(actor: Actor, facts: Facts) -> list[TodayItem]:
    """The appraisers' part of the desk."""
    return [item for kind in _KINDS for part in (_ended, _ending) for item in part(kind, actor, facts)]


def _ended(kind: _Licensed, actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """行政许可法第七十条第一项: a licence that ended unrenewed is cancelled. Its last day still counts."""
    until = facts.today - dt.timedelta(days=1)
    number, first, _ = _licences(kind, actor, facts, None, until, until)
    if number:
        yield TodayItem(
            title=f"{kind.licence}已到期仍在册的{kind.title}",
            note="未延续的办理注销，已延续的更新有效期（行政许可法第七十条）",
            state=StateKind.BAD,
            count=number,
            due=first,
            kind=kind.kind,
            filters=_filters(None, until),
        )


def _ending(kind: _Licensed, actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """行政许可法第五十条: renewal is applied for thirty days before the end."""
    days, ahead = (
        facts.number("appraisal.licence.alert_days"),
        facts.number("appraisal.renew.apply_before_days"),
    )
    until = facts.today + dt.timedelta(days=days)
    last_in_time = facts.today + dt.timedelta(days=ahead - 1)
    number, first, late = _licences(kind, actor, facts, facts.today, until, last_in_time)
    if number:
        passed = f"{late} {kind.unit}已不足 {ahead} 日，请核实是否申请延续"
        soon = f"届满 {ahead} 日前申请延续，请通知"
        yield TodayItem(
            title=f"{kind.licence} {days} 日内到期的{kind.title}",
            note=f"{passed if late else soon}（行政许可法第五十条）",
            state=StateKind.WARN,
            count=number,
            due=first,
            kind=kind.kind,
            filters=_filters(facts.today, until),
        )


def _licences(
    kind: _Licensed, actor: Actor, facts: Facts, begin: dt.date | None, until: dt.date, late_until: dt.date
) -> tuple[int, dt.date | None, int]:
    """How many licences on the roster end in a span of days, the first end, how many by `late_until`."""
    end = kind.table.licensed_to
    span = end <= until if begin is None else and_(end >= begin, end <= until)
    late = func.coalesce(func.sum(case((end <= late_until, 1), else_=0)), 0)
    row = facts.session.execute(
        select(func.count(), func.min(end), late)
        .select_from(Subject)
        .join(kind.table, kind.table.subject_id == Subject.id)
        .where(readable(actor, kind.kind), Subject.status.in_(ON_ROSTER), span)
    ).one()
    return row[0], row[1], row[2]


def _filters(begin: dt.date | None, until: dt.date) -> tuple[tuple[str, str], ...]:
    states = tuple(("status", status) for status in ON_ROSTER)
    return (*states, ("licensed_to", f"{begin or ''}..{until}"))
