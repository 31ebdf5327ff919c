"""公证质量等次: an office's quality of a year, worked out from inspections, reviews and complaints."""

from __future__ import annotations

from decimal import Decimal

from plugins.notary.reviews.parameters import QUALITY
from plugins.notary.reviews.rules import (
    OFFICE_STOPPED,
    complaints,
    disciplined,
    files,
    inspections,
    sampled,
    withdrawn,
)
from suite.api import (
    AssessmentGrade,
    AssessmentRecords,
    AssessmentRule,
    AssessmentScheme,
    Criterion,
    GradeEffect,
    ItemMeasure,
    Measured,
    SchemeStep,
    ScoreSource,
    SheetMeasure,
    SheetPart,
    StateKind,
)

COUNTED, REVIEWED = ScoreSource.RECORDS, ScoreSource.REVIEW


def _passed(who: AssessmentRecords) -> Measured | None:
    due, found = sampled(who), files(who, "qualified", "basic")
    if not due:
        return None
    return Measured(
        found=Decimal(found), due=Decimal(due), evidence=f"抽查 {due} 件，合格和基本合格 {found} 件"
    )


def _right(who: AssessmentRecords) -> Measured | None:
    due, wrong = sampled(who), files(who, "wrong")
    if not due:
        return None
    return Measured(found=Decimal(due - wrong), due=Decimal(due), evidence=f"抽查 {due} 件，错证 {wrong} 件")


def _mended(who: AssessmentRecords) -> Measured | None:
    asked = [case for case in inspections(who) if case.values.get("rectify_by") is not None]
    done = [case for case in asked if case.values.get("rectified_on") is not None]
    if not any(True for _ in inspections(who)):
        return None
    if not asked:
        return Measured(found=None, evidence="质量检查没有要求整改")
    return Measured(
        found=Decimal(len(done)),
        due=Decimal(len(asked)),
        evidence=f"要求整改 {len(asked)} 次，已确认 {len(done)} 次",
    )


def _withdrawn(who: AssessmentRecords) -> Measured:
    most, found = who.number("notary.quality.withdrawn_most"), withdrawn(who)
    return Measured(
        found=Decimal(1) if found <= most else Decimal(0), evidence=f"经复查撤销公证书 {found} 件"
    )


def _imposed(who: AssessmentRecords) -> Measured:
    found = disciplined(who)
    return Measured(found=Decimal(found), evidence=f"处罚和行业惩戒 {found} 次")


SHEET = (
    Criterion(
        key="pass_rate", heading="卷宗质量", title="抽查卷宗合格率", most=Decimal(40),
        measure=SheetMeasure.RATIO, sources=(COUNTED, REVIEWED), rule="合格和基本合格÷抽查", article=QUALITY,
    ),
    Criterion(
        key="wrong", heading="卷宗质量", title="没有错证", most=Decimal(20), measure=SheetMeasure.RATIO,
        sources=(COUNTED, REVIEWED), rule="没有错证的÷抽查", article=QUALITY,
    ),
    Criterion(
        key="mended", heading="整改", title="质量检查整改", most=Decimal(10), measure=SheetMeasure.RATIO,
        sources=(COUNTED, REVIEWED), rule="已确认整改÷要求整改", article=QUALITY,
    ),
    Criterion(
        key="withdrawn", heading="整改", title="经复查撤销的公证书", most=Decimal(10),
        measure=SheetMeasure.THRESHOLD, sources=(COUNTED,), rule="不超过规定件数的得满分", article=QUALITY,
    ),
    Criterion(
        key="system", heading="质量管理", title="审批、重大事项讨论、质量自查制度", most=Decimal(20),
        measure=SheetMeasure.RATING, sources=(REVIEWED, ScoreSource.SITE), rule="检查评定", article=QUALITY,
    ),
    Criterion(
        key="complaints", heading="减分", title="查实的投诉", most=Decimal(20), measure=SheetMeasure.COUNT,
        full=Decimal(4), part=SheetPart.DEDUCTION, sources=(COUNTED,), rule="每件减 5 分", article=QUALITY,
    ),
    Criterion(
        key="imposed", heading="减分", title="处罚和行业惩戒", most=Decimal(20), measure=SheetMeasure.COUNT,
        full=Decimal(2), part=SheetPart.DEDUCTION, sources=(COUNTED,), rule="每次减 10 分", article=QUALITY,
    ),
)  # fmt: skip

NOT_INSPECTED = AssessmentRule(
    key="notary.quality.not_inspected",
    text="当年没有质量检查结果，检查后再评定",
    article=QUALITY,
    holds=lambda who: not any(True for _ in inspections(who)),
)
CHECK_MORE = GradeEffect(
    key="notary.quality.check_more",
    title="列入下一年度重点抽查，提高抽查比例",
    grades=("unqualified", "basically_qualified"),
    article=QUALITY,
)

QUALITY_GRADING = AssessmentScheme(
    key="notary.quality_grading",
    title="公证质量等次评定",
    kinds=("notary.notary_office",),
    grades=(
        AssessmentGrade(key="excellent", title="优秀", state=StateKind.OK, at_least=Decimal(95)),
        AssessmentGrade(key="qualified", title="合格", state=StateKind.OK, at_least=Decimal(80)),
        AssessmentGrade(
            key="basically_qualified", title="基本合格", state=StateKind.WARN, at_least=Decimal(60)
        ),
        AssessmentGrade(key="unqualified", title="不合格", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="score", title="测算、评分", action="assessment:score", sheet=True, article=QUALITY
        ),
        SchemeStep(
            key="grade", title="评定等次", action="assessment:run", decides=True,
            or_by=("assessment:decide",), article=QUALITY,
        ),
    ),
    criteria=SHEET,
    deduction_most=Decimal(40),
    deferred=(NOT_INSPECTED,),
    proposals=(OFFICE_STOPPED,),
    measures=(
        ItemMeasure(item="pass_rate", finds=_passed),
        ItemMeasure(item="wrong", finds=_right),
        ItemMeasure(item="mended", finds=_mended),
        ItemMeasure(item="withdrawn", finds=_withdrawn),
        ItemMeasure(item="complaints", finds=complaints),
        ItemMeasure(item="imposed", finds=_imposed),
    ),
    effects=(CHECK_MORE,),
    notice_days="notary.quality.notice_days",
    order=40,
)  # fmt: skip
