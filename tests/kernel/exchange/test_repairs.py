"""Repairs of a preview against a real database and real workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import HELD, NEW, ColumnsMissing, ImportPreview, ImportRequest
from suite.kernel.exchange.repairs import Repairs, suggestions
from suite.testing.factories import a_firm, make, practice_no

HEADINGS = ["姓名", "执业证号", "区县", "执业机构", "执业类别"]
ROWS = [
    ["宋静怡", practice_no(1), "长安区", "河北中恒律所", "专职"],
    ["马博文", practice_no(2), "长安区", "河北中恒律所", "全职"],
    ["谷明哲", practice_no(3), "长安区", "河北中恒信律师事务所", "全职"],
]
FIRM, CATEGORY = 4, 5


@pytest.fixture
def suite(suite_on_sqlite: Suite) -> Suite:
    make(suite_on_sqlite, suite_on_sqlite.actor(), "lawyers.law_firm", a_firm(1, name="河北中恒信律师事务所"))
    return suite_on_sqlite


@pytest.fixture
def actor(suite: Suite) -> Actor:
    return suite.actor()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return workbook(tmp_path / "名册.xlsx", HEADINGS, ROWS)


def workbook(path: Path, headings: list[str], rows: list[list[str]]) -> Path:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = "Sheet1"
    page.append(headings)
    for row in rows:
        page.append(row)
    made.save(path)
    return path


def ask(
    suite: Suite, actor: Actor, path: Path, repairs: Repairs, again: ImportPreview | None
) -> ImportPreview:
    request = ImportRequest(
        kind="lawyers.lawyer", path=path, repairs=repairs, again=again.read if again else None
    )
    return suite.preview(request, actor)


def test_one_cell_is_mended_and_judged_anew(suite: Suite, actor: Actor, book: Path) -> None:
    first = ask(suite, actor, book, Repairs(), None)
    assert [row.result for row in first.rows] == [HELD, HELD, HELD]
    repairs = Repairs().with_cell("Sheet1", 2, FIRM, "河北中恒信律师事务所")
    mended = ask(suite, actor, book, repairs, first)
    assert [row.result for row in mended.rows] == [NEW, HELD, HELD]
    wrong = ask(suite, actor, book, Repairs().with_cell("Sheet1", 2, FIRM, "没有这家所"), first)
    assert wrong.rows[0].problems[0].code == "link.unknown", "a mended value is judged like any other"


def test_a_value_is_mended_throughout_its_column_only(suite: Suite, actor: Actor, book: Path) -> None:
    first = ask(suite, actor, book, Repairs(), None)
    repairs = Repairs().with_value("Sheet1", FIRM, "河北中恒律所", "河北中恒信律师事务所")
    assert [row.result for row in ask(suite, actor, book, repairs, first).rows] == [NEW, HELD, HELD]
    repairs = repairs.with_value("Sheet1", CATEGORY, "全职", "专职律师")
    assert [row.result for row in ask(suite, actor, book, repairs, first).rows] == [NEW, NEW, NEW]
    other = repairs.with_cell("Sheet1", 3, CATEGORY, "兼职律师")
    kept = ask(suite, actor, book, other, first)
    assert [row.values["category"] for row in kept.rows] == ["full_time", "part_time", "full_time"]


def test_a_row_left_out_is_told_and_not_written(suite: Suite, actor: Actor, book: Path) -> None:
    first = ask(suite, actor, book, Repairs(), None)
    repairs = Repairs().without_row("Sheet1", 3).with_cell("Sheet1", 2, FIRM, "河北中恒信律师事务所")
    second = ask(suite, actor, book, repairs, first)
    assert [row.row for row in second.rows] == [2, 4]
    assert "left_out_rows" in {notice.code for notice in second.notices}
    done = suite.run(accept(second), actor)
    assert len(done.result["ids"]) == 1


def test_a_formula_without_a_value_can_be_mended(suite: Suite, actor: Actor, tmp_path: Path) -> None:
    rows = [["宋静怡", practice_no(1), "长安区", '="河北"&"中恒信"', "专职"]]
    path = workbook(tmp_path / "公式.xlsx", HEADINGS, rows)
    first = ask(suite, actor, path, Repairs(), None)
    assert "formula_without_value" in {problem.code for problem in first.rows[0].problems}
    repairs = Repairs().with_cell("Sheet1", 2, FIRM, "河北中恒信律师事务所")
    assert [row.result for row in ask(suite, actor, path, repairs, first).rows] == [NEW]


def test_a_repaired_preview_is_about_the_bytes_that_were_read(
    suite: Suite, actor: Actor, book: Path, tmp_path: Path
) -> None:
    first = ask(suite, actor, book, Repairs(), None)
    workbook(book, HEADINGS, [])
    again = ask(suite, actor, book, Repairs(), first)
    assert len(again.rows) == 3
    assert again.file_hash == first.file_hash


def test_missing_columns_say_what_was_recognised_so_that_they_can_be_mapped(
    suite: Suite, actor: Actor, tmp_path: Path
) -> None:
    headings = ["姓名", "号码一栏", "区县", "执业机构", "执业类别"]
    rows = [["宋静怡", practice_no(1), "长安区", "河北中恒信律师事务所", "专职"]]
    path = workbook(tmp_path / "改名.xlsx", headings, rows)
    with pytest.raises(ColumnsMissing) as caught:
        suite.preview(ImportRequest(kind="lawyers.lawyer", path=path), actor)
    told = caught.value
    assert told.code == "missing_columns"
    assert told.sheets[0].unmapped == ("号码一栏",)
    mapped = ImportRequest(
        kind="lawyers.lawyer", path=path, columns={("Sheet1", 2): "main_no"}, again=told.read
    )
    assert [row.result for row in suite.preview(mapped, actor).rows] == [NEW]


def test_suggestions_are_near_or_none(suite: Suite, actor: Actor, book: Path) -> None:
    first = ask(suite, actor, book, Repairs(), None)
    kind = suite.catalog.kinds["lawyers.lawyer"]
    link = next(p for p in first.rows[0].problems if p.field == "body_id")
    assert suggestions(kind.by_key["body_id"], link, "河北中恒律所", suite.catalog) == (
        "河北中恒信律师事务所",
    )
    category = next(p for p in first.rows[1].problems if p.field == "category")
    assert suggestions(kind.by_key["category"], category, "专职律", suite.catalog)[0] == "专职律师"
    assert suggestions(kind.by_key["category"], category, "其他", suite.catalog) == ()
    assert suggestions(kind.by_key["name"], category, "其他", suite.catalog) == ()
