"""What stands over a heading or in its brackets may make it somebody else's: not read then, and told."""

from __future__ import annotations

from typing import Any

import pytest
from openpyxl import Workbook

from suite.bootstrap import Suite
from suite.kernel.exchange.header import find_header
from suite.kernel.exchange.heading_words import is_remark
from suite.kernel.exchange.preview import ImportPreview
from suite.kernel.exchange.templates import templates_of
from suite.testing.factories import practice_no
from tests.kernel.exchange.messy import FIRM, LAWYER, Desk, codes, xlsx

HEADINGS = ["姓名", "执业证号", "执业机构", "区县", "性别", "执业类别", "执业状态"]
OFFICE = "notary.notary_office"


def a_lawyer(*more: Any) -> list[Any]:
    return ["钱试一", practice_no(1), FIRM, "长安区", "男", "专职", "正常执业", *more]


def named(suite: Suite, kind: str, *rows: list[str]) -> dict[str, str | None]:
    synonyms = templates_of(suite.catalog).synonyms(suite.catalog.kinds[kind])
    header = find_header(rows, synonyms)
    assert header is not None
    return {column.heading: header.fields.get(column.index) for column in header.columns}


def look(desk: Desk, upper: list[Any], lower: list[Any], row: list[Any], *merges: str) -> ImportPreview:
    def merge(book: Workbook) -> None:
        for area in merges:
            book.worksheets[0].merge_cells(area)

    return desk.look(xlsx([upper, lower, row], merge))


@pytest.mark.parametrize("merges", [(), ("H1:J1",)])
def test_a_spouse_is_not_the_lawyer(desk: Desk, merges: tuple[str, ...]) -> None:
    upper = [*HEADINGS, "配偶", None, None]
    lower = [*[None] * 7, "姓名", "出生日期", "联系电话"]
    found = look(desk, upper, lower, a_lawyer("孙某某", "1980-01-02", "13811113333"), *merges)
    assert found.sheets[0].header_rows == (1, 2)
    assert found.rows[0].values["name"] == "钱试一"
    assert not {"birth_date", "phone"} & found.rows[0].values.keys()
    [told] = [notice.text for notice in found.notices if notice.code == "heading_of_another"]
    assert "“配偶/出生日期”（I 列）不作为“出生日期”" in told
    assert "“配偶/联系电话”（J 列）不作为“联系电话”" in told


def test_a_person_may_say_that_it_is_the_records_own(suite_on_sqlite: Suite, desk: Desk) -> None:
    content = xlsx([[*HEADINGS, "联系电话（家）人"], a_lawyer("13811113333")])
    assert "phone" not in desk.look(content).rows[0].values
    found = desk.look(content, columns={("名册", 8): "phone"})
    assert found.rows[0].values["phone"] == "13811113333"
    assert "heading_of_another" not in codes(found)


def test_what_changed_is_taken_as_it_is_now(suite_on_sqlite: Suite) -> None:
    upper = ["姓名", "执业证号", "变更前", "", "变更后", ""]
    lower = ["", "", "执业机构", "执业状态", "执业机构", "执业状态"]
    assert named(suite_on_sqlite, LAWYER, upper, lower) == {
        "姓名": "name", "执业证号": "main_no", "变更前/执业机构": None, "变更前/执业状态": None,
        "变更后/执业机构": "body_id", "变更后/执业状态": "status",
    }  # fmt: skip


def test_a_group_wins_over_a_lower_row_that_names_as_much_by_itself(suite_on_sqlite: Suite) -> None:
    upper = ["基本信息", "", "", "", "负责人", ""]
    lower = ["机构名称", "统一社会信用代码", "区县", "执业状态", "姓名", "联系电话"]
    found = named(suite_on_sqlite, OFFICE, upper, lower)
    assert (found["负责人/姓名"], found["负责人/联系电话"]) == ("head_name", None)
    assert found["基本信息/机构名称"] == "name"
    titles = ["律师名册", "", "长安区司法局"], ["姓名", "执业证号", "联系电话"]
    assert set(named(suite_on_sqlite, LAWYER, *titles).values()) == {"name", "main_no", "phone"}


