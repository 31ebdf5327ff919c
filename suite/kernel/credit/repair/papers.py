"""The papers of a repair, and the notice that is served with a penalty: what each says of its decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.case_facts import CaseFacts
from suite.contract.credit import CreditClass
from suite.contract.papers import DocumentTemplate
from suite.contract.penalties import Organ
from suite.kernel.casework.penalties.effects import organ_of
from suite.kernel.casework.penalties.lawful import imposed_of
from suite.kernel.credit.display import class_of, rule_on, terms_of
from suite.kernel.credit.publicity.following import MINOR_REPORTED
from suite.kernel.credit.rules import is_individual
from suite.kernel.documents.paper import printed_day
from suite.tables import CreditRecord

NOTICE_WORDS = {
    "处罚机关": "作出处罚决定的机关",
    "处罚文号": "处罚决定书的文号",
    "处罚日期": "作出处罚决定的日期",
    "失信类别": "轻微、一般或者严重",
    "修复规定": "决定之日施行的信用修复规则",
    "公示安排": "是否公示，最短、最长多久，到哪一日",
    "修复起始": "从哪一日起可以申请修复",
}
RECORD_WORDS = {
    "失信事项": "申请修复的信用记录的事项",
    "失信事实": "信用记录的内容",
    "认定单位": "作出认定的机关",
    "认定文号": "认定文书的文号",
    "认定日期": "认定的日期",
    "失信类别": "轻微、一般或者严重；没有类别的为空",
    "公示期间": "公示的起止日期；没有公示的为空",
    "同步期限": "信用平台同步的期限",
    "异议期限": "对不予修复提出异议的期限",
}


def told_with_penalty(_session: Session, case: CaseFacts) -> Mapping[str, str]:
    """What the notice says of a penalty on the day of its decision, as the credit record will say it."""
    imposed = imposed_of(case.values)
    if imposed is None:
        return {}
    grade = class_of(imposed, individual=is_individual(case), parameters=case.parameters)
    rule = rule_on(case.on, case.parameters)
    terms = terms_of(grade, case.on, rule, case.parameters)
    at_once = terms.repairable_on <= case.on
    return {
        "处罚机关": _named(organ_of(case), case.parameters),
        "处罚文号": str(case.values.get("decision_no") or ""),
        "处罚日期": printed_day(case.on),
        "失信类别": grade.words,
        "修复规定": rule.article,
        "公示安排": _display_words(grade, case.on, terms.until, terms.repairable_on, case.parameters),
        "修复起始": "" if at_once else f"{printed_day(terms.repairable_on)}起，",
    }


def _named(organ: str, parameters: Mapping[str, Any]) -> str:
    """An organ by its full name, as a paper calls it; one that has none here stands as it is."""
    full = {Organ.CITY: "core.paper.organ", Organ.PROVINCE: "core.credit.province_organ"}
    return next((str(parameters[key]) for item, key in full.items() if item.words == organ), organ)


def _display_words(
    grade: CreditClass, decided: dt.date, until: dt.date | None, least: dt.date, parameters: Mapping[str, Any]
) -> str:
    if until is None:
        # Of any class: the longest display of another one than the minor may be 0 as well.
        reported = grade is not CreditClass.MINOR or parameters[MINOR_REPORTED]
        also = "，只按规定报送信用平台归集" if reported else ""
        return f"该处罚信息属于{grade.words}失信信息，不予公示{also}。"
    shortest = f"最短公示至{printed_day(least - dt.timedelta(days=1))}，" if least > decided else ""
    return (
        f"该处罚信息属于{grade.words}失信信息，公示期自决定之日起计算，{shortest}"
        f"最长公示至{printed_day(until)}，届满自动停止公示。"
    )


def told_of_record(session: Session, case: CaseFacts) -> Mapping[str, str]:
    """What a decision on a repair says of the record that it is about."""
    limits = {
        word: f"{case.number_of(f'core.repair.{key}_wd')}个工作日"
        for word, key in (("同步期限", "sync"), ("异议期限", "objection"))
    }
    row = session.get(CreditRecord, case.values.get("record_id") or 0)
    if row is None:
        return limits
    shown = ""
    if row.display_from is not None and row.display_until is not None:
        shown = f"{printed_day(row.display_from)}至{printed_day(row.display_until)}"
    return {
        **limits,
        "失信事项": row.title,
        "失信事实": row.content,
        "认定单位": _named(row.organ, case.parameters),
        "认定文号": row.document_no,
        "认定日期": printed_day(row.decided_on),
        "失信类别": CreditClass(row.grade).words if row.grade else "",
        "公示期间": shown,
    }


#: Which request is decided and about which record, a line for each thing that is known of it.
OF_REQUEST = (
    "你（单位）于{{ 申请日期 }}就下列失信信息提出的信用修复申请（{{ 案号 }}），我局已经审查：",
    "失信信息：{{ 失信事项 }}（{{ 认定单位 }}{% if 认定文号 %}，{{ 认定文号 }}{% endif %}，{{ 认定日期 }}）",
    "{% if 失信事实 %}失信事实：{{ 失信事实 }}\n{% endif %}",
    "{% if 失信类别 %}失信类别：{{ 失信类别 }}\n{% endif %}",
    "{% if 公示期间 %}公示期：{{ 公示期间 }}{% else %}该信息仅归集，没有公示。{% endif %}",
)
GROUND = "{% if 依据 %}依据：{{ 依据 }}。{% endif %}"

TEMPLATES = (
    DocumentTemplate(
        key="core.repair_notice",
        title="信用修复告知书",
        to="respondent",
        mark="信告",
        says=told_with_penalty,
        words=NOTICE_WORDS,
        body=(
            "{{ 处罚机关 }}于{{ 处罚日期 }}对你（单位）作出行政处罚决定（{{ 处罚文号 }}）。依据"
            "{{ 修复规定 }}，现将信用修复事项告知如下，与处罚决定书同时送达：",
            "# 一、公示期限",
            "{{ 公示安排 }}",
            "# 二、修复条件",
            "{{ 修复起始 }}纠正失信行为并履行完毕处罚决定的义务，公开作出信用承诺的，可以申请修复。",
            "# 三、申请方式和材料",
            "通过“信用中国”网站或者向我局提出申请，提交履行义务的证明和信用承诺书，不收取费用。",
            "特此告知。",
        ),
    ),
    DocumentTemplate(
        key="core.repair_granted",
        title="准予信用修复决定书",
        to="respondent",
        mark="",
        number_field="decision_no",
        says=told_of_record,
        words=RECORD_WORDS,
        body=(
            *OF_REQUEST,
            "履行情况：{{ 履行情况和证明 }}",
            "信用承诺：{{ 信用承诺书 }}",
            "经审查，你（单位）已纠正失信行为、履行完毕有关义务，并公开作出信用承诺，符合修复条件，决定准予信用"
            "修复。",
            "自本决定作出之日起，终止对上述失信信息的{% if 公示期间 %}公示和{% endif %}共享使用，解除相应"
            "措施；信用平台在{{ 同步期限 }}内同步。"
            "{% if 公示期间 %}其他网站仍在公示的，以“信用中国”网站为准。{% endif %}",
            GROUND,
        ),
    ),
    DocumentTemplate(
        key="core.repair_refused",
        title="不予信用修复决定书",
        to="respondent",
        mark="",
        number_field="decision_no",
        says=told_of_record,
        words=RECORD_WORDS,
        body=(
            *OF_REQUEST,
            "经审查，不符合修复条件，决定不予信用修复。理由：{{ 不予受理不予修复理由 }}",
            GROUND,
            "对本决定有异议的，可以自收到本决定之日起{{ 异议期限 }}内向我局提出，由我局重新审查。",
        ),
    ),
)
