"""Reading .xls: a workbook made here byte by byte, sound, damaged, encrypted and hostile."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suite.kernel.exchange.compound_file import SIGNATURE, BrokenContainer, CompoundFile
from suite.kernel.exchange.reading import FileRefused, Workbook, read_workbook

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def error(row: int, column: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, 0x17, 1))


def dimensions(bottom: int, right: int) -> bytes:
    return record(0x0200, struct.pack("<IIHHH", 0, bottom, 0, right, 0))


BOF_BOOK = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0x07CC, 0, 6))
BOF_SHEET = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0x07CC, 0, 6))
XF = record(0x00E0, bytes(20))
EOF = record(0x000A)


def workbook_stream(sheets: Sequence[tuple[str, int, bytes]], before: bytes = b"") -> bytes:
    """The "Workbook" stream: sheets as (name, hidden state, records)."""
    bound = [
        struct.pack("<BBBB", hidden, 0, len(name), 1) + name.encode("utf-16-le") for name, hidden, _ in sheets
    ]
    head = len(BOF_BOOK + before + XF + EOF) + sum(4 + 4 + len(entry) for entry in bound)
    starts, bodies = [], b""
    for _, _, records in sheets:
        starts.append(head + len(bodies))
        bodies += BOF_SHEET + records + EOF
    entries = b"".join(
        record(0x0085, struct.pack("<I", start) + entry) for start, entry in zip(starts, bound, strict=True)
    )
    return BOF_BOOK + before + XF + entries + EOF + bodies


def container(name: str, stream: bytes) -> bytes:
    """A compound file with one stream: sector 0 the table, 1 the directory, the rest the stream."""
    stream = stream.ljust(4_096, b"\0")
    count = -(-len(stream) // 512)
    table = [TABLE, END, *range(3, count + 2), END]
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4_096, END, 0, END, 0) + struct.pack("<I", 0)
    head += struct.pack("<I", FREE) * 108

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (title + "\0").encode("utf-16-le")
        links = struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
        return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, END, 0) + entry(name, 2, FREE, 2, len(stream)) + bytes(256)
    return (
        head
        + struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
        + directory
        + stream.ljust(count * 512, b"\0")
    )


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
    locked = workbook_stream([("名册", 0, ROSTER)], before=record(0x002F, b"\1\0" + bytes(50)))
    assert refusal(path, container("Workbook", locked)).code == "file_encrypted"


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
