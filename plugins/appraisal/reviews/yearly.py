"""年度考核 of appraisal institutions and of appraisers: county and city check, the province decides."""

from plugins.appraisal.reviews.parameters import YEARLY
from plugins.appraisal.reviews.rules import (
    EXPIRED,
    NEW,
    NO_BODY,
    PENDING,
    RECTIFYING,
    REFUSED_COURT,
    STOPPED,
    TOO_FEW,
    TRAINING,
    UNMENDED_SANCTION,
    UNTRAINED,
)
from suite.api import AssessmentGrade, AssessmentScheme, GradeEffect, SchemeStep, StateKind

GRADES = (
    AssessmentGrade(key="qualified", title="合格", state=StateKind.OK),
    AssessmentGrade(key="unqualified", title="不合格", state=StateKind.BAD),
)
MEND = GradeEffect(
    key="appraisal.review.mend",
    title="限期整改，整改不到位的报请省司法厅处理",
    grades=("unqualified",),
    article=YEARLY,
    within="appraisal.review.mend_days",
)
ROSTER = GradeEffect(
    key="appraisal.review.roster",
    title="编制下一版名册时列明考核不合格",
    grades=("unqualified",),
    article=f"{YEARLY}；司法鉴定人名册管理规定",
)
TWICE = GradeEffect(
    key="appraisal.review.twice",
    title="连续两年不合格，核查登记条件，延续登记时重点审查",
    grades=("unqualified",),
    article=YEARLY,
    holds=lambda graded: graded.running("unqualified") >= 2,
)


def _steps(report: str, *needs: str) -> tuple[SchemeStep, ...]:
    return (
        SchemeStep(
            key="report", title=report, action="assessment:report", by="appraisal.review.report_by",
            needs=needs, article=YEARLY,
        ),
        SchemeStep(
            key="check", title="县市初审", action="assessment:report", or_by=("assessment:run",),
            article=YEARLY,
        ),
        SchemeStep(
            key="grade", title="登记省厅评定结果", action="assessment:run", decides=True,
            or_by=("assessment:decide",), by="appraisal.review.finish_by", article=YEARLY,
        ),
    )  # fmt: skip


INSTITUTION_REVIEW = AssessmentScheme(
    key="appraisal.institution_review",
    title="司法鉴定机构年度考核",
    kinds=("appraisal.appraisal_institution",),
    grades=GRADES,
    steps=_steps("年度报告", "年度工作报告", "年度考核表", "资质认定证书", "能力验证结果", "财务报表"),
    ungraded=(NEW,),
    deferred=(PENDING,),
    proposals=(TOO_FEW, EXPIRED, RECTIFYING, STOPPED, UNMENDED_SANCTION),
    effects=(MEND, ROSTER, TWICE),
    notice_days="appraisal.review.notice_days",
    order=20,
)
APPRAISER_REVIEW = AssessmentScheme(
    key="appraisal.appraiser_review",
    title="司法鉴定人年度考核",
    kinds=("appraisal.appraiser",),
    grades=GRADES,
    steps=_steps("个人总结、机构意见", "年度考核表", "机构考核意见"),
    ungraded=(NEW,),
    deferred=(NO_BODY, PENDING),
    proposals=(EXPIRED, UNTRAINED, UNMENDED_SANCTION, REFUSED_COURT, STOPPED),
    reconciles=True,
    reads=(TRAINING,),
    effects=(MEND, ROSTER, TWICE),
    notice_days="appraisal.review.notice_days",
    order=30,
)
