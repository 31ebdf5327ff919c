"""The demonstration's ledgers: a few entries of each, made from what its columns are, by command."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from suite.contract.ledgers import ColumnKind, Ledger, LedgerColumn
from suite.contract.problems import Refused

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

ENTRIES = 3
MOST_OFFERED = 40
#: Whose ledgers are kept by a story of their own.
TOLD = frozenset({"popularization"})
#: What a text of these keys says; another one is left empty.
WORDS = {
    "place": ("东良厢村", "南董镇东关村", "塔元庄村"),
    "matters": ("委托、声明公证咨询", "继承公证", "伤残鉴定咨询"),
    "court": ("石家庄市中级人民法院", "长安区人民法院", "正定县人民法院"),
    "partner": ("天津市司法局", "长安区人民调解委员会", "河北自贸试验区管委会"),
    "partners": ("鉴定机构、保险公司、调解委员会、法院",),
    "document": ("石司〔2026〕12号", "石司〔2026〕27号", "冀司规〔2025〕3号"),
    "approved": ("石人社〔2026〕8号",),
    "leading": ("律师工作管理科", "公证工作管理科", "法治调研与督查科"),
    "supporting": ("各县（市、区）司法局", "市财政局"),
    "milestone": ("已制定方案", "已报省厅", "组织实施中"),
    "address": ("长安区中山东路126号", "正定新区奥体街1号"),
    "country": ("日本", "德国", "澳大利亚"),
    "mission": ("驻日本大使馆", "驻法兰克福总领事馆"),
    "enterprise": ("石家庄某装备制造有限公司", "某生物科技公司"),
    "unit": ("河北医科大学", "河北省公安厅物证鉴定中心"),
    "field": ("律师", "公证", "司法鉴定"),
    "team": ("律师志愿服务团", "公证服务小组"),
    "submitter": ("市律师协会", "燕赵公证处"),
    "person": ("SJZ-2026-0001", "SJZ-2026-0002", "SJZ-2026-0003"),
    "candidate": ("李明", "王芳"),
    "sending": ("市司法局",),
    "receiving": ("赞皇县司法局", "平山县司法局"),
    "proofs": ("身份证明；户籍证明；财产凭证",),
    "country_name": ("德国",),
    "indicator": ("每万人拥有律师数", "村（居）法律顾问有效覆盖率"),
    "progress": ("按进度推进", "已完成调研"),
    "aspect": ("服务平台", "服务质量"),
    "version": ("2026年版",),
    "purpose": ("受理、查询和统计",),
    "finding": ("未发现问题", "个别材料填写不全，已当场补正"),
    "catalogue": ("公共法律服务",),
    "supplier": ("某律师事务所",),
    "price": ("每件 800 元", "每件 200 元"),
    "service": ("法律咨询", "代书"),
    "body": ("长安区公共法律服务中心", "正定县公共法律服务中心"),
    "result": ("已办结", "已答复"),
    "channel": ("门户网站、服务大厅", "微信公众号"),
    "summary": ("经调解达成协议，当场履行。",),
    "organ": ("市自然资源和规划局", "长安区人民政府"),
    "outcome": ("已办结", "已告知当事人"),
    "author": ("法治调研与督查科", "市律师协会"),
    "level": ("市级", "省级"),
    "carrier": ("《河北法制报》", "局门户网站"),
    "content": ("信息共享、人员互访", "联合培训"),
    "function": ("集中提供律师、公证、调解服务",),
    "contact": ("值班人员", "办公室"),
    "organiser": ("市司法局", "市律师协会"),
    "by": ("律师工作管理科",),
    "evidence": ("执业机构变更通知书",),
    "hours": ("工作日 9:00—17:00",),
    "opinion": ("合法，建议完善合同条款", "同意"),
    "advice": ("规范劳动合同和印章管理",),
    "host": ("市工商业联合会",),
    "languages": ("英语", "日语、英语"),
    "signer": ("机构负责人",),
    "services": ("婚姻家庭、继承公证",),
    "platform": ("公证处线上办证平台",),
    "findings": ("检材描述不够具体",),
    "category": ("法医临床",),
    "items": ("法医临床鉴定", "法医物证鉴定"),
    "provider": ("司法鉴定科学研究院",),
    "post": ("主任法医师", "副主任法医师"),
    "topics": ("鉴定意见采信、出庭作证",),
    "agreed": ("按季度互通情况",),
    "members": ("全体委员",),
    "measure": ("提醒谈话",),
    "source": ("河北自贸试验区管委会",),
}
#: The states of the entries of a ledger in which not every one goes with what was found.
STATES = {"appraisal.proficiency": ("closed", "closed", "rectifying")}


def add_ledgers(suite: Suite, actor: Actor) -> int:
    """A few entries of every ledger; returns how many. A ledger whose records are not there has none."""
    from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries

    many = 0
    for ledger in suite.catalog.ledgers.values():
        if ledger.owner in TOLD:
            continue
        chance = random.Random(ledger.key)
        offered = {kind: _offered(suite, kind) for kind in _kinds(ledger)}
        rows = tuple(
            EntryEdit(values=values)
            for no in range(ENTRIES)
            if (values := _entry(suite, ledger, no, offered, chance)) is not None
        )
        if rows:
            try:
                suite.run(SaveLedgerEntries(ledger=ledger.key, rows=rows), actor)
            except Refused as refused:
                raise RuntimeError(f"no demonstration of {ledger.key}: {refused}") from refused
            many += len(rows)
    return many


def _kinds(ledger: Ledger) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ledger.subjects, *(kind for one in ledger.columns for kind in one.links))))


def _offered(suite: Suite, kind: str) -> list[int]:
    from sqlalchemy import select

    from suite.tables import Subject

    with suite.reading() as session:
        asked = select(Subject.id).where(Subject.kind == kind).order_by(Subject.id).limit(MOST_OFFERED)
        return list(session.scalars(asked))


def _entry(
    suite: Suite, ledger: Ledger, no: int, offered: dict[str, list[int]], chance: random.Random
) -> dict[str, Any] | None:
    """One entry; None where it has to name a record and there is none."""
    today = suite.today
    day = today - dt.timedelta(days=30 * no + chance.randrange(1, 25))
    values: dict[str, Any] = {"title": _title(ledger, no), "day": day, "district_code": None}
    about = [one for kind in ledger.subjects for one in offered[kind]]
    if ledger.about_required and not about:
        return None
    if about:
        values["subject"] = (about[no % len(about)],)
    elif not ledger.subjects:
        values["district_code"] = ("130102", "130123", None)[no % 3]
    if ledger.until:
        values["until"] = today + dt.timedelta(days=200 * no + chance.randrange(10, 60))
    if ledger.states:
        usual = ledger.states[(0, 1, 0)[no] if len(ledger.states) > 1 else 0].key
        values["state"] = STATES[ledger.key][no] if ledger.key in STATES else usual
    for column in ledger.columns:
        value = _value(suite, ledger, column, no, offered, chance, day)
        if value is None and column.required:
            return None
        values[column.key] = value
    return {key: value for key, value in values.items() if value is not None}


def _title(ledger: Ledger, no: int) -> str:
    return f"{ledger.title}（第 {no + 1} 例）"


def _value(
    suite: Suite,
    ledger: Ledger,
    column: LedgerColumn,
    no: int,
    offered: dict[str, list[int]],
    chance: random.Random,
    day: dt.date,
) -> Any:
    match column.kind:
        case ColumnKind.TEXT | ColumnKind.LONG:
            return _text(column, no)
        case ColumnKind.CHOICE | ColumnKind.CHOICES:
            codes: Sequence[str] = [
                code.value
                for code in suite.catalog.codes[ledger.codes_of(column) or ""].codes
                if code.in_force(day)
            ]
            one = codes[no % len(codes)]
            return one if column.kind is ColumnKind.CHOICE else (one,)
        case ColumnKind.WHOLE:
            return chance.randrange(3, 60)
        case ColumnKind.AMOUNT:
            return Decimal(chance.randrange(50, 5_000)) / 10
        case ColumnKind.HOURS:
            return Decimal(chance.randrange(2, 40)) / 2
        case ColumnKind.DATE:
            # What was done was done by today.
            return min(day + dt.timedelta(days=chance.randrange(1, 20)), suite.today)
        case ColumnKind.FLAG:
            return no % 2 == 0
        case ColumnKind.SUBJECT:
            known = [one for kind in column.links for one in offered[kind]]
            return (known[no % len(known)],) if known else None


def _text(column: LedgerColumn, no: int) -> str | None:
    """What it says; a column of which nothing is known here stays empty where it may."""
    words = WORDS.get(column.key)
    if words:
        return words[no % len(words)]
    return column.title if column.required else None
