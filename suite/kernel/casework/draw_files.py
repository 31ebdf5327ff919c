"""The record of a draw as a file: a workbook or a text to be printed, or JSON that is replayed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from suite.contract.problems import refuse
from suite.kernel.casework.draw_record import MOST_BYTES, DrawRecord, from_json, printed, to_json
from suite.kernel.documents.cell_text import put_text
from suite.kernel.documents.regular import NOT_REGULAR, NotRegular, open_regular

ENDINGS = (".xlsx", ".txt", ".json")
#: Under this line of a printed text stands the record by which it is replayed.
FOR_REPLAY = "四、重演数据（供程序核对，请勿改动）"


def write_record(record: DrawRecord, path: Path, districts: Mapping[str, str]) -> None:
    """Write the record; the ending says how. Raises Refused for another ending, OSError where it cannot."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise refuse("file.ending", f"文件名应以 {'、'.join(ENDINGS)} 结尾，现为“{path.name}”。")
    if ending == ".xlsx":
        _write_workbook(record, path, districts)
    else:
        text = to_json(record)
        if ending == ".txt":
            text = "\n".join([*printed(record, districts), "", FOR_REPLAY, text])
        path.write_text(text + "\n", encoding="utf-8")


def read_record(path: Path) -> DrawRecord:
    """A record that was handed out as .json or .txt, or as `suite draw show --json` printed it.

    Raises Refused for what is none, is too large or was changed.
    """
    try:
        with open_regular(path) as file:
            content = file.read(MOST_BYTES + 1)
        # As a text file is read, whatever system wrote its line ends.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except NotRegular as pipe:
        raise refuse("draw.format", f"{path.name} {NOT_REGULAR}，请选择导出的抽取记录。") from pipe
    except (OSError, UnicodeDecodeError) as error:
        raise refuse("draw.format", f"无法读取 {path.name}，请选择导出的 .json 或 .txt 抽取记录。") from error
    if len(content) > MOST_BYTES:
        raise refuse("draw.format", f"{path.name} 过大，不是抽取记录。")
    _, mark, behind = text.partition(FOR_REPLAY)
    return from_json(behind if mark else text)


def _write_workbook(record: DrawRecord, path: Path, districts: Mapping[str, str]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "抽取记录"
    for row, line in enumerate(printed(record, districts), 1):
        for column, text in enumerate(line.split("\t"), 1):
            put_text(sheet.cell(row=row, column=column), text)
    for letter, width in zip("ABCDE", (14, 36, 22, 18, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    book.save(path)
