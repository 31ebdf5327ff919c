"""A list without a column that each row must say is refused once; of known records a few columns do."""

from __future__ import annotations

from pathlib import Path

import pytest
from messy import xlsx

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.problems import Severity
from suite.kernel.exchange.preview import ImportRequest
from suite.kernel.exchange.previewed import ColumnsMissing
from suite.testing.factories import make

INSTITUTION = "appraisal.appraisal_institution"
NAME = "石家庄戊己司法鉴定中心"
MODEL_VILLAGE = "popularization.democratic_rule_of_law_village"


def asked(kind: str, path: Path, *rows: list[str]) -> ImportRequest:
    path.write_bytes(xlsx(rows))
    return ImportRequest(kind=kind, path=path)


def test_rows_that_are_all_new_need_every_column(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    rows = ["机构名称", "区县", "地址", "许可编码"], [NAME, "长安区", "中山路 1 号", "130100955"]
    request = asked(INSTITUTION, tmp_path / "机构.xlsx", *rows)
    with pytest.raises(ColumnsMissing) as refused:
        suite_on_sqlite.preview(request, admin)
    assert refused.value.text.startswith("缺少必要的列：许可证号。没有认出的列：许可编码。")
    assert [sheet.state for sheet in refused.value.sheets] == ["read"]
    # Of an institution that is known, a list may say what has changed and no more.
    make(
        suite_on_sqlite,
        admin,
        INSTITUTION,
        {"name": NAME, "main_no": "130100955", "district_code": "130102"},
    )
    [row] = suite_on_sqlite.preview(request, admin).rows
    assert (row.result, list(row.changes)) == ("changed", ["address"])


def test_what_follows_from_a_link_is_not_told_as_missing(
    suite_on_sqlite: Suite, admin: Actor, tmp_path: Path
) -> None:
    headings = ["村名", "县（市、区）", "乡镇（街道）", "命名级别", "批次", "命名时间"]
    (town,) = make(
        suite_on_sqlite,
        admin,
        "core.township",
        {"name": "平山镇", "main_no": "130131900", "district_code": "130131"},
    )
    make(
        suite_on_sqlite,
        admin,
        "core.village",
        {"name": "李家庄村民委员会", "main_no": "130131900201", "district_code": "130131", "body_id": town},
    )
    request = asked(
        MODEL_VILLAGE,
        tmp_path / "村.xlsx",
        headings,
        ["李家庄村", "平山县", "平山镇", "国家级", "第九批", "2024.6"],
        ["无此村", "平山县", "平山镇", "国家级", "第九批", "2024.6.1"],
    )
    short, unknown = suite_on_sqlite.preview(request, admin).rows
    assert {problem.field for problem in short.problems if problem.code != "link.short_name"} == {"named_on"}
    grave = [problem.code for problem in unknown.problems if problem.severity is Severity.ERROR]
    assert grave == ["link.unknown"]
