"""`suite coverage`: the sums, the gaps as a list and as a file, and what it refuses."""

from __future__ import annotations

from pathlib import Path

from command_line import Call
from openpyxl import load_workbook

TODAY = ("--today", "2026-11-23")


def test_sums_by_district_and_the_list_of_gaps(call: Call, tmp_path: Path) -> None:
    found = call("coverage", "--json", *TODAY).json
    assert found["key"] == "lawyers.village_counsel_coverage"
    assert found["total"] == found["uncovered"] == sum(one["total"] for one in found["by_district"])
    without = call("coverage", "--no-zones", "--json", *TODAY).json
    zones = {"130171", "130172"}
    left_out = sum(one["total"] for one in found["by_district"] if one["district"] in zones)
    assert without["total"] == found["total"] - left_out > 0
    out = tmp_path / "缺口.xlsx"
    listed = call(
        "coverage",
        "--state",
        "uncovered",
        "--district",
        "130107",
        "--servers",
        "--out",
        out,
        "--json",
        *TODAY,
    ).json
    assert {one["district"] for one in listed["units"]} == {"130107"}
    assert listed["servers"] == []
    assert load_workbook(out)["覆盖情况"].max_row == listed["rows"] + 1 == len(listed["units"]) + 1


def test_a_coverage_is_called_by_its_title(call: Call) -> None:
    assert call("coverage", "公职律师", "--json", *TODAY).json["total"] == 0
    assert call("coverage", "没有的", *TODAY).code == 2
    assert call("coverage", "--district", "999999", *TODAY).code == 2
    assert call("coverage", "--servers", *TODAY).code == 2
