"""What may be read: bounds on a file, and how a file is refused as a whole."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

FileCode = Literal[
    "file_missing",
    "file_empty",
    "file_corrupt",
    "file_encrypted",
    "file_too_large",
    "file_unsafe",
    "wrong_template",
    "missing_columns",
]


CORRUPT = "文件已损坏或没有传完，无法读取，请向报送单位重新索取，或用 Excel、WPS 打开后另存为 .xlsx 再导入。"


class FileRefused(Exception):
    """The file is not taken at all: a code, and a Chinese sentence with fact, reason and what to do."""

    def __init__(self, code: FileCode, text: str) -> None:
        self.code: FileCode = code
        self.text = text
        super().__init__(text)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of reading. A file beyond one is refused before the memory for it is asked for.

    `cells` bounds rows × columns of a sheet's used area: the reader allocates the whole rectangle (32
    bytes a cell), so two stray cells in far corners would otherwise end the process. `ratio` is the
    greatest expansion of a compressed workbook above 64 MB unpacked. `text`: longer cell texts are
    cut to one character more than this, so that cleaning still sees and reports them. `marks`: so many
    merged ranges and lost values of a sheet are noted. `markup_bytes`: the greatest web page.
    """

    file_bytes: int = 128 * 1024 * 1024
    unpacked_bytes: int = 1024 * 1024 * 1024
    ratio: int = 250
    parts: int = 5_000
    sheets: int = 50
    rows: int = 600_000
    columns: int = 200
    cells: int = 20_000_000
    text: int = 4_000
    marks: int = 500_000
    markup_bytes: int = 32 * 1024 * 1024


DEFAULT_LIMITS = Limits()


class Merged(NamedTuple):
    """A range shown as one cell; only the first of its cells has a value. Inclusive, numbered from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(kw_only=True)
class SheetFacts:
    """What only the file itself knows of a sheet: its used area, what is hidden, merged or lost.

    Rows and columns are numbered from 1 as the spreadsheet shows them. `lost` names cells whose value
    the reader cannot give: position → "cell_error" (#REF!, #N/A …) or "formula_without_value". `months`:
    column → rows of the cells that show their date without its day.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    lost: dict[tuple[int, int], str] = field(default_factory=dict)
    months: defaultdict[int, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("I")))

    def extend(self, row: int, column: int) -> None:
        """Take a cell with content into the used area."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


def check_extent(name: str, facts: SheetFacts, limits: Limits) -> None:
    """Refuse a sheet whose used area is beyond the bounds."""
    cure = "请删除表格以外的多余内容，或拆成几个文件后再导入。"
    check_marks(name, facts, limits)
    if facts.rows > limits.rows:
        raise FileRefused(
            "file_too_large", f"工作表“{name}”的内容到第 {facts.rows} 行，超过上限 {limits.rows} 行。{cure}"
        )
    if facts.columns > limits.columns:
        raise FileRefused(
            "file_too_large",
            f"工作表“{name}”的内容到第 {facts.columns} 列（{column_letters(facts.columns)} 列），"
            f"超过上限 {limits.columns} 列。{cure}",
        )
    if facts.rows * facts.columns > limits.cells:
        raise FileRefused(
            "file_too_large",
            f"工作表“{name}”有 {facts.rows} 行、{facts.columns} 列，单元格超过上限 {limits.cells} 个。{cure}",
        )


def check_marks(name: str, facts: SheetFacts, limits: Limits) -> None:
    """Refuse a sheet with more merged ranges or lost values than are kept; asked while they are collected."""
    if max(len(facts.merged), len(facts.lost)) > limits.marks:
        raise FileRefused(
            "file_too_large",
            f"工作表“{name}”的合并单元格或取不到值的公式超过上限 {limits.marks} 处，"
            "请在原表取消合并、把公式粘贴为数值后再导入。",
        )
    if any(len(rows) > limits.rows for rows in facts.months.values()):
        # Each row has one cell in a column, but in a file that was made to exhaust us.
        raise FileRefused(
            "file_too_large", f"工作表“{name}”的一列超过上限 {limits.rows} 格，请拆成几个文件后再导入。"
        )


def column_letters(column: int) -> str:
    """The letters of a column: 1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
