"""Public counsel at work: services logged in the villages, a few entries in each ledger of the lawyers."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING, Any

from suite.contract.ledgers import ColumnKind, Ledger
from suite.kernel.coverage.board import CoverageAsk
from suite.kernel.coverage.queries import coverage_board
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries
from suite.kernel.registry.queries import ListQuery, list_ids

if TYPE_CHECKING:
    from suite.bootstrap import Suite
    from suite.contract.commands import Actor

COVERAGE, SERVICES = "lawyers.village_counsel_coverage", "lawyers.counsel_services"
#: More villages than these are not logged: a demonstration is no stock.
MOST_VILLAGES = 1_500
#: Of a hundred villages so many are served as is asked, and so many had all five in the year.
SERVED, FIVE = 88, 55
#: How far back the months lie that service is asked of.
MONTHS = (1, 2, 3)
KINDS = ("lecture", "consultation", "checkup", "dispute", "publicity")
TITLES = {
    "lecture": "民法典专题讲座",
    "consultation": "集中法律咨询日",
    "checkup": "审查村规民约和租赁合同",
    "dispute": "调处土地承包纠纷",
    "publicity": "法治宣传进村入户",
    "visit": "走访困难家庭",
}
#: Ledger → titles of its entries; a ledger that is not named here has its own title.
EXAMPLES = {
    "lawyers.enterprise_checkups": ("石家庄锦程食品有限公司", "正定兴农合作社"),
    "lawyers.chamber_pairs": ("石家庄市装饰装修商会", "正定县总商会"),
    "lawyers.sail_sites": ("企航民营企业法律服务中心", "高新区企航工作站"),
    "lawyers.duty_pool": ("石家庄市看守所值班室", "长安区人民法院值班室"),
    "lawyers.duty_sessions": ("石家庄市看守所值班室", "桥西区人民检察院值班室"),
    "lawyers.opinions_heard": ("石家庄市中级人民法院", "长安区人民检察院"),
    "lawyers.mediation_rooms": ("桥西区人民法院律师调解室", "自贸区正定片区公共法律服务中心"),
    "lawyers.organ_decisions": ("行政规范性文件合法性审查", "重大建设项目决策"),
    "lawyers.required_opinions": ("国有产权转让项目", "公司债券发行项目"),
    "lawyers.leading_talents": ("百名涉外法律服务领军人才", "省级涉外律师研修班"),
    "lawyers.alliance": ("“一带一路”律师联盟", "河北省律师海外服务协作协议"),
    "lawyers.appeals": ("不服生效民事判决申诉", "不服生效行政判决申诉"),
    "lawyers.petitions": ("历史遗留拆迁补偿信访件", "公开听证一件申诉案件"),
}


def counsel(suite: Suite, actor: Actor) -> str:
    """Log the services of the year and two entries in each other ledger of the lawyers."""
    services = _services(suite, actor)
    entries = sum(
        _examples(suite, actor, ledger)
        for ledger in suite.catalog.ledgers.values()
        if ledger.owner == "lawyers" and ledger.key != SERVICES
    )
    return f"村（居）服务记录 {services:,} 条，其他律师台账 {entries} 条"


def _services(suite: Suite, actor: Actor) -> int:
    """Most villages are served every month; the rest have an agreement and little else."""
    random, today = Random(COVERAGE), suite.today
    with suite.reading() as session:
        board = coverage_board(session, actor, suite.catalog, CoverageAsk(key=COVERAGE, as_of=today))
    rows: list[EntryEdit] = []
    for unit in [unit for unit in board.units if unit.by][:MOST_VILLAGES]:
        days = [_month_before(today, back) + dt.timedelta(days=random.randrange(27)) for back in MONTHS]
        if random.randrange(100) >= SERVED:
            days = days[:1]
        kinds = random.sample(KINDS, len(days))
        if len(days) == len(MONTHS):
            kinds[0] = "lecture"
        if random.randrange(100) < FIVE:
            days += [dt.date(today.year, 1, 1) + dt.timedelta(days=random.randrange(20))] * len(KINDS)
            kinds += KINDS
        for day, kind in zip(days, kinds, strict=True):
            values: dict[str, Any] = {
                "title": TITLES[kind], "day": day, "subject": (unit.id,), "service": kind, "state": "held",
                "persons": random.randrange(6, 80), "district_code": unit.district,
            }  # fmt: skip
            if unit.who:
                values["counsel"] = unit.who[:1]
            rows.append(EntryEdit(values=values))
    if rows:
        suite.run(SaveLedgerEntries(ledger=SERVICES, rows=tuple(rows)), actor)
    return len(rows)


def _month_before(day: dt.date, number: int) -> dt.date:
    whole = day.year * 12 + day.month - 1 - number
    return dt.date(whole // 12, whole % 12 + 1, 1)


def _examples(suite: Suite, actor: Actor, ledger: Ledger) -> int:
    """Two entries of a ledger: its own subjects, a value in each of its columns."""
    today = suite.today
    subjects = [one for kind in ledger.subjects[:1] for one in _first(suite, actor, kind)]
    if ledger.about_required and not subjects:
        return 0
    titles = EXAMPLES.get(ledger.key, (ledger.title, ledger.title))
    rows = []
    for place, title in enumerate(titles):
        day = today - dt.timedelta(days=40 * (place + 1))
        values: dict[str, Any] = {"title": title, "day": day, "district_code": "130102"}
        if subjects:
            values["subject"] = (subjects[place % len(subjects)],)
        if ledger.until:
            values["until"] = today + dt.timedelta(days=30 + 200 * place)
        for column in ledger.columns:
            given = _value(suite, actor, ledger, column.key, place)
            if given is not None:
                values[column.key] = given
        rows.append(EntryEdit(values=values))
    suite.run(SaveLedgerEntries(ledger=ledger.key, rows=tuple(rows)), actor)
    return len(rows)


def _value(suite: Suite, actor: Actor, ledger: Ledger, key: str, place: int) -> Any:
    column = ledger.by_key[key]
    match column.kind:
        case ColumnKind.CHOICE:
            codes = suite.catalog.codes[ledger.codes_of(column) or ""].codes
            return codes[place % len(codes)].value
        case ColumnKind.WHOLE:
            return 3 + 5 * place
        case ColumnKind.HOURS:
            return 2 + place
        case ColumnKind.AMOUNT:
            return 3000 * (place + 1)
        case ColumnKind.FLAG:
            return place == 0
        case ColumnKind.SUBJECT:
            found = _first(suite, actor, column.links[0])
            return tuple(found[place : place + 1]) or None
    return None


def _first(suite: Suite, actor: Actor, kind: str) -> tuple[int, ...]:
    """The first records of a roster."""
    with suite.reading() as session:
        return tuple(list_ids(session, actor, suite.catalog, ListQuery(kind=kind), limit=2).ids)
