"""What cases mean for credit: the rules that all professions share, pure functions over a case's facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from suite.contract.case_facts import CaseFacts, Finding
from suite.contract.commitments import BROKEN, COMMITMENTS
from suite.contract.credit import CreditContext, CreditFinding, CreditRule, Visibility
from suite.kernel.casework.penalties.effects import EFFECTIVE, organ_of
from suite.kernel.casework.penalties.lawful import imposed_of
from suite.kernel.credit.display import class_of, trade_display

CONDUCT = "行为"
REPAIR_LAW = "信用修复管理办法（国家发展改革委令第36号）"
PLAN = "规划五（三）不良信用记录披露"
DECIDING = ("DecidePenalty", "RecordProvinceDecision", "DecideDiscipline")


def _conduct(case: CaseFacts) -> str:
    """What was done, as the decision found it."""
    return str(case.values.get("facts_found") or case.values.get("conduct") or "")


def is_individual(case: CaseFacts) -> bool:
    """Whether a natural person is punished."""
    subject = case.subject("respondent")
    return subject is not None and subject.person_id is not None


def penalty_found(case: CaseFacts, known: CreditContext) -> CreditFinding | None:
    """A penalty in force; none once it is annulled."""
    imposed = imposed_of(case.values)
    if imposed is None or case.state == "annulled" or not EFFECTIVE & set(case.done):
        return None
    days = [known.days[command] for command in DECIDING if command in known.days]
    return CreditFinding(
        title="行政处罚",
        content=_conduct(case),
        decided_on=max(days, default=case.values.get("effective_from") or case.opened),
        organ=organ_of(case),
        document_no=str(case.values.get("decision_no") or ""),
        grade=class_of(imposed, individual=is_individual(case), parameters=case.parameters),
    )


def sanction_found(case: CaseFacts, known: CreditContext) -> CreditFinding | None:
    """A sanction of the trade in force; the lighter ones stay internal."""
    imposed = imposed_of(case.values)
    if imposed is None or case.state == "annulled" or not EFFECTIVE & set(case.done):
        return None
    days = [known.days[command] for command in DECIDING if command in known.days]
    decided = max(days, default=case.values.get("effective_from") or case.opened)
    until = trade_display(imposed, decided, case.values.get("effective_until"), case.parameters)
    return CreditFinding(
        title="行业处分",
        content=_conduct(case),
        decided_on=decided,
        organ=organ_of(case),
        document_no=str(case.values.get("decision_no") or ""),
        visibility=Visibility.INDUSTRY if until is not None else Visibility.INTERNAL,
        shown_until=until,
    )


def complaint_found(case: CaseFacts, known: CreditContext) -> CreditFinding | None:
    """A decided complaint of which a finding stands (有效投诉)."""
    counting = {Finding.SUBSTANTIATED, *([Finding.PARTLY] if known.partly else [])}
    found = [item for item in case.allegations if item.stands and item.finding in counting]
    if not found or "DecideComplaint" not in case.done:
        return None
    return CreditFinding(
        title="投诉查实",
        # What is alleged may name who complains; what was found is in the investigator's words.
        content="；".join(item.note.strip() for item in found if item.note.strip()),
        decided_on=known.days["DecideComplaint"],
        organ="",
        document_no=case.number,
    )


def commitment_broken(entry: Mapping[str, Any]) -> CreditFinding | None:
    """A commitment of which a check found that it was not kept."""
    if entry["state"] != BROKEN:
        return None
    return CreditFinding(
        title=f"违背信用承诺：{entry['title']}",
        content=(entry.get("finding") or entry.get("note") or "").strip(),
        decided_on=entry.get("checked_on") or entry["day"],
        organ="",
        document_no=entry["number"],
    )


RULES = (
    CreditRule(
        key="core.credit.penalty", title="行政处罚", work="penalty", finds=penalty_found,
        visibility=Visibility.PUBLIC, article=REPAIR_LAW, order=10,
    ),
    CreditRule(
        key="core.credit.sanction", title="行业处分", work="discipline", finds=sanction_found,
        visibility=Visibility.INTERNAL, article="行业处分规则", order=20,
    ),
    CreditRule(
        key="core.credit.complaint", title="投诉查实", work="complaint", finds=complaint_found,
        visibility=Visibility.INTERNAL, article=PLAN, order=30,
    ),
    CreditRule(
        key="core.credit.commitment", title="违背信用承诺", register=COMMITMENTS, tells=commitment_broken,
        visibility=Visibility.INTERNAL, article="信用承诺制度；规划五（三）", order=50,
    ),
    CreditRule(
        key="core.credit.other", title="其他不良信用记录", visibility=Visibility.INTERNAL, article=PLAN,
        order=60,
    ),
    CreditRule(
        key="core.credit.honour", title="表彰奖励", visibility=Visibility.PUBLIC, favourable=True,
        article="规划五（三）守信激励", order=70,
    ),
)  # fmt: skip
