"""Reading a file into rows, by its content and within bounds: .xlsx, .xlsm, .xls, .et, .csv, .txt, HTML.

Nothing here knows what the columns mean. Row and column numbers are those that a person sees.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any

from suite.kernel.documents.regular import NOT_REGULAR, NotRegular, open_regular
from suite.kernel.exchange.biff import ENCRYPTED, inspect_compound
from suite.kernel.exchange.bounds import CORRUPT, DEFAULT_LIMITS, FileRefused, Limits, Merged, SheetFacts
from suite.kernel.exchange.compound_file import SIGNATURE
from suite.kernel.exchange.delimited import decode, read_delimited
from suite.kernel.exchange.markup import is_markup, read_markup
from suite.kernel.exchange.month_cells import as_shown
from suite.kernel.exchange.package import inspect_package

__all__ = ["FileRefused", "Limits", "Sheet", "Workbook", "read_workbook"]

Row = tuple[Any, ...]
"""One row: str, int, float, bool, date, datetime, time or timedelta; "" where a cell is empty."""

#: So many rows show which columns repeat their texts.
SAMPLE = 200

_FOREIGN = {
    b"%PDF": "PDF 文件",
    b"{\\rtf": "RTF 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
}
#: A web page with its parts as one letter: .mht, whatever its name says.
_ARCHIVE = re.compile(rb"\A\s*(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet as it stands in the file.

    `rows[i]` is row `first_row_number + i` and its first value stands in column `first_column_number`
    (both from 1, as shown). `hidden_rows`, `hidden_columns`: numbers of what the sender does not see.
    `merged`: ranges of which only the first cell has a value. `lost`: (row, column) of a cell whose value
    cannot be read → "cell_error" or "formula_without_value". `from_1904`: days are counted from 1904.
    `unpaired_quotes`: numbers of the rows of a text file in which a quote without its second stands.
    """

    name: str
    hidden: bool = False
    rows: Sequence[Row]
    first_row_number: int = 1
    first_column_number: int = 1
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Sequence[Merged] = ()
    lost: Mapping[tuple[int, int], str] = field(default_factory=dict)
    from_1904: bool = False
    unpaired_quotes: frozenset[int] = frozenset()

    def row_number(self, index: int) -> int:
        """The number that the spreadsheet shows for `rows[index]`."""
        return self.first_row_number + index


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """The sheets of one file, in its order; a sheet without cells has no rows.

    `file_hash`: the SHA-256 of the bytes that were read, in hexadecimal.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    file_hash: str


def read_workbook(
    path: Path | str, *, limits: Limits = DEFAULT_LIMITS, encoding: str | None = None
) -> Workbook:
    """Read a whole file. `encoding` is for text files only and overrides the detection.

    Raises FileRefused with a code of the import contract; nothing else for any content.
    """
    path = Path(path)
    content = _content(path, limits)
    if content.startswith(b"PK\x03\x04"):
        sheets = _read_package(content, limits)
    elif content.startswith(SIGNATURE):
        sheets = _read_compound(content, limits)
    else:
        _refuse_foreign(content)
        sheets = [_read_text(path.stem, decode(content, encoding), limits)]
    if all(is_blank(value) for sheet in sheets for row in sheet.rows for value in row):
        raise FileRefused("file_empty", "文件里没有任何内容，请确认选对了文件，并在保存后再导入。")
    return Workbook(path=path, sheets=tuple(sheets), file_hash=sha256(content).hexdigest())


def rows_below(sheet: Sheet, index: int, most: int) -> list[tuple[int, Row]]:
    """The rows below the heading at `index` that show something, each with its own index.

    Raises FileRefused where there are more than `most`: none is passed over in silence.
    """
    found = [
        (at, row)
        for at, row in enumerate(sheet.rows[index + 1 :], index + 1)
        if not all(is_blank(value) for value in row)
    ]
    if len(found) > most:
        text = f"表头下有 {len(found):,} 行，最多读取 {most:,} 行，请删去多余的行或拆成几个文件后再导入。"
        raise FileRefused("file_too_large", text)
    return found


def is_blank(value: Any) -> bool:
    """Whether a cell shows nothing."""
    return value == "" or (isinstance(value, str) and value.isspace())


def _content(path: Path, limits: Limits) -> bytes:
    try:
        with open_regular(path) as file:
            # Read what was measured: the file may grow between asking for its size and reading it.
            content = file.read(limits.file_bytes + 1)
    except NotRegular as pipe:
        raise FileRefused(
            "file_unsafe", f"“{path.name}”{NOT_REGULAR}，没有打开，请选择一个表格文件。"
        ) from pipe
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as missing:
        raise FileRefused(
            "file_missing", f"找不到文件“{path.name}”，它可能已被移走或改名，请重新选择文件。"
        ) from missing
    except (OSError, ValueError) as failed:
        raise FileRefused(
            "file_missing",
            f"文件“{path.name}”打不开，可能正被其他程序占用或没有读取权限，请关闭占用它的程序后重试。",
        ) from failed
    if not content:
        raise FileRefused("file_empty", "文件是空的（0 字节），请确认选对了文件或请报送单位重新发送。")
    if len(content) > limits.file_bytes:
        megabytes = limits.file_bytes // 1024 // 1024
        raise FileRefused(
            "file_too_large", f"文件超过上限 {megabytes} MB，请删除图片等无关内容或拆成几个文件后再导入。"
        )
    return content


def _refuse_foreign(content: bytes) -> None:
    if _ARCHIVE.search(content[:2_000]):
        raise FileRefused(
            "file_corrupt",
            "文件内容是“单个文件网页”（.mht），不是工作簿，"
            "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（.xlsx）”再导入。",
        )
    for start, title in _FOREIGN.items():
        if content.startswith(start):
            raise FileRefused(
                "file_corrupt", f"文件内容是{title}，不是工作簿，请选择 .xlsx、.xls 或 .csv 文件。"
            )


def _read_text(name: str, text: str, limits: Limits) -> Sheet:
    if not is_markup(text):
        found = read_delimited(text, limits)
        return Sheet(
            name=name,
            rows=_cut_texts(found.rows, limits.text),
            unpaired_quotes=frozenset(found.unpaired),
        )
    page = read_markup(text, limits)
    return Sheet(
        name=name,
        rows=_cut_texts(page.rows, limits.text),
        hidden_rows=frozenset(page.hidden_rows),
        hidden_columns=frozenset(page.hidden_columns),
        merged=page.merged,
    )


def _read_package(content: bytes, limits: Limits) -> list[Sheet]:
    facts = inspect_package(content, limits)
    cut = limits.text if facts.has_long_text else None
    return _read_sheets(content, lambda place, name: facts.sheets.get(name), cut, facts.from_1904)


def _read_compound(content: bytes, limits: Limits) -> list[Sheet]:
    facts = inspect_compound(content, limits)
    return _read_sheets(content, lambda place, name: facts.sheets.get(place), limits.text, facts.from_1904)


def _read_sheets(
    content: bytes,
    facts_of: Callable[[int, str], SheetFacts | None],
    cut: int | None,
    from_1904: bool,
) -> list[Sheet]:
    # Deferred: reading a workbook is rare, and the start of the program does not wait for it.
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    sheets: list[Sheet] = []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            for place, known in enumerate(workbook.sheets_metadata):
                if known.typ is not SheetTypeEnum.WorkSheet:
                    continue
                facts = facts_of(place, known.name)
                if facts is None:
                    # Never hand the reader a sheet whose extent was not looked at.
                    raise FileRefused("file_corrupt", CORRUPT)
                table = workbook.get_sheet_by_index(place)
                row, column = table.start or (0, 0)
                # iter_rows begins at row 1 but at the first used column.
                rows = _kept_once(islice(table.iter_rows(), row, None))
                # Nor does it end with rows of which only formulas without a value are there.
                rows += [()] * (max((at for at, _ in facts.lost), default=0) - row - len(rows))
                as_shown(rows, facts.months, row + 1, column + 1)
                sheets.append(
                    Sheet(
                        name=known.name,
                        hidden=known.visible is not SheetVisibleEnum.Visible,
                        rows=rows if cut is None else _cut_texts(rows, cut),
                        first_row_number=row + 1,
                        first_column_number=column + 1,
                        hidden_rows=frozenset(facts.hidden_rows),
                        hidden_columns=frozenset(facts.hidden_columns),
                        merged=facts.merged,
                        lost=facts.lost,
                        from_1904=from_1904,
                    )
                )
    except PasswordError as locked:
        raise FileRefused("file_encrypted", ENCRYPTED) from locked
    except (CalamineError, OSError, ValueError, OverflowError) as broken:
        raise FileRefused("file_corrupt", CORRUPT) from broken
    except BaseException as panic:
        # A panic of the reader's native code derives from BaseException; its class cannot be imported.
        if type(panic).__name__ != "PanicException":
            raise
        raise FileRefused("file_corrupt", CORRUPT) from panic
    return sheets


def _kept_once(given: Iterable[list[Any]]) -> list[Row]:
    """The rows, with one object for each text of the columns that repeat theirs: 男, 正常执业, a firm.

    The first rows show which these are.
    """
    rest = iter(given)
    first = list(islice(rest, SAMPLE))
    places = [place for place, column in enumerate(zip(*first, strict=False)) if _repeats(column)]
    known: dict[str, str] = {}
    rows: list[Row] = []
    for row in chain(first, rest):
        for place in places:
            value = row[place]
            if type(value) is str:
                row[place] = known.setdefault(value, value)
        rows.append(tuple(row))
    return rows


def _repeats(column: Sequence[Any]) -> bool:
    """Whether the texts of a column are fewer than half as many as its filled cells."""
    texts = [value for value in column if type(value) is str and value]
    return 2 * len(set(texts)) < len(texts)


def _cut_texts(rows: Sequence[Row], length: int) -> list[Row]:
    """Over-long texts cut to one character more than allowed: bounded, and still seen to be too long."""
    return [
        tuple(value[: length + 1] if type(value) is str else value for value in row)
        if any(type(value) is str and len(value) > length for value in row)
        else row
        for row in rows
    ]
