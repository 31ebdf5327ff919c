"""What the placeholders of a paper mean: words from the case as it stands."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.casework import CaseKind, Transition
from suite.contract.declarations import FieldType
from suite.contract.papers import DocumentTemplate
from suite.kernel.casework.case_file import value_words
from suite.kernel.casework.complainants import ROLE
from suite.kernel.casework.complaints.guards import SUPPLEMENT
from suite.kernel.casework.current import Standing, allegation_fact
from suite.kernel.casework.line_file import cell_words
from suite.kernel.casework.line_rules import cells_of
from suite.kernel.documents.paper import printed_day
from suite.kernel.registry.districts import full_district_names
from suite.loader.catalog import Catalog
from suite.tables import CaseEvent, Complainant, User

COMPLAINANT = "投诉人"


def name_of(title: str) -> str:
    """A title as a placeholder: without what a name may not have."""
    return re.sub(r"\W", "", title)


def cited(article: str) -> str:
    """An article as a paper cites it: without what the house notes for itself (待核对、由本局定)."""
    remark = "(?:待核对|由本局定)"
    text = re.sub(f"（[^（）]*{remark}[^（）]*）", "", article)
    return re.sub(f"[；，][^；，]*{remark}[^；，]*", "", text)


def names_of_kind(kind: CaseKind) -> dict[str, str]:
    """The placeholders that a kind adds: its roles, fields and lists."""
    found = {name_of(role.title): f"{role.title}的姓名或名称" for role in kind.parties}
    found |= {name_of(field.title): field.title for field in kind.fields}
    for item in kind.lists:
        columns = "、".join(name_of(column.title) for column in item.columns)
        found[name_of(item.title)] = f"{item.title}，逐项为 {columns}"
    return {name: words for name, words in found.items() if name not in COMMON}


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a paper is issued on: the step, its event, the day, and to whom.

    `complainant` is who complains in full, empty for a paper that does not say it.
    """

    template: DocumentTemplate
    transition: Transition
    event: CaseEvent
    organ: str
    day: str
    number: str
    recipient: str
    complainant: str = ""


@dataclass(frozen=True)
class Told:
    """What the placeholders that every case has are said from. places: code → name of the district."""

    session: Session
    found: Standing
    catalog: Catalog
    occasion: Occasion
    parameters: Mapping[str, Any]
    places: Mapping[str, str]


@dataclass(frozen=True)
class Placeholder:
    """A placeholder that every case has: what it means, for who writes a template, and what it says."""

    name: str
    meaning: str
    say: Callable[[Told], Any]


