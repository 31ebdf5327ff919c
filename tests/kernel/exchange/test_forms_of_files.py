"""What the file is: the content decides, whatever its name says."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest
from biff_book import container, record, workbook_stream, xls
from hypothesis import given
from hypothesis import strategies as st
from messy import HEADINGS, Desk, codes, lawyer, page, results, xlsx

from suite.kernel.exchange.bounds import FileRefused, Limits
from suite.kernel.exchange.delimited import read_delimited
from suite.kernel.exchange.markup import read_markup

ROWS = [["石家庄市律师名册"], list(HEADINGS), lawyer(1), lawyer(2)]
TEXT = "\r\n".join("\t".join(str(cell) for cell in row) for row in ROWS)
GOOD = {3: "new", 4: "new"}


def test_every_form_reads_the_same(desk: Desk) -> None:
    as_text = page(ROWS)
    for name, content in (
        ("a.et", xls(ROWS)),
        ("b.et", xlsx(ROWS)),
        ("c.xls", xlsx(ROWS)),
        ("d.xlsx", xls(ROWS)),
        ("e.csv", xlsx(ROWS)),
        ("f", xls(ROWS)),
        ("g.xls", as_text.encode("gb18030")),
        ("h.xls", as_text.encode("utf-8-sig")),
        ("i.xlsx", as_text.encode("utf-16")),
        ("j.xls", TEXT.encode("gb18030")),
        ("k.xlsx", TEXT.encode()),
        ("l.csv", TEXT.encode("utf-16")),
        ("m.txt", TEXT.replace("\t", ";").encode("utf-8-sig")),
    ):
        found = desk.look(content, name)
        assert results(found) == GOOD, name
        assert found.sheets[0].header_rows == (2,), name
        assert found.rows[0].values == desk.look(xlsx(ROWS)).rows[0].values, name


def test_a_web_page_stands_as_a_spreadsheet_shows_it(desk: Desk) -> None:
    rows = [
        list(HEADINGS),
        lawyer(1, 所在律所="河北第1<br>律师事务所"),
        lawyer(2, 姓名="张&nbsp;三<!-- <td> -->"),
    ]
    table = page(
        rows, head="<style>td{mso:1}</style><p>名册</p><script>'<td>x</td>'</script>", tail="<p>完</p>"
    )
    found = desk.look(table.encode(), "a.xls")
    assert found.sheets[0].header_rows == (2,)
    assert results(found) == GOOD
    assert found.rows[1].values["name"] == "张三"
    assert codes(found) == {"skipped_rows"}


def test_spanned_and_hidden_rows_of_a_web_page(desk: Desk) -> None:
    first, second = page([lawyer(1)]), page([lawyer(2)])
    firm = "<td>河北第1律师事务所</td>"
    one = first[first.index("<tr>") : first.index("</table>")].replace(
        firm, firm.replace("<td>", "<td rowspan=2>")
    )
    two = second[second.index("<tr>") : second.index("</table>")].replace(firm, "")
    head = "<tr>" + "".join(f"<th>{heading}" for heading in HEADINGS)
    hidden = two.replace("<tr>", "<tr style=display:none>")
    layout = f"<table><tr><td><table>{head}{one}{hidden}</table></td></tr></table>"
    found = desk.look(layout.encode(), "a.xls")
    assert results(found) == {2: "new", 3: "new"}
    assert found.rows[0].values["body_id"] == found.rows[1].values["body_id"]
    assert codes(found) == {"hidden_rows", "merged_cells"}


@pytest.mark.parametrize(
    "before",
    [
        *(f"<{tag}>" for tag in ("p", "h3", "span", "form", "tr", "link", "base href='x'", "br/")),
        "<script>if (1<2) x</script>",
        "<title>a</title>",
        "<!-- <p> -->",
        "</p>",
        "律师名册\n",
    ],
)
def test_a_page_may_begin_with_anything(desk: Desk, before: str) -> None:
    table = page([list(HEADINGS), lawyer(1)])
    body = table[table.index("<table") : table.index("</body>")]
    found = desk.look((before + body).encode("gb18030"), "a.xls")
    assert list(results(found).values()) == ["new"]


def test_a_text_that_speaks_of_tables_is_no_page(desk: Desk) -> None:
    text = "姓名,执业证号,备注\n<甲>,1,<table> 与 <b>\n"
    assert desk.look(text.encode(), "a.csv").rows[0].values["name"] == "<甲>"


def test_a_page_in_one_letter_is_told_as_such(desk: Desk) -> None:
    head = "From: <由 WPS 保存>\r\nSubject: =?utf-8?B?5ZCN?=\r\n =?utf-8?B?5YaM?=\r\nMIME-Version: 1.0\r\n"
    for text in (head, "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"):
        with pytest.raises(FileRefused, match="mht") as refused:
            desk.look((text + page(ROWS)).encode(), "a.xls")
        assert refused.value.code == "file_corrupt"


def test_rows_that_a_page_hides_are_told(desk: Desk) -> None:
    rows = page([list(HEADINGS), *map(lawyer, range(1, 8))]).split("<tr>")
    style = (
        "<style>.h, td.x {color:red; display : none} tr.i{visibility:hidden}"
        ".k{top:0} a .z{display:none}</style>"
    )
    kinds = [
        "<tr>",
        "<tr>",
        "<tr hidden>",
        "<tr class='a h'>",
        "<tr class=i>",
        '<tr class="x">',
        "<tr class=k>",
    ]
    table = rows[0] + "".join(
        map("".join, zip([*kinds, "<tr class='unhidden' data-hidden>"], rows[1:], strict=True))
    )
    found = desk.look((style + table).encode(), "a.xls")
    assert len(found.rows) == 7
    [notice] = found.notices
    assert notice.code == "hidden_rows"
    assert "3 个隐藏行（第 3、4、5 行）" in notice.text


def _text(rows: Sequence[Sequence[Any]]) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ({10: '"身高1.8米'}, [11]),
        ({10: '"身高1.8米', 90: '"身高1.7米'}, [11, 91]),
        ({10: '"身高1.8米', 90: '身高1.7米"'}, [11]),
        ({10: '"甲"乙'}, [11]),
        ({100: '"'}, [101]),
        ({10: '5" 屏', 11: '"甲""乙"', 12: '"甲,乙"', 13: '"甲\r\n乙,丙\r\n\r\n丁"', 14: '""'}, []),
    ],
)
def test_a_quote_without_its_second_swallows_no_rows(
    desk: Desk, places: dict[int, str], told: list[int]
) -> None:
    rows = [[*HEADINGS, "备注"], *([*lawyer(place), places.get(place, "无")] for place in range(1, 101))]
    found = desk.look(_text(rows), "a.csv")
    assert results(found) == dict.fromkeys(range(2, 102), "new")
    assert [row.values["id_number"] for row in found.rows] == [lawyer(place)[3] for place in range(1, 101)]
    assert [place for notice in found.notices for place in told if f"{place}" in notice.text] == told
    assert codes(found) == ({"unpaired_quotes"} if told else set())


def test_quotes_that_pair_within_their_lines_are_read_however_many(desk: Desk) -> None:
    padded, within = '"甲" ', '"大成"（石家庄）'
    rows = [[*HEADINGS, "备注"], *([*lawyer(place), (padded, within)[place % 2]] for place in range(1, 300))]
    found = desk.look(_text(rows), "a.csv")
    assert results(found) == dict.fromkeys(range(2, 301), "new")
    assert [row.values["remarks"] for row in found.rows[:2]] == ['"大成"（石家庄）', "甲"]


def test_quotes_that_pair_nowhere_are_refused(desk: Desk) -> None:
    rows = [[*HEADINGS, "备注"], *([*lawyer(place), '"甲'] for place in range(1, 300))]
    with pytest.raises(FileRefused, match="引号没有成对") as refused:
        desk.look(_text(rows), "a.csv")
    assert refused.value.code == "file_corrupt"


def test_what_stray_quotes_leave_is_read_as_it_stands() -> None:
    def read(text: str) -> tuple[list[tuple[str, ...]], list[int]]:
        found = read_delimited(text, Limits())
        return found.rows, found.unpaired

    assert read('a,b\n1,"x\n2,y\n3,"\n') == ([("a", "b"), ("1", '"x'), ("2", "y"), ("3", '"')], [2, 4])
    assert read('a,b\n1,"x, y\nz"\n') == ([("a", "b"), ("1", "x, y\nz")], [])
    assert read('a,b,c\n"1,2",""""x,"3""4" \n') == ([("a", "b", "c"), ("1,2", '""""x', '3"4')], [2])
    assert read('a,b,c\n"1,2" ,"x" ,3\n') == ([("a", "b", "c"), ("1,2", "x", "3")], [])
    assert read('名册\n"a\nb",c,d\n') == ([("名册",), ("a\nb", "c", "d")], [])


@given(
    st.lists(st.lists(st.text(st.sampled_from('a,"\n;甲'), max_size=5), min_size=3, max_size=3), max_size=8)
)
def test_a_sound_text_is_read_as_its_writer_meant_it(rows: list[list[str]]) -> None:
    # A cell whose lines look like rows is no sound one: nobody can tell it from what a stray quote takes in.
    rows = [[cell.replace("\n", "") if cell.count(",") > 1 else cell for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out).writerows([["序号", "a", "b"], *rows])
    found = read_delimited(out.getvalue(), Limits())
    assert [list(row) for row in found.rows[1:]] == rows
    assert found.unpaired == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<table>" * 25 + "<tr><td>a", "file_unsafe"),
        ("<table><tr>" + "<td colspan=90>" * 3, "file_too_large"),
        ("<table>" + "<tr><td>a" * 30, "file_too_large"),
        ("<html><p>无", "file_corrupt"),
    ],
)
def test_pages_beyond_the_bounds(text: str, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read_markup(text, Limits(rows=20))
    assert caught.value.code == code


def test_hostile_pages_take_no_longer_than_they_are_long() -> None:
    # Each of these makes a scanner quadratic that starts again behind every "<".
    for hostile in ("<!--", "<td", '<a "', "<a =", '<a ="', "<a ='\""):
        text = "<table>" + hostile * 300_000
        assert len(read_markup(text, Limits()).rows) <= 1


def test_a_tag_does_not_end_within_the_quotes_of_a_value() -> None:
    text = """<table><tr><td title="数量>3">正常<td title='a>b' hidden>x<td width=5">"好"<td a=>末</table>"""
    page = read_markup(text, Limits())
    assert page.rows == [("正常", "x", '"好"', "末")]
    assert page.hidden_columns == {2}


