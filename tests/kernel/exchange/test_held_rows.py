"""Held rows go out in the sender's own form, marked, and come back mended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Refused
from suite.kernel.exchange.annotate import write_held_rows
from suite.kernel.exchange.cleaned import LOST
from suite.kernel.exchange.cleaning import CLEANERS, Cleaner
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportPreview, ImportRequest
from suite.kernel.exchange.previewed import PROBLEMS_HEADING
from suite.kernel.exchange.repairs import Repairs
from suite.kernel.executor.executor import Cancelled
from suite.testing.factories import a_firm, make, practice_no

LAWYER = "lawyers.lawyer"
FIRM = "河北第1律师事务所"
ROWS: tuple[tuple[Any, ...], ...] = (
    ("甲一", practice_no(1), FIRM, "专职", dt.datetime(2012, 6, 18), 41.5, "=1+1"),
    ("甲二", practice_no(2), FIRM, "全职", dt.datetime(2013, 6, 18), 42, "@某人"),
    ("甲三", practice_no(3), "错误的所", "专职", "2014-13-05", None, "+86 311"),
    ("甲四", practice_no(4), FIRM, "专职", "2014.3.5", 44, None),
)


def sender_book(path: Path) -> Path:
    """Title rows, a header of two rows, merged cells, widths; the table begins in column B and row 2."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "桥西区（11月）"
    page["B2"] = "石家庄市律师名册"
    page.merge_cells("B2:H2")
    page["B3"], page["F3"] = "填报单位：桥西区", "2026年11月"
    for place, heading in zip(
        "BCDEFG", ("姓名", "执业证号", "所在律所", "执业类别", "首次执业时间", "其他"), strict=True
    ):
        page[f"{place}4"] = heading
    page["G5"], page["H5"] = "年龄", "备注"
    page.merge_cells("G4:H4")
    for row in ROWS:
        page.append([None, *row])
    page["H6"].data_type = "s"  # the text "=1+1", no formula
    page.column_dimensions["D"].width = 33
    page.append([None, "合计", "4 人"])
    book.save(path)
    return path


def look(suite: Suite, admin: Actor, path: Path, **more: Any) -> ImportPreview:
    return suite.preview(ImportRequest(kind=LAWYER, path=path, **more), admin)


def sheet_of(path: Path) -> Worksheet:
    page = load_workbook(path).active
    assert isinstance(page, Worksheet)
    return page


@pytest.fixture
def held(suite_on_sqlite: Suite, admin: Actor, tmp_path: Path) -> Path:
    """The held rows of the sender's book, whose sound rows are imported."""
    make(suite_on_sqlite, admin, "lawyers.law_firm", a_firm(1))
    found = look(suite_on_sqlite, admin, sender_book(tmp_path / "a.xlsx"))
    assert found.counts == {"rows": 4, "new": 2, "changed": 0, "same": 0, "held": 2}
    suite_on_sqlite.run(accept(found), admin)
    out = tmp_path / "held.xlsx"
    assert write_held_rows(found, out) == 2
    return out


def test_the_form_is_the_senders(held: Path) -> None:
    page = sheet_of(held)
    assert page.title == "桥西区（11月）"
    assert (page["B2"].value, page["F3"].value, page["G5"].value) == (
        "石家庄市律师名册",
        "2026年11月",
        "年龄",
    )
    assert {str(block) for block in page.merged_cells.ranges} == {"B2:H2", "G4:H4"}
    assert page.column_dimensions["D"].width == pytest.approx(33)
    assert page["I4"].value == PROBLEMS_HEADING
    assert [page.cell(row=6, column=place).value for place in range(2, 9)] == list(ROWS[1])
    assert [page.cell(row=7, column=place).value for place in range(2, 9)] == list(ROWS[2])
    assert page.max_row == 7
    assert (page["H6"].data_type, page["H7"].data_type) == ("s", "s")
    assert page["F6"].is_date
    marked = {cell.coordinate for line in page.iter_rows() for cell in line if cell.comment}
    assert marked == {"E6", "D7", "F7"}
    assert all(page[place].fill.fgColor.rgb == "00FBEAE8" for place in marked)
    assert "原第 7 行" in str(page["I6"].value)


def test_mended_rows_are_taken_and_the_remarks_are_passed_over(
    suite_on_sqlite: Suite, admin: Actor, held: Path, tmp_path: Path
) -> None:
    book = load_workbook(held)
    page = book.active
    assert isinstance(page, Worksheet)
    page["E6"] = "专职"
    book.save(held)
    found = look(suite_on_sqlite, admin, held)
    assert (found.counts["new"], found.counts["held"]) == (1, 1)
    assert found.notices == ()
    assert PROBLEMS_HEADING not in found.sheets[0].unmapped
    suite_on_sqlite.run(accept(found), admin)
    again = tmp_path / "again.xlsx"
    assert write_held_rows(found, again) == 1
    page = sheet_of(again)
    assert (page["I4"].value, page["J4"].value) == (PROBLEMS_HEADING, None)
    assert "原第 7 行" in str(page["I6"].value)
    page["D6"], page["F6"] = FIRM, "2014-03-05"
    assert page.parent is not None
    page.parent.save(again)
    last = look(suite_on_sqlite, admin, again)
    assert (last.counts["new"], last.counts["held"]) == (1, 0)


