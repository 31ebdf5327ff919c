"""Drawing for a plan, once; crossing a draw out; opening the inspections that were drawn."""

from __future__ import annotations

import json
import secrets

from sqlalchemy import func, select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.database.engine import is_sqlite
from suite.kernel.casework.derive import step
from suite.kernel.casework.draw_record import DrawRecord, to_json
from suite.kernel.casework.inspections.commands import DrawInspection, OpenDrawnInspections, VoidDraw
from suite.kernel.casework.inspections.planning import PLANS, require
from suite.kernel.casework.inspections.pools import pools_of
from suite.kernel.casework.inspections.steps import CANCELLED
from suite.kernel.casework.random_draw import ALGORITHM, Infeasible, draw
from suite.kernel.executor.work import Transaction
from suite.tables import Case, Draw, DrawPick, InspectionPlan

SEED_BYTES, SEED_SOURCE = 16, "抽取时由程序取自系统随机源，不由人选定"


def draw_inspection(command: DrawInspection, work: Transaction) -> Done:
    """Freeze the pools, draw, and keep the whole record. Raises Refused `draw.standing` where the plan was
    drawn for already, and with every reason where a recusal would be broken."""
    plan = _hold_plan(command.plan, work)
    require(work, "case:handle", plan.profession, plan.district_code)
    standing = work.session.scalar(select(Draw).where(Draw.plan_id == plan.id, Draw.voided_on.is_(None)))
    if standing is not None:
        text = (
            f"“{plan.title}”已于 {standing.on_date} 抽取，结果有效。"
            "确须重抽的，由科长写明事由作废原抽取，原记录划线保留。"
        )
        raise refuse("draw.standing", text, ProblemKind.FORBIDDEN, field="plan")
    pools = pools_of(
        work.session, work.catalog, plan, work.today, int(work.parameters["core.inspection.risk_months"])
    )
    # After the pools are frozen, so that neither is fitted to the other.
    seed = secrets.token_hex(SEED_BYTES)
    try:
        picks = draw(pools.rule, seed, pools.subjects, pools.inspectors)
    except Infeasible as refusal:
        raise Refused(
            [
                Problem(code=fault.code, text=fault.text, kind=ProblemKind.FORBIDDEN)
                for fault in refusal.faults[:20]
            ]
        ) from refusal
    no = 1 + int(
        work.session.scalar(select(func.count()).select_from(Draw).where(Draw.plan_id == plan.id)) or 0
    )
    record = DrawRecord(
        head={
            "检查计划": plan.title,
            "检查依据": plan.basis,
            "检查对象": work.catalog.kinds[plan.kind].title,
            "抽取次序": f"第 {no} 次",
            "抽取日期": work.today.isoformat(),
            "抽取人": work.actor.name,
        },
        algorithm=ALGORITHM,
        seed=seed,
        seed_source=SEED_SOURCE,
        rule=pools.rule,
        subjects=pools.subjects,
        inspectors=pools.inspectors,
        picks=picks,
    )
    place = {
        "profession": plan.profession,
        "district_code": plan.district_code,
        "association": plan.association,
    }
    row = Draw(
        **place,
        plan_id=plan.id,
        no=no,
        on_date=work.today,
        at=work.now,
        by_login=work.actor.login,
        seed=seed,
        seed_source=record.seed_source,
        algorithm=ALGORITHM,
        record=to_json(record),
        digest=record.digest,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        DrawPick(
            **place,
            draw_id=row.id,
            place=pick.place,
            subject_id=pick.subject,
            inspectors=json.dumps(list(pick.inspectors)),
        )
        for pick in picks
    )
    work.session.flush()
    return Done(
        text=f"已从 {len(pools.subjects)} 家中抽取 {len(picks)} 家，校验码 {row.digest[:12]}",
        changes=(Change(kind=PLANS, ids=(plan.id,)),),
        result={
            "draw": row.id,
            "digest": row.digest,
            "picks": [
                {"place": p.place, "subject": p.subject, "inspectors": list(p.inspectors)} for p in picks
            ],
        },
    )


