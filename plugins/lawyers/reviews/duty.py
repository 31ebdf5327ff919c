"""值班律师服务质量考核: sessions, training, complaints as recorded; quality as judged by who looks."""

from __future__ import annotations

from decimal import Decimal

from plugins.lawyers.reviews.parameters import DUTY
from plugins.lawyers.reviews.rules import CASE_OPEN, NEW_LAWYER, TRAINING
from suite.api import (
    AssessmentGrade,
    AssessmentRecords,
    AssessmentScheme,
    Criterion,
    GradeEffect,
    GradeRule,
    ItemMeasure,
    Measured,
    SchemeStep,
    ScoreSource,
    SheetMeasure,
    SheetPart,
    StateKind,
    counted_complaints,
    imposed,
    logged_entries,
    logged_hours,
    stopped,
)

#: Who is in the pool, from entry to exit: whoever was in it in the period is judged.
POOL, SESSIONS = "lawyers.duty_pool", "lawyers.duty_sessions"
REVIEWED, SURVEYED, COUNTED = ScoreSource.REVIEW, ScoreSource.SURVEY, ScoreSource.RECORDS


def _attendance(who: AssessmentRecords) -> Measured | None:
    due = logged_entries(who, SESSIONS)
    if not due:
        return None
    came = [entry for entry in due if entry.state == "held"]
    return Measured(
        found=Decimal(len(came)), due=Decimal(len(due)), evidence=f"应到 {len(due)} 班，实到 {len(came)} 班"
    )


def _training(who: AssessmentRecords) -> Measured | None:
    if not logged_entries(who, TRAINING):
        return None
    hours, least = logged_hours(who, TRAINING), Decimal(str(who.parameters["lawyers.duty.training_hours"]))
    return Measured(found=min(hours, least), due=least, evidence=f"培训 {hours} 学时，应有 {least} 学时")


SHEET = (
    Criterion(
        key="attendance", heading="值班", title="按时到岗", most=Decimal(25), measure=SheetMeasure.RATIO,
        sources=(COUNTED, ScoreSource.REPORTED), rule="实到班次÷应到班次", article=DUTY,
    ),
    Criterion(
        key="discipline", heading="值班", title="遵守值班纪律、工作场所规定", most=Decimal(10),
        measure=SheetMeasure.RATING, sources=(REVIEWED, ScoreSource.SITE), rule="检查评定", article=DUTY,
    ),
    Criterion(
        key="help", heading="服务质量", title="法律帮助、认罪认罚见证的质量", most=Decimal(25),
        measure=SheetMeasure.RATING, sources=(REVIEWED,), rule="抽查值班记录和具结书评定", article=DUTY,
    ),
    Criterion(
        key="files", heading="服务质量", title="值班记录和档案", most=Decimal(15), measure=SheetMeasure.RATIO,
        sources=(REVIEWED,), rule="合格的记录÷抽查的记录", article=DUTY,
    ),
    Criterion(
        key="training", heading="服务质量", title="参加培训", most=Decimal(10), measure=SheetMeasure.RATIO,
        sources=(COUNTED, ScoreSource.REPORTED), rule="培训学时÷应有学时", article=DUTY,
    ),
    Criterion(
        key="satisfaction", heading="评价", title="受助人、办案机关满意率", most=Decimal(15),
        measure=SheetMeasure.MEAN, full=Decimal(90), sources=(SURVEYED,), rule="90% 以上得满分", article=DUTY,
    ),
    Criterion(
        key="complaints", heading="减分", title="查实的投诉", most=Decimal(20), full=Decimal(2),
        measure=SheetMeasure.COUNT, part=SheetPart.DEDUCTION, sources=(COUNTED,), rule="每件减 10 分",
        article=DUTY,
    ),
    Criterion(
        key="fees", heading="一票否决", title="收取财物、索要好处、推介案源", most=Decimal(1),
        measure=SheetMeasure.THRESHOLD, part=SheetPart.VETO, sources=(REVIEWED,), rule="查实的，不合格",
        article=DUTY,
    ),
)  # fmt: skip

STOPPED = GradeRule(
    key="lawyers.duty.stopped",
    text="受停止执业以上处罚或者中止会员权利以上处分，不能继续值班",
    article=DUTY,
    holds=lambda who: (
        stopped(who) or any(found & {"suspension", "revocation"} for _, found in imposed(who, "discipline"))
    ),
    grade="failed",
)
LEAVES = GradeEffect(
    key="lawyers.duty.leaves",
    title="退出值班律师库",
    grades=("failed",),
    article=DUTY,
    ends=POOL,
    sets={"state": "ended", "exit": "poor"},
)
RETRAIN = GradeEffect(
    key="lawyers.duty.retrain",
    title="约谈，参加补训后再安排值班",
    grades=("passed",),
    article=DUTY,
    within="lawyers.review.mend_days",
)

DUTY_LAWYERS = AssessmentScheme(
    key="lawyers.duty_review",
    title="值班律师服务质量考核",
    kinds=("lawyers.lawyer",),
    takes=lambda who: bool(who.logged.get(POOL)),
    grades=(
        AssessmentGrade(key="excellent", title="优秀", state=StateKind.OK, at_least=Decimal(90)),
        AssessmentGrade(key="good", title="良好", state=StateKind.OK, at_least=Decimal(75)),
        AssessmentGrade(key="passed", title="合格", state=StateKind.NEUTRAL, at_least=Decimal(60)),
        AssessmentGrade(key="failed", title="不合格", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="report", title="值班情况报送", action="assessment:report", needs=("值班情况统计表",),
            article=DUTY,
        ),
        SchemeStep(key="score", title="评分", action="assessment:score", sheet=True, article=DUTY),
        SchemeStep(
            key="grade", title="评定等次", action="assessment:run", decides=True,
            or_by=("assessment:decide",), article=DUTY,
        ),
    ),
    criteria=SHEET,
    deduction_most=Decimal(20),
    ungraded=(NEW_LAWYER,),
    deferred=(CASE_OPEN,),
    proposals=(STOPPED,),
    measures=(
        ItemMeasure(item="attendance", finds=_attendance),
        ItemMeasure(item="training", finds=_training),
        ItemMeasure(item="complaints", finds=counted_complaints()),
    ),
    reads=(POOL, SESSIONS, TRAINING),
    effects=(LEAVES, RETRAIN),
    notice_days="lawyers.duty.notice_days",
    order=40,
)  # fmt: skip
