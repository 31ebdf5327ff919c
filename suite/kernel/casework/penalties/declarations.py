"""What penalty cases of all professions share: code lists, and the conditions that need no catalogue."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from suite.contract.case_facts import CaseFacts
from suite.contract.casework import (
    Guard,
)
from suite.contract.codes import Code, CodeList
from suite.contract.declarations import Declaration
from suite.contract.penalties import Gravity, Organ
from suite.contract.problems import Problem, ProblemKind
from suite.kernel.casework.penalties.rules import surcharge, suspension_until, time_barred

LAW, PAY, PUBLICITY = "行政处罚法", "core.penalty.pay", "core.publicity"

SOURCES = CodeList(
    key="core.penalty_source",
    title="线索来源",
    codes=(
        Code(value="complaint", title="投诉", also=("举报", "诉转案")),
        Code(value="inspection", title="检查发现", also=("检查", "双随机")),
        Code(value="court", title="法院、检察、公安机关来函", also=("司法建议", "来函")),
        Code(value="transfer", title="移送、交办", also=("移送", "交办")),
        Code(value="penalty", title="处罚影响", also=("另案",)),
        Code(value="other", title="其他"),
    ),
)
GRAVITIES = CodeList(
    key="core.gravity",
    title="情节",
    codes=tuple(Code(value=item.value, title=item.words) for item in Gravity),
)
ORGANS = CodeList(
    key="core.penalty_organ",
    title="决定机关",
    codes=tuple(Code(value=item.value, title=item.words) for item in Organ),
)
# 行政处罚法第三十条、第三十一条、第三十三条、第三十六条.
NO_PENALTY = CodeList(
    key="core.no_penalty_ground",
    title="不予处罚情形",
    codes=(
        Code(value="minor", title="违法行为轻微并及时改正，没有造成危害后果"),
        Code(value="first", title="初次违法且危害后果轻微并及时改正"),
        Code(value="no_fault", title="有证据足以证明没有主观过错"),
        Code(value="incapable", title="未满十四周岁或者不能辨认、控制自己行为"),
        Code(value="time_bar", title="超过处罚时效"),
    ),
)


def _in_time(case: CaseFacts) -> bool:
    """Conduct of which nobody knows the end is not out of time; it was found by when the lead came."""
    ended = case.values.get("conduct_on")
    if ended is None:
        return True
    return not time_barred(
        ended,
        case.values.get("found_on") or case.opened,
        grave=bool(case.values.get("grave_harm")),
        parameters=case.parameters,
    )


def _fine(case: CaseFacts) -> Decimal:
    return Decimal(case.values.get("fine") or 0) + Decimal(case.values.get("confiscated") or 0)


def _paid(case: CaseFacts) -> bool:
    return Decimal(case.values.get("paid") or 0) >= _fine(case)


def _owed(case: CaseFacts) -> str:
    """How much is owed, with what an unpaid fine grows by."""
    owed, clock = _fine(case) - Decimal(case.values.get("paid") or 0), case.clock(PAY)
    words = f"罚款、没收违法所得尚欠 {owed:,.2f} 元"
    if clock is not None and clock.due is not None and clock.due < case.on:
        fine = min(owed, Decimal(case.values.get("fine") or 0))
        words += f"，逾期至今日可加处罚款 {surcharge(fine, clock.due, case.on):,.2f} 元"
    return f"{words}：请登记缴款，或申请强制执行。"


def _overdue(case: CaseFacts) -> bool:
    deferred = case.values.get("defer_until")
    # Nothing runs once a deferral is granted, nor in a case that came in as stock long after it was served.
    over = case.clock(PAY) is None or _lapsed(case, PAY)
    return not _paid(case) and over and (deferred is None or deferred < case.on)


def _lapsed(case: CaseFacts, limit: str) -> bool:
    """Whether a time for the party has gone by; one that never began has not."""
    clock = case.clock(limit)
    return clock is not None and clock.due is not None and clock.due < case.on


def _rights_lapsed(case: CaseFacts) -> bool:
    """Both times begin when the notice is served; that for a hearing only where one may be asked for."""
    hearing = case.clock("core.penalty.hearing_ask")
    return _lapsed(case, "core.penalty.statement") and (
        hearing is None or _lapsed(case, "core.penalty.hearing_ask")
    )


def _in_hearing_time(case: CaseFacts) -> bool:
    return not _lapsed(case, "core.penalty.hearing_ask")


def _independent(case: CaseFacts, role: str) -> bool:
    officers = {party.login for party in case.party("officer")}
    return not any(party.login in officers for party in case.party(role))


def _no_investigator(case: CaseFacts) -> bool:
    """Whoever enters what a review says is no investigator of the case."""
    return not case.by or case.by not in {party.login for party in case.party("officer")}


def _reviewed_by_other(case: CaseFacts) -> bool:
    """Whoever passes a case is no investigator of it, but the reviewer himself."""
    reviewers = {party.login for party in case.party("reviewer")}
    # Who reviewed before a return need not be who reviews now: looked at when a reviewer is named.
    return _no_investigator(case) and (case.before is None or not reviewers or case.by in reviewers)


def _until(case: CaseFacts) -> bool:
    """The days of a suspension are given with it, and agree with its months."""
    if case.before is None:
        return True
    months, begins = case.values.get("months"), case.values.get("effective_from")
    if not months:
        return begins is not None or "revocation" not in (case.values.get("sanctions") or ())
    if begins is None:
        return False
    return bool(case.values.get("effective_until") == suspension_until(begins, int(months)))


def _until_problems(case: CaseFacts) -> list[Problem]:
    months, begins = case.values.get("months"), case.values.get("effective_from")
    text, field = "请填写处罚起始日；停止执业、停业的还要填写期满日。", "effective_from"
    if begins is not None and months:
        day = suspension_until(begins, int(months))
        text, field = f"自 {begins} 起 {months} 个月，期满日应为 {day}，请核对后填写。", "effective_until"
    return [Problem(code="core.penalty.days", text=text, kind=ProblemKind.FORBIDDEN, field=field)]


def _suspension_over(case: CaseFacts) -> bool:
    until = case.values.get("effective_until")
    return bool(until is not None and until < case.on)


def _suspension_settled(case: CaseFacts) -> bool:
    return not case.values.get("months") or "EndSuspension" in case.done


def _hearing_announced(case: CaseFacts) -> bool:
    day = case.values.get("hearing_on")
    wanted = int(case.parameters["core.penalty.hearing_notice_wd"])
    # Whole days between the two: the day of the hearing itself is none of them.
    return day is None or case.around.working_between(case.on, day - dt.timedelta(days=1)) >= wanted


GUARDS = (
    Guard(
        key="core.penalty.in_time",
        text="自违法行为终了之日起已超过处罚时效，不再给予行政处罚。请办理不予立案或不予处罚。",
        holds=_in_time,
        article=f"{LAW}第三十六条",
    ),
    Guard(
        key="core.penalty.one_party",
        text="一件处罚案只处理一个当事人，其他人请另行立案。",
        holds=lambda case: len(case.party("respondent")) <= 1,
        article=f"{LAW}第五十四条",
    ),
    Guard(
        key="core.penalty.evidence",
        text="还没有登记证据，请先登记。",
        holds=lambda case: bool(case.lines.get("evidence")),
        article=f"{LAW}第四十条、第四十六条",
    ),
    Guard(
        key="core.penalty.preserved",
        text="没有正在先行登记保存的证据。",
        holds=lambda case: case.clock("core.penalty.evidence") is not None,
        article=f"{LAW}第五十六条",
    ),
    Guard(
        key="core.penalty.independent_review",
        text="法制审核人员不得是本案办案人员，请退回后另行指定。",
        holds=lambda case: _independent(case, "reviewer"),
        article=f"{LAW}第五十八条",
    ),
    Guard(
        key="core.penalty.reviewed_by_other",
        text="法制审核由本案办案人员以外的审核人员本人登记，请由审核人员登录办理，并写明其本人为审核人员。",
        holds=_reviewed_by_other,
        article=f"{LAW}第五十八条",
    ),
    Guard(
        key="core.penalty.returned_by_other",
        text="法制审核由本案办案人员以外的审核人员办理，请由审核人员登录退回。",
        holds=_no_investigator,
        article=f"{LAW}第五十八条",
    ),
    Guard(
        key="core.penalty.independent_chair",
        text="听证主持人不得是本案调查人员，请另行通知并指定。",
        holds=lambda case: bool(case.party("chair")) and _independent(case, "chair"),
        article=f"{LAW}第六十四条",
    ),
    Guard(
        key="core.penalty.hearing_in_time",
        text="要求听证的期限已过，视为放弃听证。",
        holds=_in_hearing_time,
        article=f"{LAW}第六十四条",
    ),
    Guard(
        key="core.penalty.hearing_announced",
        text="听证应在举行的七个工作日前通知当事人，其间应有七个整工作日。请改定听证日期。",
        holds=_hearing_announced,
        article=f"{LAW}第六十四条、第八十五条",
    ),
    Guard(
        key="core.penalty.hearing_day",
        text="还没有通知听证，或者听证日期未到。",
        holds=lambda case: case.values.get("hearing_on") is not None and case.values["hearing_on"] <= case.on,
        article=f"{LAW}第六十四条",
    ),
    Guard(
        key="core.penalty.rights_lapsed",
        text="陈述申辩或要求听证的期限未过（自告知书送达起算，请先登记送达），当事人也没有放弃。",
        holds=_rights_lapsed,
        article=f"{LAW}第四十五条、第六十四条",
    ),
    Guard(
        key="core.penalty.hearing_excluded",
        text="听证期间计入办案期限。",
        holds=lambda case: bool(case.parameters["core.penalty.hearing_excluded"]),
        article=f"{LAW}第六十条",
    ),
    Guard(
        key="core.penalty.fined",
        text="本案没有罚款、没收。",
        holds=lambda case: _fine(case) > 0,
        article=f"{LAW}第六十七条",
    ),
    Guard(
        key="core.penalty.paid",
        text="罚款、没收违法所得没有缴清。",
        holds=_paid,
        article=f"{LAW}第七十二条",
    ),
    Guard(
        key="core.penalty.settled",
        text="罚款、没收违法所得没有缴清：请登记缴款，或申请强制执行。",
        told=_owed,
        holds=lambda case: case.state == "enforced" or _paid(case),
        article=f"{LAW}第七十二条",
    ),
    Guard(
        key="core.penalty.unpaid",
        text="罚款、没收违法所得已经缴清，或者缴款期限、暂缓期限未过。",
        holds=_overdue,
        article=f"{LAW}第七十二条",
    ),
    Guard(
        key="core.penalty.days",
        text="处罚起止日期不符，请核对。",
        holds=_until,
        problems=_until_problems,
        article=f"{LAW}第五十九条",
    ),
    Guard(
        key="core.penalty.suspension_over",
        text="停止执业、停业期限未满，或本案没有这项处罚。",
        holds=_suspension_over,
        article=f"{LAW}第七十三条",
    ),
    Guard(
        key="core.penalty.published",
        text="处罚决定还没有公示，请先登记公示。",
        # Of a case that came in as stock and was published long ago nothing runs.
        holds=lambda case: case.clock(PUBLICITY) is None,
        article=f"{LAW}第四十八条",
    ),
    Guard(
        key="core.penalty.to_publish",
        text="处罚决定已经公示，或者按规定不公示，不用登记。",
        holds=lambda case: case.clock(PUBLICITY) is not None,
        article=f"{LAW}第四十八条",
    ),
    Guard(
        key="core.penalty.to_withdraw",
        text="处罚决定没有公示过，无须撤回。",
        holds=lambda case: case.clock("core.penalty.withdraw") is not None,
        article=f"{LAW}第四十八条",
    ),
    Guard(
        key="core.penalty.suspension_settled",
        text="停止执业、停业期满还没有确认。",
        holds=_suspension_settled,
        article=f"{LAW}第七十三条",
    ),
)

DECLARATIONS: tuple[Declaration, ...] = (SOURCES, GRAVITIES, ORGANS, NO_PENALTY, *GUARDS)
