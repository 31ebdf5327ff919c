"""Indicator sets as workbooks: a row for each indicator that is declared, empty where nothing is wanted."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Command, Done
from suite.contract.problems import Problem, Refused, refuse
from suite.kernel.exchange.form_files import LogTargets
from suite.kernel.exchange.leaving import Basis, export_file
from suite.kernel.exchange.reading import is_blank, read_workbook, rows_below
from suite.kernel.exchange.table_file import Table, write_workbook
from suite.kernel.indicators.entering import TargetRow
from suite.kernel.indicators.sets import standing_set
from suite.loader.catalog import Catalog

KEY, NO, VALUE, YEAR = "指标代码", "序号", "目标", "年份"
#: The code stands last and is not shown: it is for the program that reads the workbook back.
HEADINGS = ("指标", "单位", NO, VALUE, YEAR, "级别", "性质", "出处", "起点", KEY)
#: What of a target stands in the columns behind the indicator's own.
COLUMNS = ("no", "value", "year", "level", "nature", "article", "baseline")
MOST_ROWS, MOST_HEADING = 1_000, 20


def write_targets(
    session: Session, catalog: Catalog, name: str, path: Path, basis: Basis | None = None
) -> int:
    """Write a set; every declared indicator has its row, so that it can be added. Returns how many."""
    standing = standing_set(session, catalog, name)
    rows = []
    for key, indicator in catalog.indicators.items():
        target = standing.targets.get(key)
        rest = (
            [
                target.no,
                target.value,
                target.year,
                target.level,
                target.nature,
                target.article,
                target.baseline,
            ]
            if target
            else [None] * 7
        )
        rows.append([indicator.title, indicator.unit, *rest, key])
    rows.sort(key=lambda row: (row[2] is None, isinstance(row[2], str), _digits(row[2])))
    table = Table(title="指标体系", headings=HEADINGS, rows=rows, hidden=frozenset({KEY}), wrapped=True)
    return write_workbook(path, [table], basis)


def save_targets(
    session: Session,
    catalog: Catalog,
    name: str,
    path: Path,
    actor: Actor,
    *,
    run: Callable[[Command, Actor], Done],
) -> int:
    """Write a set that leaves the house, traced; how many indicators. Raises Refused to who may edit none."""
    title = standing_set(session, catalog, name).set.title

    def write(place: Path, basis: Basis) -> int:
        return write_targets(session, catalog, name, place, basis)

    log = LogTargets(name=name, conditions=title)
    return export_file(path, log, actor, run=run, content="指标体系", write=write)


def _digits(no: object) -> int:
    return int("".join(filter(str.isdigit, str(no))) or 0)


def read_targets(path: Path) -> tuple[TargetRow, ...]:
    """The targets of a workbook: rows with a number (序号). Raises FileRefused, and Refused with every cell
    that cannot be read."""
    for sheet in read_workbook(path).sheets:
        for index, row in enumerate(sheet.rows[:MOST_HEADING]):
            place = {str(text).strip(): at for at, text in enumerate(row)}
            if {KEY, NO, VALUE, YEAR} <= set(place):
                problems: list[Problem] = []
                found = [
                    target
                    for at, cells in rows_below(sheet, index, MOST_ROWS)
                    if (target := _target(cells, place, sheet.row_number(at), problems)) is not None
                ]
                if problems:
                    raise Refused(problems)
                return tuple(found)
    text = f"工作簿里没有指标体系的表头：应有“{KEY}”“{NO}”“{VALUE}”“{YEAR}”。可先导出一份，改好再导入。"
    raise refuse("targets.heading", text, field="path")


def _target(
    cells: tuple[object, ...], place: dict[str, int], number: int, problems: list[Problem]
) -> TargetRow | None:
    def text(title: str) -> str:
        at = place.get(title)
        value = "" if at is None or at >= len(cells) or is_blank(cells[at]) else cells[at]
        return str(value).strip().removesuffix(".0")

    def figure(title: str) -> Decimal | None:
        if not text(title):
            return None
        try:
            value = Decimal(text(title).replace(",", ""))
            if not value.is_finite():
                raise InvalidOperation
            return value
        except InvalidOperation:
            words = f"第 {number} 行“{title}”应为数字，现为“{text(title)[:20]}”。"
            problems.append(Problem(code="targets.number", text=words, row=number, field=title))
            return None

    if not text(NO):
        return None
    value, year = figure(VALUE), figure(YEAR)
    if value is None or year is None or year != year.to_integral_value():
        if not problems or problems[-1].row != number:
            words = f"第 {number} 行有序号而没有目标或年份，请补齐；不再要求的请把序号删去。"
            problems.append(Problem(code="required", text=words, row=number))
        return None
    return TargetRow(
        indicator=text(KEY),
        no=text(NO),
        value=value,
        year=int(year),
        article=text("出处"),
        level=text("级别"),
        nature=text("性质"),
        baseline=figure("起点"),
    )
