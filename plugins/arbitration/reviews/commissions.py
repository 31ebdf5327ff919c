"""仲裁机构年度检查: the report; the bureau's check of term, panel, disclosure, members, complaints."""

from plugins.arbitration.reviews.parameters import CHECK, DISCLOSURE
from suite.api import (
    AssessmentGrade,
    AssessmentRecords,
    AssessmentScheme,
    GradeEffect,
    GradeRule,
    SchemeStep,
    StateKind,
    complaint_valid,
    imposed,
    members,
    repacked,
)


def _undisclosed(who: AssessmentRecords) -> bool:
    asked = set(members(repacked(str(who.parameters["arbitration.disclosure.items"]))))
    return bool(asked - set(members(who.values.get("disclosed"))))


def _over(who: AssessmentRecords, key: str) -> bool:
    day = who.values.get(key)
    return day is not None and day < who.period[1]


def _short(who: AssessmentRecords) -> bool:
    count, experts, vice = (who.values.get(key) for key in ("members", "expert_members", "vice_chairs"))
    least, most = (who.number(f"arbitration.commission.members_{end}") for end in ("min", "max"))
    fewest, mostly = (who.number(f"arbitration.commission.vice_chairs_{end}") for end in ("min", "max"))
    thirds = who.number("arbitration.commission.expert_thirds")
    return (
        (count is not None and not least <= count <= most)
        or (vice is not None and not fewest <= vice <= mostly)
        or (count is not None and experts is not None and experts * 3 < count * thirds)
    )


TERM_OVER = GradeRule(
    key="arbitration.review.term_over",
    text="任期届满，尚未换届",
    article=f"{CHECK}；仲裁法（2025年修订）",
    holds=lambda who: who.status == "term_expired" or _over(who, "term_to"),
    grade="rectify",
)
PANEL_OVER = GradeRule(
    key="arbitration.review.panel_over",
    text="仲裁员名册期限届满，尚未更新",
    article=CHECK,
    holds=lambda who: _over(who, "panel_to"),
    grade="rectify",
)
UNDISCLOSED = GradeRule(
    key="arbitration.review.undisclosed",
    text="应当公开的事项没有全部公开",
    article=DISCLOSURE,
    holds=_undisclosed,
    grade="rectify",
)
NOT_REPORTED = GradeRule(
    key="arbitration.review.not_reported",
    text="没有报送年度报告",
    article=CHECK,
    holds=lambda who: (
        who.values.get("report_filed_on") is None or who.values["report_filed_on"] <= who.period[1]
    ),
    grade="rectify",
)
MEMBERS_SHORT = GradeRule(
    key="arbitration.review.members_short",
    text="组成人员人数或者专家比例不符合规定",
    article="仲裁法（2017年修正）第十二条；新法条文待核对",
    holds=_short,
    grade="rectify",
)
COMPLAINED = GradeRule(
    key="arbitration.review.complained",
    text="管理方面的投诉查实",
    article=CHECK,
    holds=complaint_valid,
    grade="rectify",
)
PUNISHED = GradeRule(
    key="arbitration.review.punished",
    text="被责令改正或者受处罚",
    article=f"{CHECK}；{DISCLOSURE}",
    holds=lambda who: any(True for _ in imposed(who, "penalty")),
    grade="rectify",
)


MEND = GradeEffect(
    key="arbitration.review.mend",
    title="限期整改，结果抄报省司法厅",
    grades=("rectify",),
    article=CHECK,
    within="arbitration.review.mend_days",
)

COMMISSION_REVIEW = AssessmentScheme(
    key="arbitration.commission_review",
    title="仲裁机构年度检查",
    kinds=("arbitration.arbitration_commission",),
    grades=(
        AssessmentGrade(key="sound", title="规范", state=StateKind.OK),
        AssessmentGrade(key="rectify", title="限期整改", state=StateKind.WARN),
    ),
    steps=(
        SchemeStep(
            key="report", title="机构年度报告", action="assessment:report", by="arbitration.review.report_by",
            needs=("年度工作报告", "统计报表", "信息公开情况"), article=CHECK,
        ),
        SchemeStep(
            key="check", title="司法局检查", action="assessment:score", or_by=("assessment:run",),
            article=CHECK,
        ),
        SchemeStep(
            key="grade", title="作出检查意见", action="assessment:run", decides=True,
            by="arbitration.review.check_by", article=CHECK,
        ),
        SchemeStep(key="copy", title="抄报省厅", action="assessment:run", article=CHECK),
    ),
    proposals=(TERM_OVER, PANEL_OVER, UNDISCLOSED, NOT_REPORTED, MEMBERS_SHORT, COMPLAINED, PUNISHED),
    effects=(MEND,),
    notice_days="arbitration.review.notice_days",
    order=10,
)  # fmt: skip
