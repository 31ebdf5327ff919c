"""What repair cases of all professions share: conditions, effects, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from suite.contract.case_facts import CaseFacts
from suite.contract.casework import Guard
from suite.contract.commands import Command
from suite.contract.declarations import Declaration
from suite.contract.effects import Effect
from suite.kernel.credit.commands import RepairRecord, RequireRepairable
from suite.kernel.credit.repair.frame import LAW, OBJECTION
from suite.kernel.credit.repair.papers import TEMPLATES

APPLICANT = "applicant"


def _objection_over(case: CaseFacts) -> bool:
    clock = case.clock(OBJECTION)
    return clock is None or (clock.due is not None and clock.due < case.on)


GUARDS = (
    Guard(
        key="core.repair.performed",
        text="没有登记履行情况：修复须纠正失信行为、履行完毕义务，请填写履行完毕日期和证明。",
        holds=lambda case: bool(
            case.values.get("performed_on") and str(case.values.get("performance") or "").strip()
        ),
        article=LAW,
    ),
    Guard(
        key="core.repair.committed",
        text="没有登记信用承诺：修复须公开作出信用承诺，请填写承诺日期和承诺书。",
        holds=lambda case: bool(
            case.values.get("committed_on") and str(case.values.get("commitment") or "").strip()
        ),
        article=LAW,
    ),
    Guard(
        key="core.repair.simple",
        text="情况复杂，按较长的期限决定。",
        holds=lambda case: not case.values.get("is_complex"),
    ),
    Guard(
        key="core.repair.complex",
        text="情况不复杂，按一般期限决定。",
        holds=lambda case: bool(case.values.get("is_complex")),
    ),
    Guard(
        key="core.repair.objection_over",
        text="不予修复的异议期限未满，期满没有异议的再办结。",
        holds=_objection_over,
        article=LAW,
    ),
)


def _opens(case: CaseFacts) -> Sequence[Command]:
    return [replace(command, opening=True) for command in _check(case)]


def _check(case: CaseFacts) -> Sequence[RequireRepairable]:
    subject = case.subject(APPLICANT)
    if subject is None:
        return ()
    return (
        RequireRepairable(
            kind=subject.kind,
            subject_id=subject.id,
            record_id=int(case.values["record_id"]),
            on=case.on,
            applied_on=case.values.get("applied_on") or case.opened,
            number=case.number,
        ),
    )


def _end(case: CaseFacts) -> Sequence[Command]:
    subject = case.subject(APPLICANT)
    if subject is None:
        return ()
    return (
        RepairRecord(
            kind=subject.kind,
            subject_id=subject.id,
            record_id=int(case.values["record_id"]),
            on=case.on,
            applied_on=case.values.get("applied_on") or case.opened,
            document_no=str(case.values.get("decision_no") or case.number),
        ),
    )


EFFECTS = (
    Effect(key="core.repair_record", title="核对信用记录", makes=_opens),
    Effect(key="core.repair_check", title="核对修复条件", makes=_check),
    Effect(key="core.repair_end", title="终止公示", makes=_end),
)
DECLARATIONS: tuple[Declaration, ...] = (*GUARDS, *EFFECTS, *TEMPLATES)
