"""What the records of the year say of appraisal institutions and appraisers, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from plugins.appraisal.reviews.parameters import YEARLY
from suite.api import (
    AssessmentRecords,
    AssessmentRule,
    GradeRule,
    LoggedEntry,
    Measured,
    Outcome,
    case_pending,
    imposed,
    logged_entries,
    members,
    new_in_period,
    penalty_pending,
    repacked,
    sanction_not_mended,
    stopped,
    too_few_hours,
)

COURT = "appraisal.court_appearance"
PROFICIENCY, REVIEWED, ACCREDITED, TRAINING = (
    "appraisal.proficiency", "appraisal.report_review", "appraisal.accreditations", "appraisal.training",
)  # fmt: skip
MEMBERS = "appraisal.appraiser.body_id"
PASSED = ("satisfactory", "passed")


def called(cases: Iterable[Outcome], who: AssessmentRecords) -> list[Outcome]:
    """The courts' notices whose hearing was settled in the period: came or refused; excused ones are out."""
    return [
        case
        for case in cases
        if case.kind == COURT and case.state in ("appeared", "refused") and who.within(case.closed)
    ]


def appearance(who: AssessmentRecords) -> Measured:
    """出庭率 of an institution's appraisers."""
    found = called(who.beside, who)
    came = sum(case.state == "appeared" for case in found)
    if not found:
        return Measured(found=None, evidence="没有法院通知出庭的记录")
    return Measured(
        found=Decimal(came),
        due=Decimal(len(found)),
        evidence=f"法院通知应出庭 {len(found)} 次，出庭 {came} 次（准许不出庭的不计）",
    )


def tested(who: AssessmentRecords) -> Measured | None:
    """能力验证 of the year: satisfied or passed, out of all that were due."""
    found = logged_entries(who, PROFICIENCY)
    if not found:
        return None
    good = sum(entry.values.get("result") in PASSED for entry in found)
    return Measured(
        found=Decimal(good),
        due=Decimal(len(found)),
        evidence=f"能力验证 {len(found)} 项，满意或通过 {good} 项",
    )


def unmended(who: AssessmentRecords) -> list[LoggedEntry]:
    """Tests of the year that were not passed and are not mended."""
    return [
        entry
        for entry in logged_entries(who, PROFICIENCY)
        if entry.values.get("result") not in PASSED and entry.state != "closed"
    ]


def papers(who: AssessmentRecords) -> Measured | None:
    """文书质量评查: the reports that were found in order."""
    found = logged_entries(who, REVIEWED)
    due = sum(int(entry.values.get("sampled") or 0) for entry in found)
    if not due:
        return None
    bad = sum(int(entry.values.get("unqualified") or 0) for entry in found)
    return Measured(
        found=Decimal(due - bad), due=Decimal(due), evidence=f"评查文书 {due} 份，不合格 {bad} 份"
    )


def accredited(who: AssessmentRecords) -> Measured:
    """Of the disciplines for which an accreditation is due, how many had one in force at the end."""
    required = members(repacked(str(who.parameters["appraisal.cma.required"])))
    due = [code for code in members(who.values.get("scope")) if code.startswith(required)]
    if not due:
        return Measured(found=None, evidence="没有应当通过资质认定的执业类别")
    have = [code for code in due if code in in_force(who)]
    lacking = "、".join(code for code in due if code not in have)
    return Measured(
        found=Decimal(len(have)),
        due=Decimal(len(due)),
        evidence=f"应认定 {len(due)} 类，有效 {len(have)} 类" + (f"，缺 {lacking}" if lacking else ""),
    )


def in_force(who: AssessmentRecords) -> frozenset[str]:
    """The disciplines with an accreditation in force at the end of the period: by the ledger, where it has
    entries; else by what the roster says of the certificate."""
    last = who.period[1]
    logged = who.logged.get(ACCREDITED, ())
    if logged:
        return frozenset(
            code
            for entry in logged
            if entry.state == "in_force"
            and entry.day <= last
            and (entry.until is None or entry.until >= last)
            for code in members(entry.values.get("categories"))
        )
    until = who.values.get("cma_to")
    if who.values.get("cma_no") is None or (until is not None and until < last):
        return frozenset()
    return frozenset(members(who.values.get("cma_categories")))


def imposed_on(who: AssessmentRecords) -> Measured:
    """Penalties and sanctions of the year, for a deduction."""
    numbers = [case.number for work in ("penalty", "discipline") for case, _ in imposed(who, work)]
    return Measured(
        found=Decimal(len(numbers)), evidence=f"处罚和行业惩戒 {len(numbers)} 次 {'、'.join(numbers)}".strip()
    )


NEW = AssessmentRule(
    key="appraisal.review.new",
    text="考核期间内新登记，参加考核，不评定等次",
    article=YEARLY,
    holds=new_in_period,
)
PENDING = AssessmentRule(
    key="appraisal.review.pending",
    text="投诉、惩戒或者处罚案件尚未办结，暂缓评定",
    article=YEARLY,
    holds=lambda who: case_pending(who) or penalty_pending(who),
)
NO_BODY = AssessmentRule(
    key="appraisal.review.no_body",
    text="没有执业机构，转入机构后再行考核",
    article=f"{YEARLY}；参照广东省司法鉴定管理条例第二十二条",
    holds=lambda who: who.body_status is None,
)
STOPPED = GradeRule(
    key="appraisal.review.stopped",
    text="受停止从事司法鉴定业务以上处罚",
    article=f"{YEARLY}；决定第十三条",
    holds=stopped,
    grade="unqualified",
)
RECTIFYING = GradeRule(
    key="appraisal.review.rectifying",
    text="限期整改未完成",
    article=YEARLY,
    holds=lambda who: who.status == "rectifying",
    grade="unqualified",
)
EXPIRED = GradeRule(
    key="appraisal.review.expired",
    text="许可证有效期届满未延续",
    article=f"{YEARLY}；行政许可法第七十条",
    holds=lambda who: who.values.get("licensed_to") is not None and who.values["licensed_to"] < who.period[1],
    grade="unqualified",
)
TOO_FEW = GradeRule(
    key="appraisal.review.too_few",
    text="鉴定人人数低于法定人数",
    article=f"{YEARLY}；决定第五条",
    holds=lambda who: who.linked.get(MEMBERS, 0) < who.number("appraisal.min_appraisers_per_item"),
    grade="unqualified",
)
REFUSED_COURT = GradeRule(
    key="appraisal.review.refused_court",
    text="经法院依法通知，拒绝出庭作证",
    article="决定第十三条",
    holds=lambda who: any(case.state == "refused" for case in called(who.cases, who)),
    grade="unqualified",
)
UNMENDED_SANCTION = GradeRule(
    key="appraisal.review.unmended",
    text="受行业惩戒，尚未执行完毕",
    article=YEARLY,
    holds=sanction_not_mended,
    grade="unqualified",
)
UNTRAINED = GradeRule(
    key="appraisal.review.untrained",
    text="继续教育学时不足",
    article=YEARLY,
    holds=too_few_hours(TRAINING, "appraisal.review.training_hours", "appraisal.review.training_counts"),
    grade="unqualified",
)
