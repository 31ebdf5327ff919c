"""Reading workbooks and text files by content, within bounds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suite.kernel.exchange.bounds import column_letters, column_number
from suite.kernel.exchange.reading import FileRefused, Limits, Workbook, read_workbook
from suite.kernel.exchange.sheet_xml import columns_up_to, holds_long_text, rows_up_to

PEOPLE = [("姓名", "性别", "出生日期"), ("张三丰", "男", dt.date(1990, 1, 1)), ("欧阳·娜", "女", "2021.3.5")]


def workbook_bytes(fill: Callable[[Any], None] | None = None, rows: Iterable[Any] = PEOPLE) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名册"
    for row in rows:
        sheet.append(row)
    if fill:
        fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(
    content: bytes, change: Mapping[str, bytes | None], extra: Mapping[str, bytes] | None = None
) -> bytes:
    """The same archive with some entries replaced (None: dropped) and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = change.get(entry.filename, old.read(entry))
            if data is not None:
                new.writestr(entry.filename, data)
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def sheet_xml(cells: str, head: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}">{head}<sheetData>{cells}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    def save(content: bytes, name: str = "名册.xlsx") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


def refusal(path: Path, **options: Any) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_workbook(path, **options)
    assert caught.value.text.endswith("。")
    return caught.value


def with_sheet(xml: bytes) -> bytes:
    return rewritten(workbook_bytes(), {SHEET: xml})


class TestWorkbooks:
    def test_values_keep_their_types(self, save: Callable[..., Path]) -> None:
        rows = [("文", 1.5, 7, True, dt.date(2021, 3, 5), dt.datetime(2021, 3, 5, 8, 30), None, "末")]
        (sheet,) = read_workbook(save(workbook_bytes(rows=rows))).sheets
        assert sheet.name == "名册"
        assert sheet.rows == [
            ("文", 1.5, 7, True, dt.date(2021, 3, 5), dt.datetime(2021, 3, 5, 8, 30), "", "末")
        ]
        assert type(sheet.rows[0][3]) is bool

    def test_rows_and_columns_are_those_a_person_sees(self, save: Callable[..., Path]) -> None:
        def fill(book: Any) -> None:
            book.active["C7"], book.active["D9"] = "姓名", "张三"

        (sheet,) = read_workbook(save(workbook_bytes(fill, rows=()))).sheets
        assert (sheet.first_row_number, sheet.first_column_number) == (7, 3)
        assert list(sheet.rows) == [("姓名", ""), ("", ""), ("", "张三")]
        assert sheet.row_number(2) == 9

    def test_hidden_sheets_rows_and_columns_are_told(self, save: Callable[..., Path]) -> None:
        def fill(book: Any) -> None:
            book.create_sheet("隐藏").sheet_state = "hidden"
            book.create_sheet("深藏").sheet_state = "veryHidden"
            book.create_chartsheet("图")
            book.active.row_dimensions[2].hidden = True
            book.active.column_dimensions["B"].hidden = True

        book = read_workbook(save(workbook_bytes(fill)))
        assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
            ("名册", False), ("隐藏", True), ("深藏", True),
        ]  # fmt: skip
        assert (book.sheets[0].hidden_rows, book.sheets[0].hidden_columns) == ({2}, {2})

    def test_values_that_cannot_be_read_are_named(self, save: Callable[..., Path]) -> None:
        def fill(book: Any) -> None:
            book.active["B2"] = "=1/0"
            book.active["C2"] = "#REF!"
            book.active["C2"].data_type = "e"

        (sheet,) = read_workbook(save(workbook_bytes(fill))).sheets
        assert sheet.lost == {(2, 2): "formula_without_value", (2, 3): "cell_error"}

    def test_calculated_formulas_are_not_lost(self, save: Callable[..., Path]) -> None:
        cells = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>'
        (sheet,) = read_workbook(save(with_sheet(sheet_xml(cells)))).sheets
        assert (list(sheet.rows), sheet.lost) == ([(2.0, "")], {})

    def test_rows_and_cells_without_a_place_are_told_like_others(self, save: Callable[..., Path]) -> None:
        cells = (
            '<row hidden="1"><c t="str"><v>a</v></c><c t="e"><v>#REF!</v></c><c><f>B1</f><v></v></c></row>'
            '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>""</f><v></v></c><c><f>A1</f></c></row>'
        )
        (sheet,) = read_workbook(save(with_sheet(sheet_xml(cells)))).sheets
        assert sheet.hidden_rows == {1}
        assert sheet.lost == {
            (1, 2): "cell_error",
            (1, 3): "formula_without_value",
            (2, 3): "formula_without_value",
        }

    def test_single_quotes_mean_what_double_ones_mean(self, save: Callable[..., Path]) -> None:
        cells = (
            "<row r='1' hidden='1'><c r='A1' t='str'><v>a</v></c><c r='B1' t='e'><v>#REF!</v></c></row>"
            "<row r='2'><c r='A2'><f>1+1</f></c><c r='B2'><v>1</v></c></row>"
        )
        (sheet,) = read_workbook(save(with_sheet(sheet_xml(cells)))).sheets
        assert sheet.hidden_rows == {1}
        assert sheet.lost == {(1, 2): "cell_error", (2, 1): "formula_without_value"}

    def test_the_content_decides_and_not_the_name(self, save: Callable[..., Path]) -> None:
        assert read_workbook(save(workbook_bytes(), "名册.xls")).sheets[0].rows[1][0] == "张三丰"
        assert read_workbook(save(workbook_bytes(), "名册.csv")).sheets[0].rows[1][0] == "张三丰"
        assert read_workbook(save("姓名,性别\n张三,男\n".encode(), "名册.xlsx")).sheets[0].rows[1] == (
            "张三",
            "男",
        )

    def test_formatted_empty_cells_below_the_table_do_no_harm(self, save: Callable[..., Path]) -> None:
        cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
        for head in ("", '<dimension ref="A1:XFD1048576"/>', '<dimension ref="A1"/>'):
            (sheet,) = read_workbook(save(with_sheet(sheet_xml(cells, head)))).sheets
            assert list(sheet.rows) == [(1.0,)]

    def test_long_texts_are_bounded_and_still_seen_to_be_long(self, save: Callable[..., Path]) -> None:
        path = save(workbook_bytes(rows=[("短", "长" * 5_000), ("x" * 4_000, "")]))
        (sheet,) = read_workbook(path).sheets
        assert [len(value) for value in sheet.rows[0]] == [1, 4_001]
        assert len(sheet.rows[1][0]) == 4_000


