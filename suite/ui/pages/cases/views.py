"""The views of the list of cases: which cases each asks for, and what an empty one says. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from suite.contract.states import StateKind
from suite.kernel.casework.queries import CaseLine, CaseQuery
from suite.kernel.casework.waiting import WaitingCase
from suite.kernel.clocks.wording import Running
from suite.ui.kit.columns import Column, ColumnKind, Noted
from suite.ui.kit.state import StateValue

OPEN, MINE, OVERDUE, WEEK, WAITING, RETURNED, CLOSED, PICKED = (
    "open", "mine", "overdue", "week", "waiting", "returned", "closed", "picked",
)  # fmt: skip
VIEWS = (
    (OPEN, "在办"),
    (MINE, "我经办"),
    (OVERDUE, "已逾期"),
    (WEEK, "本周到期"),
    (WAITING, "待我审批"),
    (RETURNED, "退回给我"),
    (CLOSED, "已办结"),
)
WHY_EMPTY = {
    OPEN: "没有在办的件。收到来信、来访、热线或转办的，可在右上角登记。",
    MINE: "您名下没有在办的件。",
    OVERDUE: "没有逾期的件。",
    WEEK: "本周没有到期的件。",
    WAITING: "没有待您审批的事项。",
    RETURNED: "没有退回给您的事项。",
    CLOSED: "还没有办结的件。",
    PICKED: "这个数字背后没有办件。",
}
COLUMNS = (
    Column(key="due", title="期限", kind=ColumnKind.STATE, width=190, sortable=True),
    Column(key="number", title="编号", kind=ColumnKind.LINK, width=168, sortable=True),
    Column(key="title", title="事项", width=220, stretch=True, sortable=True),
    Column(key="respondents", title="被投诉人或申请人", width=176),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=104, sortable=True),
    Column(key="opened", title="登记日期", kind=ColumnKind.DATE, width=92, sortable=True),
    Column(key="day", title="到期日", kind=ColumnKind.DATE, width=92),
    Column(key="handler", title="承办", width=132, sortable=True),
)
_CLOCKS = {
    Running.RUNNING: StateKind.RUN,
    Running.TODAY: StateKind.WARN,
    Running.OVERDUE: StateKind.BAD,
    Running.PAUSED: StateKind.PAUSE,
}


def query_of(
    view: str,
    today: dt.date,
    logins: Sequence[str],
    *,
    kind: str | None = None,
    words: str = "",
    order: str = "",
    down: bool = False,
) -> CaseQuery:
    """What a view asks for; `logins` are the reader and whom he works for."""
    week_ends = today + dt.timedelta(days=6 - today.weekday())
    return CaseQuery(
        kind=kind,
        open=view != CLOSED,
        handlers=tuple(logins) if view == MINE else (),
        due_from=today if view == WEEK else None,
        due_until={OVERDUE: today - dt.timedelta(days=1), WEEK: week_ends}.get(view),
        words=words,
        order=order,
        down=down,
    )


def row_of(line: CaseLine, waiting: WaitingCase | None, reason: str = "") -> tuple[object, ...]:
    """The cells of a case, in the order of COLUMNS; with the step that waits, or why it came back."""
    if waiting is not None:
        clock = StateValue(StateKind.WARN, f"{waiting.asked_by} 提请")
    elif reason:
        clock = StateValue(StateKind.WARN, "已退回")
    elif line.waiting:
        clock = StateValue(StateKind.PAUSE, "待审批")
    elif line.clock is None:
        clock = StateValue(StateKind.ENDED if line.closed else StateKind.NEUTRAL, "—")
    else:
        clock = StateValue(_CLOCKS[line.clock.state], line.clock.text)
    note = waiting.step if waiting else f"理由：{reason}" if reason else line.clock_title
    return (
        clock,
        line.number,
        Noted(line.title, note),
        line.respondents,
        StateValue(line.state.kind, line.state.title),
        line.opened,
        line.due,
        f"{line.acting}（代{line.handler}）" if line.acting else line.handler,
    )
