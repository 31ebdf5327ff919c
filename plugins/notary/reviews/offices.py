"""公证机构年度考核: the office scores itself, the bureau checks files and site, decides and files upward."""

from decimal import Decimal

from plugins.notary.reviews.parameters import OFFICES
from plugins.notary.reviews.rules import (
    NEW_OFFICE,
    OFFICE_CLOSING,
    OFFICE_LEADERS,
    OFFICE_MEND,
    OFFICE_PUNISHED,
    OFFICE_STOPPED,
    PENALTY_OPEN,
    TOO_FEW,
    complaints,
    unqualified_files,
)
from suite.api import (
    AssessmentGrade,
    AssessmentScheme,
    Criterion,
    ItemMeasure,
    SchemeStep,
    ScoreSource,
    SheetMeasure,
    SheetPart,
    StateKind,
)

BY_HAND = (ScoreSource.REVIEW, ScoreSource.SITE, ScoreSource.REPORTED)


def _item(key: str, title: str, most: int, rule: str) -> Criterion:
    return Criterion(
        key=key, heading=title, title=title, most=Decimal(most), measure=SheetMeasure.RATING, sources=BY_HAND,
        rule=rule, article=f"{OFFICES}第四条",
    )  # fmt: skip


# After the score sheet of a city's own rule; the bureau revises it as data.
SHEET = (
    _item("practice", "执业情况", 25, "业务量、执业区域、受理和出证程序、便民服务"),
    _item("quality", "公证质量", 24, "卷宗质量、质量检查和整改、复查和投诉办理"),
    _item("organisation", "组织建设", 15, "党建、班子、队伍、公证员人数和职称"),
    _item("notaries", "公证员考核", 8, "按时完成公证员年度考核，一人一档"),
    _item("archives", "档案管理", 10, "归档及时、完整，档案室达标"),
    _item("finance", "收费和财务", 10, "执行收费标准，财务、提存账户、责任保险"),
    _item("rules", "内部管理", 8, "重大事项集体讨论、印章证书、投诉公开"),
    Criterion(
        key="unqualified", heading="减分", title="质量检查不合格的公证卷宗", most=Decimal(30),
        measure=SheetMeasure.COUNT, full=Decimal(3), part=SheetPart.DEDUCTION,
        sources=(ScoreSource.RECORDS,), rule="每件减 10 分", article=f"{OFFICES}第四条",
    ),
    Criterion(
        key="complaints", heading="减分", title="查实的投诉", most=Decimal(20), measure=SheetMeasure.COUNT,
        full=Decimal(4), part=SheetPart.DEDUCTION, sources=(ScoreSource.RECORDS,), rule="每件减 5 分",
        article=f"{OFFICES}第四条",
    ),
    Criterion(
        key="false", heading="一票否决", title="出具虚假公证书", most=Decimal(1),
        measure=SheetMeasure.THRESHOLD, part=SheetPart.VETO, sources=(ScoreSource.REVIEW,),
        rule="查实的，不合格", article="公证法第四十二条",
    ),
)  # fmt: skip

OFFICE_REVIEW = AssessmentScheme(
    key="notary.office_review",
    title="公证机构年度考核",
    kinds=("notary.notary_office",),
    grades=(
        AssessmentGrade(key="qualified", title="合格", state=StateKind.OK, at_least=Decimal(80)),
        AssessmentGrade(
            key="basically_qualified", title="基本合格", state=StateKind.WARN, at_least=Decimal(60)
        ),
        AssessmentGrade(key="unqualified", title="不合格", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="report", title="机构报告、自评", action="assessment:report",
            by="notary.review.office_report_by",
            needs=("年度工作报告", "自评表", "财务报告", "公证员考核结果"), article=f"{OFFICES}第三条",
        ),
        SchemeStep(
            key="check", title="司法局核查评分", action="assessment:score", sheet=True,
            or_by=("assessment:report",), article=f"{OFFICES}第三条",
        ),
        SchemeStep(
            key="grade", title="评定等次", action="assessment:run", decides=True,
            or_by=("assessment:report",), by="notary.review.finish_by", article=f"{OFFICES}第三条",
        ),
        SchemeStep(key="file", title="报省厅备案", action="assessment:run", article=OFFICES),
    ),
    criteria=SHEET,
    deduction_most=Decimal(50),
    outside=(OFFICE_CLOSING,),
    ungraded=(NEW_OFFICE,),
    deferred=(PENALTY_OPEN,),
    proposals=(OFFICE_PUNISHED, TOO_FEW, OFFICE_STOPPED),
    measures=(
        ItemMeasure(item="unqualified", finds=unqualified_files),
        ItemMeasure(item="complaints", finds=complaints),
    ),
    effects=(OFFICE_MEND, OFFICE_LEADERS),
    # Shown for as long as the office may object.
    objection_limit="notary.review.objection",
    order=10,
)  # fmt: skip
