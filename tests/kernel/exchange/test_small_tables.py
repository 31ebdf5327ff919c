"""Tables that are read by their headings: rows beyond the bound and numbers that are none are refused."""

from pathlib import Path

import pytest

from suite.contract.problems import Refused
from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.reading import read_workbook, rows_below
from suite.kernel.exchange.target_sheets import HEADINGS, read_targets


def test_no_row_is_passed_over_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("表头,数\n甲,1\n,\n乙,2\n", encoding="utf-8")
    (sheet,) = read_workbook(path).sheets
    assert [(sheet.row_number(at), row[0]) for at, row in rows_below(sheet, 0, 2)] == [(2, "甲"), (4, "乙")]
    with pytest.raises(FileRefused):
        rows_below(sheet, 0, 1)


@pytest.mark.parametrize(("value", "year"), [("Infinity", "2030"), ("NaN", "2030"), ("1", "Infinity")])
def test_a_target_is_a_finite_number(tmp_path: Path, value: str, year: str) -> None:
    path = tmp_path / "目标.csv"
    path.write_text(f"{','.join(HEADINGS)}\n名,件,1,{value},{year},,,,,x.y\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_targets(path)
    assert {problem.code for problem in caught.value.problems} == {"targets.number"}
