"""Reading .xls: a workbook made here byte by byte, sound, damaged, encrypted and hostile."""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path

import pytest
from biff_book import container, dimensions, error, label, number, record, workbook_stream
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suite.kernel.exchange.compound_file import BrokenContainer, CompoundFile
from suite.kernel.exchange.reading import FileRefused, Workbook, read_workbook

RK = 40_299 << 2 | 2
"""A whole number as a run of numbers keeps it: 2010-05-01."""
ROSTER = (
    label(3, 1, "姓名") + label(3, 2, "执业证号") + label(4, 1, "张三丰") + number(4, 2, 12.0) + error(4, 3)
)
SOUND = container(
    "Workbook", workbook_stream([("名册", 0, dimensions(5, 4) + ROSTER), ("藏", 1, label(0, 0, "甲"))])
)


def refusal(path: Path, content: bytes) -> FileRefused:
    path.write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        read_workbook(path)
    return caught.value


def test_a_sound_workbook(tmp_path: Path) -> None:
    path = tmp_path / "名册.et"
    path.write_bytes(SOUND)
    first, second = read_workbook(path).sheets
    assert (first.name, first.hidden, first.first_row_number, first.first_column_number) == (
        "名册",
        False,
        4,
        2,
    )
    assert [row[:2] for row in first.rows] == [("姓名", "执业证号"), ("张三丰", 12.0)]
    assert first.lost == {(5, 4): "cell_error"}
    assert (second.name, second.hidden, list(second.rows)) == ("藏", True, [("甲",)])


def test_hidden_rows_and_columns(tmp_path: Path) -> None:
    row = record(0x0208, struct.pack("<HHHHHHHH", 4, 0, 4, 255, 0, 0, 0x20, 0))
    columns = record(0x007D, struct.pack("<HHHHHH", 2, 3, 0, 0, 1, 0))
    path = tmp_path / "a.xls"
    path.write_bytes(container("Workbook", workbook_stream([("名册", 0, columns + row + ROSTER)])))
    (sheet,) = read_workbook(path).sheets
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({5}, {3, 4})


def test_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    assert refusal(path, container("EncryptedPackage", b"\1")).code == "file_encrypted"
    for password in (b"\1\0" + bytes(50), b"\0\0" + bytes(4), bytes(4)):  # RC4, XOR, XOR of BIFF5
        locked = workbook_stream([("名册", 0, ROSTER)], before=record(0x002F, password))
        assert refusal(path, container("Workbook", locked)).code == "file_encrypted"


def test_merged_cells_and_the_epoch_of_1904(tmp_path: Path) -> None:
    merged = record(0x00E5, struct.pack("<HHHHH", 1, 4, 6, 1, 1))
    stream = workbook_stream([("名册", 0, ROSTER + merged)], before=record(0x0022, b"\1\0"))
    path = tmp_path / "a.xls"
    path.write_bytes(container("Workbook", stream))
    (sheet,) = read_workbook(path).sheets
    assert (list(sheet.merged), sheet.from_1904) == ([(5, 2, 7, 2)], True)


def test_dates_shown_without_their_day_are_read_as_they_are_shown(tmp_path: Path) -> None:
    """Of a format of the file's own and of a built-in one; alone and in a run of numbers."""
    own = 'yyyy"年"m"月"'
    styles = record(0x041E, struct.pack("<HHB", 164, len(own), 1) + own.encode("utf-16-le"))
    styles += b"".join(record(0x00E0, struct.pack("<HH", 0, form) + bytes(16)) for form in (164, 57, 31))
    days = [record(0x0203, struct.pack("<HHHd", 0, style, style, 40_299)) for style in range(3)]
    run = record(0x00BD, struct.pack("<HH" + "HI" * 3 + "H", 1, 0, 0, RK, 1, RK, 2, RK, 2))
    path = tmp_path / "a.xls"
    path.write_bytes(
        container("Workbook", workbook_stream([("名册", 0, b"".join(days) + run)], before=styles))
    )
    (sheet,) = read_workbook(path).sheets
    assert list(sheet.rows) == [("2010年5月", "2010年5月", dt.date(2010, 5, 1))] * 2


def test_what_would_exhaust_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    for records, code in (
        (dimensions(0xFFFFFFF0, 0xFFFF) + ROSTER, "file_corrupt"),
        (ROSTER + number(65_535, 65_535, 1.0), "file_too_large"),
        (ROSTER + record(0x00BD, struct.pack("<HH", 9, 250) + bytes(6 * 300) + b"\0\0"), "file_too_large"),
    ):
        assert refusal(path, container("Workbook", workbook_stream([("名册", 0, records)]))).code == code


def test_other_documents_and_broken_chains(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    assert refusal(path, container("WordDocument", b"x")).code == "file_corrupt"
    circular = bytearray(SOUND)
    struct.pack_into("<I", circular, 512 + 4 * 4, 2)  # the stream's third sector leads back to its first
    assert refusal(path, bytes(circular)).code == "file_corrupt"
    with pytest.raises(BrokenContainer):
        CompoundFile(bytes(circular)).read("Workbook")
    assert refusal(path, SOUND[:1_500]).code == "file_corrupt"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_random_damage_is_read_or_refused(tmp_path: Path, hits: list[tuple[int, int]]) -> None:
    content = bytearray(SOUND)
    for place, byte in hits:
        content[place] = byte
    path = tmp_path / "a.xls"
    path.write_bytes(bytes(content))
    outcome: Workbook | FileRefused
    try:
        outcome = read_workbook(path)
    except FileRefused as refused:
        outcome = refused
    assert isinstance(outcome, Workbook) or outcome.text.endswith("。")
