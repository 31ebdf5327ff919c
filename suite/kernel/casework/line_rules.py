"""Lines of a list (清单): whether they say what the list asks for. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from suite.contract.case_facts import Cell, LineFact
from suite.contract.casework import (
    CaseKind,
    CaseList,
    Transition,
)
from suite.contract.codes import CodeList
from suite.contract.problems import Problem
from suite.kernel.casework.commands import LineGiven
from suite.kernel.casework.rules import MOST_TEXT

#: More lines than this belong into a paper of the case.
MOST_LINES = 500
LENGTHS: Mapping[Cell, int] = {
    Cell.NAME: 300,
    Cell.TEXT: MOST_TEXT,
    Cell.PLACE: 300,
    Cell.HOLDER: 200,
    Cell.ARTICLE: 300,
}
MOST_FIGURE = 10**15


def cells_of(line: Any) -> dict[Cell, Any]:
    """What a line says, given or stored, by cell; empty cells are not among it."""
    found = {cell: getattr(line, cell.value) for cell in Cell}
    return {
        cell: value.strip() if isinstance(value, str) else value
        for cell, value in found.items()
        if value is not None and (not isinstance(value, str) or value.strip())
    }


def line_fact(no: int, cells: Mapping[Cell, Any]) -> LineFact:
    """A line as guards see it."""
    return LineFact(no=no, **{cell.value: value for cell, value in cells.items()})


def step_line_problems(
    kind: CaseKind,
    transition: Transition,
    given: Sequence[LineGiven],
    codes: Mapping[str, CodeList],
    present: Mapping[str, int],
) -> list[Problem]:
    """What is wrong with the lines that a step brings: lists that it does not take, lists left empty."""
    problems = [
        Problem(
            code="line.list",
            text=f"“{transition.title}”不登记“{_title(kind, key)}”，请改用清单的“添加”。",
            field="lines",
        )
        for key in dict.fromkeys(line.list_key for line in given)
        if key not in transition.lists
    ]
    given_keys = {line.list_key for line in given}
    problems += [
        Problem(
            code="line.none",
            text=f"“{transition.title}”须至少登记一条“{kind.by_list[key].title}”。",
            field=key,
            article=transition.article,
        )
        for key in transition.required
        if key in kind.by_list and key not in given_keys
    ]
    return problems or line_problems(kind, given, codes, present)


def line_problems(
    kind: CaseKind, given: Sequence[LineGiven], codes: Mapping[str, CodeList], present: Mapping[str, int]
) -> list[Problem]:
    """What is wrong with lines: an unknown list, cells that it does not have or that are missing, codes
    that mean nothing, texts too long, too many lines. `present`: how many each list has already."""
    problems: list[Problem] = []
    counts = dict(present)
    for row, line in enumerate(given):
        case_list = kind.by_list.get(line.list_key)
        if case_list is None:
            words = "、".join(f"{item.key}（{item.title}）" for item in kind.lists) or "无"
            text = f"“{kind.title}”没有清单“{line.list_key[:20]}”，可选：{words}。"
            problems.append(Problem(code="line.list", text=text, field="lines", row=row))
            continue
        counts[case_list.key] = counts.get(case_list.key, 0) + 1
        if counts[case_list.key] > MOST_LINES:
            text = f"“{case_list.title}”最多 {MOST_LINES} 条，更多的请作为材料附上。"
            problems.append(Problem(code="line.many", text=text, field="lines", row=row))
            break
        problems += [item.at(field="lines", row=row) for item in _cell_problems(case_list, line, codes)]
    return problems


def blank_cells(line: Any, wanted: Mapping[Cell, Any]) -> bool:
    """Whether what is wanted only fills in cells of a line that were empty."""
    written = cells_of(line)
    return all(written.get(cell, value) == value for cell, value in wanted.items())


def _title(kind: CaseKind, key: str) -> str:
    return kind.by_list[key].title if key in kind.by_list else key[:20]


def _cell_problems(case_list: CaseList, line: LineGiven, codes: Mapping[str, CodeList]) -> Iterable[Problem]:
    cells = cells_of(line)
    where = case_list.title
    for cell, value in cells.items():
        column = case_list.by_cell.get(cell)
        if column is None:
            words = "、".join(f"{item.cell.value}（{item.title}）" for item in case_list.columns)
            yield Problem(code="line.cell", text=f"“{where}”没有 {cell.value} 这一格，可填：{words}。")
        elif column.codes is not None and value not in codes[column.codes].by_value:
            known = "、".join(f"{code.value}（{code.title}）" for code in codes[column.codes].codes)
            text = f"“{where}”的“{column.title}”没有“{str(value)[:20]}”这一项，可选：{known}。"
            yield Problem(code="code.unknown", text=text)
        elif cell in LENGTHS and len(value) > LENGTHS[cell]:
            text = f"“{where}”的“{column.title}”最多 {LENGTHS[cell]:,} 字，现有 {len(value):,} 字。"
            yield Problem(code="text.long", text=text)
        elif cell is Cell.FIGURE and not abs(value) < MOST_FIGURE:
            yield Problem(code="line.figure", text=f"“{where}”的“{column.title}”超出可登记的范围，请核对。")
    for column in case_list.columns:
        if column.required and column.cell not in cells:
            text = f"“{where}”须填写“{column.title}”。"
            yield Problem(code="required", text=text)
