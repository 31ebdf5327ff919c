"""Plans and draws as they are read; what was found at a subject before."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, defer

from suite.contract.casework import State
from suite.contract.commands import Actor
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.casework.draw_record import DrawRecord, from_json, group_lines, rule_words
from suite.kernel.casework.inspections.pools import RELATIONS, Pools, pools_of, rule_of
from suite.kernel.casework.random_draw import Fault, faults_of
from suite.kernel.registry.districts import full_district_names
from suite.kernel.search.queries import scope_condition
from suite.loader.catalog import Catalog
from suite.tables import Case, Draw, DrawPick, InspectionPlan, Recusal, Subject, User


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """A plan in the list. `drawn_on` is the day of the draw that stands; `opened` of `picked` are opened."""

    id: int
    title: str
    profession: str
    kind_title: str
    district: str
    first_day: dt.date
    last_day: dt.date
    rule: str
    drawn_on: dt.date | None
    picked: int
    opened: int


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """A group of the pool: its class, district, size, rate, and how many are to be drawn."""

    risk: str
    district: str
    size: int
    rate: str
    wanted: int


@dataclass(frozen=True, kw_only=True)
class PickLine:
    """One that was drawn; `case` is (id, number, state) of its inspection."""

    place: int
    subject_id: int
    name: str
    inspectors: str
    case: tuple[int, str, State] | None


@dataclass(frozen=True, kw_only=True)
class DrawFile:
    """A draw; `voided` says when, by whom and why it was crossed out, empty for the one that stands."""

    id: int
    no: int
    on: dt.date
    by: str
    seed: str
    seed_source: str
    digest: str
    voided: str
    picks: tuple[PickLine, ...]
    record: DrawRecord


@dataclass(frozen=True, kw_only=True)
class DrawLine:
    """A draw in the list of all; `voided` says when and why it was crossed out."""

    id: int
    plan_id: int
    plan: str
    profession: str
    no: int
    on: dt.date
    by: str
    seed: str
    seed_source: str
    digest: str
    picked: int
    voided: str


@dataclass(frozen=True, kw_only=True)
class RecusalLine:
    """Who keeps away from whom, and why."""

    id: int
    name: str
    of: str
    relation: str
    reason: str
    since: dt.date


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    """A plan with the pools of today, what stands against a draw, and its draws, the newest first."""

    line: PlanLine
    basis: str
    kind: str
    pools: Pools
    groups: tuple[GroupLine, ...]
    faults: tuple[Fault, ...]
    draws: tuple[DrawFile, ...]
    recusals: tuple[RecusalLine, ...]
    may_draw: bool
    may_void: bool


def plan_lines(session: Session, actor: Actor, catalog: Catalog) -> list[PlanLine]:
    """The plans that the actor may read, the newest first. Raises Refused where none may be."""
    owners = [owner for owner in catalog.professions if actor.may(f"{owner}:case:read")]
    if not owners:
        text = "您没有查看检查计划的权限，请联系科室管理员。"
        raise refuse("not_permitted", text, ProblemKind.NOT_PERMITTED)
    within = or_(
        *(
            and_(
                InspectionPlan.profession == owner,
                scope_condition(InspectionPlan, actor.scopes(f"{owner}:case:read")),
            )
            for owner in owners
        )
    )
    plans = session.scalars(
        select(InspectionPlan)
        .where(within)
        .order_by(InspectionPlan.first_day.desc(), InspectionPlan.id.desc())
    ).all()
    drawn: dict[int, tuple[dt.date, int, int]] = {
        plan_id: (day, picked, opened)
        for plan_id, day, picked, opened in session.execute(
            select(Draw.plan_id, Draw.on_date, func.count(DrawPick.place), func.count(DrawPick.case_id))
            .join(DrawPick, DrawPick.draw_id == Draw.id)
            .where(Draw.voided_on.is_(None), Draw.plan_id.in_([plan.id for plan in plans]))
            .group_by(Draw.plan_id, Draw.on_date)
        )
    }
    names = full_district_names(session)
    lines = []
    for plan in plans:
        kind = catalog.kinds.get(plan.kind)
        if kind is None:
            continue
        day, picked, opened = drawn.get(plan.id, (None, 0, 0))
        lines.append(
            PlanLine(
                id=plan.id,
                title=plan.title,
                profession=plan.profession,
                kind_title=kind.title,
                district=names.get(plan.district_code or "", "全市"),
                first_day=plan.first_day,
                last_day=plan.last_day,
                rule=rule_words(rule_of(plan), names),
                drawn_on=day,
                picked=picked,
                opened=opened,
            )
        )
    return lines


def draw_lines(session: Session, actor: Actor, catalog: Catalog) -> list[DrawLine]:
    """The draws of the plans that the actor may read, the newest first. Raises Refused where none may be."""
    plans = {line.id: line for line in plan_lines(session, actor, catalog)}
    picks = (
        select(DrawPick.draw_id, func.count().label("picked")).group_by(DrawPick.draw_id).subquery("picks")
    )
    found = session.execute(
        select(Draw, func.coalesce(picks.c.picked, 0), User.name)
        .outerjoin(picks, picks.c.draw_id == Draw.id)
        .outerjoin(User, User.login == Draw.by_login)
        .where(Draw.plan_id.in_(plans))
        .order_by(Draw.on_date.desc(), Draw.id.desc())
        .options(defer(Draw.record))
    )
    return [
        DrawLine(
            id=row.id,
            plan_id=row.plan_id,
            plan=plans[row.plan_id].title,
            profession=row.profession,
            no=row.no,
            on=row.on_date,
            by=name or row.by_login,
            seed=row.seed,
            seed_source=row.seed_source,
            digest=row.digest,
            picked=picked,
            voided=f"{row.voided_on} 作废：{row.void_reason}" if row.voided_on else "",
        )
        for row, picked, name in found
    ]


def plan_file(
    session: Session, actor: Actor, catalog: Catalog, plan_id: int, *, today: dt.date, risk_months: int
) -> PlanFile:
    """One plan. Raises Refused `plan.unknown` for one that is not there or out of scope."""
    line = next((item for item in plan_lines(session, actor, catalog) if item.id == plan_id), None)
    if line is None:
        text = "没有这个检查计划，或不在您的管理范围内。请核对，或联系科室管理员。"
        raise refuse("plan.unknown", text, ProblemKind.NOT_PERMITTED, field="plan")
    plan = session.get_one(InspectionPlan, plan_id)
    pools = pools_of(session, catalog, plan, today, risk_months)
    names = full_district_names(session)
    draws = session.scalars(select(Draw).where(Draw.plan_id == plan_id).order_by(Draw.no.desc()))

    def holds(action: str) -> bool:
        scopes = actor.scopes(f"{plan.profession}:{action}")
        return any(scope.holds(plan.profession, plan.district_code, None) for scope in scopes)

    return PlanFile(
        line=line,
        basis=plan.basis,
        kind=plan.kind,
        pools=pools,
        groups=tuple(
            GroupLine(
                risk=risk,
                district=names.get(district, district) or "全部区县",
                size=size,
                rate=rate,
                wanted=wanted,
            )
            for risk, district, size, rate, wanted in group_lines(pools.rule, pools.subjects)
        ),
        faults=tuple(faults_of(pools.rule, pools.subjects, pools.inspectors)),
        draws=tuple(_draw_file(session, catalog, row) for row in draws),
        recusals=_recusals(session, catalog, plan),
        may_draw=holds("case:handle"),
        may_void=holds("case:review"),
    )


def draw_record(session: Session, actor: Actor, draw_id: int) -> DrawRecord:
    """The record of a draw, to be printed or handed out. Raises Refused `draw.unknown`."""
    row = session.get(Draw, draw_id)
    scopes = actor.scopes(f"{row.profession}:case:read") if row is not None else ()
    if row is None or not any(
        scope.holds(row.profession, row.district_code, row.association) for scope in scopes
    ):
        text = f"没有编号为 {draw_id} 的抽取，或不在您的管理范围内。请核对编号，或联系科室管理员。"
        raise refuse("draw.unknown", text, field="draw")
    return from_json(row.record)


def _draw_file(session: Session, catalog: Catalog, row: Draw) -> DrawFile:
    record = from_json(row.record)
    people = {item.login: item.name for item in record.inspectors}
    subjects = {item.id: item.name for item in record.subjects}
    cases = {
        case.id: case
        for case in session.scalars(
            select(Case).join(DrawPick, DrawPick.case_id == Case.id).where(DrawPick.draw_id == row.id)
        )
    }
    picks = session.scalars(select(DrawPick).where(DrawPick.draw_id == row.id).order_by(DrawPick.place))
    voided = ""
    if row.voided_on is not None:
        who = session.scalar(select(User.name).where(User.login == row.voided_by)) or row.voided_by
        voided = f"{row.voided_on} {who}作废：{row.void_reason}"
    return DrawFile(
        id=row.id,
        no=row.no,
        on=row.on_date,
        by=record.head.get("抽取人", row.by_login),
        seed=row.seed,
        seed_source=row.seed_source,
        digest=row.digest,
        voided=voided,
        picks=tuple(
            PickLine(
                place=pick.place,
                subject_id=pick.subject_id,
                name=subjects.get(pick.subject_id, ""),
                inspectors="、".join(people.get(login, login) for login in json.loads(pick.inspectors)),
                case=_case_of(catalog, cases.get(pick.case_id or 0)),
            )
            for pick in picks
        ),
        record=record,
    )


def _case_of(catalog: Catalog, case: Case | None) -> tuple[int, str, State] | None:
    if case is None or case.kind not in catalog.case_kinds:
        return None
    state = catalog.lifecycle_of(catalog.case_kinds[case.kind]).by_state[case.state]
    return case.id, case.number, state


def _recusals(session: Session, catalog: Catalog, plan: InspectionPlan) -> tuple[RecusalLine, ...]:
    rows = session.execute(
        select(Recusal, User.name, Subject.name)
        .join(User, User.login == Recusal.login)
        .outerjoin(Subject, Subject.id == Recusal.subject_id)
        .where(
            Recusal.profession == plan.profession,
            Recusal.ended_on.is_(None),
            Recusal.login.in_(json.loads(plan.inspectors)),
        )
        .order_by(Recusal.id)
    )
    return tuple(
        RecusalLine(
            id=row.id,
            name=name,
            of=of or f"{row.of_association}的会员",
            relation=catalog.code_title(RELATIONS, row.relation),
            reason=row.reason,
            since=row.since,
        )
        for row, name, of in rows
    )
