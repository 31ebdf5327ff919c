"""Rosters as offices damage them: what is drawn is plain data, so that a test knows what each row said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from messy import HEADINGS, lawyer

from suite.kernel.exchange.bounds import Merged
from suite.testing.factories import practice_no, resident_number

JUNK: tuple[Any, ...] = (
    None, "", " ", "\u200b", 0, 1, -1, 1e15, 1.5e300, 44260, 44260.5, 2021.3, True, False,
    "#REF!", "#N/A", "=1+1", "=HYPERLINK(\"http://x\")", "1.3E+17", "1.38E+10", "130102198504120000",
    "13010219850412003X", "03/04/2021", "2021/3", "二〇二一年三月五日", "2021-02-30", dt.date(2021, 3, 5),
    dt.datetime(2021, 3, 5, 10, 20), dt.time(3, 5), "合计", "小计", "备注：1.x", "填表人：王五", "姓名",
    "身份证号码", "执业证号", "男", "女", "M", "𠮷", "张\n三", "买买提·艾 合", "x" * 5_000, "长" * 300,
    "<td>", "&amp;", "&#x110000;", "\"", ",", "'130102", "河北第1所", "不存在的律师事务所", "12.0", "９９",
    "\u202e反", "—", "_x000D_", "]]>", "\u2028", "130102********2417", "2021年3月", "21.3.5", "5-Mar-21",
)  # fmt: skip
ROWS_BETWEEN: tuple[list[Any], ...] = (
    [],
    ["", "合计", 3],
    ["桥西区小计", None, None, "2人"],
    ["备注：以上属实。"],
    [None, "填表人：王五", None, None, "审核人：赵六"],
    ["※ 以上情况属实"],
    ["2026年11月1日"],
    ["一、桥西区"],
    [7],
    list(HEADINGS),
)
OTHER_TABLES: tuple[list[list[Any]], ...] = (
    [
        ["实习人员名册"],
        ["姓名", "性别", "身份证号", "实习证号", "指导律师"],
        ["李四", "男", "130102199001010015", "1", "张三"],
    ],
    [["机构名称", "统一社会信用代码", "组织形式", "负责人", "住所"], ["甲所", "1", "合伙", "张三", "长安区"]],
    [["科目", "一月", "二月"], ["差旅", 12, 13.5], ["合计", 12, 13.5]],
    [["请按模板填写，不要改动表头。"]],
)
DECORATED: dict[str, tuple[str, ...]] = {
    "姓名": ("姓 名", "姓名*", "姓\n名", "*姓名："),
    "身份证号码": ("身份证号", "身份证\n号码", "公民身份号码", "身份证号码（必填）"),
    "执业证号": ("执业证号码", "执 业 证 号", "律师执业证号"),
    "所在律所": ("执业机构", "律师事务所", "所在律师事务所"),
    "首次执业时间": ("首次执业日期", "首次执业时间(年月日)"),
}
#: Days from 1899-12-30 and from 1904-01-01 to 2012-03-05.
SERIALS = {False: 40_973, True: 39_511}


@dataclass(kw_only=True)
class Drawn:
    """One sheet as it is to be written: rows and columns count from 1, as a spreadsheet shows them.

    `lost`: cells whose value the file is not to carry → an error's text, or "" for a formula without a
    cached value. `merged` ranges keep the value of their first cell only.
    """

    name: str = "名册"
    rows: list[list[Any]]
    state: str = "visible"
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    lost: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows), default=0)

    def header(self) -> int | None:
        """The index of the first row that still begins a table as it was drawn."""
        wanted = {"姓名", "性别", "执业证号", "身份证号码"}
        found = (index for index, row in enumerate(self.rows) if len(wanted.intersection(map(str, row))) > 1)
        return next(found, None)


@dataclass(kw_only=True)
class Book:
    """The sheets of one file, and the epoch in which it counts days."""

    sheets: list[Drawn]
    from_1904: bool = False


def book_of(chance: Random) -> Book:
    """A roster with a few slips, seldom beside another sheet."""
    book = Book(sheets=[_roster(chance)], from_1904=chance.random() < 0.1)
    while chance.random() < 0.12 and len(book.sheets) < 4:
        state = chance.choice(("visible", "hidden", "veryHidden"))
        name = f"表{len(book.sheets) + 1}"
        if chance.random() < 0.5:
            book.sheets.append(_roster(chance, name=name, state=state))
        else:
            rows = [list(row) for row in chance.choice(OTHER_TABLES)]
            book.sheets.append(Drawn(name=name, rows=rows, state=state))
    if chance.random() < 0.2:
        chance.shuffle(book.sheets)
    return book


def _roster(chance: Random, **more: Any) -> Drawn:
    people = [lawyer(chance.randrange(1, 40)) for _ in range(chance.randrange(1, 7))]
    rows: list[list[Any]] = [list(HEADINGS), *people]
    if chance.random() < 0.7:
        rows.insert(0, ["石家庄市律师名册"])
    drawn = Drawn(rows=rows, **more)
    for _ in range(chance.randrange(1, 5)):
        chance.choice(SLIPS)(chance, drawn)
    # Behind these no row is put in any more: what follows says where it stands.
    if chance.random() < 0.12:
        _two_rows_of_header(chance, drawn)
    if chance.random() < 0.12:
        _moved(chance, drawn)
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        chance.choice(MARKS)(chance, drawn)
    return drawn


def _some_row(chance: Random, drawn: Drawn) -> int:
    return chance.randrange(len(drawn.rows))


def _junk(chance: Random, drawn: Drawn) -> None:
    for _ in range(chance.randrange(1, 4)):
        row = drawn.rows[_some_row(chance, drawn)]
        if row:
            row[chance.randrange(len(row))] = chance.choice(JUNK)


def _same_row_again(chance: Random, drawn: Drawn) -> None:
    row = _some_row(chance, drawn)
    drawn.rows.insert(chance.randrange(len(drawn.rows) + 1), list(drawn.rows[row]))


def _row_between(chance: Random, drawn: Drawn) -> None:
    drawn.rows.insert(_some_row(chance, drawn) + 1, list(chance.choice(ROWS_BETWEEN)))


def _exchanged_cells(chance: Random, drawn: Drawn) -> None:
    row = drawn.rows[_some_row(chance, drawn)]
    if row:
        one, other = chance.randrange(len(row)), chance.randrange(len(row))
        row[one], row[other] = row[other], row[one]


def _column_gone(chance: Random, drawn: Drawn) -> None:
    place = chance.randrange(len(HEADINGS))
    for line in drawn.rows:
        del line[place : place + 1]


def _cut_row(chance: Random, drawn: Drawn) -> None:
    row = drawn.rows[_some_row(chance, drawn)]
    del row[chance.randrange(len(row) + 1) :]


def _exchanged_columns(chance: Random, drawn: Drawn) -> None:
    """The headings stay, or the columns go with them."""
    one, other = chance.sample(range(len(HEADINGS)), 2)
    at = drawn.header() if chance.random() < 0.7 else -1
    for index, row in enumerate(drawn.rows):
        if index != at and len(row) > max(one, other):
            row[one], row[other] = row[other], row[one]


def _heading_twice(chance: Random, drawn: Drawn) -> None:
    """A column again, with the same texts or with others."""
    at = drawn.header()
    if at is None:
        return
    place = chance.randrange(len(drawn.rows[at]))
    for index, row in enumerate(drawn.rows):
        if len(row) > place:
            row.append(row[place] if index == at or chance.random() < 0.5 else chance.choice(JUNK))


def _renamed_heading(chance: Random, drawn: Drawn) -> None:
    at = drawn.header()
    if at is None:
        return
    for place, heading in enumerate(drawn.rows[at]):
        if heading in DECORATED and chance.random() < 0.5:
            drawn.rows[at][place] = chance.choice(DECORATED[heading])


def _two_rows_of_header(chance: Random, drawn: Drawn) -> None:
    at = drawn.header()
    if at is None:
        return
    lower = drawn.rows[at]
    upper: list[Any] = [None] * len(lower)
    place = 0
    while place < len(lower):
        reach = chance.choice((1, 1, 2, 3))
        last = min(place + reach, len(lower)) - 1
        if last > place:
            upper[place] = chance.choice(("证件信息", "执业信息", "基本情况"))
            drawn.merged.append(Merged(at + 1, place + 1, at + 1, last + 1))
        else:
            upper[place], lower[place] = lower[place], None
            drawn.merged.append(Merged(at + 1, place + 1, at + 2, place + 1))
        place = last + 1
    drawn.rows.insert(at, upper)


def _another_table_below(chance: Random, drawn: Drawn) -> None:
    drawn.rows += [[]] * chance.choice((0, 1, 1, 3, 60))
    drawn.rows += [list(row) for row in chance.choice(OTHER_TABLES)]


def _rows_far_below(chance: Random, drawn: Drawn) -> None:
    drawn.rows += [[]] * chance.choice((49, 50, 51, 80))
    drawn.rows.append(lawyer(chance.randrange(1, 40)))


def _lost_digits(chance: Random, drawn: Drawn) -> None:
    """A column of long numbers that went through floating ones, as a program keeps or shows them."""
    number = chance.choice((3, 4))
    forms: tuple[Callable[[str], Any], ...] = (
        lambda text: float(text[:15] + "0" * (len(text) - 15)),
        lambda text: int(text[:15] + "0" * (len(text) - 15)),
        lambda text: text[:15] + "0" * (len(text) - 15),
        lambda text: f"{float(text):.5E}",
        lambda text: f"{text}.0",
        lambda text: text.lstrip("1"),
    )
    form = chance.choice(forms)
    for row in drawn.rows:
        cell = row[number] if len(row) > number else None
        if isinstance(cell, str) and len(cell) > 15 and cell.isascii() and cell.isdigit():
            row[number] = form(cell)


def _dates_of_other_forms(chance: Random, drawn: Drawn) -> None:
    forms: tuple[Any, ...] = (
        *SERIALS.values(), *map(str, SERIALS.values()), dt.date(2012, 3, 5), dt.datetime(2012, 3, 5, 8, 30),
        "2012年3月5日", "20120305", 20120305, "2012/3", "2012", 2012.3, "二〇一二年三月五日", "03/04/2012",
        "12.3.5", "2012-2-30", "2012.3.5至今", 3_000_000, -5, 0.5, dt.time(8, 30), dt.timedelta(days=3),
    )  # fmt: skip
    for row in drawn.rows[1:]:
        if len(row) > 7 and chance.random() < 0.7:
            row[7] = chance.choice(forms)


def _numbers_of_other_forms(chance: Random, drawn: Drawn) -> None:
    """Blanks, full-width digits, apostrophes and forced texts do no harm; a slip of the finger does."""
    wide = {48 + digit: 0xFF10 + digit for digit in range(10)}
    forms: tuple[Callable[[str], str], ...] = (
        lambda text: f"{text[:6]} {text[6:14]} {text[14:]}",
        lambda text: text.translate(wide),
        lambda text: f"'{text}",
        lambda text: f'="{text}"',
        lambda text: f"{text}\n",
        lambda text: text[:-1],
        lambda text: f"{text[:-2]}{text[-1]}{text[-2]}",
        lambda text: text[:6] + text[8:17],
    )
    for row in drawn.rows:
        for number in (3, 4):
            cell = row[number] if len(row) > number else None
            if isinstance(cell, str) and len(cell) > 15 and chance.random() < 0.5:
                row[number] = chance.choice(forms)(cell)


def _same_number_other_person(chance: Random, drawn: Drawn) -> None:
    """One number with two names, one person at two firms, or under two numbers."""
    sequence = chance.randrange(1, 40)
    other: dict[str, Any] = chance.choice(
        (
            {"姓名": "赵无名"},
            {"所在律所": "河北第2律师事务所"},
            {"执业证号": practice_no(sequence + 50)},
            {"身份证号码": resident_number(2 * sequence + 151)},
            {"身份证号码": None},
            {"执业证号": None},
        )
    )
    for cells in ({}, other):
        drawn.rows.insert(chance.randrange(2, len(drawn.rows) + 1), lawyer(sequence, **cells))


def _moved(chance: Random, drawn: Drawn) -> None:
    """The table begins further down and to the right."""
    right = chance.randrange(3)
    drawn.rows[:] = [[None] * right + row if row else row for row in drawn.rows]
    down = chance.randrange(3)
    drawn.rows[:0] = [[] for _ in range(down)]
    drawn.merged[:] = [
        Merged(area.top + down, area.left + right, area.bottom + down, area.right + right)
        for area in drawn.merged
    ]


def _overlong(chance: Random, drawn: Drawn) -> None:
    """Many columns of blanks, or titles down to where no header is looked for."""
    if chance.random() < 0.5:
        for row in drawn.rows:
            row += [""] * chance.choice((5, 50))
    else:
        drawn.rows[:0] = [["说明"]] * chance.choice((12, 28, 31))


SLIPS: tuple[Callable[[Random, Drawn], None], ...] = (
    _junk,
    _junk,
    _junk,
    _same_row_again,
    _row_between,
    _row_between,
    _exchanged_cells,
    _cut_row,
    _column_gone,
    _exchanged_columns,
    _heading_twice,
    _renamed_heading,
    _another_table_below,
    _rows_far_below,
    _lost_digits,
    _dates_of_other_forms,
    _numbers_of_other_forms,
    _same_number_other_person,
    _overlong,
)


def _merged_cells(chance: Random, drawn: Drawn) -> None:
    top, left = chance.randrange(1, len(drawn.rows) + 1), chance.randrange(1, 10)
    area = Merged(top, left, top + chance.randrange(4), left + chance.choice((0, 0, 0, 1, 8)))
    if not any(overlap(area, other) for other in drawn.merged):
        drawn.merged.append(area)


def _hidden(chance: Random, drawn: Drawn) -> None:
    drawn.hidden_rows.add(chance.randrange(1, len(drawn.rows) + 2))
    if chance.random() < 0.5:
        drawn.hidden_columns.add(chance.randrange(1, 12))


def _lost_values(chance: Random, drawn: Drawn) -> None:
    """Errors, and formulas that nobody calculated: here and there, or a row or a column of them."""
    what = chance.choice(("", "", "#REF!", "#N/A", "#VALUE!"))
    row, column = chance.randrange(1, len(drawn.rows) + 1), chance.randrange(1, 10)
    places = chance.choice(
        (
            [(row, column)],
            [(row, number) for number in range(1, 10)],
            [(number, column) for number in range(3, len(drawn.rows) + 1)],
        )
    )
    drawn.lost.update(dict.fromkeys(places, what))


MARKS: tuple[Callable[[Random, Drawn], None], ...] = (
    _merged_cells,
    _merged_cells,
    _hidden,
    _lost_values,
)


def overlap(one: Merged, other: Merged) -> bool:
    """Whether two ranges share a cell."""
    return not (
        one.bottom < other.top or other.bottom < one.top or one.right < other.left or other.right < one.left
    )


def shown(drawn: Drawn) -> list[list[Any]]:
    """The rows as a spreadsheet keeps them: of a merged range the first cell only, of a lost cell nothing."""
    rows = [list(row) for row in drawn.rows]
    for area in drawn.merged:
        for row in range(area.top, min(area.bottom, len(rows)) + 1):
            for column in range(area.left, min(area.right, len(rows[row - 1])) + 1):
                if (row, column) != (area.top, area.left):
                    rows[row - 1][column - 1] = None
    for row, column in drawn.lost:
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = None
    return rows
