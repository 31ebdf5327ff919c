"""Questionnaires as a workbook: one row an answer, read into what the assessment takes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from suite.contract.commands import Actor, Command, Done
from suite.contract.problems import Problem, Refused, refuse
from suite.contract.surveys import Satisfaction
from suite.kernel.assessment.faults import bounded
from suite.kernel.assessment.surveying import AnswerGiven
from suite.kernel.exchange.clean_dates import clean_date
from suite.kernel.exchange.clean_numbers import clean_integer
from suite.kernel.exchange.clean_texts import clean_boolean, clean_text
from suite.kernel.exchange.cleaned import Cleaned
from suite.kernel.exchange.header import find_header, normalise_headings
from suite.kernel.exchange.leaving import Basis, export_file
from suite.kernel.exchange.reading import Sheet, is_blank, read_workbook
from suite.kernel.exchange.season_files import LogSeasonList
from suite.kernel.exchange.table_file import Table, write_workbook

#: Field → the headings it is known by, the template's own first.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "unit": ("单位名称", "单位", "责任单位", "被评单位", "县（市、区）", "区县"),
    "on": ("填答日期", "日期", "提交时间", "答卷时间", "调查日期"),
    "device": ("设备号", "设备编号", "设备标识", "设备ID", "终端"),
    "asked": ("题数", "知识题数", "总题数"),
    "correct": ("答对题数", "答对", "正确题数"),
    "satisfaction": ("满意度", "总体满意度", "您是否满意"),
    "took_part": ("是否参与", "参加过普法活动", "参与情况"),
    "easy": ("是否便利", "获取法律信息是否便利", "便利程度"),
}
REQUIRED = ("unit", "on", "asked", "correct")
WORDS = {
    **{item.words: item.value for item in Satisfaction},
    "比较满意": "satisfied", "基本满意": "satisfied", "很满意": "very", "不太满意": "dissatisfied",
    "非常不满意": "dissatisfied", "一般满意": "neutral",
}  # fmt: skip


def read_answers(path: Path) -> tuple[AnswerGiven, ...]:
    """The answers of a workbook's first sheet that has the headings.

    Raises FileRefused for a file that cannot be read, Refused for one without the headings and, all at once
    by row and column, for every cell that says nothing that can be read.
    """
    known = normalise_headings({text: key for key, texts in HEADINGS.items() for text in texts})
    for sheet in read_workbook(path).sheets:
        header = find_header(sheet.rows, known, required=REQUIRED, first_row_number=sheet.first_row_number)
        if header is not None and not header.missing:
            return _answers(sheet, header.first, header.fields)
    wanted = "、".join(HEADINGS[key][0] for key in REQUIRED)
    text = f"“{path.name}”里没有找到问卷表头，至少要有：{wanted}。请补上表头后再导入。"
    raise refuse("survey.header", text, field="file")


def _answers(sheet: Sheet, first: int, fields: Mapping[int, str]) -> tuple[AnswerGiven, ...]:
    answers: list[AnswerGiven] = []
    problems: list[Problem] = []
    for index, row in enumerate(sheet.rows[first:], first):
        cells = {key: row[place] for place, key in fields.items() if place < len(row)}
        if all(is_blank(value) for value in cells.values()):
            continue
        number = sheet.row_number(index)
        values = {key: _read(key, value, from_1904=sheet.from_1904) for key, value in cells.items()}
        wrong = list(_wrong(values, number))
        problems += wrong
        if not wrong:
            answers.append(_answer(values, number))
    if problems:
        raise Refused(bounded(problems, "file"))
    return tuple(answers)


def _read(key: str, value: Any, *, from_1904: bool) -> Cleaned:
    match key:
        case "on":
            return clean_date(value, from_1904=from_1904)
        case "asked" | "correct":
            return clean_integer(value)
        case "took_part" | "easy":
            return clean_boolean(value)
        case "satisfaction":
            found = clean_text(value)
            return Cleaned(WORDS.get(str(found.value), found.value), found.problems)
    return clean_text(value)


def _wrong(values: Mapping[str, Cleaned], number: int) -> Iterator[Problem]:
    for key in HEADINGS:
        found = values.get(key, Cleaned(None))
        for item in found.problems:
            text = f"第 {number} 行“{HEADINGS[key][0]}”：{item.text}"
            yield Problem(code=item.code, text=text, field="file", row=number)
        if key in REQUIRED and found.value is None and not found.problems:
            text = f"第 {number} 行没有填“{HEADINGS[key][0]}”，请补填。"
            yield Problem(code="required", text=text, field="file", row=number)


def _answer(values: Mapping[str, Cleaned], number: int) -> AnswerGiven:
    def of(key: str) -> Any:
        return values[key].value if key in values else None

    day: dt.date = of("on")
    return AnswerGiven(
        unit=of("unit"),
        on=day,
        asked=of("asked"),
        correct=of("correct"),
        satisfaction=of("satisfaction"),
        took_part=of("took_part"),
        easy=of("easy"),
        device=of("device") or "",
        row=number,
    )


def write_answers_form(path: Path, units: Sequence[str], basis: Basis | None = None) -> int:
    """An empty workbook to be filled in, with the names of the units on a sheet of their own; how many.

    Raises Refused for another ending.
    """
    empty = Table(title="问卷", headings=[texts[0] for texts in HEADINGS.values()], rows=())
    names = Table(title="单位名称", headings=["参加单位"], rows=[[name] for name in units])
    write_workbook(path, [empty, names], basis)
    return len(units)


def save_answers_form(
    path: Path,
    units: Sequence[str],
    log: LogSeasonList,
    actor: Actor,
    *,
    run: Callable[[Command, Actor], Done],
) -> int:
    """Write the empty workbook of a season, traced; how many units it names. Raises Refused."""

    def write(place: Path, basis: Basis) -> int:
        return write_answers_form(place, units, basis)

    return export_file(path, log, actor, run=run, content="问卷表", write=write)
