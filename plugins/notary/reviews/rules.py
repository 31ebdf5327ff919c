"""Who takes part, who waits, what the records of the year lead to, and what the grades lead to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from plugins.notary.reviews.parameters import NOTARIES, OFFICES, OWN
from suite.api import (
    AssessmentRecords,
    AssessmentRule,
    GradeEffect,
    GradeRule,
    Measured,
    Outcome,
    case_pending,
    complaint_valid,
    counted_complaints,
    imposed,
    new_in_period,
    penalty_pending,
    punished_lightly,
    sanction_not_mended,
    sanctioned,
    stopped,
    too_few_hours,
)

CONDUCT, RECHECK, INSPECTED = "notary.conduct_complaint", "notary.recheck", "notary.quality_inspection"
TRAINING = "notary.training"
MEMBERS = "notary.notary.body_id"


def inspections(who: AssessmentRecords) -> Iterator[Outcome]:
    """The inspections of quality that were concluded in the period."""
    for case in who.cases:
        if case.kind == INSPECTED and who.within(case.days.get("ConcludeQualityInspection")):
            yield case


def files(who: AssessmentRecords, *keys: str) -> int:
    """How many files the inspections found so (qualified, basic, unqualified, wrong), together."""
    return sum(int(case.values.get(key) or 0) for case in inspections(who) for key in keys)


def sampled(who: AssessmentRecords) -> int:
    """How many files the inspections looked at."""
    return files(who, "qualified", "basic", "unqualified")


def unqualified_files(who: AssessmentRecords) -> Measured:
    """Files of no quality, for a deduction."""
    found = files(who, "unqualified")
    return Measured(found=Decimal(found), evidence=f"质量检查 {sampled(who)} 件，不合格 {found} 件")


complaints = counted_complaints(CONDUCT)


def withdrawn(who: AssessmentRecords) -> int:
    """Certificates that the office withdrew after a review, decided in the period."""
    return sum(
        case.kind == RECHECK
        and who.within(case.days.get("DecideRecheck"))
        and case.values.get("result") == "withdraw"
        for case in who.cases
    )


NEW_OFFICE = AssessmentRule(
    key="notary.review.new_office",
    text="考核期间内新设立，参加考核，不评定等次",
    article=OFFICES,
    holds=new_in_period,
)
OFFICE_CLOSING = AssessmentRule(
    key="notary.review.office_closing",
    text="正在终止清算，不参加考核",
    article=OFFICES,
    holds=lambda who: who.status == "closing",
)
PENALTY_OPEN = AssessmentRule(
    key="notary.review.penalty_open",
    text="行政处罚案件尚未决定，暂缓评定",
    article=OFFICES,
    holds=penalty_pending,
)
OFFICE_STOPPED = GradeRule(
    key="notary.review.office_stopped",
    text="受停业整顿处罚",
    article=f"{OFFICES}；公证法第四十二条",
    holds=stopped,
    grade="unqualified",
)
OFFICE_PUNISHED = GradeRule(
    key="notary.review.office_punished",
    text="受停业整顿以下处罚",
    article=f"{OFFICES}；公证法第四十一条",
    holds=punished_lightly,
    grade="basically_qualified",
)
TOO_FEW = GradeRule(
    key="notary.review.too_few",
    text="公证员人数低于法定人数",
    article="公证法第八条",
    holds=lambda who: who.linked.get(MEMBERS, 0) < who.number("notary.office.notaries_min"),
    grade="basically_qualified",
)
OFFICE_MEND = GradeEffect(
    key="notary.review.office_mend",
    title="通报，限期整改",
    grades=("unqualified", "basically_qualified"),
    article=OFFICES,
    within="notary.review.mend_days",
)
OFFICE_LEADERS = GradeEffect(
    key="notary.review.office_leaders",
    title="建议调整负责人，取消评先评优资格，与经费安排挂钩",
    grades=("unqualified",),
    article=OFFICES,
)

NEW_NOTARY = AssessmentRule(
    key="notary.review.new_notary",
    text="考核期间内任职，参加考核，不评定等次",
    article=NOTARIES,
    holds=new_in_period,
)
NOTARY_PENDING = AssessmentRule(
    key="notary.review.notary_pending",
    text="投诉、惩戒或者处罚案件尚未办结，暂缓评定",
    article=NOTARIES,
    holds=lambda who: case_pending(who) or penalty_pending(who),
)
NOTARY_STOPPED = GradeRule(
    key="notary.review.notary_stopped",
    text="受停止执业处罚",
    article=f"{NOTARIES}；公证法第四十一条、第四十二条",
    holds=stopped,
    grade="incompetent",
)
NOTARY_UNMENDED = GradeRule(
    key="notary.review.notary_unmended",
    text="受行业惩戒，尚未执行完毕",
    article=f"{NOTARIES}；公证员惩戒规则（试行）",
    holds=sanction_not_mended,
    grade="incompetent",
)
NOTARY_PUNISHED = GradeRule(
    key="notary.review.notary_punished",
    text="受警告、罚款处罚",
    article=f"{NOTARIES}；公证法第四十一条",
    holds=punished_lightly,
    grade="basically_competent",
)
NOTARY_SANCTIONED = GradeRule(
    key="notary.review.notary_sanctioned",
    text="受行业惩戒，已经改正",
    article=f"{NOTARIES}；公证员惩戒规则（试行）",
    holds=sanctioned,
    grade="basically_competent",
)
NOTARY_COMPLAINT = GradeRule(
    key="notary.review.notary_complaint",
    text="投诉查实",
    article=NOTARIES,
    holds=complaint_valid,
    grade="basically_competent",
)
UNTRAINED = GradeRule(
    key="notary.review.untrained",
    text="参加培训的学时不足",
    article=f"公证员执业管理办法；{OWN}",
    holds=too_few_hours(TRAINING, "notary.review.training_hours", "notary.review.training_counts"),
    grade="basically_competent",
)
NOTARY_MEND = GradeEffect(
    key="notary.review.notary_mend",
    title="参加培训；整改期间机构内暂停独立出证",
    grades=("incompetent",),
    article=NOTARIES,
    within="notary.review.mend_days",
)
NOTARY_REMIND = GradeEffect(
    key="notary.review.notary_remind",
    title="谈话提醒，督促改正",
    grades=("basically_competent",),
    article=NOTARIES,
    within="notary.review.mend_days",
)
NOTARY_TWICE = GradeEffect(
    key="notary.review.notary_twice",
    title="连续两年不称职，由机构按人事规定处理，并报司法局研究",
    grades=("incompetent",),
    article=NOTARIES,
    holds=lambda graded: graded.running("incompetent") >= 2,
)


def disciplined(who: AssessmentRecords) -> int:
    """Penalties and sanctions that were imposed in the period."""
    return sum(1 for work in ("penalty", "discipline") for _ in imposed(who, work))