def words_of(
    session: Session, found: Standing, catalog: Catalog, occasion: Occasion, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """Every placeholder of the case with its words; empty where the case has nothing to say."""
    kind = found.kind
    values: dict[str, Any] = dict.fromkeys(names_of_kind(kind), "")
    places = full_district_names(session)
    for role in kind.parties:
        names = [row.name for row in found.parties if row.role == role.key and row.left_on is None]
        values[name_of(role.title)] = "、".join(names)
    for field in kind.fields:
        value = found.values.get(field.key)
        words = (
            printed_day(value) if isinstance(value, dt.date) else value_words(catalog, field, value, places)
        )
        values[name_of(field.title)] = words
    values |= _lists(found, catalog)
    told = Told(session, found, catalog, occasion, parameters, places)
    return values | {word.name: word.say(told) for word in EVERYWHERE}


def complainants_of(session: Session, case_id: int) -> str:
    """Who complains, in full; only for who may see it."""
    rows = session.scalars(
        select(Complainant.name).where(Complainant.case_id == case_id).order_by(Complainant.place)
    )
    return "、".join(rows)


def _handler(told: Told) -> str:
    login = told.found.case.handler
    handler = told.session.get(User, login)
    return handler.name if handler else login


def _respondents(told: Told) -> str:
    role = told.found.kind.respondent
    return "、".join(row.name for row in told.found.parties if row.role == role and row.left_on is None)


def _supplement(told: Told) -> str:
    clocks = told.occasion.transition.clocks
    if any(act.limit == SUPPLEMENT for act in clocks):
        return f"{told.parameters['core.complaint.supplement_days']}日"
    return "规定期限"


def _payment(told: Told) -> str:
    return f"{told.parameters['core.penalty.pay_days']}日" if told.found.values.get("fine") else ""


def _lists(found: Standing, catalog: Catalog) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for item in found.kind.lists:
        lines = [row for row in found.lines if row.list_key == item.key and row.struck_on is None]
        told[name_of(item.title)] = [
            {
                name_of(column.title): cell_words(catalog, column, cells_of(row).get(column.cell))
                for column in item.columns
            }
            for row in lines
        ]
    return told


def set_by(kind: CaseKind, event: CaseEvent) -> dict[str, Any]:
    """The fields that a step set, as their values are kept; None for one that it emptied."""
    given = json.loads(event.given)
    return {key: _read(kind.by_key[key].type, value) for key, value in given.items() if key in kind.by_key}


def _read(type_: FieldType, value: Any) -> Any:
    """A value of the trace, which has words for days and amounts and lists for what is a tuple."""
    if value is None:
        return None
    match type_:
        case FieldType.DATE:
            return dt.date.fromisoformat(value)
        case FieldType.DECIMAL:
            return Decimal(str(value))
        case FieldType.CODES:
            return tuple(value)
    return value


def _given(
    found: Standing, catalog: Catalog, event: CaseEvent, places: Mapping[str, str]
) -> list[dict[str, str]]:
    """What the step set, title and words."""
    told, read = [], set_by(found.kind, event)
    for key, value in json.loads(event.given).items():
        field, role = found.kind.by_key.get(key), found.kind.roles.get(key)
        if value is None:
            continue  # it was emptied
        if field is not None:
            day = field.type is FieldType.DATE
            words = printed_day(read[key]) if day else value_words(catalog, field, read[key], places)
            told.append({"项": field.title, "值": words})
        elif role is not None and key != ROLE:
            told.append({"项": role.title, "值": "、".join(value)})
    return told


def _allegations(found: Standing, catalog: Catalog) -> list[dict[str, str]]:
    told = []
    for row in found.allegations:
        fact = allegation_fact(row)
        told.append(
            {
                "序号": str(fact.no),
                "类别": catalog.code_title(found.kind.heads or "", fact.head),
                "内容": fact.text,
                "认定": fact.finding.words if fact.finding and fact.stands else "",
                "说明": fact.note,
            }
        )
    return told


def _clocks(found: Standing, catalog: Catalog) -> list[dict[str, str]]:
    return [
        {
            "名称": catalog.limits[row.limit_key].title if row.limit_key in catalog.limits else row.limit_key,
            "到期日": printed_day(row.due),
            "依据": cited(row.article),
        }
        for row in found.clocks
        if row.stopped is None and row.due is not None
    ]


#: What every case has: name, meaning and words stand together, so that no template is offered a name that
#: says nothing.
EVERYWHERE: tuple[Placeholder, ...] = (
    Placeholder("标题", "文书的名称", lambda told: told.occasion.template.title),
    Placeholder("文号", "签发时取得的文号", lambda told: told.occasion.number),
    Placeholder("案号", "办件编号", lambda told: told.found.case.number),
    Placeholder("事项", "办件的事项", lambda told: told.found.case.title),
    Placeholder("发文机关", "发文的机关", lambda told: told.occasion.organ),
    Placeholder("主送", "文书送给谁", lambda told: told.occasion.recipient),
    Placeholder("成文日期", "签发的日期", lambda told: told.occasion.day),
    Placeholder("办理日期", "这一步办理的日期", lambda told: printed_day(told.occasion.event.on_date)),
    Placeholder("步骤", "这一步的名称", lambda told: told.occasion.transition.title),
    Placeholder("依据", "这一步所依据的条款", lambda told: cited(told.occasion.transition.article or "")),
    Placeholder("当事人", "被投诉、申请、检查或处罚的人", _respondents),
    Placeholder(
        COMPLAINANT,
        "投诉人的姓名；写明它的文书只有能看投诉人身份的人可以签发和打开",
        lambda told: told.occasion.complainant,
    ),
    Placeholder("承办人", "承办人姓名", _handler),
    Placeholder("登记日期", "办件登记的日期", lambda told: printed_day(told.found.case.opened)),
    Placeholder("说明", "这一步的说明", lambda told: told.occasion.event.note),
    Placeholder(
        "内容",
        "这一步填写的各项，逐项为 项、值",
        lambda told: _given(told.found, told.catalog, told.occasion.event, told.places),
    ),
    Placeholder(
        "投诉事项",
        "逐项为 序号、类别、内容、认定、说明",
        lambda told: _allegations(told.found, told.catalog),
    ),
    Placeholder(
        "期限",
        "正在计算的期限，逐项为 名称、到期日、依据",
        lambda told: _clocks(told.found, told.catalog),
    ),
    Placeholder(
        "复议期限",
        "申请行政复议的期限",
        lambda told: f"{told.parameters['core.reconsideration.apply_days']}日",
    ),
    Placeholder(
        "诉讼期限",
        "提起行政诉讼的期限",
        lambda told: f"{told.parameters['core.litigation.months']}个月",
    ),
    Placeholder(
        "听证申请期限",
        "要求听证的期限",
        lambda told: f"{told.parameters['core.penalty.hearing_ask_wd']}个工作日",
    ),
    Placeholder("补正期限", "补正材料的期限", _supplement),
    Placeholder("缴款期限", "缴纳罚款的期限；没有罚款的为空", _payment),
)
COMMON: Mapping[str, str] = {word.name: word.meaning for word in EVERYWHERE}
