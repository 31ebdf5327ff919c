"""律师事务所年度检查考核: the county looks first, the association confirms, the city decides and stamps."""

from plugins.lawyers.reviews.rules import (
    FIRM_END,
    FIRM_FALSE,
    FIRM_MEND,
    FIRM_REVIEW,
    FIRM_STOPPED,
    NEW_BODY,
    SITUATIONS,
    WINDOW,
)
from suite.api import Absence, AssessmentGrade, AssessmentScheme, SchemeStep, StateKind

FIRM_RULES = "律师事务所管理办法第五十九条"

BODIES = AssessmentScheme(
    key="lawyers.body_review",
    title="律师事务所年度检查考核",
    kinds=("lawyers.law_firm", "lawyers.branch_office"),
    grades=(
        AssessmentGrade(key="qualified", title="合格", state=StateKind.OK),
        AssessmentGrade(key="unqualified", title="不合格", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="report", title="执业情况报告", action="assessment:report", by="lawyers.review.submit_by",
            window=WINDOW,
            needs=("年度执业情况报告", "年度检查考核登记表", "审计报告", "纳税凭证", "社会保险凭证"),
            article=FIRM_RULES,
        ),
        SchemeStep(
            key="county", title="县区初审", action="assessment:report", window=WINDOW, article=FIRM_REVIEW
        ),
        SchemeStep(
            key="association", title="协会核实会员义务", action="assessment:score", window=WINDOW,
            article=FIRM_REVIEW,
        ),
        SchemeStep(
            key="grade", title="市局评定", action="assessment:run", decides=True, window=WINDOW,
            article=FIRM_REVIEW,
        ),
        SchemeStep(
            key="stamp", title="副本盖章", action="assessment:run", needs=("执业许可证副本",),
            window=WINDOW, article=FIRM_REVIEW,
        ),
    ),
    ungraded=(NEW_BODY,),
    proposals=(FIRM_STOPPED, FIRM_FALSE),
    reads=(SITUATIONS,),
    reconciles=True,
    effects=(FIRM_MEND, FIRM_END),
    notice_days="lawyers.review.notice_days",
    objection_limit="lawyers.review.firm_objection",
    absence=Absence(
        title="公告责令限期接受检查考核，逾期视为自行停办，收回并注销执业许可证",
        within="lawyers.review.absence_days", article=FIRM_REVIEW,
    ),
    order=20,
)  # fmt: skip
