"""What kinds of case have in common: conditions of an investigation, and the usual signatures."""

from suite.contract.casework import Approval, ApprovalStep, Finding, Guard
from suite.contract.declarations import Code, CodeList, Declaration
from suite.contract.usual_lists import CODE_LISTS

LEAST_OFFICERS = 2

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
        holds=lambda case: any(item.stands for item in case.allegations),
    ),
    Guard(
        key="core.case.was_annulled",
        text="认定没有被复议或诉讼撤销，不能重新调查。",
        holds=lambda case: any(item.annulled_on is not None for item in case.allegations),
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

DECLARATIONS: tuple[Declaration, ...] = (*GUARDS, *APPROVALS, FINDINGS, *CODE_LISTS)
