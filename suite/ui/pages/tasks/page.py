"""待办事项: tasks about records that one keeps, settled with what was done (处罚影响)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from suite.kernel.casework.penalties.tasks import TASK, SettleTask, TaskLine, task_lines
from suite.ui.desk import Desk
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.fields import FieldKind, FieldSpec
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.tokens import S8, S12, Height, TextSize
from suite.ui.pages.rights.pane import Act, ActPane

OPEN, SETTLED = "open", "settled"
COLUMNS = (
    Column(key="raised_on", title="日期", kind=ColumnKind.DATE, width=100),
    Column(key="kind", title="档案种类", width=110),
    Column(key="name", title="姓名或名称", width=150),
    Column(key="title", title="事项", width=220),
    Column(key="document", title="文书", width=190),
    Column(key="text", title="内容", width=300, stretch=True),
)


class TasksPane(ActPane):
    """The open ones, the oldest first; double-click opens the record."""

    NAME = "待办事项"
    EMPTY = "没有待办事项。其他科室处罚的当事人在您这里另有身份时，会列在这里。"
    FOLLOWS = (TASK,)
    COLUMNS = COLUMNS
    SETTLED = False

    def make_acts(self) -> Sequence[Act]:
        """Settle it."""
        return (
            Act(
                key="settle",
                title="办结",
                command=lambda line, typed: SettleTask(
                    kind=line.kind,
                    task_id=line.id,
                    expected_version=line.version,
                    answer=str(typed["answer"] or ""),
                ),
                fields=lambda _line: (
                    FieldSpec(
                        key="answer",
                        title="处理结果",
                        kind=FieldKind.MULTILINE,
                        required=True,
                        quiet=True,
                        wide=True,
                        placeholder="如：已核查任职条件，暂停选任至期满",
                    ),
                ),
                refusal=lambda line: "没有待办事项" if line is None else "",
            ),
        )

    def read(self, session: Any) -> list[Any]:
        suite = self.desk.suite
        return list(task_lines(session, self.desk.actor, suite.catalog, settled=self.SETTLED))

    def cells(self, line: TaskLine) -> Sequence[object]:
        return line.raised_on, line.kind_title, line.name, line.title, line.document, line.answer or line.text

    def subject(self, line: TaskLine) -> str:
        return f"{line.kind_title} {line.name}"

    def words(self, line: TaskLine) -> str:
        return f"{line.text}　处理结果：{line.answer}" if line.answer else line.text


class SettledPane(TasksPane):
    """Those that are settled, the newest first."""

    NAME = "已办结的事项"
    EMPTY = "还没有办结的事项。"
    SETTLED = True

    def make_acts(self) -> Sequence[Act]:
        """Nothing is done to them any more."""
        return ()


class TasksPage(Page):
    """Both panes behind tabs."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("tasks", "待办事项", "check", parent)
        body = QVBoxLayout()
        body.setContentsMargins(S12, S8, S12, S12)
        self.content.addLayout(body)
        pane = Pane()
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="待办事项")
        bar.row.addWidget(self.tabs, 1)
        pane.body.addWidget(bar)
        self._stack = QStackedWidget()
        pane.body.addWidget(self._stack, 1)
        body.addWidget(pane, 1)
        self.panes: dict[str, TasksPane] = {OPEN: TasksPane(desk), SETTLED: SettledPane(desk)}
        for made in self.panes.values():
            self._stack.addWidget(made)
            made.unsaved_changed.connect(lambda: self.unsaved_changed.emit(self.has_unsaved()))
            made.counted.connect(lambda _count: self._count())
            made.table.row_opened.connect(lambda row, _key, pane=made: self._open_record(pane, row))
        self.tabs.current_changed.connect(lambda key: self._stack.setCurrentWidget(self.panes[str(key)]))
        self.set_hints("Enter 打开档案　F5 刷新　Esc 返回")
        self._count()

    def _count(self) -> None:
        """The tabs with how many there are."""
        front = self.tabs.current or OPEN
        self.tabs.set_tabs(
            [
                Tab(key=key, title=title, count=len(self.panes[key].lines))
                for key, title in ((OPEN, "待办"), (SETTLED, "已办结"))
            ]
        )
        self.tabs.set_current(front)

    def _open_record(self, pane: TasksPane, row: int) -> None:
        if 0 <= row < len(pane.lines):
            line: TaskLine = pane.lines[row]
            self.open_wanted.emit("record", (line.kind, line.subject_id))

    @property
    def front(self) -> TasksPane:
        """The pane in front."""
        return self.panes[str(self.tabs.current or OPEN)]

    def refresh(self) -> None:
        """F5."""
        for pane in self.panes.values():
            pane.refresh()

    def has_unsaved(self) -> bool:
        """True while an answer is typed and not sent."""
        return any(pane.strip is not None and pane.strip.is_dirty for pane in self.panes.values())

    def discard(self) -> None:
        """Close the strip."""
        for pane in self.panes.values():
            pane.drop_strip()

    def step_back(self) -> bool:
        """Esc: close the strip."""
        return self.front.drop_strip()

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.front.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        """The tabs, the table."""
        return self.tabs, self.front.table
