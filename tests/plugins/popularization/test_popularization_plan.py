"""Every item of the plan that is popularization's is served; the need of villagers, village by village."""

from __future__ import annotations

from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.coverage.board import CoverageAsk
from suite.kernel.coverage.queries import coverage_board
from suite.kernel.coverage.rules import Standing
from suite.kernel.coverage.wording import gap_words
from suite.kernel.registry.commands import RowEdit, SaveRecords
from suite.tables import Subject
from suite.testing.factories import SURNAMES, make
from suite.testing.fixtures import TODAY

#: The items that the plan's list gives to popularization.
ITEMS = {7, *range(33, 38), *range(76, 91), 148, 156, 196}


def test_every_item_of_popularization_is_served(suite_on_sqlite: Suite) -> None:
    catalog = suite_on_sqlite.catalog
    served = {
        number
        for ledger in catalog.ledgers.values()
        if ledger.owner == "popularization"
        for number in ledger.plan
    }
    served |= {item.no for item in suite_on_sqlite.catalog.declared["popularization"] if hasattr(item, "no")}
    assert served >= ITEMS


def test_the_gap_of_villagers_is_told_village_by_village(suite_: Suite, admin: Actor) -> None:
    """规划四（一）1: three of each village, and one for every twenty households where they are known."""
    with suite_.reading() as session:
        chosen = select(Subject.id).where(Subject.kind == "core.village").order_by(Subject.id).limit(4)
        full, short, unknown, nobody = session.scalars(chosen)
    known = ((full, 60), (short, 81))
    rows = tuple(RowEdit(subject_id=village, values={"households": size}) for village, size in known)
    suite_.run(SaveRecords(kind="core.village", rows=rows), admin)
    people = [
        {"name": f"{SURNAMES[place]}明", "body_id": village, "status": "active"}
        for place, village in enumerate((full,) * 3 + (short,) * 3 + (unknown,) * 3)
    ]
    make(suite_, admin, "popularization.law_savvy_villager", *people)
    ask = CoverageAsk(key="popularization.villager_coverage", as_of=TODAY)
    with suite_.reading() as session:
        board = coverage_board(session, admin, suite_.catalog, ask)
    units = {unit.id: unit for unit in board.units}
    told = [units[one] for one in (full, short, unknown, nobody)]
    assert [(unit.standing, unit.need, unit.gap) for unit in told] == [
        (Standing.COVERED, 3, 0),
        (Standing.PAPER, 5, 2),
        # Without households the need by the rule of 2025 is no data: what is missing is a lower bound.
        (Standing.COVERED, None, 0),
        (Standing.UNCOVERED, None, 3),
    ]
    assert units[short].why == "需 5 名，现有 3 名，差 2 名"
    assert "无数据" in units[unknown].why
    assert board.unsized == len(board.units) - len(known)
    assert "至少差" in gap_words(board)
    assert sum(branch.gap for branch in board.tree) == sum(unit.gap for unit in board.units)