class TestRefusals:
    def test_missing_and_empty(self, tmp_path: Path, save: Callable[..., Path]) -> None:
        assert refusal(tmp_path / "没有.xlsx").code == "file_missing"
        assert refusal(tmp_path).code == "file_missing"
        assert refusal(save(b"")).code == "file_empty"
        assert refusal(save(workbook_bytes(rows=()))).code == "file_empty"
        assert refusal(save(b" \n,\n", "a.csv")).code == "file_empty"

    def test_not_a_workbook(self, save: Callable[..., Path]) -> None:
        other = io.BytesIO()
        with zipfile.ZipFile(other, "w") as archive:
            archive.writestr("word/document.xml", "<a/>")
        for content in (
            other.getvalue(),
            workbook_bytes()[:2_000],
            b"PK\x03\x04" + bytes(200),
            b"%PDF-1.7\n",
            b"\x89PNG\r\n\x1a\n" + bytes(50),
            b"<html><p>a</p></html>",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table/>',
            bytes(range(256)) * 10,
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        ):
            assert refusal(save(content)).code == "file_corrupt"

    def test_bounds(self, save: Callable[..., Path]) -> None:
        path = save(workbook_bytes())
        for limits in (
            Limits(file_bytes=100),
            Limits(unpacked_bytes=1_000),
            Limits(parts=3),
            Limits(rows=2),
            Limits(columns=2),
            Limits(cells=8),
            Limits(sheets=0),
        ):
            assert refusal(path, limits=limits).code == "file_too_large"
        assert len(read_workbook(path, limits=Limits(rows=3, columns=3, cells=9, sheets=1)).sheets) == 1
        text = save(b"a,b\n1,2\n3,4\n", "a.csv")
        assert refusal(text, limits=Limits(rows=2)).code == "file_too_large"
        assert refusal(text, limits=Limits(columns=1)).code == "file_too_large"

    @pytest.mark.parametrize(
        "cells",
        [
            '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>',
            '<row r="1048576"><c r="A1"><v>1</v></c><c s="0" r="XFD1048576"><v>2</v></c></row>',
            "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1048576'><v>2</v></c></row>",
            '<row r="1"><c\nr="A1"><v>1</v></c><c\tr="XFD1048576"><v>2</v></c></row>',
            '<row r="1"><c r="A1"><v>1</v></c></row><x:row><x:c r="XFD1048576"><v>2</v></x:c></x:row>',
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
            + "<c/>" * 200
            + "<c><v>2</v></c></row>",
        ],
    )
    @pytest.mark.parametrize("head", ["", '<dimension ref="A1:B2"/>', '<dimension ref="A1"/>'])
    def test_two_stray_cells_do_not_exhaust_the_memory(
        self, save: Callable[..., Path], cells: str, head: str
    ) -> None:
        assert refusal(save(with_sheet(sheet_xml(cells, head)))).code == "file_too_large"

    def test_a_bomb(self, save: Callable[..., Path]) -> None:
        bomb = rewritten(workbook_bytes(), {}, {"xl/media/x.xml": b" " * (70 * 1024 * 1024)})
        assert refusal(save(bomb)).code == "file_unsafe"
        assert refusal(save(bomb), limits=Limits(unpacked_bytes=60 * 1024 * 1024)).code == "file_too_large"

    @pytest.mark.parametrize(
        "name", ["../evil.xml", "xl/../../evil.xml", "/etc/passwd", "C:/x.xml", "..\\evil.xml"]
    )
    def test_paths_out_of_the_archive(self, save: Callable[..., Path], name: str) -> None:
        assert refusal(save(rewritten(workbook_bytes(), {}, {name: b"<a/>"}))).code == "file_unsafe"

    @pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_a_way_of_packing_that_is_unpacked_at_once(self, save: Callable[..., Path], way: int) -> None:
        out = io.BytesIO(workbook_bytes())
        with zipfile.ZipFile(out, "a", way) as archive:
            archive.writestr("xl/worksheets/sheet2.xml", b" " * 1_000_000)
        assert refusal(save(out.getvalue())).code == "file_unsafe"

    @pytest.mark.parametrize("how", ["two names of the relation", "two relations of one name"])
    def test_a_sheet_of_which_two_parts_could_be_meant(self, save: Callable[..., Path], how: str) -> None:
        """The one that is looked at and the one that is read have to be one."""
        content = workbook_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            workbook, relations = (
                archive.read(name).decode() for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
            )
        namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        name = "rId1"
        if how.startswith("two names"):
            name = "rId99"
            workbook = workbook.replace(f'xmlns:r="{namespace}"', f'xmlns:q="{namespace}" xmlns:r="x"')
            workbook = re.sub(r'r:id="(\w+)"', rf'q:id="\1" r:id="{name}"', workbook)
            assert "q:id" in workbook
        other = f'<Relationship Id="{name}" Type="{namespace}/worksheet" Target="other/evil.xml"/>'
        relations = relations.replace("</Relationships>", f"{other}</Relationships>")
        evil = sheet_xml('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
        changed = {
            "xl/workbook.xml": workbook.encode(),
            "xl/_rels/workbook.xml.rels": relations.encode(),
        }
        found = refusal(save(rewritten(content, changed, {"xl/other/evil.xml": evil})))
        assert found.code == "file_unsafe"

    def test_a_doubled_part(self, save: Callable[..., Path]) -> None:
        assert refusal(save(rewritten(workbook_bytes(), {}, {SHEET.upper(): b"<a/>"}))).code == "file_unsafe"

    def test_entities(self, save: Callable[..., Path]) -> None:
        entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        for part in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
            assert (
                refusal(save(rewritten(workbook_bytes(), {part: entity + b"<a>&x;</a>"}))).code
                == "file_unsafe"
            )
        hidden = entity.decode().encode("utf-16")
        assert refusal(save(rewritten(workbook_bytes(), {SHEET: hidden}))).code == "file_unsafe"

    def test_an_encoding_that_nobody_knows(self, save: Callable[..., Path]) -> None:
        for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            unknown = b'<?xml version="1.0" encoding="UF-8"?><a/>'
            assert refusal(save(rewritten(workbook_bytes(), {part: unknown}))).code == "file_corrupt"

    def test_markup_that_hides_its_position(self, save: Callable[..., Path]) -> None:
        cells = '<row r="1"><c x=">" r="XFD1048576"><v>2</v></c><c r="A1"><v>1</v></c></row>'
        assert refusal(save(with_sheet(sheet_xml(cells)))).code == "file_unsafe"

    def test_an_encrypted_archive(self, save: Callable[..., Path]) -> None:
        content = bytearray(workbook_bytes())
        place = content.find(b"PK\x01\x02")
        content[place + 8] |= 1
        assert refusal(save(bytes(content))).code == "file_encrypted"

    def test_missing_parts(self, save: Callable[..., Path]) -> None:
        for part in (SHEET, "xl/_rels/workbook.xml.rels", "xl/workbook.xml"):
            assert refusal(save(rewritten(workbook_bytes(), {part: None}))).code == "file_corrupt"


class TestText:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
    )
    @pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
    def test_encodings_and_separators(self, save: Callable[..., Path], encoding: str, separator: str) -> None:
        lines = [["姓名", "执业证号", "所"], ["张三丰", "11301201510123456", "河北一律师事务所"]]
        text = "\r\n".join(separator.join(line) for line in lines)
        (sheet,) = read_workbook(save(text.encode(encoding), "名册.txt")).sheets
        assert [list(row) for row in sheet.rows] == lines
        assert sheet.name == "名册"

    def test_quotes_line_breaks_and_blank_lines_keep_the_row_numbers(self, save: Callable[..., Path]) -> None:
        text = '名册\n\n姓名,备注\n张三,"一,\n二 ""三"""\n李四,\n'
        (sheet,) = read_workbook(save(text.encode(), "a.csv")).sheets
        assert list(sheet.rows) == [("名册",), (), ("姓名", "备注"), ("张三", '一,\n二 "三"'), ("李四", "")]

    def test_a_given_encoding_is_obeyed(self, save: Callable[..., Path]) -> None:
        path = save("姓名,性别\n张三,男\n".encode("gb18030"), "a.csv")
        assert read_workbook(path, encoding="gb18030").sheets[0].rows[0][0] == "姓名"
        assert refusal(path, encoding="utf-8").code == "file_corrupt"
        for unknown in ("no-such", "undefined", "a\0b", "base64"):
            assert refusal(path, encoding=unknown).code == "file_corrupt"

    def test_an_unpaired_quote(self, save: Callable[..., Path]) -> None:
        # More than a cell may hold behind it, so that its end is not even looked for there.
        [sheet] = read_workbook(save(('a,"b\n' + "x,y\n" * 60_000).encode(), "a.csv")).sheets
        assert (sheet.rows[0], len(sheet.rows)) == (("a", '"b'), 60_001)
        assert sheet.unpaired_quotes == {1}

    @given(
        st.lists(
            st.lists(
                st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8), min_size=2, max_size=4
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_there_and_back(self, tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
        path = tmp_path_factory.mktemp("csv") / "a.csv"
        out = io.StringIO(newline="")
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["甲,"] * 2, *rows])
        path.write_bytes(out.getvalue().encode("utf-8-sig"))
        assert [list(row) for row in read_workbook(path).sheets[0].rows[1:]] == rows


class TestScanning:
    @pytest.mark.parametrize("last", [1, 5, 9, 10, 11, 99, 100, 101, 450, 1_000, 4_501])
    def test_row_patterns(self, last: int) -> None:
        pattern = re.compile(rows_up_to(last))
        assert [row for row in range(6_000) if pattern.fullmatch(str(row))] == list(range(1, last + 1))

    @pytest.mark.parametrize("last", [1, 2, 25, 26, 27, 52, 53, 200, 676, 702, 703, 704])
    def test_column_patterns(self, last: int) -> None:
        pattern = re.compile(columns_up_to(last))
        found = [column for column in range(1, 1_500) if pattern.fullmatch(column_letters(column))]
        assert found == list(range(1, last + 1))
        assert column_number(column_letters(last)) == last

    @given(st.lists(st.integers(0, 12), max_size=12), st.integers(1, 6))
    def test_long_texts_are_found(self, gaps: list[int], length: int) -> None:
        data = b"".join(b"<" + b"x" * gap for gap in gaps)
        assert holds_long_text(data, length) == any(gap > length for gap in gaps)


ROWS = st.lists(
    st.lists(
        st.none() | st.integers(-(2**31), 2**31) | st.booleans() | st.text("甲乙丙ab12.·", max_size=6),
        max_size=5,
    ),
    min_size=1,
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(ROWS, st.integers(1, 4), st.integers(1, 30))
def test_whatever_stands_in_a_workbook_is_read_at_its_place(
    tmp_path: Path, rows: list[list[Any]], left: int, top: int
) -> None:
    def fill(book: Any) -> None:
        for down, row in enumerate(rows):
            for right, value in enumerate(row):
                if value not in (None, ""):
                    book.active.cell(top + down, left + right, value)

    wanted = {
        (top + down, left + right): value
        for down, row in enumerate(rows)
        for right, value in enumerate(row)
        if value not in (None, "")
    }
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook_bytes(fill, rows=()))
    if not wanted:
        assert refusal(path).code == "file_empty"
        return
    (sheet,) = read_workbook(path).sheets
    found = {
        (sheet.first_row_number + down, sheet.first_column_number + right): value
        for down, row in enumerate(sheet.rows)
        for right, value in enumerate(row)
        if value != ""
    }
    assert found == wanted


SOUND = workbook_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(st.data())
def test_random_damage_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(SOUND)
    if data.draw(st.booleans(), "inside the sheet"):
        with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
            content = bytearray(archive.read(SHEET))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    damaged = bytes(content)
    path = tmp_path / "a.xlsx"
    path.write_bytes(damaged if damaged[:2] == b"PK" or damaged[:1] != b"<" else with_sheet(damaged))
    outcome: Workbook | FileRefused
    try:
        outcome = read_workbook(path)
    except FileRefused as refused:
        outcome = refused
    assert isinstance(outcome, Workbook) or outcome.text.endswith("。")
