"""What kinds of case have in common: conditions of an investigation, and the usual signatures."""

from suite.contract.case_facts import CaseFacts, Finding
from suite.contract.casework import (
    Approval,
    ApprovalStep,
    Guard,
)
from suite.contract.codes import Code, CodeList
from suite.contract.declarations import Declaration
from suite.contract.licensing import DECISION_DAY, OVERDUE
from suite.contract.licensing_steps import IN_TIME
from suite.contract.usual_lists import CODE_LISTS
from suite.kernel.casework.complaints.codes import CODE_LISTS as COMPLAINT_CODES
from suite.kernel.casework.complaints.guards import GUARDS as COMPLAINT_GUARDS
from suite.kernel.casework.complaints.guards import LIMITS as COMPLAINT_LIMITS
from suite.kernel.casework.complaints.guards import PARAMETERS as COMPLAINT_PARAMETERS
from suite.kernel.casework.licensing_fields import REFUSAL_GROUNDS
from suite.kernel.casework.papers.usual import TEMPLATES

LEAST_OFFICERS = 2
LICENSING_LAW = "行政许可法"

LICENSING_REFUSAL = CodeList(
    key=REFUSAL_GROUNDS,
    title="不予受理情形",
    codes=(
        Code(value="not_needed", title="依法不需要取得行政许可"),
        Code(value="outside", title="不属于本机关职权范围"),
        Code(value="incomplete", title="逾期未补正或者补正后仍不符合法定形式"),
        Code(value="barred", title="依法不得提出该项申请"),
        Code(value="false_material", title="隐瞒有关情况或者提供虚假材料"),
    ),
)


def _overdue(case: CaseFacts) -> bool:
    """Whether a clock has run out."""
    return any(
        clock.due is not None and clock.due < case.on for clock in case.clocks if clock.stopped is None
    )


def _decided_in_time(case: CaseFacts) -> bool:
    """Whether the outside decision lies between the application and the day on which it is entered."""
    decided = case.values.get("decided_on")
    return decided is None or case.opened <= decided <= case.on


GUARDS = (
    Guard(
        key="core.case.two_officers",
        text="调查应由两名以上工作人员进行，请先确定调查人员。",
        holds=lambda case: len(case.party("officer")) >= LEAST_OFFICERS,
    ),
    Guard(
        key="core.case.all_found",
        text="还有投诉事项没有认定，请先逐项认定。",
        holds=lambda case: all(item.stands for item in case.allegations),
    ),
    Guard(
        key="core.case.has_finding",
        text="没有仍然有效的认定可以撤销。",
        holds=lambda case: any(item.stands and item.told for item in case.allegations),
    ),
    Guard(
        key="core.case.was_annulled",
        text="认定没有被复议或诉讼撤销，不能重新调查。",
        holds=lambda case: any(item.annulled_on is not None for item in case.allegations),
    ),
    Guard(
        key=IN_TIME,
        text="补正告知期限已过，依法自收到申请材料之日起即为受理，请办理“视为受理”。",
        holds=lambda case: not _overdue(case),
        article=f"{LICENSING_LAW}第三十二条",
    ),
    Guard(
        key=OVERDUE,
        text="补正告知期限还没有届满，请办理“受理”“通知补正”或者“不予受理”。",
        holds=_overdue,
        article=f"{LICENSING_LAW}第三十二条",
    ),
    Guard(
        key=DECISION_DAY,
        text="决定日期早于收到申请之日或者晚于办理日期，请对照决定书更正。",
        holds=_decided_in_time,
    ),
)

APPROVALS = (
    Approval(
        key="core.case.by_head",
        title="科长审批",
        steps=(ApprovalStep(title="科长", permission="case:review"),),
    ),
    Approval(
        key="core.case.by_leader",
        title="科长、分管局领导审批",
        steps=(
            ApprovalStep(title="科长", permission="case:review"),
            ApprovalStep(title="分管局领导", permission="case:approve"),
        ),
    ),
)

FINDINGS = CodeList(
    key="core.case.finding",
    title="认定",
    codes=(
        Code(value=Finding.SUBSTANTIATED, title=Finding.SUBSTANTIATED.words, also=("属实", "成立")),
        Code(value=Finding.PARTLY, title=Finding.PARTLY.words, also=("部分属实", "部分成立")),
        Code(value=Finding.UNFOUNDED, title=Finding.UNFOUNDED.words, also=("不属实", "未查实", "不成立")),
    ),
)

DECLARATIONS: tuple[Declaration, ...] = (
    LICENSING_REFUSAL,
    FINDINGS,
    *GUARDS,
    *APPROVALS,
    *CODE_LISTS,
    *COMPLAINT_CODES,
    *COMPLAINT_GUARDS,
    *COMPLAINT_PARAMETERS,
    *COMPLAINT_LIMITS,
    *TEMPLATES,
)
