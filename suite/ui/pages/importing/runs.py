"""导入记录: the runs of the importer, what each wrote, and taking one back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from suite.bootstrap import SHANGHAI
from suite.contract.commands import Actor
from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.exchange.runs import RunLine, runs
from suite.kernel.registry.trace import user_names
from suite.loader.catalog import Catalog
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.pages.importing.undoing import UndoPanel

_RUNS = (
    Column(key="at", title="时间", width=138),
    Column(key="kind", title="名册", width=148),
    Column(key="file", title="文件", width=180, stretch=True),
    Column(key="new", title="新增", kind=ColumnKind.NUMBER, width=58),
    Column(key="changed", title="变更", kind=ColumnKind.NUMBER, width=58),
    Column(key="same", title="不变", kind=ColumnKind.NUMBER, width=58),
    Column(key="held", title="问题", kind=ColumnKind.NUMBER, width=58),
    Column(key="by", title="经办", width=76),
    Column(key="state", title="撤销", kind=ColumnKind.STATE, width=150),
)


def named_runs(session: ReadSession, actor: Actor, catalog: Catalog, today: dt.date) -> list[RunLine]:
    """The latest runs, with the names of those who did them and took them back."""
    lines = runs(session, actor, catalog, today)
    people = user_names(session, {login for line in lines for login in (line.by, line.undone_by) if login})
    return [
        replace(
            line, by=people.get(line.by, line.by), undone_by=people.get(line.undone_by or "", line.undone_by)
        )
        for line in lines
    ]


def undo_state(run: RunLine, today: dt.date) -> StateValue:
    """Whether a run was taken back, or how long it still can be."""
    if run.undone_at is not None:
        stayed = f"，保留 {run.left:,}" if run.left else ""
        return StateValue(
            StateKind.WARN if run.can_undo(today) else StateKind.ENDED, f"已撤销 {run.undone:,} 行{stayed}"
        )
    days = (run.undo_until - today).days
    if not run.can_undo(today):
        return StateValue(StateKind.NEUTRAL, "已过撤销期限")
    return StateValue(StateKind.OK, f"还可撤销 {days} 日" if days else "可撤销，今天截止")


def undo_refusal(run: RunLine | None, today: dt.date) -> str:
    """Why a run cannot be taken back; empty when it can."""
    if run is None:
        return "请先选择一次导入"
    if run.undone_at is not None and not run.left:
        at = run.undone_at.astimezone(SHANGHAI)
        return f"已由 {run.undone_by} 于 {at:%Y-%m-%d %H:%M} 撤销"
    return "" if run.can_undo(today) else f"可撤销至 {run.undo_until}，已过期限"


class RunsPane(Pane):
    """The latest runs; Enter or 撤销导入 asks whether the chosen one is to be taken back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("导入记录", parent)
        self._desk = desk
        self._lines: Sequence[RunLine] = ()
        self.undo = Button("撤销导入", icon_name="undo")
        self.head.addWidget(self.undo)
        self._source = ListSource()
        self.table = TableView(RowTableModel(_RUNS, self._source))
        self.table.setAccessibleName("导入记录")
        self.none = EmptyState("还没有导入过。选择名册和文件后，核对无误再写入。")
        self.panel = UndoPanel(desk)
        self.body.addWidget(self.panel)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.none)
        self.none.hide()
        self.table.row_settled.connect(lambda _row, _key: self._tell_undo())
        self.table.row_opened.connect(lambda _row, _key: self.ask_undo())
        self.undo.clicked.connect(self.ask_undo)
        self.panel.dropped.connect(self.table.setFocus)
        self._tell_undo()

    @property
    def current(self) -> RunLine | None:
        """The chosen run."""
        row = self.table.current_row
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show_runs(self, runs: Sequence[RunLine]) -> None:
        """Show the latest runs, the last one first."""
        today = self._desk.suite.today
        self._lines = runs
        self._source.set_rows(
            [
                (
                    run.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
                    run.kind_title,
                    run.file_name,
                    run.new,
                    run.changed,
                    run.same,
                    run.held,
                    run.by,
                    undo_state(run, today),
                )
                for run in runs
            ],
            [run.id for run in runs],
        )
        self.table.setVisible(bool(runs))
        self.none.setVisible(not runs)
        self.undo.setVisible(bool(runs))
        self._tell_undo()

    def _tell_undo(self) -> None:
        refusal = undo_refusal(self.current, self._desk.suite.today)
        if refusal:
            self.undo.refuse(refusal)
        else:
            self.undo.allow()

    def ask_undo(self) -> None:
        """Ask whether the chosen run is to be taken back."""
        run = self.current
        if run is not None and not undo_refusal(run, self._desk.suite.today):
            self.panel.ask(run.kind, run.id, run.file_name)
