"""公职律师、公司律师年度考核: the unit gives an opinion, the bureau reviews it and keeps the result."""

from plugins.lawyers.reviews.parameters import GOVERNMENT
from plugins.lawyers.reviews.rules import (
    CASE_OPEN,
    COMPLAINT_VALID,
    FALSE_MATERIAL,
    HELD,
    ILL,
    NEW_LAWYER,
    NOT_MENDED,
    PUNISHED,
    READS,
    SANCTIONED,
    STOPPED,
    STUDYING,
)
from suite.api import (
    AssessmentGrade,
    AssessmentRule,
    AssessmentScheme,
    GradeEffect,
    SchemeStep,
    StateKind,
)

LEFT_UNIT = AssessmentRule(
    key="lawyers.public.left_unit",
    text="没有登记所在单位，核实是否已经离职，应否收回证书",
    article=GOVERNMENT,
    holds=lambda who: who.body_status is None,
)
WITHDRAW = GradeEffect(
    key="lawyers.public.withdraw",
    title="连续不称职，提请省司法厅收回工作证书",
    grades=("incompetent",),
    article=GOVERNMENT,
    holds=lambda graded: graded.running("incompetent") >= int(graded.parameters["lawyers.public.bad_years"]),
)
TELL_UNIT = GradeEffect(
    key="lawyers.public.tell_unit",
    title="告知所在单位，限期改正",
    grades=("incompetent", "basically_competent"),
    article=GOVERNMENT,
    within="lawyers.review.mend_days",
)

PUBLIC = AssessmentScheme(
    key="lawyers.public_review",
    title="公职律师、公司律师年度考核",
    kinds=("lawyers.lawyer",),
    takes=lambda who: who.values.get("category") in ("government", "in_house"),
    grades=(
        AssessmentGrade(key="competent", title="称职", state=StateKind.OK),
        AssessmentGrade(key="basically_competent", title="基本称职", state=StateKind.WARN),
        AssessmentGrade(key="incompetent", title="不称职", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="unit", title="单位考核意见", action="assessment:report", by="lawyers.public.report_by",
            needs=("公职律师、公司律师年度考核表", "工作总结", "单位考核意见"), article=GOVERNMENT,
        ),
        SchemeStep(
            key="grade", title="司法局审核评定", action="assessment:run", decides=True,
            or_by=("assessment:decide", "assessment:report"), article=GOVERNMENT,
        ),
        SchemeStep(key="file", title="报省厅备案", action="assessment:run", article=GOVERNMENT),
    ),
    ungraded=(NEW_LAWYER, STUDYING, ILL),
    deferred=(LEFT_UNIT, CASE_OPEN, HELD),
    proposals=(COMPLAINT_VALID, PUNISHED, SANCTIONED, NOT_MENDED, STOPPED, FALSE_MATERIAL),
    reads=READS,
    effects=(TELL_UNIT, WITHDRAW),
    order=30,
)  # fmt: skip
