"""出生年月 says the month only: the day is taken from the identity number where both agree."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportPreview, ImportRequest
from suite.kernel.registry import prepare
from suite.kernel.registry.current import current_records
from suite.testing.factories import make, practice_no, resident_number

LAWYER = "lawyers.lawyer"
BORN = dt.date(1985, 10, 12)


def look(suite: Suite, admin: Actor, path: Path, *rows: tuple[Any, ...]) -> ImportPreview:
    book = Workbook()
    page = book.active
    assert page is not None
    for line in (("姓名", "执业证号", "执业类别", "区县", "出生年月", "身份证号"), *rows):
        page.append(list(line))
    book.save(path)
    return suite.preview(ImportRequest(kind=LAWYER, path=path), admin)


def a_row(month: Any, number: str) -> tuple[Any, ...]:
    return ("甲一", practice_no(1), "专职", "长安区", month, number)


@pytest.mark.parametrize("month", ["1985.10", 1985.1, "1985年10月", "198510", "1985-10", "1985年", 1985])
def test_the_day_comes_from_the_number(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, month: Any
) -> None:
    found = look(suite_on_sqlite, admin, tmp_path / "a.xlsx", a_row(month, resident_number(1, BORN)))
    [row] = found.rows
    assert row.result == "new", row.problems
    assert [problem.code for problem in row.problems if problem.field == "birth_date"] == ["date_from_number"]
    done = suite_on_sqlite.run(accept(found), admin)
    (lawyer,) = done.result["ids"]
    with suite_on_sqlite.reading() as session:
        kept = current_records(session, suite_on_sqlite.catalog.kinds[LAWYER], [lawyer])[lawyer].values
    assert kept["birth_date"] == BORN


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("1985.9", resident_number(1, BORN)),
        ("1985.1", resident_number(1, dt.date(1985, 11, 2))),
        ("1985年1月", resident_number(1, BORN)),
        ("1985-1", resident_number(1, BORN)),
        ("1985.10", ""),
    ],
)
def test_what_contradicts_the_number_or_has_none_stays_held(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, month: str, number: str
) -> None:
    found = look(suite_on_sqlite, admin, tmp_path / "a.xlsx", a_row(month, number))
    assert found.rows[0].result == "held"
    assert "date_incomplete" in [problem.code for problem in found.rows[0].problems]


def test_a_standing_record_takes_the_day_from_the_number(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = resident_number(1, BORN)
    lawyer = {"name": "甲一", "main_no": practice_no(1), "category": "full_time", "district_code": "130102"}
    with monkeypatch.context() as before:
        # A record from before dates were taken from numbers.
        before.setattr(prepare, "say_births", lambda *_: None)
        make(suite_on_sqlite, admin, LAWYER, lawyer | {"id_number": number})
    path = tmp_path / "a.xlsx"
    found = look(suite_on_sqlite, admin, path, a_row("1985.10", number))
    assert found.rows[0].changes == {"birth_date": (None, BORN)}
    suite_on_sqlite.run(accept(found), admin)
    assert look(suite_on_sqlite, admin, path, a_row("1985.10", number)).rows[0].result == "same"