def void_draw(command: VoidDraw, work: Transaction) -> Done:
    """Cross the draw out. Refused where inspections from it are under way."""
    if not command.reason.strip() or len(command.reason) > 1000:
        raise refuse("reason.required", "请写明作废的事由，最多 1,000 字。", field="reason")
    row, _ = _hold_draw(command.draw, work)
    require(work, "case:review", row.profession, row.district_code)
    _refuse_voided(row)
    used = work.session.scalar(
        select(func.count())
        .select_from(DrawPick)
        .join(Case, Case.id == DrawPick.case_id)
        .where(DrawPick.draw_id == row.id, Case.state != CANCELLED)
    )
    if used:
        text = f"已按这次抽取登记 {used} 件检查，不能作废。须先取消这些检查。"
        raise refuse("draw.used", text, ProblemKind.FORBIDDEN, field="draw")
    row.voided_on, row.voided_by, row.void_reason = work.today, work.actor.login, command.reason.strip()
    return Done(
        text=f"已作废第 {row.no} 次抽取，记录保留",
        changes=(Change(kind=PLANS, ids=(row.plan_id,)),),
    )


def open_drawn(command: OpenDrawnInspections, work: Transaction) -> Done:
    """Open the inspections that are not opened yet, all or none."""
    row, plan = _hold_draw(command.draw, work)
    require(work, "case:handle", row.profession, row.district_code)
    _refuse_voided(row)
    picks = list(
        work.session.scalars(
            select(DrawPick)
            .where(DrawPick.draw_id == row.id, DrawPick.case_id.is_(None))
            .order_by(DrawPick.place)
        )
    )
    if not picks:
        raise refuse("draw.opened", "抽中的都已登记检查。", ProblemKind.FORBIDDEN, field="draw")
    kind = work.catalog.case_kind(plan.case_kind)
    opened = []
    for place, pick in enumerate(picks):
        work.progress("登记检查", place, len(picks))
        done = work.run(
            step(
                work.catalog,
                "OpenInspection",
                kind=kind.key,
                respondent=(pick.subject_id,),
                officer=tuple(json.loads(pick.inspectors)),
                source="draw",
                draw_no=f"{plan.title}第 {row.no} 次抽取（校验码 {row.digest[:12]}）",
            )
        )
        pick.case_id = int(done.result["case_id"])
        opened.append(pick.case_id)
    return Done(
        text=f"已登记 {len(opened)} 件{kind.title}",
        changes=(Change(kind=PLANS, ids=(plan.id,)), Change(kind=kind.key, ids=tuple(opened))),
        result={"cases": opened},
    )


def _hold_plan(number: int, work: Transaction) -> InspectionPlan:
    """The plan, held until commit, so that two desks do not both draw, open or cross out."""
    statement = select(InspectionPlan).where(InspectionPlan.id == number)
    plan = work.session.scalar(statement)
    if plan is None:
        raise refuse("plan.unknown", "没有这个检查计划，或不在您的管理范围内。", field="plan")
    if not is_sqlite(work.connection):
        work.connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s, %s)", (0x6472, number % 2**31))
    return plan


def _hold_draw(number: int, work: Transaction) -> tuple[Draw, InspectionPlan]:
    """The draw as it is once its plan is held, and the plan."""
    row = work.session.get(Draw, number)
    if row is None:
        raise refuse("draw.unknown", "没有这次抽取，或不在您的管理范围内。", field="draw")
    plan = _hold_plan(row.plan_id, work)
    work.session.refresh(row)
    return row, plan


def _refuse_voided(row: Draw) -> None:
    if row.voided_on is not None:
        text = f"这次抽取已于 {row.voided_on} 作废，不能再用。"
        raise refuse("draw.voided", text, ProblemKind.STALE, field="draw")
