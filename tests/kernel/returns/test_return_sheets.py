"""Returns as workbooks: what goes out, and what is read of it when it comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.exchange.return_sheets import heading_of, read_returns, save_returns, write_returns
from suite.kernel.returns.queries import ReturnSheet
from suite.kernel.returns.reviewing import SendBackReturn
from tests.kernel.returns.handing_in import (
    AID,
    ALL,
    CASES,
    HOME,
    PERIOD,
    figures,
    given,
    numbers,
    sheet,
    submit,
)


def test_the_note_of_a_row_explains_what_needs_it(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    suite = suite_on_sqlite
    submit(suite, admin, given(cases=20), period="2026-09")
    path = tmp_path / "月报.xlsx"

    def filled(cases: int, note: str | None) -> None:
        with suite.reading() as session:
            write_returns(session, admin, suite.catalog, AID, PERIOD, path)
        book = load_workbook(path)
        page = book.worksheets[0]
        heads = {str(cell.value): cell.column for cell in page[1]}
        row = next(row[0].row for row in page.iter_rows(min_row=2) if str(row[1].value) == HOME)
        for key, value in numbers(cases).items():
            page.cell(row, heads[heading_of(suite.catalog.figures[key])], int(value))
        page.cell(row, heads[heading_of(suite.catalog.figures[ALL])]).value = None
        if note is not None:
            page.cell(row, heads["说明"], note)
        book.save(path)

    def taken() -> ReturnSheet:
        with suite.reading() as session:
            rows = read_returns(session, admin, suite.catalog, AID, PERIOD, path)
        submit(suite, admin, *rows)
        return sheet(suite, admin)

    def noted(found: ReturnSheet) -> dict[str, str]:
        return {line.series.key: line.note for line in found.cells if line.note}

    filled(60, "专项行动")
    found = taken()
    assert noted(found) == {CASES: "专项行动"}, "only the leap needs a reason"
    back = SendBackReturn(form=AID, return_id=found.id, expected_version=found.version, reason="口径")
    suite.run(back, admin)
    # What goes out with its note comes back as it was; the new note is for what is otherwise now.
    filled(61, None)
    found = taken()
    assert noted(found) == {CASES: "专项行动"}


def test_a_period_goes_out_as_a_workbook_and_comes_back(suite_: Suite, admin: Actor, tmp_path: Path) -> None:
    submit(suite_, admin, given())
    file = tmp_path / "法律援助.xlsx"
    with suite_.reading() as session:
        written = save_returns(session, admin, suite_.catalog, AID, PERIOD, file, run=suite_.run)
    book = load_workbook(file)
    page = book.active
    assert page is not None
    heads = {cell.value: cell.column for cell in page[1]}
    assert written == page.max_row - 1
    rows = {page.cell(row, heads["代码"]).value: row for row in range(2, page.max_row + 1)}
    assert page.cell(rows[HOME], heads["状态"]).value == "已报"
    for head, column in heads.items():
        if head not in ("填报单位", "代码", "状态", "说明"):
            page.cell(rows["130107"], column, 7)
            page.cell(rows[HOME], column, 9)
    book.save(file)
    # A total that contradicts its parts is not reckoned anew: it is told with its row and both numbers.
    with suite_.reading() as session, pytest.raises(Refused) as refused:
        read_returns(session, admin, suite_.catalog, AID, PERIOD, file)
    (problem,) = refused.value.problems
    assert (problem.code, problem.row) == ("return.sum", rows["130107"])
    assert "填为 7" in problem.text
    assert "= 14" in problem.text
    total = heads[heading_of(suite_.catalog.figures[ALL])]
    page.cell(rows["130107"], total, 14)
    book.save(file)
    with suite_.reading() as session:
        found = read_returns(session, admin, suite_.catalog, AID, PERIOD, file)
    assert [one.district for one in found] == ["130107"], "what was handed in already is left alone"
    submit(suite_, admin, *found)
    assert figures(suite_) == {HOME: 20, "130107": 7}
    with suite_.reading() as session, pytest.raises(Refused) as refused:
        read_returns(session, admin, suite_.catalog, AID, "2026-09", file)
    assert refused.value.codes == {"return.other_period"}, "October's sheet is not September's"
    page.cell(rows["130171"], heads["受理法律援助案件（件）"], "若干")
    book.save(file)
    with suite_.reading() as session, pytest.raises(Refused) as refused:
        read_returns(session, admin, suite_.catalog, AID, PERIOD, file)
    assert refused.value.codes == {"return.value"}
