"""公证员年度考核: the office reviews its notaries, the bureau reviews the head of the office."""

from plugins.notary.reviews.parameters import NOTARIES
from plugins.notary.reviews.rules import (
    NEW_NOTARY,
    NOTARY_COMPLAINT,
    NOTARY_MEND,
    NOTARY_PENDING,
    NOTARY_PUNISHED,
    NOTARY_REMIND,
    NOTARY_SANCTIONED,
    NOTARY_STOPPED,
    NOTARY_TWICE,
    NOTARY_UNMENDED,
    TRAINING,
    UNTRAINED,
)
from suite.api import AssessmentGrade, AssessmentRecords, AssessmentScheme, SchemeStep, StateKind


def _head(who: AssessmentRecords) -> bool:
    return bool(who.values.get("is_head"))


def _review(key: str, title: str, order: int, *, heads: bool) -> AssessmentScheme:
    decides = SchemeStep(
        key="grade",
        title="司法局考核" if heads else "机构考核",
        action="assessment:run" if heads else "assessment:report",
        decides=True,
        or_by=("assessment:report",) if heads else ("assessment:run", "assessment:decide"),
        article=NOTARIES,
    )
    return AssessmentScheme(
        key=key,
        title=title,
        kinds=("notary.notary",),
        takes=lambda who: _head(who) is heads,
        grades=(
            AssessmentGrade(
                key="excellent", title="优秀", state=StateKind.OK, quota="notary.review.excellent_quota"
            ),
            AssessmentGrade(key="competent", title="称职", state=StateKind.OK),
            AssessmentGrade(key="basically_competent", title="基本称职", state=StateKind.WARN),
            AssessmentGrade(key="incompetent", title="不称职", state=StateKind.BAD),
        ),
        steps=(
            SchemeStep(
                key="self", title="个人述职", action="assessment:report",
                needs=("公证员年度考核表", "个人总结"), article=NOTARIES,
            ),
            decides,
            SchemeStep(
                key="file", title="报司法局备案", action="assessment:report", needs=("考核结果汇总表",),
                article=NOTARIES,
            ),
        ),
        ungraded=(NEW_NOTARY,),
        deferred=(NOTARY_PENDING,),
        proposals=(
            NOTARY_COMPLAINT, NOTARY_PUNISHED, NOTARY_SANCTIONED, UNTRAINED, NOTARY_UNMENDED, NOTARY_STOPPED,
        ),
        reconciles=True,
        usual="competent",
        reads=(TRAINING,),
        effects=(NOTARY_REMIND, NOTARY_MEND, NOTARY_TWICE),
        notice_days="notary.review.notary_notice_days",
        objection_limit="notary.review.notary_objection",
        answer_limit="notary.review.notary_answer",
        order=order,
    )  # fmt: skip


NOTARY_REVIEW = _review("notary.notary_review", "公证员年度考核", 20, heads=False)
HEAD_REVIEW = _review("notary.head_review", "公证机构负责人年度考核", 30, heads=True)
