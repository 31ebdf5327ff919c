"""Returns as workbooks: one period of a form, a row for each who hands in; and reading it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor, Command, Done
from suite.contract.indicators import FigureSeries
from suite.contract.problems import Problem, Refused, refuse
from suite.contract.returns import ReturnForm
from suite.kernel.exchange.form_files import LogReturns
from suite.kernel.exchange.leaving import Basis, export_file
from suite.kernel.exchange.reading import Row, Sheet, is_blank, read_workbook, rows_below
from suite.kernel.exchange.table_file import write_table
from suite.kernel.indicators.periods import Period
from suite.kernel.returns.known import known_numbers
from suite.kernel.returns.rules import TITLES, ReturnState, sum_problems
from suite.kernel.returns.standing import Reporter, period_meant, readable_form, reporters, within
from suite.kernel.returns.submitting import ReturnGiven
from suite.loader.catalog import Catalog
from suite.tables import Return, ReturnCell

WHO, CODE, STATE, NOTE = "填报单位", "代码", "状态", "说明"
YES, NO = "是", "否"
#: How the notes of several cells stand in one: title：words；title：words
AFTER, BETWEEN = "：", "；"
MOST_ROWS, MOST_HEADING = 3_000, 20


def heading_of(series: FigureSeries) -> str:
    """A number's column: its title with its unit."""
    return f"{series.title}（{series.unit}）"


def write_returns(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    key: str,
    period_text: str,
    path: Path,
    basis: Basis | None = None,
) -> int:
    """Write a period of a form with what is known so far; returns how many rows. Raises Refused."""
    form = readable_form(actor, catalog, key)
    period = period_meant(form, period_text)
    series = [catalog.figures[cell.series] for cell in form.cells]
    headings = [WHO, CODE, STATE, *(heading_of(one) for one in series), NOTE]
    rows = [
        [
            reporter.name,
            reporter.body or reporter.who,
            TITLES[state],
            *(_cell(one, values.get(one.key)) for one in series),
            notes,
        ]
        for reporter, state, values, notes in _rows(session, actor, catalog, form, period)
    ]
    return write_table(path, headings, rows, sheet=f"{form.title} {period.text}", basis=basis, wrapped=True)


def save_returns(
    session: Session,
    actor: Actor,
    catalog: Catalog,
    key: str,
    period_text: str,
    path: Path,
    *,
    run: Callable[[Command, Actor], Done],
) -> int:
    """Write a period of a form that leaves the house, traced; how many rows. Raises Refused."""
    form = readable_form(actor, catalog, key)
    period = period_meant(form, period_text)

    def write(place: Path, basis: Basis) -> int:
        return write_returns(session, actor, catalog, key, period_text, place, basis)

    log = LogReturns(form=key, conditions=period.text)
    return export_file(path, log, actor, run=run, content=form.title, write=write)


def _rows(
    session: Session, actor: Actor, catalog: Catalog, form: ReturnForm, period: Period
) -> list[tuple[Reporter, ReturnState, dict[str, Decimal], str]]:
    """What was kept, and for who kept nothing what the suite counts by itself."""
    scopes = actor.scopes(f"{form.owner}:return:read")
    known = {} if form.of_bodies else known_numbers(session, actor, catalog, form, period.last)
    kept: dict[str, tuple[ReturnState, dict[str, Decimal], dict[str, str]]] = {}
    for who, state, cell, value, note in session.execute(
        select(Return.who, Return.state, ReturnCell.cell, ReturnCell.value, ReturnCell.note)
        .join(ReturnCell, ReturnCell.return_id == Return.id)
        .where(Return.form == form.key, Return.period == period.text)
    ):
        _, values, notes = kept.setdefault(who, (ReturnState(state), {}, {}))
        values[cell] = value
        if note:
            notes[cell] = f"{catalog.figures[cell].title}{AFTER}{note}"
    found = []
    for one in reporters(session, catalog, form, period):
        if within(scopes, form, one):
            state, values, notes = kept.get(one.who) or (ReturnState.MISSING, known.get(one.who, {}), {})
            found.append((one, state, values, BETWEEN.join(notes.values())))
    return found


def _cell(series: FigureSeries, value: Decimal | None) -> Any:
    if value is None:
        return None
    if series.yes_no:
        return YES if value else NO
    return int(value) if value == value.to_integral_value() else float(value)