@pytest.mark.parametrize(
    "group",
    [
        "基本信息",
        "一、基本情况",
        "（二）执业信息",
        "联系方式",
        "律师信息",
        "身份信息",
        "人员情况",
        "2.个人基本情况",
        "基本信息（必填）",
    ],
)
def test_below_a_group_that_says_the_sort_a_heading_is_the_records_own(
    suite_on_sqlite: Suite, group: str
) -> None:
    found = named(suite_on_sqlite, LAWYER, ["姓名", "执业证号", group, ""], ["", "", "联系电话", "性别"])
    assert (found[f"{group}/联系电话"], found[f"{group}/性别"]) == ("phone", "sex")


def test_a_group_reaches_as_far_as_it_is_merged(desk: Desk) -> None:
    upper = ["姓名", None, None, "配偶", None, None]
    lower = [None, "执业证号", "执业机构", "姓名", "工作单位", "联系电话"]
    row = ["钱试一", practice_no(1), FIRM, "孙某", "某厂", "13811113333"]
    found = look(desk, upper, lower, row, "A1:A2", "D1:E1")
    assert found.rows[0].values["phone"] == "13811113333"


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("出生日期（配偶）", "1980-01-02"),
        ("联系电话（紧急联系人）", "13811112222"),
        ("执业状态（上年度）", "注销"),
        ("身份证号（监护人）", "110105194912310021"),
        ("发证日期（旧证）", "2010-01-02"),
        ("执业机构（原）", FIRM),
        ("业务收入（上年度，万元）", "1"),
    ],
)
def test_what_stands_in_brackets_distinguishes(desk: Desk, heading: str, value: str) -> None:
    headings = [text for text in HEADINGS if text not in heading]
    row = [cell for text, cell in zip(HEADINGS, a_lawyer(), strict=True) if text in headings]
    found = desk.look(xlsx([[*headings, heading], [*row, value]]))
    assert found.sheets[0].unmapped == (heading,)
    if not heading.startswith("业务收入"):
        assert "heading_of_another" in codes(found)


def test_an_exact_heading_wins_over_one_with_brackets(desk: Desk) -> None:
    for beside in ("执业证号（旧）", "执业证号（必填）"):
        headings = ["姓名", beside, *HEADINGS[1:]]
        found = desk.look(xlsx([headings, ["钱试一", "130119991012", *a_lawyer()[1:]]]))
        assert found.rows[0].values["main_no"] == practice_no(1)
    [told] = [notice.text for notice in found.notices if notice.code == "duplicate_heading"]
    assert told.endswith("“执业证号（必填）”（B 列）与“执业证号”（C 列）重复，只读取后者。")


REMARKS = """
    必填 选填 如有 若有请填写 没有可不填 请填全称 全称 下拉选择 变更后 周岁 % 手机 市、区 男/女 是/否
    yyyy-mm-dd yyyy/mm/dd xxxx年xx月xx日 年月日 年/月/日 年月 yyyymmdd 20210305 例2021-03-05 如:2021-03-05
    专职、兼职 填表说明:按证书填写 见填表说明 按身份证填写 截至2026年11月 18位 18位,必填 万元
    单位:万元 万元,含附加险
"""
OTHERS = "配偶 旧 旧证 原 上年 上年度,万元 紧急联系人 变更前 英文 2024 2024年 2024年12月 负责人 配偶/子女"


@pytest.mark.parametrize("text", REMARKS.split())
def test_remarks_are_known(text: str) -> None:
    assert is_remark(text)


@pytest.mark.parametrize("text", OTHERS.split())
def test_what_is_no_remark_distinguishes(text: str) -> None:
    assert not is_remark(text)
