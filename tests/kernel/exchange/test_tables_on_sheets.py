"""Where the table is on a sheet: headers, merged cells, its end, other tables, hidden parts."""

from __future__ import annotations

from typing import Any

import pytest
from messy import HEADINGS, Desk, codes, lawyer, results, told, xlsx

from suite.kernel.exchange.bounds import FileRefused
from suite.kernel.exchange.header import find_header
from suite.kernel.exchange.templates import lacking, templates_of


def test_a_header_of_two_rows_with_merged_cells(desk: Desk) -> None:
    upper = ["序号", "姓名", "性别", "证件信息", None, "所在律所", "执业信息", None, "联系电话"]
    lower = [None, None, None, "身份证号码", "执业证号", None, "执业类型", "首次执业时间", None]

    def merge(book: Any) -> None:
        for area in ("A1:I1", "D2:E2", "G2:H2", *(f"{letter}2:{letter}3" for letter in "ABCFI")):
            book.active.merge_cells(area)

    found = desk.look(xlsx([["律师名册"], upper, lower, lawyer(1), lawyer(2)], merge))
    assert found.sheets[0].header_rows == (2, 3)
    assert found.sheets[0].mapping["证件信息/执业证号"] == "main_no"
    assert results(found) == {4: "new", 5: "new"}
    assert codes(found) == set()


def test_cells_merged_downwards_hold_for_each_row(desk: Desk) -> None:
    rows = [list(HEADINGS), lawyer(1), lawyer(2, 所在律所=None), lawyer(3, 所在律所=None), lawyer(4)]
    found = desk.look(xlsx(rows, lambda book: book.active.merge_cells("F2:F4")))
    assert len({row.values["body_id"] for row in found.rows}) == 1
    assert codes(found) == {"merged_cells"}


def test_a_merged_number_is_no_number_of_two_people(desk: Desk) -> None:
    rows = [list(HEADINGS), lawyer(1), lawyer(2, 执业证号=None)]
    found = desk.look(xlsx(rows, lambda book: book.active.merge_cells("E2:E3")))
    assert results(found) == {2: "held", 3: "held"}
    assert {code for row in found.rows for _, code, _ in told(row)} == {"duplicate_row"}


def test_a_merged_cell_that_is_lost_is_lost_for_each_row(desk: Desk) -> None:
    def fill(book: Any) -> None:
        book.active["F2"] = "=VLOOKUP(B2,[1]Sheet1!A:B,2,0)"
        book.active.merge_cells("F2:F3")

    found = desk.look(xlsx([list(HEADINGS), lawyer(1), lawyer(2, 所在律所=None)], fill))
    assert results(found) == {2: "held", 3: "held"}


def test_what_stands_among_and_below_the_rows_is_named(desk: Desk) -> None:
    found = desk.look(
        xlsx(
            [
                list(HEADINGS),
                ["一、桥西区"],
                lawyer(1),
                [None, "桥西区小计", 1],
                lawyer(2),
                [None, "合  计", "2人"],
                [3],
                ["备注：1.本表一式两份。"],
                [None, "填表人：王五", None, None, "审核人：赵六"],
                ["说明"],
                ["※ 以上情况属实"],
                ["2026年11月1日"],
            ]
        )
    )
    assert results(found) == {3: "new", 5: "new"}
    assert codes(found) == {"skipped_rows"}
    [notice] = found.notices
    for row in (2, 4, 6, 7, 8, 9, 10, 11, 12):
        assert f"{row}" in notice.text


def test_a_title_merged_over_the_table_is_no_row_and_a_lone_name_is_one(desk: Desk) -> None:
    headings = HEADINGS[1:]
    rows = [list(headings), ["桥西区"], lawyer(1)[1:], ["王五"]]
    found = desk.look(xlsx(rows, lambda book: book.active.merge_cells("A2:H2")))
    assert results(found) == {3: "new", 4: "held"}
    assert codes(found) == {"skipped_rows"}


def test_a_row_whose_every_cell_is_an_uncalculated_formula_is_not_blank(desk: Desk) -> None:
    formulas = ["=A1"] * len(HEADINGS)
    found = desk.look(xlsx([list(HEADINGS), lawyer(1), formulas]))
    assert results(found) == {2: "new", 3: "held"}
    assert ("name", "formula_without_value", "error") in told(found.rows[1])


