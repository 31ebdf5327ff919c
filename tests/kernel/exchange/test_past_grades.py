"""Grades of years past come in by workbook, stand as results of their years, and go as they came."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from suite.bootstrap import Suite
from suite.contract.commands import Actor, Done
from suite.contract.problems import Refused
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.previewed import ImportPreview, ImportRequest
from suite.kernel.exchange.stock.sheet import importable_kinds
from suite.kernel.exchange.undoing import UndoImport
from suite.tables import Assessment, Campaign
from suite.testing.factories import a_firm, a_lawyer, make

SCHEME = "lawyers.lawyer_review"
HEADINGS = ("姓名", "考核年度", "考核等次", "文号")


def book(folder: Path, *rows: tuple[object, ...]) -> Path:
    made = Workbook()
    page = made.active
    assert page is not None
    for row in (HEADINGS, *rows):
        page.append(row)
    path = folder / "历年考核.xlsx"
    made.save(path)
    return path


def look(suite: Suite, admin: Actor, path: Path) -> ImportPreview:
    return suite.preview(ImportRequest(kind=SCHEME, path=path), admin)


def take(suite: Suite, admin: Actor, path: Path) -> Done:
    return suite.run(accept(look(suite, admin, path)), admin)


def standing(suite: Suite) -> dict[tuple[str, int], str | None]:
    with suite.reading() as session:
        rows = session.execute(
            select(Assessment.name, Campaign.first, Assessment.grade)
            .join(Campaign, Campaign.id == Assessment.campaign_id)
            .where(Campaign.recorded)
        )
        return {(row.name, row.first.year): row.grade for row in rows}


@pytest.fixture
def lawyers(suite_: Suite, admin: Actor) -> None:
    (firm,) = make(suite_, admin, "lawyers.law_firm", a_firm(1))
    make(
        suite_, admin, "lawyers.lawyer",
        a_lawyer(1, body_id=firm, name="张明远"), a_lawyer(2, body_id=firm, name="李思齐"),
    )  # fmt: skip


def test_grades_are_taken_by_year_and_taken_back(
    suite_: Suite, admin: Actor, lawyers: None, tmp_path: Path
) -> None:
    path = book(
        tmp_path,
        ("张明远", 2023, "称职", "石律协〔2024〕3号"),
        ("张明远", "2024年度", "基本称职", ""),
        ("李思齐", "2024", "称职", ""),
        ("李思齐", "2023", "优秀", ""),
        ("李思齐", "前年", "称职", ""),
        ("王无名", "2024", "称职", ""),
        ("李思齐", "2024", "不称职", ""),
    )
    seen = look(suite_, admin, path)
    held = [(row.row, problem.code) for row in seen.rows for problem in row.problems if row.result == "held"]
    assert held == [(5, "code_unknown"), (6, "past.year"), (7, "link.unknown"), (8, "past.twice")]
    run = suite_.run(accept(seen), admin).result["run"]
    assert standing(suite_) == {
        ("张明远", 2023): "competent", ("张明远", 2024): "basically_competent", ("李思齐", 2024): "competent",
    }  # fmt: skip
    again = look(suite_, admin, book(tmp_path, ("张明远", 2023, "称职", ""), ("张明远", 2024, "不称职", "")))
    assert [row.result for row in again.rows] == ["same", "held"]
    assert [problem.code for problem in again.rows[1].problems] == ["past.differs"]
    undone = suite_.run(UndoImport(kind=SCHEME, run=run), admin)
    assert (undone.result["undone"], undone.result["left"]) == (3, [])
    assert set(standing(suite_).values()) == {None}
    assert take(suite_, admin, book(tmp_path, ("张明远", 2024, "不称职", ""))).result["ids"]
    assert standing(suite_)["张明远", 2024] == "incompetent"


def test_only_who_runs_seasons_takes_grades(
    suite_: Suite, admin: Actor, lawyers: None, tmp_path: Path
) -> None:
    assert SCHEME in {kind.key for kind in importable_kinds(admin, suite_.catalog)}
    nobody = Actor(login=admin.login, name=admin.name)
    with pytest.raises(Refused) as told:
        look(suite_, nobody, book(tmp_path, ("张明远", 2023, "称职", "")))
    assert told.value.codes == {"not_permitted"}
