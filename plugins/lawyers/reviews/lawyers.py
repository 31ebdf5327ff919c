"""律师执业年度考核: the firm gives an opinion, the association decides, the bureau files and stamps."""

from plugins.lawyers.reviews.rules import (
    BAR,
    CASE_OPEN,
    COMPLAINT_VALID,
    FALSE_MATERIAL,
    FIRM_SUSPENDED,
    GUIDED,
    HELD,
    ILL,
    MEND,
    NEW_LAWYER,
    NO_FIRM,
    NOT_MENDED,
    OTHER_CATEGORY,
    PUNISHED,
    READS,
    REMIND,
    REVIEW,
    SANCTIONED,
    STOPPED,
    STUDYING,
    TALKED_TO,
    UNTRAINED,
    WINDOW,
)
from suite.api import AssessmentGrade, AssessmentScheme, SchemeStep, StateKind

HEBEI = "河北省律师执业年度考核实施细则（冀律协〔2012〕25号）"

LAWYERS = AssessmentScheme(
    key="lawyers.lawyer_review",
    title="律师执业年度考核",
    kinds=("lawyers.lawyer",),
    grades=(
        AssessmentGrade(key="competent", title="称职", state=StateKind.OK),
        AssessmentGrade(key="basically_competent", title="基本称职", state=StateKind.WARN),
        AssessmentGrade(key="incompetent", title="不称职", state=StateKind.BAD),
    ),
    steps=(
        SchemeStep(
            key="self", title="个人总结、律所意见", action="assessment:report", by="lawyers.review.submit_by",
            window=WINDOW, needs=("律师执业年度考核登记表", "本人总结", "律所考核意见"),
            article=f"{HEBEI}第四条、第五条",
        ),
        SchemeStep(
            key="grade", title="协会评定", action="assessment:decide", decides=True, window=WINDOW,
            article=f"{HEBEI}第五条",
        ),
        SchemeStep(
            key="stamp", title="备案盖章", action="assessment:run", window=WINDOW, needs=("律师执业证",),
            article=REVIEW,
        ),
    ),
    outside=(OTHER_CATEGORY,),
    ungraded=(NEW_LAWYER, STUDYING, ILL),
    deferred=(NO_FIRM, FIRM_SUSPENDED, CASE_OPEN, TALKED_TO, HELD),
    proposals=(
        COMPLAINT_VALID, GUIDED, PUNISHED, SANCTIONED, UNTRAINED, NOT_MENDED, STOPPED, FALSE_MATERIAL,
    ),
    reads=READS,
    reconciles=True,
    effects=(MEND, BAR, REMIND),
    notice_days="lawyers.review.notice_days",
    objection_limit="lawyers.review.lawyer_objection",
    order=10,
)  # fmt: skip