def test_a_second_table_is_told_and_not_read_into_the_first(desk: Desk) -> None:
    rows = [
        list(HEADINGS),
        lawyer(1),
        [],
        ["实习人员名册"],
        ["姓名", "性别", "身份证号码", "实习证号", "指导律师"],
        ["李四", "男", "130102199001010015", "1", "张三"],
    ]
    found = desk.look(xlsx(rows))
    assert results(found) == {2: "new"}
    assert codes(found) == {"skipped_rows", "second_table"}


def test_the_same_header_again_goes_on(desk: Desk) -> None:
    rows = [list(HEADINGS), lawyer(1), [], ["表二"], list(HEADINGS), lawyer(2)]
    found = desk.look(xlsx(rows))
    assert results(found) == {2: "new", 6: "new"}


def test_rows_far_below_are_told(desk: Desk) -> None:
    found = desk.look(xlsx([list(HEADINGS), lawyer(1), *[[]] * 60, lawyer(2)]))
    assert results(found) == {2: "new"}
    assert codes(found) == {"after_table"}


def test_rows_above_a_header_that_is_better_named_are_told(desk: Desk) -> None:
    spoiled = [*HEADINGS[:7], 2012.3, HEADINGS[8]]
    rows = [["律师名册"], spoiled, lawyer(1), lawyer(2), list(HEADINGS), lawyer(3)]
    found = desk.look(xlsx(rows))
    assert results(found) == {6: "new"}
    [notice] = found.notices
    assert notice.code == "rows_above"
    assert "第 2、3、4 行" in notice.text


def test_titles_of_several_cells_are_no_rows_above(desk: Desk) -> None:
    rows = [
        ["律师名册"],
        ["填报单位：桥西区", None, "2026年11月", None, "单位：人"],
        list(HEADINGS),
        lawyer(1),
    ]
    assert codes(desk.look(xlsx(rows))) == set()


def test_columns_whose_heading_is_lost_are_told(desk: Desk) -> None:
    headings = [*HEADINGS[:7], 2012.3, None]
    found = desk.look(xlsx([headings, lawyer(1), [*lawyer(2), "", "附记"]]))
    assert results(found) == {2: "new", 3: "new"}
    [notice] = found.notices
    assert notice.code == "without_heading"
    assert [f"{letter} 列" in notice.text for letter in "HIJK"] == [True, True, False, True]


def test_hidden_parts_are_read_and_told(desk: Desk) -> None:
    def hide(book: Any) -> None:
        book["名册"].row_dimensions[2].hidden = True
        book["名册"].column_dimensions["C"].hidden = True
        book["旧"].sheet_state = "hidden"
        book["附"].sheet_state = "veryHidden"

    sheets = {
        "名册": [list(HEADINGS), lawyer(1)],
        "旧": [list(HEADINGS), lawyer(2)],
        "附": [["随便写写"]],
        "说明": [["请按模板填写"]],
    }
    found = desk.look(xlsx(sheets, hide))
    assert [(sheet.sheet, sheet.state) for sheet in found.sheets] == [
        ("名册", "read"),
        ("旧", "read"),
        ("附", "skipped"),
        ("说明", "skipped"),
    ]
    assert [row.result for row in found.rows] == ["new", "new"]
    assert codes(found) == {"hidden_rows", "hidden_columns", "hidden_sheet"}
    assert sum(notice.code == "hidden_sheet" for notice in found.notices) == 2


def test_one_heading_twice(desk: Desk) -> None:
    rows = [[*HEADINGS, "身份证号"], [*lawyer(1), "别的"]]
    found = desk.look(xlsx(rows))
    assert results(found) == {2: "new"}
    [notice] = found.notices
    assert notice.code == "duplicate_heading"
    assert "D 列" in notice.text
    assert "J 列" in notice.text


def test_columns_without_a_heading_are_told(desk: Desk) -> None:
    headings = [*HEADINGS[:5], None, *HEADINGS[5:]]
    rows = [[*lawyer(place)[:5], "别的所", *lawyer(place)[5:]] for place in (1, 2)]
    found = desk.look(xlsx([headings, [*rows[0], "多", None, "出"], rows[1]]))
    assert results(found) == {2: "new", 3: "new"}
    [notice] = found.notices
    assert notice.code == "without_heading"
    assert "F 列 2 个、K 列 1 个、M 列 1 个" in notice.text


def test_a_second_table_beside_the_first_is_told_once(desk: Desk) -> None:
    blank = [None] * len(HEADINGS)
    rows = [
        [*HEADINGS, None, *HEADINGS],
        [*lawyer(1), None, *lawyer(3)],
        [*lawyer(2), None, *lawyer(4)],
        [*blank, None, *lawyer(5)],
    ]
    found = desk.look(xlsx(rows))
    assert results(found) == {2: "new", 3: "new"}
    assert codes(found) == {"second_table_beside", "skipped_rows"}
    [notice] = [notice for notice in found.notices if notice.code == "second_table_beside"]
    assert "L 至 S 列" in notice.text
    assert "3 行" in notice.text


