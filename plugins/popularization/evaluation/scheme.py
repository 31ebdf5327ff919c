"""How duty units are evaluated: units report, several sources score, the office decides."""

from decimal import Decimal

from plugins.popularization.evaluation.sheet import SHEET
from suite.api import (
    AssessmentGrade,
    AssessmentRule,
    AssessmentScheme,
    GradeEffect,
    Materials,
    Questionnaire,
    SchemeStep,
    StateKind,
    SurveyMeasure,
)

DUTY = "关于实行国家机关“谁执法谁普法”普法责任制的意见（2017）"

EVALUATION = AssessmentScheme(
    key="popularization.evaluation",
    title="谁执法谁普法履职评估",
    kinds=("popularization.duty_unit",),
    grades=(
        AssessmentGrade(
            key="excellent", title="优秀", state=StateKind.OK, at_least=Decimal(90),
            quota="popularization.eval.excellent_quota",
        ),
        AssessmentGrade(key="good", title="良好", state=StateKind.OK, at_least=Decimal(80)),
        AssessmentGrade(key="passed", title="合格", state=StateKind.NEUTRAL, at_least=Decimal(60)),
        AssessmentGrade(key="failed", title="不合格", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(key="report", title="信息报送", action="assessment:report", article=DUTY),
        SchemeStep(key="collect", title="采集评分", action="assessment:score", sheet=True, article=DUTY),
        SchemeStep(key="grade", title="评定等次", action="assessment:run", decides=True, article=DUTY),
    ),
    outside=(
        AssessmentRule(
            key="popularization.evaluation.city", text="市本级政府由上级评估，不参加本市的评估",
            article=DUTY, holds=lambda who: who.values.get("category") == "city",
        ),
    ),
    effects=(
        GradeEffect(
            key="popularization.evaluation.rectify", title="下达整改通知，限期整改并书面报告，期满复查",
            grades=("failed",), article=DUTY, within="popularization.eval.rectify_days",
        ),
    ),
    criteria=SHEET,
    bonus_most=Decimal(10),
    deduction_most=Decimal(20),
    group="category",
    gap="popularization.eval.scorer_gap",
    notice_days="popularization.eval.notice_days",
    objection_limit="popularization.eval.objection",
    survey=Questionnaire(
        feeds={
            SurveyMeasure.KNOWLEDGE: "knowledge", SurveyMeasure.SATISFACTION: "satisfaction",
            SurveyMeasure.PARTICIPATION: "participation", SurveyMeasure.ACCESS: "access",
        },
        least="popularization.survey.min_unit",
        least_of={"county": "popularization.survey.min_county"},
    ),
    materials=Materials(
        ledger="popularization.submissions", text="content", period="period_end",
        figures=("activities", "persons"), limit="popularization.submission.report",
        every="popularization.submission.every_months", least_text="popularization.submission.least_text",
        alike="popularization.submission.alike", feeds="meetings",
    ),
)  # fmt: skip
