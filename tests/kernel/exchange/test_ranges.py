"""Two days in one cell fill both fields where neither has a column of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.annotate import write_held_rows
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportPreview, ImportRequest
from suite.kernel.exchange.previewed import ColumnSource
from suite.kernel.exchange.repairs import Repairs
from suite.testing.factories import make
from suite.ui.pages.importing.loaded import load

ARBITRATOR = "arbitration.arbitrator"
COMMON = ("姓名", "聘书编号", "聘任机构", "聘任状态")
FROM, TO = dt.date(2026, 4, 1), dt.date(2031, 3, 31)


def look(
    suite: Suite,
    admin: Actor,
    folder: Path,
    headings: Sequence[str],
    *cells: Sequence[Any],
    make_body: bool = True,
    **more: Any,
) -> ImportPreview:
    if make_body:
        body = {"name": "石家庄仲裁委员会", "district_code": "130102"}
        make(suite, admin, "arbitration.arbitration_commission", body)
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "表"
    page.append([*COMMON, *headings])
    for place, line in enumerate(cells):
        page.append([f"王{'甲乙丙'[place]}", f"石仲聘202600090{place}", "石家庄仲裁委员会", "在聘", *line])
    path = folder / "a.xlsx"
    book.save(path)
    return suite.preview(ImportRequest(kind=ARBITRATOR, path=path, **more), admin)


def term(found: ImportPreview, row: int = 0) -> tuple[Any, Any]:
    values = found.rows[row].values
    return values.get("term_from"), values.get("term_to")


@pytest.mark.parametrize(
    "text",
    [
        "2026.4.1-2031.3.31",
        "2026年4月1日至2031年3月31日",
        "2026-04-01 — 2031-03-31",
        "2026/4/1～2031/3/31",
        "20260401--20310331",
        "自2026-04-01起至2031-03-31止",
    ],
)
def test_a_range_fills_both_fields(suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, text: str) -> None:
    found = look(suite_on_sqlite, admin, tmp_path, ("聘期",), (text,))
    assert term(found) == (FROM, TO)
    column = found.sheets[0].columns[-1]
    assert column.field == "term_from"
    assert column.span is not None
    assert column.span.end == "term_to"


@pytest.mark.parametrize("day", ["2031.3.31", "2026年4月1日", TO])
def test_below_a_heading_of_the_whole_one_day_may_be_either(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, day: Any
) -> None:
    found = look(suite_on_sqlite, admin, tmp_path, ("聘期",), ("2026.4.1-2031.3.31",), (day,))
    assert [row.result for row in found.rows] == ["new", "held"]
    assert term(found, 1) == (None, None)
    assert [(problem.field, problem.code) for problem in found.rows[1].problems] == [
        ("term_from", "date_of_either")
    ]


def test_below_the_heading_of_an_end_one_day_is_the_end(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    found = look(suite_on_sqlite, admin, tmp_path, ("聘期止",), ("2026.4.1-2031.3.31",), ("2031.3.31",))
    assert (term(found), term(found, 1)) == ((FROM, TO), (None, TO))


def test_without_a_range_or_beside_a_column_of_its_own_nothing_is_split(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    plain = look(suite_on_sqlite, admin, tmp_path, ("聘期",), ("五年",))
    assert plain.sheets[0].unmapped == ("聘期",)
    own = suite_on_sqlite, admin, tmp_path
    beside = look(*own, ("聘期", "聘期止"), ("2026.4.1-2031.3.31", "2030-01-01"))
    assert beside.sheets[0].unmapped == ("聘期",)
    assert term(beside) == (None, dt.date(2030, 1, 1))


def test_a_wrong_end_is_held_at_the_column_and_mended_there(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    cells = ("2026.4.1-2031.3.31",), ("2026.4.1-2031.2.30",)
    found = look(suite_on_sqlite, admin, tmp_path, ("聘期",), *cells)
    assert [(p.field, p.code) for p in found.rows[1].problems if p.code.startswith("date")] == [
        ("term_to", "date_invalid")
    ]
    mended = suite_on_sqlite.preview(
        ImportRequest(
            kind=ARBITRATOR,
            path=found.path,
            repairs=Repairs().with_cell("表", 3, 5, "2026.4.1-2031.3.31"),
        ),
        admin,
    )
    assert term(mended, 1) == (FROM, TO)


def test_a_range_teaches_what_its_column_is_mapped_to_and_a_heading_of_the_whole_nothing(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    own = suite_on_sqlite, admin, tmp_path
    first = look(*own, ("任期止", "聘任日"), ("2026.4.1-2031.3.31", ""), columns={("表", 6): None})
    assert first.sheets[0].columns[4].field == "term_to"
    suite_on_sqlite.run(accept(first), admin)
    later = look(*own, ("任期止", "聘任日"), ("2032.3.31", ""), make_body=False)
    assert later.sheets[0].learned is not None
    assert later.rows[0].values["term_to"] == dt.date(2032, 3, 31)
    assert later.rows[0].values.get("term_from") is None

    whole = look(*own, ("聘期",), ("2026.4.2-2031.3.30",), make_body=False)
    suite_on_sqlite.run(accept(whole), admin)
    plain = look(*own, ("聘期",), ("五年",), make_body=False)
    assert plain.sheets[0].learned is not None
    assert plain.sheets[0].unmapped == ("聘期",)


def test_a_column_that_goes_nowhere_is_not_read_for_its_ranges_either(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    own = suite_on_sqlite, admin, tmp_path
    found = look(*own, ("聘期",), ("2026.4.1-2031.3.31",), columns={("表", 5): None})
    assert (term(found), found.sheets[0].columns[4].field) == ((None, None), None)
    suite_on_sqlite.run(accept(found), admin)
    later = look(*own, ("聘期",), ("2026.4.1-2031.3.31",), make_body=False)
    assert later.sheets[0].columns[4].source is ColumnSource.LEARNED
    assert term(later) == (None, None)


def test_what_is_wrong_with_the_end_stands_at_the_column_of_ranges(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    found = look(suite_on_sqlite, admin, tmp_path, ("聘期",), ("2031.3.31-2026.4.1",))
    assert [problem.field for problem in found.rows[0].problems] == ["term_to"]
    write_held_rows(found, tmp_path / "b.xlsx")
    page = load_workbook(tmp_path / "b.xlsx").active
    assert page is not None
    assert [cell.coordinate for cell in page[2] if cell.comment is not None] == ["E2"]
    with suite_on_sqlite.reading() as session:
        loaded = load(suite_on_sqlite.catalog.kinds[ARBITRATOR], found, 0, session, 0.0)
    assert loaded.address(found.rows[0], "term_to") == "E2"
