"""Seasons in the words and states of the screen."""

from __future__ import annotations

from decimal import Decimal

from suite.contract.states import StateKind
from suite.kernel.assessment.boards import Board, BoardLine
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
    Column(key="name", title="对象", width=220, stretch=True, least=160),
    Column(key="body", title="所在机构", width=190),
    Column(key="standing", title="参加情况", kind=ColumnKind.STATE, width=104),
    Column(key="step", title="现在环节", width=150),
    Column(key="proposal", title="建议等次", width=88, align=Align.CENTRE),
    Column(key="grade", title="等次", width=88, align=Align.CENTRE),
    Column(key="why", title="建议的依据", width=260),
)


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
        grade_title(sheet, line.grade),
        line.proposed_by or line.rule_text,
    )


def points_text(points: Decimal | None) -> str:
    """Points as a cell shows them: one place, no trailing zero of the second."""
    return "" if points is None else f"{points:.1f}"
