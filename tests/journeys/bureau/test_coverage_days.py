"""Which villages have nobody, or somebody on paper only; who could serve; forty appointed (task 19)."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select
from sqlalchemy.orm import aliased

from suite.kernel.coverage.rules import Standing
from suite.tables import Subject
from suite.ui.kit.act_strip import ActStrip
from suite.ui.pages.coverage.page import CoveragePage
from suite.ui.pages.importing.page import ImportPage
from tests.journeys.clerk import Clerk, named, without_keyboard

pytestmark = pytest.mark.qt_log_level_fail("WARNING")
FORTY = 40


def the_page(clerk: Clerk) -> CoveragePage:
    clerk.commands(">村（居）法律顾问覆盖")
    page = clerk.page
    assert isinstance(page, CoveragePage)
    clerk.until(lambda: page.table is not None)
    return page


def test_the_gaps_by_county_and_forty_appointed_from_a_workbook(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = the_page(clerk)
    assert without_keyboard(page) == []
    board = page.board
    assert board is not None
    assert board.whole.total == 5152
    assert board.whole.of(Standing.PAPER) > 0
    # Only the gaps, of the county that has most of them.
    page.head.standings.set_current(Standing.UNCOVERED)
    worst = max(board.tree, key=lambda branch: branch.tally.uncovered)
    clerk.press("Ctrl+F")
    clerk.types(worst.title)
    clerk.waits()
    assert [node.title for node in page.nodes] == [worst.title]
    clerk.press("Esc")
    assert page.table is not None
    page.table.select_row(0)
    clerk.waits()
    assert page.dock.offers, "who could serve is told"
    clerk.press("Right")
    clerk.waits()
    assert page.nodes[1].title == worst.groups[0].title
    # The list of gaps leaves as a workbook.
    gaps = tmp_path / "缺口.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(gaps), ""))
    clerk.press("Ctrl+E")
    clerk.waits()
    rows = list(load_workbook(gaps)["覆盖情况"].iter_rows(values_only=True))
    assert len(rows) == worst.tally.uncovered + 1
    assert {row[4] for row in rows[1:]} == {"未覆盖"}
    # The county fills forty of them in and sends them back.
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    firm, lawyer = serving(clerk)
    sheet.append(
        ["县（市、区）", "乡镇（街道）", "村（社区）", "律师事务所", "法律顾问", "起始日期", "到期日期"]
    )
    for row in rows[1 : FORTY + 1]:
        sheet.append([row[0], row[1], row[2], firm, lawyer, "2026-11-01", "2027-10-31"])
    back = tmp_path / "聘任.xlsx"
    book.save(back)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(back), ""))
    page.head.imports.click()
    clerk.waits()
    wizard = clerk.page
    assert isinstance(wizard, ImportPage)
    clerk.press("Return")
    clerk.waits()
    assert wizard.foot.words.text() == f"将新增 {FORTY} 份"
    clerk.goes_to(named("导入"))
    wizard.foot.write.click()
    clerk.waits()
    page = the_page(clerk)
    clerk.until(lambda: page.board is not None and page.board is not board)
    assert page.board is not None
    now = next(branch for branch in page.board.tree if branch.key == worst.key)
    assert now.tally.uncovered == worst.tally.uncovered - FORTY


def serving(clerk: Clerk) -> tuple[str, str]:
    """A firm and the number of one of its lawyers, as a county writes them."""
    firm, lawyer = aliased(Subject), aliased(Subject)
    with clerk.looking_behind() as session:
        found = session.execute(
            select(firm.name, lawyer.main_no)
            .join(lawyer, lawyer.body_id == firm.id)
            .where(firm.kind == "lawyers.law_firm", firm.status == "active", lawyer.status == "active")
            .order_by(lawyer.id)
        ).first()
    assert found is not None
    return found.name, str(found.main_no)


@pytest.mark.long
def test_a_township_is_appointed_at_once(clerk: Clerk) -> None:
    page = the_page(clerk)
    board = page.board
    assert board is not None
    branch = next(one for one in board.tree if one.tally.uncovered == one.tally.total)
    group = branch.groups[0]
    page.head.standings.set_current(Standing.UNCOVERED)
    clerk.press("Ctrl+F")
    clerk.types(group.title)
    clerk.waits()
    clerk.press("Esc")
    assert page.table is not None
    row = next(n for n, node in enumerate(page.nodes) if node.title == branch.title)
    page.table.select_row(row)
    clerk.press("Space")
    count = len(page.checked_units())
    assert count >= group.tally.total
    assert page.bulk.count.text() == f"已选 {count} 个"
    clerk.press("Ctrl+N")
    strip = page.acts.strip
    assert isinstance(strip, ActStrip)
    clerk.types("河北衡正律师事务所")
    clerk.waits()
    clerk.press("Return")
    clerk.goes_to(lambda widget: strip.form.rows["counsel_id"].isAncestorOf(widget))
    clerk.types("王志远")
    clerk.waits()
    clerk.press("Return")
    clerk.goes_to(lambda widget: widget is strip.act)
    clerk.press("Space")
    clerk.waits()
    assert page.acts.strip is None, [row.problem for row in strip.form.rows.values()]
    assert page.board is not None
    assert page.board.whole.uncovered == board.whole.uncovered - count
