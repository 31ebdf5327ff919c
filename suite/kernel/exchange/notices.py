"""What is told of a sheet as a whole: nothing of it is passed over in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.body import (
    AFTER_END,
    COLUMN_NUMBERS,
    FEWEST_HEADINGS,
    NOTE,
    NUMBER_ONLY,
    REPEATED_HEADER,
    SECOND_TABLE,
    STATISTICS,
    SUBTOTAL,
    TITLE,
    Body,
)
from suite.kernel.exchange.bounds import column_letters
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.columns import Cells
from suite.kernel.exchange.header import Column, Header
from suite.kernel.exchange.reading import Sheet

_REASONS = {
    SUBTOTAL: "合计或小计",
    NOTE: "说明或签名",
    TITLE: "表内标题或说明",
    NUMBER_ONLY: "只有序号",
    REPEATED_HEADER: "重复的表头",
    COLUMN_NUMBERS: "栏号",
    STATISTICS: "表下的统计数字",
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
    kind: RecordKind,
    sheet: Sheet,
    header: Header,
    fields: Collection[int],
    body: Body,
    cells: Cells,
    left_out: int,
) -> list[Problem]:
    """What is hidden, left out, doubled, merged or exchanged on a sheet that was read.

    `fields`: the places of the columns that are read.
    """
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
                f"{place}有 {len(sheet.hidden_columns)} 个隐藏列（{letters} 列），"
                "与其他列一样，对应了字段的已读取。",
            )
        )
    found += _above(sheet, header, place)
    found += _skipped(sheet, body, place)
    if left_out:
        found.append(notice("left_out_rows", f"{place}有 {left_out} 行按您的选择跳过，不导入。"))
    if sheet.unpaired_quotes:
        found.append(
            notice(
                "unpaired_quotes",
                f"{place}{_rows(sorted(sheet.unpaired_quotes))}的引号没有成对包住一格，已按普通文字读取，"
                "请核对这些行的内容。",
            )
        )
    found += _without_heading(sheet, header, body, place)
    found += _aside(kind, header, fields, place)
    beside = _beside(header)
    if beside:
        found.append(_second_beside(sheet, header, beside, place))
    for column in header.duplicates:
        if column in beside:
            continue
        first = next(
            other
            for other in header.columns
            if other.field == column.field and other not in header.duplicates
        )
        found.append(
            notice(
                "duplicate_heading",
                f"{place}的“{column.heading}”（{column_letters(column.number)} 列）与"
                f"“{first.heading}”（{column_letters(first.number)} 列）重复，只读取后者。",
            )
        )
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


def _without_heading(sheet: Sheet, header: Header, body: Body, place: str) -> Iterable[Problem]:
    """Cells that stand in no column of the header, so that nobody can say where they belong."""
    rows = [sheet.rows[index] for index in body.rows]
    known = {column.index for column in header.columns}
    filled = {
        index: sum(
            1 for row in rows if index < len(row) and row[index] not in ("", None) and as_text(row[index])
        )
        for index in range(max(map(len, rows), default=0))
        if index not in known
    }
    said = [
        f"{column_letters(sheet.first_column_number + index)} 列 {count} 个"
        for index, count in filled.items()
        if count
    ]
    if said:
        listed = "、".join(said[:MOST_NUMBERS]) + (f"等 {len(said)} 列" if len(said) > MOST_NUMBERS else "")
        yield notice(
            "without_heading",
            f"{place}的一些列没有表头，其中的内容没有读取（{listed}单元格），如是数据请在原表补上表头后再导入。",
        )


def _aside(kind: RecordKind, header: Header, fields: Collection[int], place: str) -> Iterable[Problem]:
    """Columns that say something of somebody or something else than the record."""
    left = [column for column in header.columns if column.aside is not None and column.index not in fields]
    said = [
        f"“{column.heading}”（{column_letters(column.number)} 列）不作为"
        f"“{target.title if (target := kind.by_key.get(column.aside or '')) is not None else '乡镇（街道）'}”"
        for column in left[:MOST_NUMBERS]
    ]
    if said:
        more = f"等 {len(left)} 列" if len(left) > MOST_NUMBERS else ""
        yield notice(
            "heading_of_another",
            f"{place}有说的像是他人、他事或别的时候的列，没有读取：{'、'.join(said)}{more}。"
            "如就是本条记录的内容，请在列对应中指定。",
        )


def _beside(header: Header) -> list[Column]:
    """The repeated columns of a second table beside the first: several one after another."""
    found: list[Column] = []
    run: list[Column] = []
    for column in header.columns:
        if column in header.duplicates:
            run.append(column)
        elif column.field is not None:
            found += run if len(run) >= FEWEST_HEADINGS else []
            run = []
    return found + (run if len(run) >= FEWEST_HEADINGS else [])


def _second_beside(sheet: Sheet, header: Header, beside: Sequence[Column], place: str) -> Problem:
    filled = sum(
        1
        for row in sheet.rows[header.first :]
        if any(column.index < len(row) and as_text(row[column.index]) for column in beside)
    )
    first, last = column_letters(beside[0].number), column_letters(beside[-1].number)
    return notice(
        "second_table_beside",
        f"{place}的 {first} 至 {last} 列像是并排的另一张表（{len(beside)} 个表头与前面的重复），"
        f"其中 {filled} 行有内容，没有读取，请把它移到单独的工作表，或接到前一张表下面后再导入。",
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
