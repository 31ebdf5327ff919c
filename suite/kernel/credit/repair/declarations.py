"""What repair cases of all professions share: conditions, effects, papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from suite.contract.case_facts import CaseFacts
from suite.contract.casework import Guard
from suite.contract.commands import Command
from suite.contract.declarations import Declaration
from suite.contract.effects import Effect
from suite.contract.papers import DocumentTemplate
from suite.kernel.credit.commands import RepairRecord, RequireRepairable
from suite.kernel.credit.repair.frame import LAW, OBJECTION

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
FACTS = "{% for 条 in 内容 %}{{ 条.项 }}：{{ 条.值 }}\n{% endfor %}"
TEMPLATES = (
    DocumentTemplate(
        key="core.repair_notice",
        title="信用修复告知书",
        to="respondent",
        mark="信告",
        body=(
            "你（单位）受到的行政处罚（{{ 案号 }}）依法在信用平台公示。现将信用修复事项告知如下，与处罚决定书"
            "同时送达：",
            "# 一、公示期限",
            "公示期自决定之日起计算：轻微失信信息原则上不公示；一般失信信息最短三个月、最长一年；严重失信信息"
            "最短一年、最长三年。最长公示期届满，自动停止公示。",
            "# 二、修复条件",
            "最短公示期届满，纠正失信行为并履行完毕处罚决定的义务，公开作出信用承诺的，可以申请修复。",
            "# 三、申请方式和材料",
            "通过“信用中国”网站或者向我局提出申请，提交履行义务的证明和信用承诺书，不收取费用。",
            "特此告知。",
        ),
    ),
    DocumentTemplate(
        key="core.repair_granted",
        title="准予信用修复决定书",
        to="respondent",
        mark="信准",
        body=(
            "你（单位）提出的信用修复申请（{{ 案号 }}），经审查符合条件，决定准予修复，终止公示和共享使用。",
            FACTS,
            "{% if 依据 %}依据：{{ 依据 }}。{% endif %}",
        ),
    ),
    DocumentTemplate(
        key="core.repair_refused",
        title="不予信用修复决定书",
        to="respondent",
        mark="信不",
        body=(
            "你（单位）提出的信用修复申请（{{ 案号 }}），经审查不符合修复条件，决定不予修复。",
            FACTS,
            "{% if 依据 %}依据：{{ 依据 }}。{% endif %}",
            "对本决定有异议的，可以在规定期限内向我局提出，由我局重新审查。",
        ),
    ),
)
DECLARATIONS: tuple[Declaration, ...] = (*GUARDS, *EFFECTS, *TEMPLATES)
