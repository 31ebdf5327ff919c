"""A score sheet as a workbook: out to be edited, back in with every cell that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from suite.contract.assessment import AssessmentGrade, Criterion
from suite.contract.commands import Actor, Command, Done
from suite.contract.problems import Problem, Refused, refuse
from suite.kernel.assessment.schemes import Sheet
from suite.kernel.assessment.sheet_rows import COLUMNS, criteria_of, row_of
from suite.kernel.exchange.form_files import LogScheme
from suite.kernel.exchange.leaving import Basis, export_file
from suite.kernel.exchange.reading import is_blank, read_workbook
from suite.kernel.exchange.table_file import Table, write_workbook

SHEET, GRADES = "评分表", "等次"
GRADE_HEADINGS = ("等次编码", "等次", "分数线")


@dataclass(frozen=True, kw_only=True)
class ReadSheet:
    """A score sheet as a workbook says it."""

    criteria: tuple[Criterion, ...]
    grades: Mapping[str, Decimal] = field(default_factory=dict)


def write_scheme(path: Path, sheet: Sheet, basis: Basis | None = None) -> int:
    """Write a score sheet with its grades, to be edited and read back; the number of items."""
    items = Table(
        title=SHEET,
        headings=list(COLUMNS.values()),
        rows=[list(row_of(item).values()) for item in sheet.criteria],
        hidden=frozenset({COLUMNS["key"]}),
        wrapped=True,
    )
    grades = Table(
        title=GRADES,
        headings=GRADE_HEADINGS,
        rows=[
            [grade.key, grade.title, f"{grade.at_least.normalize():f}" if grade.at_least is not None else ""]
            for grade in sheet.grades
        ],
        hidden=frozenset(GRADE_HEADINGS[:1]),
    )
    return write_workbook(path, [items, grades], basis)


def save_scheme(path: Path, sheet: Sheet, actor: Actor, *, run: Callable[[Command, Actor], Done]) -> int:
    """Write a score sheet that leaves the house, traced; the number of items. Raises Refused."""
    scheme = sheet.scheme
    log = LogScheme(profession=scheme.owner, scheme=scheme.key, conditions=f"第 {sheet.version} 版")

    def write(place: Path, basis: Basis) -> int:
        return write_scheme(place, sheet, basis)

    return export_file(path, log, actor, run=run, content=f"{scheme.title}评分表", write=write)


def read_scheme(path: Path, grades: Sequence[AssessmentGrade]) -> ReadSheet:
    """Read a score sheet back. Raises FileRefused for a file that is none, Refused with every cell that
    cannot be read, by sheet, row and column."""
    sheets = {sheet.name: sheet for sheet in read_workbook(path).sheets}
    if SHEET not in sheets:
        text = f"文件里没有“{SHEET}”工作表，请用导出的评分表修改后再导入。"
        raise refuse("sheet.missing", text, field="criteria")
    found = sheets[SHEET]
    cells = [[_text(value) for value in row] for row in found.rows]
    head = cells[0] if cells else []
    places = {key: head.index(title) for key, title in COLUMNS.items() if title in head}
    lacking = [title for key, title in COLUMNS.items() if key not in places]
    if lacking:
        text = f"“{SHEET}”缺少列：{'、'.join(lacking)}。请用导出的评分表修改后再导入。"
        raise refuse("sheet.columns", text, field="criteria")
    kept = [(index, row) for index, row in enumerate(cells[1:], 1) if any(row)]
    criteria, problems = criteria_of(
        [{key: row[place] if place < len(row) else "" for key, place in places.items()} for _, row in kept]
    )
    told = []
    for problem in problems:
        number = found.row_number(kept[problem.row or 0][0])
        words = problem.text.partition("行")[2]
        told.append(
            Problem(
                code=problem.code, text=f"“{SHEET}”第 {number} 行{words}", field=problem.field, row=number
            )
        )
    points, wrong = _grades(sheets.get(GRADES), grades)
    if told or wrong:
        raise Refused([*told, *wrong])
    return ReadSheet(criteria=criteria, grades=points)


def _grades(found: Any, grades: Sequence[AssessmentGrade]) -> tuple[dict[str, Decimal], list[Problem]]:
    points: dict[str, Decimal] = {}
    problems: list[Problem] = []
    known = {grade.key for grade in grades if grade.at_least is not None}
    for index, row in enumerate(found.rows if found is not None else ()):
        key, text = (_text(value) for value in (*row, "", "", "")[:3:2])
        if index == 0 or not text:
            continue
        try:
            value = Decimal(text)
        except ArithmeticError:
            value = Decimal("NaN")
        if key not in known or not value.is_finite():
            words = f"“{GRADES}”第 {found.row_number(index)} 行：编码或分数线不对（{key} {text}），请改正。"
            problems.append(Problem(code="sheet.grades", text=words, field="grades"))
        else:
            points[key] = value
    return points, problems


def _text(value: Any) -> str:
    """A cell as text; a whole number without the point that a workbook gives it."""
    if is_blank(value):
        return ""
    if isinstance(value, float):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value).strip()
