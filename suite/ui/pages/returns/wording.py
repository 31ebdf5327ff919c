"""Returns in the words, states and cells of the screen."""

from __future__ import annotations

from suite.contract.states import StateKind
from suite.kernel.returns.queries import Mark, PeriodColumn, ReturnDesk
from suite.kernel.returns.rules import TITLES, ReturnState
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.state import StateValue

KINDS = {
    ReturnState.MISSING: StateKind.NEUTRAL,
    ReturnState.OPEN: StateKind.NEW,
    ReturnState.SUBMITTED: StateKind.RUN,
    ReturnState.SENT_BACK: StateKind.WARN,
    ReturnState.REVIEWED: StateKind.OK,
}


def state_of(mark: Mark) -> StateValue:
    """A state as it is drawn; what is missing after its day is bad."""
    words = "已暂存" if mark.state is ReturnState.OPEN else TITLES[mark.state]
    if mark.late and mark.state in (ReturnState.MISSING, ReturnState.OPEN):
        return StateValue(StateKind.BAD, f"{words}，逾期")
    more = [*(["迟"] if mark.late else []), *(["更正"] if mark.corrected else [])]
    return StateValue(KINDS[mark.state], f"{words}（{'、'.join(more)}）" if more else words)


def columns_of(desk: ReturnDesk) -> tuple[Column, ...]:
    """Who hands in, and the state of each period."""
    return (
        Column(key="name", title="填报单位", width=150, stretch=True, least=96),
        *(
            Column(key=column.text, title=column.text, kind=ColumnKind.STATE, width=122)
            for column in desk.periods
        ),
    )


def due_words(column: PeriodColumn, missing: int) -> str:
    """Until when a period is due, and how many are missing."""
    rest = f"还有 {missing} 家未报" if missing else "已全部报送"
    return f"{column.text} 截止 {column.due}{'（暂估）' if column.provisional else ''}，{rest}"
