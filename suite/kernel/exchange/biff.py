"""Checks of an .xls workbook (BIFF8 in a compound file) before the reader opens it.

The reader trusts the DIMENSIONS record and allocates the rectangle between the outermost cells; the
records are therefore walked once, which also tells what is hidden and which values are lost.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from suite.kernel.exchange.bounds import CORRUPT, FileRefused, Limits, Merged, SheetFacts, check_extent
from suite.kernel.exchange.compound_file import BrokenContainer, CompoundFile
from suite.kernel.exchange.month_cells import shows_month_only

ENCRYPTED = "文件有密码保护，无法读取，请用 Excel 或 WPS 打开，取消密码并另存后再导入。"

_BOF, _EOF, _SHEET, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x002F
_DIMENSIONS, _ROW, _COLUMNS, _MERGED, _FROM_1904 = 0x0200, 0x0208, 0x007D, 0x00E5, 0x0022
_ONE_CELL = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0205, 0x0006})
_RUN_OF_NUMBERS, _BOOLEAN_OR_ERROR, _FORMULA = 0x00BD, 0x0205, 0x0006
_FORMAT, _STYLE = 0x041E, 0x00E0


@dataclass(frozen=True, kw_only=True)
class CompoundFacts:
    """The facts of each sheet by its place among the sheets, and whether days are counted from 1904."""

    sheets: Mapping[int, SheetFacts]
    from_1904: bool


def inspect_compound(content: bytes, limits: Limits) -> CompoundFacts:
    """What the reader will meet. Raises FileRefused."""
    try:
        container = CompoundFile(content)
        if "EncryptedPackage" in container.streams:
            raise FileRefused("file_encrypted", ENCRYPTED)
        name = next((name for name in ("Workbook", "Book") if name in container.streams), None)
        if name is None:
            raise FileRefused(
                "file_corrupt",
                "这不是 Excel 工作簿（可能是 Word 等文档），请用 Excel 或 WPS 另存为 .xlsx 再导入。",
            )
        return _inspect_workbook(container.read(name), limits)
    except (BrokenContainer, struct.error) as broken:
        raise FileRefused("file_corrupt", CORRUPT) from broken


def _inspect_workbook(stream: bytes, limits: Limits) -> CompoundFacts:
    starts: list[tuple[int, str]] = []
    from_1904 = False
    codes: dict[int, str] = {}
    styles: list[int] = []
    for kind, data in _records(stream, 0):
        if kind == _PASSWORD:
            # Of any kind, the old XOR obfuscation too, which the reader takes for plain text.
            raise FileRefused("file_encrypted", ENCRYPTED)
        if kind == _SHEET:
            start, _, length, wide = struct.unpack_from("<IHBB", data)
            starts.append((start, _text(data, 8, length, wide)))
        if kind == _FORMAT and len(data) >= 5:
            number, length, wide = struct.unpack_from("<HHB", data)
            codes[number] = _text(data, 5, length, wide)
        if kind == _STYLE:
            styles.append(struct.unpack_from("<H", data, 2)[0])
        if kind == _FROM_1904:
            from_1904 = data[:1] == b"\1"
        if kind == _EOF:
            break
    if len(starts) > limits.sheets:
        raise FileRefused(
            "file_too_large",
            f"工作簿有 {len(starts)} 张工作表，超过上限 {limits.sheets} 张，请只保留需要导入的工作表。",
        )
    months = frozenset(
        style for style, number in enumerate(styles) if shows_month_only(number, codes.get(number))
    )
    facts: dict[int, SheetFacts] = {}
    for place, (start, name) in enumerate(starts):
        facts[place] = _inspect_sheet(stream, start, months)
        check_extent(name, facts[place], limits)
    return CompoundFacts(sheets=facts, from_1904=from_1904)


def _text(data: bytes, start: int, length: int, wide: int) -> str:
    """So many characters, of one byte or two each."""
    text = data[start : start + length * (1 + (wide & 1))]
    return text.decode("utf-16-le" if wide & 1 else "latin-1", "replace")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        data = stream[start + 4 : start + 4 + length]
        if len(data) < length:
            raise BrokenContainer("record torn")
        yield kind, data
        start += 4 + length


def _inspect_sheet(stream: bytes, start: int, months: frozenset[int]) -> SheetFacts:
    if start >= len(stream):
        raise BrokenContainer("sheet outside the stream")
    facts = SheetFacts()
    for kind, data in _records(stream, start):
        if kind in _ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", data)
            facts.extend(row + 1, column + 1)
            if style in months:
                facts.months[column + 1].append(row + 1)
            if (kind == _BOOLEAN_OR_ERROR and data[7:8] == b"\1") or (
                kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6:7] == b"\2"
            ):
                facts.lost[row + 1, column + 1] = "cell_error"
        elif kind == _RUN_OF_NUMBERS:
            row, first = struct.unpack_from("<HH", data)
            facts.extend(row + 1, first + (len(data) - 6) // 6)
            for place, (style, _) in enumerate(struct.iter_unpack("<HI", data[4 : len(data) // 6 * 6 - 2])):
                if style in months:
                    facts.months[first + place + 1].append(row + 1)
        elif kind == _DIMENSIONS:
            _check_dimensions(data)
        elif kind == _ROW:
            if struct.unpack_from("<H", data, 12)[0] & 0x20:
                facts.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", data)
            if options & 1:
                facts.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        elif kind == _MERGED:
            for top, bottom, left, right in struct.iter_unpack(
                "<4H", data[2 : 2 + 8 * ((len(data) - 2) // 8)]
            ):
                facts.merged.append(Merged(top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _EOF:
            break
    return facts


def _check_dimensions(data: bytes) -> None:
    """The format knows 65,536 rows and 256 columns; a greater claim is damage."""
    if len(data) == 14:
        top, bottom, left, right = struct.unpack_from("<IIHH", data)
    else:
        top, bottom, left, right = struct.unpack_from("<HHHH", data)
    if not (top <= bottom <= 65_536 and left <= right <= 256):
        raise BrokenContainer("dimensions")
