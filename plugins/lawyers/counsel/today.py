"""The desk of public counsel: agreements that end without another, villages that have none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from plugins.lawyers.counsel.kinds import ORGAN_COUNSEL, VILLAGE_COUNSEL
from plugins.lawyers.counsel.parameters import SOON_DAYS
from plugins.lawyers.counsel.tables import OrganCounsel, VillageCounsel
from suite.api import Actor, Facts, RecordKind, StateKind, Subject, TodayItem, readable

VILLAGE = "core.village"
#: What the page of coverage is opened with.
GAPS = "lawyers.village_counsel_coverage"


def counsel_items(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    """What ends soon, and how many villages have nobody, once there are agreements at all."""
    yield from _ending(actor, facts, VILLAGE_COUNSEL, VillageCounsel)
    yield from _ending(actor, facts, ORGAN_COUNSEL, OrganCounsel)
    yield from _gaps(actor, facts)


def _ending(
    actor: Actor, facts: Facts, kind: RecordKind, table: type[VillageCounsel] | type[OrganCounsel]
) -> Iterator[TodayItem]:
    days = facts.number(SOON_DAYS)
    until = facts.today + dt.timedelta(days=days)
    other, longer = aliased(Subject), aliased(table)
    renewed = (
        select(longer.subject_id)
        .join(other, other.id == longer.subject_id)
        .where(
            other.kind == kind.key,
            other.body_id == Subject.body_id,
            other.status == "active",
            longer.valid_until > until,
        )
        .correlate(Subject)
        .exists()
    )
    rows = facts.session.execute(
        select(Subject.id, table.valid_until)
        .join(table, table.subject_id == Subject.id)
        .where(
            readable(actor, kind.key),
            Subject.status == "active",
            table.valid_until.between(facts.today, until),
            ~renewed,
        )
        .order_by(table.valid_until, Subject.id)
    ).all()
    if rows:
        yield TodayItem(
            title=f"{days} 日内到期、尚未续签的{kind.title}",
            note="请督促续签；到期未续签的不再计入覆盖",
            state=StateKind.WARN,
            count=len(rows),
            due=rows[0].valid_until,
            kind=kind.key,
            ids=tuple(row.id for row in rows),
        )


def _gaps(actor: Actor, facts: Facts) -> Iterator[TodayItem]:
    agreement = aliased(Subject)
    known = select(agreement.id).where(readable(actor, VILLAGE_COUNSEL.key, of=agreement)).limit(1)
    if facts.session.scalar(known) is None:
        return
    has = (
        select(agreement.id)
        .join(VillageCounsel, VillageCounsel.subject_id == agreement.id)
        .where(
            agreement.kind == VILLAGE_COUNSEL.key,
            agreement.body_id == Subject.id,
            agreement.status == "active",
            VillageCounsel.starts_on <= facts.today,
            VillageCounsel.valid_until >= facts.today,
        )
        .correlate(Subject)
        .exists()
    )
    number = facts.session.scalar(
        select(func.count())
        .select_from(Subject)
        .where(readable(actor, VILLAGE), Subject.status == "active", ~has)
    )
    if number:
        yield TodayItem(
            title="没有法律顾问的村（居）",
            note="请安排聘任；在“服务覆盖”按区县、乡镇查看，可成批聘任（建设规划四（五）19）",
            state=StateKind.WARN,
            count=number,
            page="coverage",
            view=GAPS,
        )