def test_what_was_mended_in_the_wizard_goes_along(
    suite_on_sqlite: Suite, admin: Actor, held: Path, tmp_path: Path
) -> None:
    repairs = Repairs().with_value("桥西区（11月）", 4, "错误的所", FIRM)
    found = look(suite_on_sqlite, admin, tmp_path / "a.xlsx", repairs=repairs)
    out = tmp_path / "mended.xlsx"
    write_held_rows(found, out)
    page = sheet_of(out)
    assert page["D7"].value == FIRM
    assert page["F7"].comment is not None


def test_a_text_file_goes_out_as_a_workbook(suite_on_sqlite: Suite, admin: Actor, tmp_path: Path) -> None:
    path = tmp_path / "名册[1].csv"
    path.write_text("姓名,执业证号,执业类别\n=甲,1,专职\n", encoding="utf-8")
    found = look(suite_on_sqlite, admin, path)
    assert write_held_rows(found, tmp_path / "out.xlsx") == found.counts["held"] == 1
    page = sheet_of(tmp_path / "out.xlsx")
    assert (page["A2"].value, page["A2"].data_type, page["D1"].value) == ("=甲", "s", PROBLEMS_HEADING)


def test_the_file_appears_whole_or_not_at_all(
    suite_on_sqlite: Suite, admin: Actor, held: Path, tmp_path: Path
) -> None:
    found = look(suite_on_sqlite, admin, tmp_path / "a.xlsx")

    def cancel(what: str, done: int, total: int) -> None:
        raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        write_held_rows(found, tmp_path / "no.xlsx", progress=cancel)
    assert sorted(path.name for path in tmp_path.iterdir() if "no" in path.name) == []
    with pytest.raises(Refused) as refused:
        write_held_rows(found, tmp_path / "absent" / "held.xlsx")
    assert refused.value.codes == {"file.write"}


def _there_and_back(
    suite: Suite, admin: Actor, book: Workbook, folder: Path
) -> tuple[Worksheet, ImportPreview]:
    """The held rows of a book as they go out, and as they come back untouched."""
    make(suite, admin, "lawyers.law_firm", a_firm(1))
    book.save(folder / "given.xlsx")
    out = folder / "held.xlsx"
    write_held_rows(look(suite, admin, folder / "given.xlsx"), out)
    return sheet_of(out), look(suite, admin, out)


HEADS = ("姓名", "执业证号", "所在律所", "执业类别", "首次执业时间")


def _book(*rows: tuple[Any, ...]) -> Workbook:
    book = Workbook()
    assert book.active is not None
    for row in (HEADS, *rows):
        book.active.append(row)
    return book


def test_what_is_merged_over_rows_goes_out_with_each(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    book = _book(
        ("甲一", practice_no(1), FIRM, "专职", "2012-6-18"),
        ("甲二", practice_no(2), None, None, "2021/3"),
        ("甲三", practice_no(3), None, None, "2012-6-18"),
    )
    assert book.active is not None
    book.active.merge_cells("C2:C4")
    book.active.merge_cells("D2:D4")
    page, _ = _there_and_back(suite_on_sqlite, admin, book, tmp_path)
    assert [page.cell(row=2, column=place).value for place in (1, 3, 4)] == ["甲二", FIRM, "专职"]
    page["E2"] = "2021-03-05"
    assert page.parent is not None
    page.parent.save(tmp_path / "mended.xlsx")
    [row] = look(suite_on_sqlite, admin, tmp_path / "mended.xlsx").rows
    assert row.result == "new"
    assert {"body_id", "category"} <= row.values.keys()


def test_what_the_file_does_not_carry_is_held_until_it_is_written(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    book = _book(
        ("甲一", practice_no(1), FIRM, "=1+1", "2012-6-18"),
        ("甲二", practice_no(2), FIRM, "专职", "#REF!"),
        ("甲三", practice_no(3), "=1+1", "专职", "2012-6-18"),
        ("甲四", practice_no(4), None, "专职", "2012-6-18"),
    )
    assert book.active is not None
    book.active["E3"].data_type = "e"
    book.active.merge_cells("C4:C5")
    page, found = _there_and_back(suite_on_sqlite, admin, book, tmp_path)
    assert found.counts["held"] == 4
    lost = [{(p.field, p.code) for p in row.problems if p.code in LOST} for row in found.rows]
    assert lost == [
        {("category", "formula_without_value")},
        {("first_practice_on", "cell_error")},
        {("body_id", "formula_without_value")},
        {("body_id", "formula_without_value")},
    ]
    for place, text in (("D2", "专职"), ("E3", "2012-6-18"), ("C4", FIRM), ("C5", FIRM)):
        page[place] = text
    assert page.parent is not None
    page.parent.save(tmp_path / "mended.xlsx")
    assert look(suite_on_sqlite, admin, tmp_path / "mended.xlsx").counts["new"] == 4


@pytest.mark.parametrize("cleaner", CLEANERS.values(), ids=CLEANERS)
def test_no_cleaner_takes_the_mark_of_a_lost_value(cleaner: Cleaner) -> None:
    for code, (_, mark) in LOST.items():
        assert [problem.code for problem in cleaner(mark).problems] == [code]


def test_days_of_a_workbook_that_counts_from_1904_stay(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    book = _book(
        ("甲一", practice_no(1), FIRM, "全职", 39511),
        ("甲二", practice_no(2), FIRM, "全职", dt.date(2012, 3, 5)),
    )
    book.epoch = CALENDAR_MAC_1904
    _, found = _there_and_back(suite_on_sqlite, admin, book, tmp_path)
    assert [row.values["first_practice_on"] for row in found.rows] == [dt.date(2012, 3, 5)] * 2
