"""Plans of inspections, and who keeps away from whom."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select

from suite.contract.casework import CaseKind
from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.casework.draw_record import rule_data
from suite.kernel.casework.inspections.commands import EndRecusal, PlanInspection, RecordRecusal
from suite.kernel.casework.inspections.frame import WORK
from suite.kernel.casework.inspections.pools import RELATIONS
from suite.kernel.casework.random_draw import WHOLE, DrawRule, Risk, Stratum
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.locking import hold_named
from suite.kernel.registry.scoping import may_read
from suite.loader.catalog import Catalog
from suite.tables import District, InspectionPlan, Recusal, Subject, User

PLANS = "core.inspection_plan"
MOST_INSPECTORS, MOST_STRATA, MOST_EACH = 200, 100, 10
LENGTHS = (("name", "计划名称", 200), ("basis", "检查依据", 300))


def inspection_kind(catalog: Catalog, kind: str) -> CaseKind | None:
    """The kind of case in which records of a kind are inspected."""
    return next(
        (
            item
            for item in catalog.case_kinds.values()
            if item.work == WORK and kind in item.roles[item.respondent].kinds
        ),
        None,
    )


def require(work: Transaction, action: str, profession: str, district: str | None) -> None:
    """Raises Refused where the actor does not hold an action for the place of a plan."""
    key = f"{profession}:{action}"
    if not any(scope.holds(profession, district, None) for scope in work.actor.scopes(key)):
        declared = work.catalog.permissions.get(key)
        text = f"您在这一范围没有“{declared.title if declared else key}”的权限，请联系科室管理员。"
        raise refuse("out_of_scope", text, ProblemKind.NOT_PERMITTED)


def plan_inspection(command: PlanInspection, work: Transaction) -> Done:
    """Write the plan. Raises Refused, all at once, with what does not fit."""
    case_kind = inspection_kind(work.catalog, command.kind)
    if case_kind is None:
        words = "、".join(
            work.catalog.kinds[key].title
            for item in work.catalog.case_kinds.values()
            if item.work == WORK
            for key in item.roles[item.respondent].kinds
        )
        raise refuse("plan.kind", f"这一种类没有声明检查，可检查：{words}。", field="kind")
    require(work, "case:handle", case_kind.owner, command.district)
    problems = list(_problems(command, work))
    if problems:
        raise Refused(problems)
    rule = DrawRule(
        rate=command.rate,
        by_district=command.by_district,
        per_subject=command.per_subject,
        strata=tuple(
            Stratum(rate=item.rate, risk=Risk(item.risk) if item.risk else None, district=item.district)
            for item in command.strata
        ),
    )
    plan = InspectionPlan(
        profession=case_kind.owner,
        district_code=command.district,
        kind=command.kind,
        case_kind=case_kind.key,
        title=command.name.strip(),
        basis=command.basis.strip(),
        first_day=command.first_day,
        last_day=command.last_day,
        rate=command.rate,
        strata=json.dumps(rule_data(rule)["strata"]),
        by_district=command.by_district,
        per_subject=command.per_subject,
        inspectors=json.dumps(list(dict.fromkeys(command.inspectors))),
        by_login=work.actor.login,
        created_at=work.now,
    )
    work.session.add(plan)
    work.session.flush()
    return Done(
        text=f"已制定检查计划“{plan.title}”",
        changes=(Change(kind=PLANS, ids=(plan.id,)),),
        result={"plan": plan.id},
    )


def _problems(command: PlanInspection, work: Transaction) -> Iterable[Problem]:
    for key, title, most in LENGTHS:
        text = getattr(command, key).strip()
        if not text or len(text) > most:
            yield Problem(code="required", text=f"请写明{title}，最多 {most} 字。", field=key)
    if command.last_day < command.first_day:
        yield Problem(code="plan.days", text="结束日期早于开始日期，请改正。", field="last_day")
    rates = [command.rate, *(item.rate for item in command.strata)]
    if any(not 0 <= rate <= WHOLE or rate != round(rate, 2) for rate in rates):
        text = "抽取比例应在 0 至 100 之间，最多两位小数。"
        yield Problem(code="plan.rate", text=text, field="rate")
    if not any(rate > Decimal(0) for rate in rates):
        yield Problem(code="plan.rate", text="所有比例都是 0，抽不到检查对象，请改正。", field="rate")
    if not 1 <= command.per_subject <= MOST_EACH:
        text = f"每家检查人员应为 1 至 {MOST_EACH} 名；现场检查不得少于两名。"
        yield Problem(code="plan.per_subject", text=text, field="per_subject")
    if len(command.strata) > MOST_STRATA:
        yield Problem(code="plan.strata", text=f"分层最多 {MOST_STRATA} 层。", field="strata")
    known = {risk.value for risk in Risk}
    for row, item in enumerate(command.strata):
        if item.risk is not None and item.risk not in known:
            words = "、".join(f"{risk.value}（{risk.words}）" for risk in Risk)
            text = f"风险等级应为 {words}。"
            yield Problem(code="plan.risk", text=text, field="strata", row=row)
    districts = {command.district, *(item.district for item in command.strata)} - {None}
    found = set(work.session.scalars(select(District.code).where(District.code.in_(districts))))
    for code in sorted(str(item) for item in districts - found):
        text = f"没有代码为 {code[:12]} 的区县，请核对。"
        yield Problem(code="plan.district", text=text, field="district")
    yield from _inspector_problems(command, work)


def _inspector_problems(command: PlanInspection, work: Transaction) -> Iterable[Problem]:
    wanted = list(dict.fromkeys(command.inspectors))
    if len(wanted) > MOST_INSPECTORS:
        text = f"检查人员最多 {MOST_INSPECTORS} 名。"
        yield Problem(code="plan.inspectors", text=text, field="inspectors")
        return
    if len(wanted) < command.per_subject:
        text = f"检查人员现有 {len(wanted)} 名，每家须 {command.per_subject} 名，请增加。"
        yield Problem(code="plan.inspectors", text=text, field="inspectors")
    active = set(work.session.scalars(select(User.login).where(User.login.in_(wanted), User.active)))
    for login in wanted:
        if login not in active:
            text = f"没有在用的用户“{login[:60]}”，请填登录名。"
            yield Problem(code="party.user", text=text, field="inspectors")


def record_recusal(command: RecordRecusal, work: Transaction) -> Done:
    """Write that an inspector keeps away, from now on."""
    kind = work.catalog.kind(command.kind)
    problems = []
    if (command.subject_id is None) == (not (command.association or "").strip()):
        text = "请写明回避的对象：一份档案，或者一个协会的全体会员。"
        problems.append(Problem(code="recusal.of", text=text, field="subject_id"))
    if command.relation not in work.catalog.codes[RELATIONS].by_value:
        codes = work.catalog.codes[RELATIONS].codes
        words = "、".join(f"{code.value}（{code.title}）" for code in codes)
        problems.append(Problem(code="code.unknown", text=f"回避情形应为 {words}。", field="relation"))
    if not command.reason.strip() or len(command.reason) > 300:
        text = "请写明回避的事由，最多 300 字。"
        problems.append(Problem(code="reason.required", text=text, field="reason"))
    user = work.session.get(User, command.login)
    if user is None or not user.active:
        text = f"没有在用的用户“{command.login[:60]}”，请填登录名。"
        problems.append(Problem(code="party.user", text=text, field="login"))
    hold_named(work, [command.subject_id] if command.subject_id is not None else [])
    subject = work.session.get(Subject, command.subject_id) if command.subject_id is not None else None
    if command.subject_id is not None and (
        subject is None
        or subject.kind != kind.key
        or not may_read(work.actor, subject.profession, subject.district_code, subject.association)
    ):
        text = f"名册中没有编号为 {command.subject_id} 的{kind.title}，请从名册选取。"
        problems.append(Problem(code="party.subject", text=text, field="subject_id"))
    if problems:
        raise Refused(problems)
    place = (subject.district_code, subject.association) if subject else (None, None)
    require(work, "case:handle", kind.owner, place[0])
    row = Recusal(
        profession=kind.owner,
        district_code=place[0],
        association=place[1],
        login=command.login,
        subject_id=command.subject_id,
        of_association=(command.association or "").strip()[:60] or None,
        relation=command.relation,
        reason=command.reason.strip(),
        since=work.today,
        by_login=work.actor.login,
    )
    work.session.add(row)
    work.session.flush()
    of = subject.name if subject else row.of_association
    return Done(
        text=f"已登记{user.name if user else command.login}对{of}的回避",
        changes=(Change(kind=PLANS, ids=()),),
        result={"recusal": row.id},
    )


def end_recusal(command: EndRecusal, work: Transaction) -> Done:
    """The recusal ends today."""
    row = work.session.get(Recusal, command.recusal)
    if row is None:
        raise refuse("recusal.unknown", "没有这条回避登记，请刷新后核对。", field="recusal")
    require(work, "case:handle", row.profession, row.district_code)
    if row.ended_on is not None:
        text = f"这条回避登记已于 {row.ended_on} 解除。"
        raise refuse("recusal.ended", text, ProblemKind.STALE, field="recusal")
    row.ended_on = work.today
    return Done(text="已解除回避", changes=(Change(kind=PLANS, ids=()),))
