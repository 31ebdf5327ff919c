"""Seasons in the words and states of the screen."""

from __future__ import annotations

from decimal import Decimal

from suite.contract.states import StateKind
from suite.kernel.assessment.boards import Board, BoardLine, GivenScore
from suite.kernel.assessment.cockpit import Cockpit
from suite.kernel.assessment.schemes import Sheet
from suite.kernel.assessment.standing import DEFERRED, IN, OUTSIDE, STANDINGS, UNGRADED
from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.state import StateValue

STATES = {
    "running": StateValue(StateKind.RUN, "进行中"),
    "noticed": StateValue(StateKind.WARN, "公示中"),
    "closed": StateValue(StateKind.OK, "已公布"),
}
TAKING_PART = {
    IN: StateValue(StateKind.OK, STANDINGS[IN]),
    UNGRADED: StateValue(StateKind.NEUTRAL, "不评等次"),
    DEFERRED: StateValue(StateKind.PAUSE, "暂缓"),
    OUTSIDE: StateValue(StateKind.ENDED, STANDINGS[OUTSIDE]),
}
COLUMNS = (
    Column(key="name", title="对象", width=116),
    Column(key="body", title="所在机构", width=166),
    Column(key="standing", title="参加情况", kind=ColumnKind.STATE, width=96),
    Column(key="step", title="现在环节", width=124),
    Column(key="proposal", title="建议等次", width=72, align=Align.CENTRE),
    Column(key="why", title="建议的依据、理由", width=220, stretch=True, least=120),
    Column(key="grade", title="等次", width=72, align=Align.CENTRE),
    Column(key="marks", title="标记", width=128),
)
#: Who takes a step, by what he must hold of the profession.
ACTORS = {
    "assessment:report": "市、县司法局或协会（有上报权限的）",
    "assessment:score": "市、县司法局或协会（有评分权限的）",
    "assessment:run": "市司法局（有组织考核权限的）",
    "assessment:decide": "协会（有评定权限的）",
}


def unit_of(found: Cockpit) -> str:
    """What participants are counted by: persons where they belong to bodies."""
    return "人" if found.bodies else "家"


def marks_text(line: BoardLine) -> str:
    """What stands beside a participant, in short words."""
    marks, parts = line.marks, []
    if marks.objection is not None:
        parts.append("异议未答复")
    elif marks.objected:
        parts.append("异议已答复")
    if marks.gone:
        parts.append("已不在册")
    if marks.moved_to:
        parts.append(f"已转至{marks.moved_to}")
    if line.asking:
        parts.append(f"须第三人评 {len(line.asking)} 项")
    if line.grade is not None and line.grade != line.proposal:
        parts.append("与建议不同")
    if marks.reminded:
        parts.append(f"催报 {marks.reminded} 次")
    return "、".join(parts)


def grade_title(sheet: Sheet, key: str | None) -> str:
    """A grade in words, empty where there is none."""
    grade = sheet.scheme.by_grade.get(key or "")
    return grade.title if grade else ""


def grade_state(sheet: Sheet, key: str | None) -> StateValue | None:
    """A grade as a chip, None where there is none."""
    grade = sheet.scheme.by_grade.get(key or "")
    return StateValue(grade.state, grade.title) if grade else None


def step_title(sheet: Sheet, key: str) -> str:
    """What a participant waits for."""
    step = sheet.scheme.by_step.get(key)
    return step.title if step else "已办完"


def row_of(board: Board, line: BoardLine) -> tuple[object, ...]:
    """A participant as a row of the table."""
    sheet = board.sheet
    return (
        line.name,
        line.body,
        TAKING_PART[line.standing],
        step_title(sheet, line.step) if line.standing in (IN, UNGRADED) else "",
        grade_title(sheet, line.proposal),
        line.rule_text or line.proposed_by,
        grade_title(sheet, line.grade),
        marks_text(line),
    )


def points_text(points: Decimal | None) -> str:
    """Points as a cell shows them: one place, no trailing zero of the second."""
    return "" if points is None else f"{points:.1f}"


def score_words(score: GivenScore) -> str:
    """One score: its points and what was found, by whom, from where."""
    if score.hidden:
        return f"他人已评，您评分后可见　{score.by}（{score.source.words}）"
    if score.points is None:
        given = "不适用"
    else:
        found = "" if score.found is None else f"{score.found.normalize():f}"
        found += f" / {score.due.normalize():f}" if score.due is not None else ""
        given = f"{points_text(score.points)} 分（{found}）"
    return f"{given}　{score.by}（{score.source.words}，{score.on}）"
