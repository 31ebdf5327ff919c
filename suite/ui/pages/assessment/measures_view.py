"""结果运用: what the published grades lead to, and what of it is still to be carried out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.assessment.boards import Board, BoardLine
from suite.kernel.assessment.following import DONE, DROPPED, OUTCOMES, MeasureLine, measure_lines
from suite.kernel.assessment.standing import CLOSED
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.panes import Bar
from suite.ui.kit.state import StateValue
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.assessment.further import FurtherView

if TYPE_CHECKING:
    from suite.ui.pages.assessment.page import AssessmentPage

MEASURES = "measures"
COLUMNS = (
    Column(key="name", title="对象", kind=ColumnKind.LINK, width=190),
    Column(key="grade", title="等次", width=72, align=Align.CENTRE),
    Column(key="title", title="措施", width=260, stretch=True, least=160),
    Column(key="article", title="依据", width=220),
    Column(key="due", title="期限", kind=ColumnKind.DATE, width=92),
    Column(key="state", title="状态", kind=ColumnKind.STATE, width=110),
    Column(key="settled", title="办结日期", kind=ColumnKind.DATE, width=92),
    Column(key="note", title="落实情况", width=170),
)
NOTHING = {
    None: "没有待落实的措施。",
    DONE: "还没有登记落实的措施。",
    DROPPED: "没有因更正或复评而不再适用的措施。",
}


class MeasuresView(FurtherView):
    """Keys are those of measures."""

    key, title = MEASURES, "结果运用"
    hints = "Enter 打开档案　F5 刷新"

    def __init__(self, page: AssessmentPage) -> None:
        super().__init__(page)
        self.lines: list[MeasureLine] = []
        self._outcome: str | None = None
        head = Bar("head", Height.BAR)
        self.outcomes = LineTabs(base_height=Height.BAR, size=TextSize.BODY, name="落实情况")
        self.outcomes.current_changed.connect(self._choose)
        head.row.addWidget(self.outcomes, 1)
        self.settle = Button("登记落实…")
        self.settle.clicked.connect(page.after.ask_settle)
        head.row.addWidget(self.settle)
        self.column.addWidget(head)
        self.column.addWidget(self.rows, 1)
        self.rows.settled.connect(lambda _key: self._allow())

    def offered(self, board: Board) -> bool:
        scheme = board.sheet.scheme
        return scheme.absence is not None or (board.campaign.state == CLOSED and bool(scheme.effects))

    def read(self, session: ReadSession, suite: Suite, actor: Actor, campaign_id: int) -> Any:
        return measure_lines(session, actor, suite.catalog, campaign_id=campaign_id, settled=True)

    def show_found(self, found: Any) -> None:
        self.lines = found
        counts = Counter(line.outcome for line in self.lines)
        tabs = [Tab(key=key, title=word, count=counts[key]) for key, word in OUTCOMES.items()]
        self.outcomes.set_tabs(tabs, self._outcome)
        self._list()

    def _choose(self, key: object) -> None:
        self._outcome = key if isinstance(key, str) else None
        self._list()

    def _list(self) -> None:
        shown = [line for line in self.lines if line.outcome == self._outcome]
        rows = [self._row(line) for line in shown]
        self.rows.show_rows(COLUMNS, rows, [line.id for line in shown], NOTHING[self._outcome])
        self._allow()

    def _row(self, line: MeasureLine) -> tuple[object, ...]:
        today = self.page.desk.suite.today
        words = line.words(today)
        if line.outcome is not None:
            kind = StateKind.OK if line.outcome == DONE else StateKind.ENDED
        elif line.until is not None:
            kind = StateKind.ENDED if line.until < today else StateKind.WARN
        else:
            late = line.due is not None and line.due < today
            kind, words = (StateKind.BAD, "逾期") if late else (StateKind.RUN, words)
        return (
            line.name, line.grade, line.title, line.article, line.until or line.due, StateValue(kind, words),
            line.settled_on, line.note,
        )  # fmt: skip

    @property
    def current(self) -> MeasureLine | None:
        """The measure that the keyboard is on."""
        key = self.rows.current
        return next((line for line in self.lines if line.id == key), None)

    def _allow(self) -> None:
        self.settle.set_refusal(self.page.after.settle_refusal())
        self.page.commands_changed.emit()

    def participant(self, key: object) -> BoardLine | None:
        line = next((one for one in self.lines if one.id == key), None)
        return super().participant(line.assessment_id) if line is not None else None