@pytest.mark.parametrize(
    "numbers",
    [
        range(1, 10),
        "①②③④⑤⑥⑦⑧⑨",
        [None, "（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）", "（8）"],
        ["甲", "乙", *range(1, 8)],
    ],
)
def test_a_row_that_numbers_the_columns_is_none_of_the_table(desk: Desk, numbers: Any) -> None:
    found = desk.look(xlsx([list(HEADINGS), list(numbers), lawyer(1)]))
    assert results(found) == {3: "new"}
    assert codes(found) == {"skipped_rows"}


def test_a_row_that_counts_by_chance_is_data(desk: Desk) -> None:
    found = desk.look(xlsx([list(HEADINGS), [1, 2, 3], [1, "王五", "男"]]))
    assert results(found) == {2: "held", 3: "held"}


def test_signatures_in_several_cells_are_no_row(desk: Desk) -> None:
    rows = [
        list(HEADINGS),
        lawyer(1),
        ["单位负责人：", "张三", "填表人：", "李四", "联系电话", "0311-88888888"],
        ["分管领导", "张三", "填表人：", "李四", "审核人", "王五"],
    ]
    found = desk.look(xlsx(rows))
    # Who 分管领导 is nobody can say for certain: held, for a person to look at.
    assert results(found) == {2: "new", 4: "held"}
    assert codes(found) == {"skipped_rows"}


@pytest.mark.parametrize(
    ("below", "held"),
    [
        ([["统计"], ["桥西区", 12], ["长安区", "3人"]], []),
        ([["区县", "数量"], ["桥西区", 12]], []),
        ([["各县区律师人数统计表"], [None, "区县", "人数"], [None, "桥西区", 12], [], lawyer(2)], []),
        ([["桥西区", 12], ["长安区", 3]], [4, 5]),
        ([["统计"], ["桥西区", 12], ["王五", "男", "专职"]], [5, 6]),
    ],
)
def test_figures_below_the_table_are_no_people(desk: Desk, below: list[Any], held: list[int]) -> None:
    found = desk.look(xlsx([list(HEADINGS), lawyer(1), [], *below]))
    assert [row.row for row in found.rows if row.result == "held"] == held
    assert {row.row for row in found.rows if row.result == "new"} == (
        {2, 8} if below[-1] == lawyer(2) else {2}
    )
    assert sum(notice.code == "skipped_rows" for notice in found.notices) == (below[0] != ["桥西区", 12])


SAMPLES = [
    ("lawyers.law_firm", ["机构名称", "统一社会信用代码", "组织形式", "负责人", "住所"], "律师事务所"),
    (
        "lawyers.trainee_lawyer",
        ["姓名", "性别", "身份证号", "实习证号", "实习律所", "指导律师", "实习开始日期"],
        "实习人员",
    ),
]


@pytest.mark.parametrize(("kind", "headings", "title"), SAMPLES)
def test_the_list_of_another_kind_is_called_by_its_name(
    desk: Desk, kind: str, headings: list[str], title: str
) -> None:
    content = xlsx([headings, ["甲"] * len(headings)])
    with pytest.raises(FileRefused) as caught:
        desk.look(content)
    assert (caught.value.code, title in caught.value.text) == ("wrong_template", True)
    assert desk.look(content, kind=kind).sheets[0].state == "read"
    # Beside a sheet that is right, the other one is left out with its reason.
    both = xlsx({"律师": [list(HEADINGS), lawyer(1)], "另": [headings, ["甲"] * len(headings)]})
    assert [(sheet.state, title in (sheet.reason or "")) for sheet in desk.look(both).sheets] == [
        ("read", False),
        ("skipped", True),
    ]


def test_every_sample_is_taken_for_what_it_is_and_for_nothing_else(desk: Desk) -> None:
    catalog = desk.suite.catalog
    templates = templates_of(catalog)
    for sample in catalog.samples:
        for kind in catalog.kinds.values():
            header = find_header([sample.headings], templates.synonyms(kind))
            if header is None:
                continue
            complete = not lacking(kind, set(header.fields.values()))
            other = templates.looks_like(kind, header, complete=complete)
            assert (other.key if other else kind.key) == sample.kind, (sample.kind, kind.key)
