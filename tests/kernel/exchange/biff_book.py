"""An .xls workbook made byte by byte: BIFF8 records in a compound file."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from suite.kernel.exchange.compound_file import SIGNATURE

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


def xls(rows: Sequence[Sequence[Any]], name: str = "名册", extra: bytes = b"", before: bytes = b"") -> bytes:
    """A workbook of one sheet: texts, numbers, and nothing where None stands."""
    cells = b"".join(
        label(down, right, value) if isinstance(value, str) else number(down, right, float(value))
        for down, row in enumerate(rows)
        for right, value in enumerate(row)
        if value is not None and value != ""
    )
    area = dimensions(len(rows), max(map(len, rows)))
    return container("Workbook", workbook_stream([(name, 0, area + cells + extra)], before))
