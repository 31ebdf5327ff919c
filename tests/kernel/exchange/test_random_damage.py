"""Workbooks damaged at random, by offices and by wires: no crash, no silent loss, no half write.

Each case is drawn from its own number, which is named when it fails. The short form is the first portion of
the long one; each portion begins with an empty roster, so that they may run in turn or side by side.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import resource
import time
from collections.abc import Sequence
from random import Random
from typing import Any, get_args

import pytest
from biff_book import xls
from messy import HEADINGS, LAWYER, Desk, lawyer, page, xlsx
from sqlalchemy import func, select

from suite.kernel.exchange.bounds import FileCode, FileRefused
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.importing import accept
from suite.kernel.exchange.preview import ImportPreview
from suite.kernel.registry.identifiers.verdict import normalise
from suite.tables import Subject

CASES, PORTIONS = 125, 80
"""So many cases in a portion, and portions in the long form: 10,000 tables, and as many files beside them."""
SECONDS = 20.0
"""CPU seconds that no case may take: hundreds of times what one takes, far below what a lost bound costs."""
MEGABYTES = 300
"""Memory that all cases together may ask for beyond what the first ones did."""

Grid = list[list[Any]]
JUNK: tuple[Any, ...] = (
    None, "", " ", "\u200b", 0, 1, -1, 1e15, 1.5e300, 44260, 44260.5, 2021.3, True, False,
    "#REF!", "#N/A", "=1+1", "=HYPERLINK(\"http://x\")", "1.3E+17", "1.38E+10", "130102198504120000",
    "13010219850412003X", "03/04/2021", "2021/3", "二〇二一年三月五日", "2021-02-30", dt.date(2021, 3, 5),
    dt.datetime(2021, 3, 5, 10, 20), dt.time(3, 5), "合计", "小计", "备注：1.x", "填表人：王五", "姓名",
    "身份证号码", "执业证号", "男", "女", "M", "𠮷", "张\n三", "买买提·艾 合", "x" * 5_000, "长" * 300,
    "<td>", "&amp;", "\"", ",", "'130102", "河北第1所", "不存在的律师事务所", "12.0", "９９", "\u202e反", "—",
)  # fmt: skip
ROWS_BETWEEN: tuple[list[Any], ...] = (
    [],
    ["", "合计", 3],
    ["备注：以上属实。"],
    ["一、桥西区"],
    [7],
    list(HEADINGS),
    ["姓名", "性别", "身份证号", "实习证号", "指导律师"],
)


def grid_of(chance: Random) -> Grid:
    """A roster with a few slips."""
    people = [lawyer(chance.randrange(1, 40)) for _ in range(chance.randrange(1, 7))]
    grid: Grid = [["石家庄市律师名册"], list(HEADINGS), *people]
    for _ in range(chance.randrange(1, 7)):
        row = chance.randrange(len(grid))
        match chance.randrange(8):
            case 0 | 1 | 2 if grid[row]:
                grid[row][chance.randrange(len(grid[row]))] = chance.choice(JUNK)
            case 3:
                grid.insert(row, list(grid[row]))
            case 4:
                grid.insert(row + 1, list(chance.choice(ROWS_BETWEEN)))
            case 5 if grid[row]:
                one, other = chance.randrange(len(grid[row])), chance.randrange(len(grid[row]))
                grid[row][one], grid[row][other] = grid[row][other], grid[row][one]
            case 6 if chance.random() < 0.3:
                place = chance.randrange(len(HEADINGS))
                for line in grid:
                    del line[place : place + 1]
            case _:
                grid[row] = grid[row][: chance.randrange(len(grid[row]) + 1)]
    return grid


def written(chance: Random, grid: Grid) -> tuple[str, bytes]:
    """The table in one of the forms that arrive."""

    def fill(book: Any) -> None:
        sheet = book.active
        if chance.random() < 0.3:
            top, left = chance.randrange(2, 9), chance.randrange(1, 9)
            sheet.merge_cells(
                start_row=top,
                start_column=left,
                end_row=top + chance.randrange(3),
                end_column=left + chance.randrange(2),
            )
        if chance.random() < 0.2:
            sheet.row_dimensions[chance.randrange(1, 9)].hidden = True
            sheet.sheet_state = "visible"

    plain = [[None if cell is None else as_text(cell) for cell in row] for row in grid]
    match chance.randrange(5):
        case 0 if any(map(any, plain)):
            return "a.xls", xls([[cell and cell[:250] for cell in row] for row in plain])
        case 1:
            return "a.htm", page(plain).encode("gb18030")
        case 2:
            out = io.StringIO()
            csv.writer(out).writerows(plain)
            return "a.csv", out.getvalue().encode(chance.choice(("utf-8-sig", "utf-16", "gb18030")))
        case _:
            return "a.xlsx", xlsx(grid, fill)


def hit(chance: Random, content: bytes) -> bytes:
    """The file with some bytes changed, lost or added, or cut off."""
    damaged = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(damaged) or 1)
        damaged[place : place + chance.randrange(5)] = chance.randbytes(chance.randrange(5))
    return bytes(damaged[: chance.randrange(len(damaged) + 1)] if chance.random() < 0.1 else damaged)


def count(desk: Desk) -> int:
    with desk.suite.reading() as session:
        return session.scalar(select(func.count()).where(Subject.kind == LAWYER)) or 0


def check(found: ImportPreview) -> None:
    """What holds for every preview, whatever the file."""
    for row in found.rows:
        wrong = any(problem.severity == "error" for problem in row.problems)
        assert (row.result == "held") == wrong
        assert all(problem.text for problem in row.problems)
    counts = found.counts
    assert counts["rows"] == sum(counts[result] for result in ("new", "changed", "same", "held"))
    given = {
        normalise(as_text(cell)).lstrip("'‘’`")
        for sheet in found.read.book.sheets
        for line in sheet.rows
        for cell in line
    }
    for row in found.taken():
        number = row.values.get("id_number")
        # The old form of fifteen digits is the only one that is written otherwise than it was given.
        assert number is None or number in given or f"{number[:6]}{number[8:17]}" in given
        main = row.values.get("main_no")
        assert main is None or main in given or f"{main}.0" in given
    for sheet in found.sheets:
        if sheet.state != "read":
            assert sheet.reason
            continue
        page = found.read.sheet(sheet.sheet)
        below = sum(
            1
            for index, line in enumerate(page.rows)
            if page.row_number(index) > sheet.header_rows[-1] and any(as_text(cell) for cell in line)
        )
        named = [notice.text for notice in found.notices if f"“{sheet.sheet}”" in notice.text]
        left = sum(
            int(number) for text in named for number in re.findall(r"(?:共|有) (\d+) 行(?:未|）|：)", text)
        )
        assert below <= sum(1 for row in found.rows if row.sheet == sheet.sheet) + left


def outcome(desk: Desk, content: bytes, name: str) -> ImportPreview | None:
    try:
        return desk.look(content, name)
    except FileRefused as error:
        refused = error
    assert refused.code in get_args(FileCode)
    assert refused.text.endswith("。")
    return None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One portion, or all of them with `--long`."""
    if "portion" in metafunc.fixturenames:
        metafunc.parametrize("portion", range(PORTIONS if metafunc.config.getoption("--long") else 1))


