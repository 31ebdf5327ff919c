"""How committees are assessed every year: a sheet, grades, steps; nothing but data."""

from __future__ import annotations

from decimal import Decimal

from suite.api import (
    AssessmentGrade,
    AssessmentScheme,
    Criterion,
    GradeEffect,
    SchemeStep,
    ScoreSource,
    SheetMeasure,
    StateKind,
)

LAW = "人民调解法"
REVIEW = ScoreSource.REVIEW

SCHEMES = (
    AssessmentScheme(
        key="mediation.committee_review",
        title="人民调解委员会规范化评定",
        kinds=("mediation.committee",),
        grades=(
            AssessmentGrade(key="model", title="规范化", state=StateKind.OK, at_least=Decimal(85)),
            AssessmentGrade(key="passed", title="合格", state=StateKind.NEUTRAL, at_least=Decimal(60)),
            AssessmentGrade(key="failed", title="不合格", state=StateKind.BAD),
        ),
        steps=(
            SchemeStep(key="report", title="自评上报", action="assessment:report", article=LAW),
            SchemeStep(key="score", title="评分", action="assessment:score", sheet=True, article=LAW),
            SchemeStep(key="grade", title="评定", action="assessment:run", decides=True, article=LAW),
        ),
        criteria=(
            Criterion(
                key="success",
                heading="成效",
                title="调解成功率",
                most=Decimal(60),
                measure=SheetMeasure.RATIO,
                sources=(REVIEW,),
                rule="调解成功÷受理",
            ),
            Criterion(
                key="files",
                heading="规范",
                title="卷宗",
                most=Decimal(40),
                measure=SheetMeasure.RATING,
                sources=(REVIEW,),
                rule="抽查评定",
            ),
        ),
        effects=(
            GradeEffect(
                key="mediation.committee_review.mend", title="限期整改", grades=("failed",), article=LAW
            ),
        ),
        group="category",
    ),
)
