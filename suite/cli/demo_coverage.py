"""Public counsel at work: services logged in the villages."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING, Any

from suite.kernel.clocks.spans import months_after
from suite.kernel.coverage.board import CoverageAsk
from suite.kernel.coverage.queries import coverage_board
from suite.kernel.ledgers.commands import EntryEdit, SaveLedgerEntries

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
}


def counsel(suite: Suite, actor: Actor) -> str:
    """Log the services of the year: most villages are served every month, the rest hardly ever."""
    random, today = Random(COVERAGE), suite.today
    with suite.reading() as session:
        board = coverage_board(session, actor, suite.catalog, CoverageAsk(key=COVERAGE, as_of=today))
    rows: list[EntryEdit] = []
    for unit in [unit for unit in board.units if unit.by][:MOST_VILLAGES]:
        days = [
            months_after(today.replace(day=1), -back) + dt.timedelta(days=random.randrange(27))
            for back in MONTHS
        ]
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
    return f"村（居）法律顾问服务 {len(rows):,} 条"