def test_tables_with_slips_are_read_or_told(desk: Desk, portion: int) -> None:
    held = taken = 0
    memory = 0
    for case in range(portion * CASES, (portion + 1) * CASES):
        chance = Random(case)
        grid = grid_of(chance)
        name, content = written(chance, grid)
        before, started = count(desk), time.process_time()
        try:
            found = outcome(desk, content, name)
            if found is not None:
                check(found)
                assert count(desk) == before
                held += found.counts["held"]
                if case % 5 == 0:
                    desk.suite.run(accept(found), desk.admin)
                    assert count(desk) == before + found.counts["new"]
                    taken += found.counts["new"]
            assert time.process_time() - started < SECONDS
        except Exception as failed:
            failed.add_note(f"case {case}: {name} {grid}")
            raise
        if case % CASES == 100:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MEGABYTES * 1024
    # The slips are neither all harmless nor all deadly: else the cases would tell nothing.
    assert held > 50
    assert taken > 20


@pytest.mark.parametrize("form", ["xlsx", "xls", "htm", "csv"])
def test_files_with_damaged_bytes_are_read_or_told(desk: Desk, portion: int, form: str) -> None:
    rows: Sequence[Sequence[Any]] = [list(HEADINGS), lawyer(1), lawyer(2)]
    sound = {
        "xlsx": lambda: xlsx(rows),
        "xls": lambda: xls(rows),
        "htm": lambda: page(rows).encode("gb18030"),
        "csv": lambda: "\n".join(",".join(map(str, row)) for row in rows).encode(),
    }[form]()
    before = count(desk)
    refused = 0
    for case in range(portion * CASES // 4, (portion + 1) * CASES // 4):
        started = time.process_time()
        try:
            found = outcome(desk, hit(Random(case), sound), f"a.{form}")
            if found is None:
                refused += 1
            else:
                check(found)
            assert time.process_time() - started < SECONDS
        except Exception as failed:
            failed.add_note(f"case {case} of {form}")
            raise
    assert count(desk) == before
    assert refused > 0
