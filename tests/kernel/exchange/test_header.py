"""Finding header, columns and end of the table."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from suite.kernel.exchange.body import BLANK_RUN, find_body
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.header import find_header, normalise_heading, normalise_headings
from suite.kernel.exchange.reading import read_workbook

SYNONYMS = normalise_headings(
    {
        "姓名": "name",
        "身份证号": "id_number",
        "身份证号码": "id_number",
        "执业证号": "practice_no",
        "联系电话": "phone",
        "联系方式电话": "phone",
        "联系方式邮箱": "email",
        "执业机构": "firm",
        "首次执业日期": "first_practice_on",
    }
)
TITLE = ("石家庄市律师名册", "", "", "")
HEADINGS = ("序号", "姓名", "身份证号码", "执业证号")


def test_headings_are_compared_without_decoration() -> None:
    for text in ("身份证号", " 身 份\n证 号 ", "＊身份证号：", "身份证号*"):
        assert SYNONYMS[normalise_heading(text)] == "id_number"
    header = find_header([("姓  名", "身份证号（18位）", "执业证号【必填】")], SYNONYMS)
    assert header is not None
    assert list(header.mapping.values()) == ["name", "id_number", "practice_no"]


def test_a_header_below_title_rows() -> None:
    rows = [TITLE, ("填报单位：长安区司法局", "", "", "2026年"), HEADINGS, (1, "张三", "1", "2")]
    header = find_header(rows, SYNONYMS, required=("name", "firm"), first_row_number=3, first_column_number=2)
    assert header is not None
    assert header.rows == (5,)
    assert header.first == 3
    assert header.fields == {1: "name", 2: "id_number", 3: "practice_no"}
    assert header.mapping == {"姓名": "name", "身份证号码": "id_number", "执业证号": "practice_no"}
    assert [column.number for column in header.columns] == [2, 3, 4, 5]
    assert header.unmapped == ("序号",)
    assert header.missing == ("firm",)


def test_two_rows_of_header() -> None:
    rows = [
        TITLE,
        ("姓名", "联系方式", "", "执业信息", ""),
        ("", "电话", "邮箱", "执业证号", "首次执业日期"),
        ("张三", "138", "a@b", "1", "2"),
    ]
    header = find_header(rows, SYNONYMS)
    assert header is not None
    assert (header.rows, header.first) == ((2, 3), 3)
    assert header.mapping == {
        "姓名": "name",
        "联系方式/电话": "phone",
        "联系方式/邮箱": "email",
        "执业信息/执业证号": "practice_no",
        "执业信息/首次执业日期": "first_practice_on",
    }
    assert find_body(rows, header).rows == (3,)


def test_one_row_wins_over_two_that_say_no_more() -> None:
    header = find_header([TITLE, HEADINGS, (1, "张三", "1", "2")], SYNONYMS, first_row_number=1)
    assert header is not None
    assert header.rows == (2,)


def test_a_heading_that_occurs_twice() -> None:
    header = find_header([("姓名", "执业证号", "联系电话", "姓名", "身份证号", "身份证号码")], SYNONYMS)
    assert header is not None
    assert [(column.number, column.heading) for column in header.duplicates] == [
        (4, "姓名"),
        (6, "身份证号码"),
    ]
    assert header.fields == {0: "name", 1: "practice_no", 2: "phone", 4: "id_number"}


def test_no_header() -> None:
    assert find_header([], SYNONYMS) is None
    assert find_header([TITLE, ("商品", "数量", "单价")], SYNONYMS) is None
    assert find_header([("姓名", "数量", "单价")], SYNONYMS) is None
    assert find_header([("姓名",), ("张三",)], SYNONYMS) is not None
    assert find_header([TITLE] * 40 + [HEADINGS], SYNONYMS) is None


def test_rows_that_are_none_of_the_table() -> None:
    rows: list[tuple[Any, ...]] = [
        HEADINGS,
        (1, "张三", "1", "2"),
        ("小计", "", "", 1),
        ("", "", "", ""),
        HEADINGS,
        (2, "备注", "130102199001010015", "11301201510123456"),
        ("  ", "李四", "3", "4"),
        ("", "合计：2 人", "", ""),
        ("填表人：王五", "", "", "审核人：赵六"),
        ("备注：1. 本表一式两份。", "", "", ""),
        ("制表 王五", "", "", ""),
        ("负责人", "王五", "", ""),
    ]
    header = find_header(rows, SYNONYMS)
    assert header is not None
    body = find_body(rows, header)
    assert body.rows == (1, 5, 6)
    assert [(skipped.index, skipped.reason) for skipped in body.skipped] == [
        (2, "subtotal"), (4, "repeated_header"), (7, "subtotal"), (8, "note"), (9, "note"),
        (10, "note"), (11, "note"),
    ]  # fmt: skip


def test_a_two_row_header_printed_again() -> None:
    head: list[tuple[Any, ...]] = [("姓名", "联系方式", ""), ("", "电话", "邮箱")]
    rows = [*head, ("张三", "1", "2"), *head, ("李四", "3", "4")]
    header = find_header(rows, SYNONYMS)
    assert header is not None
    body = find_body(rows, header)
    assert body.rows == (2, 5)
    assert [skipped.reason for skipped in body.skipped] == ["repeated_header"] * 2


def test_people_with_telling_names_stay() -> None:
    rows = [HEADINGS, ("", "合计明", "1", "2"), ("", "审核", "1", "2"), ("备注", "张三", "1", "2")]
    header = find_header(rows, SYNONYMS)
    assert header is not None
    assert find_body(rows, header).rows == (1, 2, 3)


def test_after_a_long_run_of_blank_rows_nothing_is_taken_silently() -> None:
    blank = ("", "", "", "")
    rows = [
        HEADINGS,
        (1, "张三", "1", "2"),
        *[blank] * BLANK_RUN,
        ("另一张表", "", "", ""),
        (9, "李四", "1", "2"),
    ]
    header = find_header(rows, SYNONYMS)
    assert header is not None
    body = find_body(rows, header)
    assert body.rows == (1,)
    assert [skipped.reason for skipped in body.skipped] == ["after_end", "after_end"]


def test_a_real_workbook_with_merged_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"] = "律师名册"
    sheet.merge_cells("B2:F2")
    for cell, value in {"B4": "姓名", "C4": "联系方式", "E4": "执业证号", "C5": "电话", "D5": "邮箱"}.items():
        sheet[cell] = value
    sheet.merge_cells("C4:D4")
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("E4:E5")
    for column, value in enumerate(("张三", "13812345207", "a@b.cn", "11301201510123456"), 2):
        sheet.cell(6, column, value)
    out = io.BytesIO()
    book.save(out)
    path = tmp_path / "a.xlsx"
    path.write_bytes(out.getvalue())
    (read,) = read_workbook(path).sheets
    header = find_header(
        read.rows,
        SYNONYMS,
        first_row_number=read.first_row_number,
        first_column_number=read.first_column_number,
    )
    assert header is not None
    assert header.rows == (4, 5)
    assert {column.number: column.field for column in header.columns} == {
        2: "name", 3: "phone", 4: "email", 5: "practice_no",
    }  # fmt: skip
    assert [read.row_number(index) for index in find_body(read.rows, header).rows] == [6]


CELLS = st.one_of(
    st.just(""),
    st.integers(0, 9),
    st.sampled_from(["姓名", "身份证号", "电话", "联系方式", "合计", "备注：", "张三", " ", "填表人"]),
    st.text(max_size=4),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=12))
def test_every_filled_row_below_a_header_is_taken_or_named(rows: list[list[Any]]) -> None:
    header = find_header(rows, SYNONYMS)
    if header is None:
        return
    body = find_body(rows, header)
    seen = sorted([*body.rows, *(skipped.index for skipped in body.skipped)])
    filled = [
        index for index in range(header.first, len(rows)) if any(as_text(value) for value in rows[index])
    ]
    assert seen == filled
    assert set(header.fields.values()) == {column.field for column in header.columns} - {None}
