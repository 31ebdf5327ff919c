"""What is told of a sheet as a whole: nothing of it is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.body import (
    AFTER_END,
    FEWEST_HEADINGS,
    NOTE,
    NUMBER_ONLY,
    REPEATED_HEADER,
    SECOND_TABLE,
    SUBTOTAL,
    TITLE,
    Body,
)
from suite.kernel.exchange.bounds import column_letters
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.columns import Cells
from suite.kernel.exchange.header import Header
from suite.kernel.exchange.reading import Sheet

_REASONS = {
    SUBTOTAL: "合计或小计",
    NOTE: "说明或签名",
    TITLE: "表内标题或说明",
    NUMBER_ONLY: "只有序号",
    REPEATED_HEADER: "重复的表头",
}
#: The hidden sheet of a template that holds the choices of its columns.
CHOICES_SHEET = "可选值"
MOST_NUMBERS = 10
"""So many row numbers are listed one by one."""


def notice(code: str, text: str) -> Problem:
    """One thing to know."""
    return Problem(code=code, text=text, severity=Severity.NOTICE)


def hidden_and_unread(sheet: Sheet, reason: str) -> list[Problem]:
    """A hidden sheet that was not read: its sender may not know of it. Ours of choices is known."""
    if not sheet.hidden or sheet.name == CHOICES_SHEET:
        return []
    return [notice("hidden_sheet", f"工作表“{sheet.name}”是隐藏的，没有读取：{reason}。")]


def sheet_notices(
    kind: RecordKind, sheet: Sheet, header: Header, body: Body, cells: Cells, left_out: int
) -> list[Problem]:
    """What is hidden, left out, doubled, merged or exchanged on a sheet that was read."""
    found = []
    place = f"工作表“{sheet.name}”"
    if sheet.hidden:
        found.append(notice("hidden_sheet", f"{place}是隐藏的，其中的行也已读取。"))
    below = [row for row in sheet.hidden_rows if row > header.rows[-1]]
    if below:
        found.append(notice("hidden_rows", f"{place}有 {len(below)} 个隐藏行（{_rows(below)}），也已读取。"))
    if sheet.hidden_columns:
        letters = "、".join(map(column_letters, sorted(sheet.hidden_columns)[:MOST_NUMBERS]))
        found.append(
            notice(
                "hidden_columns",
                f"{place}有 {len(sheet.hidden_columns)} 个隐藏列（{letters} 列），也已读取。",
            )
        )
    found += _above(sheet, header, place)
    found += _skipped(sheet, body, place)
    if left_out:
        found.append(notice("left_out_rows", f"{place}有 {left_out} 行按您的选择跳过，不导入。"))
    for column in header.duplicates:
        first = next(other for other in header.columns if other.field == column.field)
        found.append(
            notice(
                "duplicate_heading",
                f"{place}的“{column.heading}”（{column_letters(column.number)} 列）与"
                f"“{first.heading}”（{column_letters(first.number)} 列）重复，只读取第一次出现的列。",
            )
        )
    found += _unnamed_columns(sheet, header, cells, place)
    if cells.filled:
        found.append(
            notice("merged_cells", f"{place}有 {cells.filled} 处纵向合并的单元格，所含各行按同一内容读取。")
        )
    for one, other in cells.swapped:
        titles = kind.by_key[one].title, kind.by_key[other].title
        found.append(
            notice(
                "swapped_columns",
                f"{place}的“{titles[0]}”列和“{titles[1]}”列的内容像是互换了。没有自动调换，"
                "请在原表改正表头或在列对应中改正后再导入。",
            )
        )
    return found


def _above(sheet: Sheet, header: Header, place: str) -> Iterable[Problem]:
    """Rows above the header that are too full for titles: of a table whose own header was not recognised."""
    first = header.rows[0] - sheet.first_row_number
    fewest = max(FEWEST_HEADINGS, -(-len(header.columns) // 2))
    full = [
        sheet.row_number(index)
        for index, row in enumerate(sheet.rows[:first])
        if sum(1 for value in row if as_text(value)) >= fewest
    ]
    if full:
        yield notice(
            "rows_above",
            f"{place}的表头（第 {header.rows[0]} 行）之上有 {len(full)} 行填了多列：{_rows(full)}，没有读取，"
            "如是数据请改正上面那处表头的列名后再导入。",
        )


def _unnamed_columns(sheet: Sheet, header: Header, cells: Cells, place: str) -> Iterable[Problem]:
    """Columns that hold something in the table's rows, but have no heading."""
    named = {column.index for column in header.columns}
    rows = [sheet.rows[index] for index in cells.rows]
    letters = [
        column_letters(sheet.first_column_number + at)
        for at in range(max(map(len, rows), default=0))
        if at not in named and any(at < len(row) and as_text(row[at]) for row in rows)
    ]
    if letters:
        listed = "、".join(letters[:MOST_NUMBERS])
        more = f"等 {len(letters)} " if len(letters) > MOST_NUMBERS else ""
        yield notice(
            "columns_without_heading",
            f"{place}的 {listed} {more}列没有列名，其中的内容没有读取，如需导入请在表头补上列名。",
        )


def _skipped(sheet: Sheet, body: Body, place: str) -> Iterable[Problem]:
    rows: dict[str, list[int]] = {}
    for skipped in body.skipped:
        rows.setdefault(skipped.reason, []).append(sheet.row_number(skipped.index))
    said = [f"{_rows(rows[reason])}是{words}" for reason, words in _REASONS.items() if reason in rows]
    if said:
        count = sum(len(rows[reason]) for reason in _REASONS if reason in rows)
        yield notice("skipped_rows", f"{place}有 {count} 行未作为数据：{'；'.join(said)}。")
    if SECOND_TABLE in rows:
        found = rows[SECOND_TABLE]
        yield notice(
            "second_table",
            f"{place}第 {found[0]} 行起是另一张表（共 {len(found)} 行），没有读取，"
            "请把它移到单独的工作表后再导入。",
        )
    if AFTER_END in rows:
        found = rows[AFTER_END]
        yield notice(
            "after_table",
            f"{place}在表格结束、隔了很多空行之后还有内容（共 {len(found)} 行：{_rows(found)}），没有读取，"
            "如是数据请删除中间的空行后再导入。",
        )


def _rows(numbers: Sequence[int]) -> str:
    """第 3、4、9 行, or how many where there are too many."""
    listed = "、".join(map(str, sorted(numbers)[:MOST_NUMBERS]))
    return f"第 {listed} 行" + (f"等 {len(numbers)} 行" if len(numbers) > MOST_NUMBERS else "")
