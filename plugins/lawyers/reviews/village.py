"""村（居）法律顾问考核: what the service log tells is counted, the villagers say whether they are content."""

from __future__ import annotations

from decimal import Decimal

from plugins.lawyers.reviews.parameters import VILLAGE
from plugins.lawyers.reviews.rules import CASE_OPEN, NEW_LAWYER
from suite.api import (
    AssessmentGrade,
    AssessmentRecords,
    AssessmentScheme,
    GradeEffect,
    GradeRule,
    ItemMeasure,
    Measured,
    SchemeStep,
    ScoreSource,
    SheetItems,
    SheetMeasure,
    SheetPart,
    StateKind,
    counted_complaints,
    logged_entries,
    stopped,
)

#: The agreements that name a lawyer as counsel of a village.
AGREEMENTS, SERVICES = "lawyers.village_counsel.counsel_id", "lawyers.counsel_services"
MONTHS = 12
REVIEWED, COUNTED, REPORTED = ScoreSource.REVIEW, ScoreSource.RECORDS, ScoreSource.REPORTED


def _services(who: AssessmentRecords, *left_out: str, only: str = "") -> int:
    """The services of the period that were held: of one kind, or all but some."""
    return sum(
        entry.state == "held"
        and (entry.values.get("service") == only if only else entry.values.get("service") not in left_out)
        for entry in logged_entries(who, SERVICES)
    )


def _visits(who: AssessmentRecords) -> Measured | None:
    """Whoever logs services is counted by the log; of others the report is looked at."""
    villages, found = who.linked.get(AGREEMENTS, 0), _services(who, "online")
    due = villages * MONTHS * who.number("lawyers.counsel.visits_per_month")
    if not found:
        return None
    return Measured(
        found=Decimal(min(found, due)),
        due=Decimal(due),
        evidence=f"{villages} 个村应到 {due} 次，实到 {found} 次",
    )


def _lectures(who: AssessmentRecords) -> Measured | None:
    villages, found = who.linked.get(AGREEMENTS, 0), _services(who, only="lecture")
    due = villages * who.number("lawyers.village.lectures_per_year")
    if not logged_entries(who, SERVICES):
        return None
    return Measured(
        found=Decimal(min(found, due)),
        due=Decimal(due),
        evidence=f"{villages} 个村应讲 {due} 次，已讲 {found} 次",
    )


def _load(who: AssessmentRecords) -> Measured:
    served, most = who.linked.get(AGREEMENTS, 0), who.number("lawyers.counsel.max_villages")
    return Measured(
        found=Decimal(1) if served <= most else Decimal(0),
        evidence=f"担任 {served} 个村（社区）的顾问，上限 {most} 个",
    )


_item = SheetItems(article=VILLAGE)
SHEET = (
    _item("visits", "服务次数", "到村服务", 25, SheetMeasure.RATIO, (COUNTED, REPORTED, REVIEWED),
          "到村次数÷应到次数（每月一次）"),
    _item("lectures", "服务次数", "法治讲座", 15, SheetMeasure.RATIO, (COUNTED, REPORTED, REVIEWED),
          "讲座次数÷应讲次数（每季一次）"),
    _item("online", "服务次数", "微信群答复及时", 10, SheetMeasure.RATIO, (ScoreSource.ONLINE, REPORTED),
          "当日答复的提问÷全部提问"),
    _item("work", "服务质量", "合同审查、纠纷化解、村规民约审核", 15, SheetMeasure.RATING, (REVIEWED,),
          "抽查服务记录评定"),
    _item("log", "服务质量", "服务日志完整", 10, SheetMeasure.RATIO, (REVIEWED,),
          "合格的日志÷抽查的日志"),
    _item("load", "服务质量", "担任顾问的村（社区）不超过上限", 5, SheetMeasure.THRESHOLD, (COUNTED,),
          "不超过上限的得满分"),
    _item("satisfaction", "满意度", "村（社区）和群众满意率", 20, SheetMeasure.MEAN, (ScoreSource.SURVEY,),
          "90% 以上得满分", 90),
    _item("complaints", "减分", "查实的投诉", 20, SheetMeasure.COUNT, (COUNTED,), "每件减 10 分", 2,
          SheetPart.DEDUCTION),
    _item("false_log", "一票否决", "服务记录弄虚作假", 1, SheetMeasure.THRESHOLD, (REVIEWED,),
          "查实的，不合格", 1, SheetPart.VETO),
)  # fmt: skip

STOPPED = GradeRule(
    key="lawyers.village.stopped",
    text="受停止执业以上处罚，不能继续担任顾问",
    article=f"{VILLAGE}；中办发〔2016〕30号",
    holds=stopped,
    grade="failed",
)
REPLACE = GradeEffect(
    key="lawyers.village.replace",
    title="解除顾问协议，由律师事务所另行指派",
    grades=("failed",),
    article=VILLAGE,
    within="lawyers.review.mend_days",
)

VILLAGE_COUNSEL = AssessmentScheme(
    key="lawyers.village_review",
    title="村（居）法律顾问考核",
    kinds=("lawyers.lawyer",),
    takes=lambda who: who.linked.get(AGREEMENTS, 0) > 0,
    grades=(
        AssessmentGrade(key="excellent", title="优秀", state=StateKind.OK, at_least=Decimal(90)),
        AssessmentGrade(key="passed", title="合格", state=StateKind.NEUTRAL, at_least=Decimal(60)),
        AssessmentGrade(key="failed", title="不合格", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="report", title="服务情况报送", action="assessment:report",
            needs=("服务日志", "村（居）评价表"), article=VILLAGE,
        ),
        SchemeStep(key="score", title="县区评分", action="assessment:score", sheet=True, article=VILLAGE),
        SchemeStep(
            key="grade", title="评定等次", action="assessment:run", decides=True,
            or_by=("assessment:report", "assessment:decide"), article=VILLAGE,
        ),
    ),
    criteria=SHEET,
    deduction_most=Decimal(20),
    ungraded=(NEW_LAWYER,),
    deferred=(CASE_OPEN,),
    proposals=(STOPPED,),
    measures=(
        ItemMeasure(item="visits", finds=_visits),
        ItemMeasure(item="lectures", finds=_lectures),
        ItemMeasure(item="load", finds=_load),
        ItemMeasure(
            item="complaints", finds=counted_complaints("lawyers.counsel_complaint", called="顾问投诉")
        ),
    ),
    reads=(SERVICES,),
    effects=(REPLACE,),
    notice_days="lawyers.village.notice_days",
    order=50,
)  # fmt: skip