def read_returns(
    session: Session, actor: Actor, catalog: Catalog, key: str, period_text: str, path: Path
) -> tuple[ReturnGiven, ...]:
    """The rows of a workbook as they are handed in; rows in which no number stands are left out, and so are
    those that were handed in already. Raises FileRefused, and Refused with every cell that cannot be read."""
    form = readable_form(actor, catalog, key)
    period = period_meant(form, period_text)
    sheet, start, columns, place = _table(read_workbook(path).sheets, catalog, form)
    _require_period(sheet, form, period)
    asked = {one.who: one for one in reporters(session, catalog, form, period)}
    names = {one.name: one for one in asked.values()}
    versions = {
        row.who: row
        for row in session.scalars(
            select(Return).where(Return.form == form.key, Return.period == period.text)
        )
    }
    problems: list[Problem] = []
    given: list[ReturnGiven] = []
    for index, row in rows_below(sheet, start, MOST_ROWS):
        number = sheet.row_number(index)
        read = dict(_values(row, columns, catalog, number, problems))
        # A total is typed by nobody: an empty row's is 0, and a row of totals alone is the foot of the table.
        typed = any(not form.by_series[key].computed for key in read)
        totals = any(number for key, number in read.items() if form.by_series[key].of_period is None)
        if not typed and not totals:
            continue
        reporter = _reporter(row, place, asked, names)
        if reporter is None and not typed:
            continue
        if reporter is None:
            words = "、".join(str(row[at]) for at in place.values() if at < len(row))[:60]
            text = f"第 {number} 行“{words}”不是本表的填报单位，请核对名称或代码。"
            problems.append(Problem(code="return.who", text=text, row=number))
            continue
        former = versions.get(reporter.who)
        if former is not None and former.state not in (ReturnState.OPEN, ReturnState.SENT_BACK):
            continue
        for problem in sum_problems(form, catalog.figures, read, period):
            title = catalog.figures[problem.field].title if problem.field else None
            problems.append(replace(problem, text=f"第 {number} 行{problem.text}", row=number, field=title))
        values = {key: value for key, value in read.items() if not form.by_series[key].computed}
        at = place.get(NOTE)
        said = "" if at is None or at >= len(row) or is_blank(row[at]) else str(row[at]).strip()
        notes, note = _notes(said, form, catalog)
        given.append(
            ReturnGiven(
                district=None if reporter.body else reporter.district,
                body_id=reporter.body,
                values=values,
                notes={key: words for key, words in notes.items() if key in values},
                note=BETWEEN.join([*([note] if note else []), *_without_value(notes, values, catalog)]),
                expected_version=former.version if former else 0,
            )
        )
    if problems:
        raise Refused(problems)
    if not given:
        text = f"工作簿里没有可报送的“{form.title}”：没有填写数字，或都已报送。"
        raise refuse("return.nothing", text, field="path")
    return tuple(given)


def _without_value(notes: Mapping[str, str], values: Mapping[str, object], catalog: Catalog) -> Iterable[str]:
    """What is said of cells that have no number: often why they have none. The row keeps it."""
    return (
        f"{catalog.figures[key].title}{AFTER}{words}" for key, words in notes.items() if key not in values
    )


def _notes(said: str, form: ReturnForm, catalog: Catalog) -> tuple[dict[str, str], str]:
    """The notes that name their cell, as `_rows` writes them, and what is left for the row."""
    titles = {catalog.figures[cell.series].title: cell.series for cell in form.cells}
    notes: dict[str, str] = {}
    rest: list[str] = []
    last = ""
    for part in said.split(BETWEEN):
        title, colon, words = part.partition(AFTER)
        if colon and title.strip() in titles:
            last = titles[title.strip()]
            former = f"{notes[last]}{BETWEEN}" if last in notes else ""
            notes[last] = f"{former}{words.strip()}"
        elif last:
            notes[last] += f"{BETWEEN}{part}"  # a note that has such a sign itself
        else:
            rest.append(part)
    return notes, BETWEEN.join(rest).strip()


def _table(
    sheets: Sequence[Sheet], catalog: Catalog, form: ReturnForm
) -> tuple[Sheet, int, dict[int, str], dict[str, int]]:
    """The sheet with its heading row: column → cell, and where name, code and note stand."""
    titles: dict[str, str] = {}
    for cell in form.cells:
        series = catalog.figures[cell.series]
        titles |= {heading_of(series): series.key, series.title: series.key}
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:MOST_HEADING]):
            texts = ["".join(str(value).split()) for value in row]
            columns = {at: titles[text] for at, text in enumerate(texts) if text in titles}
            place = {text: at for at, text in enumerate(texts) if text in (WHO, CODE, NOTE)}
            if columns and (WHO in place or CODE in place):
                return sheet, index, columns, place
    text = f"工作簿里没有“{form.title}”的表头：应有“{WHO}”和各项数字的列。可先导出本期的表，填好再导入。"
    raise refuse("return.heading", text, field="path")


def _require_period(sheet: Sheet, form: ReturnForm, period: Period) -> None:
    """Raises Refused for the sheet of another period, as `write_returns` names it: its numbers are others."""
    said = sheet.name.strip().removeprefix(form.title).strip()
    if said != period.text and said != sheet.name.strip() and re.fullmatch(r"\d{4}(-Q\d|-\d{2})?", said):
        text = (
            f"这是 {said} 的“{form.title}”，不是 {period.text} 的。请换成本期的表，或者到 {said} 一期导入。"
        )
        raise refuse("return.other_period", text, field="path")


def _values(
    row: Row, columns: dict[int, str], catalog: Catalog, number: int, problems: list[Problem]
) -> list[tuple[str, Decimal]]:
    found = []
    for at, key in columns.items():
        if at >= len(row) or is_blank(row[at]):
            continue
        text = str(row[at]).strip().replace(",", "").replace("，", "")
        try:
            value = Decimal({YES: "1", NO: "0"}.get(text, text))
            if not value.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            title = catalog.figures[key].title
            words = f"第 {number} 行“{title}”应为数字，现为“{text[:30]}”。"
            problems.append(Problem(code="return.value", text=words, row=number, field=title))
            continue
        found.append((key, value.normalize() if value else Decimal(0)))
    return found


def _reporter(
    row: Row, place: dict[str, int], asked: dict[str, Reporter], names: dict[str, Reporter]
) -> Reporter | None:
    """By the code where one is given, else by the name."""
    texts = {
        title: str(row[at]).strip().removesuffix(".0")
        for title, at in place.items()
        if at < len(row) and not is_blank(row[at])
    }
    code = texts.get(CODE, "")
    by_code = asked.get(code) or asked.get(f"body={code}")
    return by_code or names.get(texts.get(WHO, ""))
