"""年度考核 in a record: season by season, as a table and as a lane of the life line."""

from __future__ import annotations

from collections.abc import Sequence

from suite.contract.states import StateKind
from suite.kernel.assessment.history import AssessmentLine
from suite.kernel.assessment.standing import CLOSED, STANDINGS, WALKING
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.lifeline_data import Lane, Span, SpanLook
from suite.ui.kit.state import StateValue
from suite.ui.pages.record.tables import TablePane

TITLE = "年度考核"
COLUMNS = (
    Column(key="title", title="考核", kind=ColumnKind.LINK, width=250),
    Column(key="period", title="考核期间", width=190),
    Column(key="grade", title="等次", kind=ColumnKind.STATE, width=110),
    Column(key="total", title="得分", kind=ColumnKind.NUMBER, width=70),
    Column(key="step", title="进展", width=160),
    Column(key="why", title="依据或理由", width=260, stretch=True),
    Column(key="on", title="评定日期", width=100),
    Column(key="number", title="公布文号", width=170),
)


def assessments_pane() -> TablePane:
    """The table; a row's key is the season."""
    return TablePane(COLUMNS, "还没有参加过考核评估。开展考核后，参加情况和等次列在这里。")


def show_assessments(pane: TablePane, lines: Sequence[AssessmentLine]) -> None:
    """Fill it, the latest first."""
    pane.show_rows([_row(line) for line in lines], [line.campaign_id for line in lines])


def _row(line: AssessmentLine) -> Sequence[object]:
    return (
        line.title,
        f"{line.first} 至 {line.last}",
        _state(line),
        line.total,
        _step(line),
        line.departure or line.proposed_by or line.rule_text,
        line.graded_on,
        line.document_no,
    )


def _state(line: AssessmentLine) -> StateValue:
    if line.judged is not None:
        return StateValue(line.judged.state, line.judged.title)
    if line.grade is not None:
        return StateValue(StateKind.NEUTRAL, line.grade)
    return StateValue(StateKind.NEUTRAL, "待评定" if line.standing == "in" else STANDINGS[line.standing])


def _step(line: AssessmentLine) -> str:
    if line.standing not in WALKING:
        return ""
    step = line.scheme.by_step.get(line.step) if line.scheme is not None else None
    if step is not None:
        return f"待{step.title}"
    return "已公布" if line.state == CLOSED else "已办完"


def assessment_lane(lines: Sequence[AssessmentLine]) -> Lane:
    """A field for each period with its grade; what is not graded yet says so."""
    spans: list[Span] = []
    for line in sorted(lines, key=lambda one: one.first):
        last = spans[-1].end if spans else None
        if last is not None and line.first <= last:
            continue  # two sorts of season over one period: the first stands, the table has both
        state = _state(line)
        spans.append(
            Span(
                start=line.first,
                end=line.last,
                text=state.word,
                kind=state.kind,
                look=SpanLook.YEAR,
                act=line.title,
                key=("assessment", line.campaign_id),
            )
        )
    return Lane(title=TITLE, spans=tuple(spans))
