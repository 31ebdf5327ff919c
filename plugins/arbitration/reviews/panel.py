"""仲裁员考核: the commission appraises its arbitrators before they are appointed again."""

from plugins.arbitration.reviews.parameters import APPRAISAL
from suite.api import (
    AssessmentGrade,
    AssessmentRecords,
    AssessmentRule,
    AssessmentScheme,
    GradeEffect,
    GradeRule,
    SchemeStep,
    StateKind,
    case_pending,
    complaint_valid,
    imposed,
    logged_entries,
    new_in_period,
    stopped,
    too_few_hours,
)

RULINGS, TRAINING = "arbitration.judicial_reviews", "arbitration.training"
#: What a court may rule that counts against an award; 重新仲裁 does not.
AGAINST = ("set_aside", "partly_set_aside", "refused")


def rulings_against(who: AssessmentRecords) -> int:
    """Rulings of the period that set aside or refused to enforce an award of this arbitrator and stand."""
    return sum(
        entry.values.get("ruling") in AGAINST and entry.state != "overturned"
        for entry in logged_entries(who, RULINGS)
    )


NEW = AssessmentRule(
    key="arbitration.review.new",
    text="考核期间内新聘，参加考核，不评定等次",
    article=APPRAISAL,
    holds=new_in_period,
)
PENDING = AssessmentRule(
    key="arbitration.review.pending",
    text="投诉尚未办结，暂缓评定",
    article=APPRAISAL,
    holds=case_pending,
)
STOPPED = GradeRule(
    key="arbitration.review.stopped",
    text="被暂停选任或者除名",
    article="仲裁法（2017年修正）第三十八条；新法条文待核对",
    holds=lambda who: (
        stopped(who) or any(found & {"suspension", "revocation"} for _, found in imposed(who, "discipline"))
    ),
    grade="incompetent",
)
COMPLAINED = GradeRule(
    key="arbitration.review.conduct",
    text="投诉查实，违反职业道德",
    article="仲裁法（2017年修正）第三十四条；新法条文待核对",
    holds=complaint_valid,
    grade="incompetent",
)
SET_ASIDE = GradeRule(
    key="arbitration.review.set_aside",
    text="一年内裁决被撤销、不予执行超过规定件数",
    article=APPRAISAL,
    holds=lambda who: rulings_against(who) > who.number("arbitration.review.set_aside_most"),
    grade="incompetent",
)
UNTRAINED = GradeRule(
    key="arbitration.review.untrained",
    text="参加培训的学时不足",
    article=APPRAISAL,
    holds=too_few_hours(TRAINING, "arbitration.review.training_hours", "arbitration.review.training_counts"),
    grade="incompetent",
)
NOT_AGAIN = GradeEffect(
    key="arbitration.review.not_again",
    title="聘期届满不再续聘，由仲裁机构决定",
    grades=("incompetent",),
    article=APPRAISAL,
)

ARBITRATOR_REVIEW = AssessmentScheme(
    key="arbitration.arbitrator_review",
    title="仲裁员考核",
    kinds=("arbitration.arbitrator",),
    grades=(
        AssessmentGrade(
            key="excellent", title="优秀", state=StateKind.OK, quota="arbitration.review.excellent_quota"
        ),
        AssessmentGrade(key="competent", title="称职", state=StateKind.OK),
        AssessmentGrade(key="incompetent", title="不称职", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="report", title="办案情况汇总", action="assessment:report", needs=("仲裁员考核表",),
            article=APPRAISAL,
        ),
        SchemeStep(
            key="grade", title="仲裁机构评定", action="assessment:run", decides=True,
            or_by=("assessment:decide", "assessment:report"), article=APPRAISAL,
        ),
    ),
    ungraded=(NEW,),
    deferred=(PENDING,),
    proposals=(COMPLAINED, SET_ASIDE, UNTRAINED, STOPPED),
    usual="competent",
    reads=(RULINGS, TRAINING),
    effects=(NOT_AGAIN,),
    order=20,
)  # fmt: skip
