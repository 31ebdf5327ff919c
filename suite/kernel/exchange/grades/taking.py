"""Grades of years past from a workbook: judged as recording does, taken as one run, taken back by it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from suite.contract.commands import Change, Done
from suite.contract.problems import Problem, Severity
from suite.kernel.assessment.past import PastGrade, RecordPastGrades, judge_past, withdraw
from suite.kernel.assessment.standing import may
from suite.kernel.exchange.grades.sheet import DOCUMENT, GRADE, WHO, YEAR, GradeSheet
from suite.kernel.exchange.learning import RememberLayout
from suite.kernel.exchange.previewed import HELD, SAME, PreviewRow
from suite.kernel.exchange.runs import LeftRow, close_run, new_run
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.scoping import out_of_scope
from suite.tables import Assessment, ImportRun

if TYPE_CHECKING:
    from suite.kernel.exchange.importing import ImportRows

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
#: Field of a past grade → field of the sheet.
FIELDS = {"subject_id": WHO, "year": YEAR, "grade": GRADE}


def compare_grades(sheet: GradeSheet, rows: Sequence[PreviewRow], work: Transaction) -> None:
    """Say of each row whether its grade is new, recorded already, or held. A grade that is recorded otherwise
    is held: it is corrected here, not by a list."""
    work.progress("比对往年等次", 0, len(rows))
    readable = []
    for row in rows:
        given = _given(row.values)
        if given is None:
            row.problems += _lacking(sheet, row)
        else:
            readable.append((row, given))
    for (row, given), found in zip(
        readable, judge_past(sheet.scheme, [given for _, given in readable], work), strict=True
    ):
        if found.problem is not None:
            row.problems.append(found.problem.at(field=FIELDS.get(found.problem.field or "", WHO)))
        elif found.same(given):
            row.result = SAME
        elif found.former is not None and found.former.grade is not None:
            title = sheet.scheme.by_grade[found.former.grade].title
            text = f"{given.year} 年度已登记为“{title}”，与表中不同。以表为准的，请先撤回原登记再导入。"
            row.problems.append(Problem(code="past.differs", text=text, field=GRADE))
    for row in rows:
        if any(problem.severity is Severity.ERROR for problem in row.problems):
            row.result = HELD


def take_grades(sheet: GradeSheet, command: ImportRows, work: Transaction) -> Done:
    """Record the grades and the run. Raises Refused, all at once, where a row no longer can be taken."""
    if not command.rows:
        return Done(text="没有需要写入的行", result={"run": None})
    given = tuple(item for row in command.rows if (item := _given(row.values)) is not None)
    run = new_run(sheet, command, work, new=len(given))
    saved = work.run(RecordPastGrades(scheme=sheet.key, rows=given, run=run.id))
    if command.layouts:
        sender = Path(command.file_name).stem
        work.run(RememberLayout(kind=sheet.key, sender=sender, layouts=command.layouts))
    return Done(
        text=f"已导入：新增 {len(given):,} 个往年等次",
        changes=(*saved.changes, Change(kind="core.import_run", ids=(run.id,))),
        result={"run": run.id, "ids": [item.subject_id for item in given]},
    )


def undo_grades(sheet: GradeSheet, run: ImportRun, work: Transaction) -> Done:
    """Withdraw what the run recorded; what was changed since stays and is listed."""
    rows = work.session.scalars(
        select(Assessment).where(Assessment.run_id == run.id).order_by(Assessment.id)
    ).all()
    left: list[LeftRow] = []
    gone: list[Assessment] = []
    for row in rows:
        if not may(work.actor, "assessment:run", row):
            left.append(LeftRow(sheet="", row=0, key=None, name=None, reason=out_of_scope().text))
        else:
            gone.append(row)
    withdraw(gone, f"撤销第 {run.id} 次导入", work)
    # What was corrected or withdrawn by hand since no longer belongs to the run.
    elsewhere = run.rows_new - (run.rows_undone or 0) - len(rows)
    close_run(run, len(gone), len(left) + elsewhere, work)
    words = f"已撤销导入，撤回 {len(gone):,} 个往年等次"
    kept = len(left) + elsewhere
    return Done(
        text=f"{words}，{kept:,} 个因后续更正保留" if kept else words,
        changes=(
            Change(kind=sheet.key, ids=tuple({row.campaign_id for row in gone})),
            Change(kind="core.import_run", ids=(run.id,)),
        ),
        result={"run": run.id, "undone": len(gone), "removed": len(gone), "restored": 0, "left": left},
    )


def _given(values: Mapping[str, Any]) -> PastGrade | None:
    """The grade of a row; None where a cell is empty or cannot be read."""
    who, grade, year = values.get(WHO), values.get(GRADE), _year(values.get(YEAR))
    if who is None or grade is None or year is None:
        return None
    return PastGrade(
        subject_id=int(who), year=year, grade=str(grade), document_no=str(values.get(DOCUMENT) or "")
    )


def _year(said: object) -> int | None:
    """2023, "2023年度"; the year is said once."""
    found = _YEAR.findall(str(said or ""))
    return int(found[0]) if len(found) == 1 else None


def _lacking(sheet: GradeSheet, row: PreviewRow) -> list[Problem]:
    told = {problem.field for problem in row.problems}
    found = [
        Problem(code="required", text=f"请填写{sheet.by_key[key].title}。", field=key)
        for key in (WHO, YEAR, GRADE)
        if row.values.get(key) is None and key not in told
    ]
    if row.values.get(YEAR) is not None and _year(row.values[YEAR]) is None and YEAR not in told:
        text = f"“{str(row.values[YEAR])[:40]}”不是年度，请填四位数的年份，如 2023。"
        found.append(Problem(code="past.year", text=text, field=YEAR))
    return found