def test_numbers_forced_to_text_in_a_csv(desk: Desk) -> None:
    rows = [list(HEADINGS), lawyer(1)]
    number = str(rows[1][3])
    text = "\n".join(",".join(str(cell) for cell in row) for row in rows)
    for forced in (f'="{number}"', f'"=""{number}"""', f"'{number}", f"{number}\t"):
        found = desk.look(text.replace(number, forced).encode(), "a.csv")
        assert found.rows[0].values["id_number"] == number
        assert found.rows[0].problems == []


def test_encrypted_and_foreign_files(desk: Desk) -> None:
    xor = container("Workbook", workbook_stream([("名册", 0, b"")], before=record(0x002F, bytes(6))))
    for content, code in (
        (container("EncryptedPackage", b"\1"), "file_encrypted"),
        (xor, "file_encrypted"),
        (container("WordDocument", b"x"), "file_corrupt"),
        (b"%PDF-1.7", "file_corrupt"),
        (b"", "file_empty"),
        (b"<html>no table here</html>", "file_corrupt"),
    ):
        with pytest.raises(FileRefused) as caught:
            desk.look(content, "名册.xls")
        assert caught.value.code == code


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>姓名<td style='display:none'>号<td>区<tr><td>甲<td hidden>1<td>x</table>",
        "<table><col><col span='1' hidden><col><tr><td>姓名<td>号<td>区<tr><td>甲<td>1<td>x</table>",
        "<table><col/><col style='visibility:collapse'/><tr><td>姓名<td>号<td>区<tr><td>甲<td>1<td>x</table>",
        "<style>td.no, .x {display:none}</style><table><tr><td>姓名<td class='a no'>号<td>区"
        "<tr><td>甲<td class=no>1<td>x</table>",
    ],
)
def test_hidden_columns_of_a_page_are_told_and_read(table: str) -> None:
    page = read_markup(table, Limits())
    assert page.rows == [("姓名", "号", "区"), ("甲", "1", "x")]
    assert (page.hidden_columns, page.hidden_rows) == ({2}, set())
