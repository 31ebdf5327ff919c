"""进展: who is missing, per district, body and step; what needs doing; why some do not take part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from suite.kernel.assessment.boards import Board
from suite.kernel.assessment.choosing import Mark
from suite.kernel.assessment.cockpit import Cockpit, Place
from suite.kernel.assessment.standing import RUNNING, STANDINGS
from suite.kernel.assessment.windows import StepWindow, late_of
from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.line_list import Line, LineList
from suite.ui.kit.panes import Bar, Frame, Pane, scrolled
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height, TextSize, Width
from suite.ui.pages.assessment.step_bars import StepBars, parts_of
from suite.ui.pages.assessment.wording import unit_of

DISTRICT, BODY = "district", "body"
RESTING, TAKING, DONE = "resting", "taking", "done"
#: What a cell shows where nobody is behind it: nothing to open.
NOBODY = ""
NO_DAYS = "方案没有规定各环节的期限。"


class CockpitView(QWidget):
    """`rows_wanted` carries the filter behind a number, `follow_wanted` that files are to follow."""

    rows_wanted = Signal(dict)
    follow_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: Cockpit | None = None
        self._days: Mapping[str, StepWindow] = {}
        self._dimension = DISTRICT
        self._fields: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(S12, S8, S12, S12)
        column.setSpacing(S8)
        bars = Frame("pane")
        inner = QVBoxLayout(bars)
        inner.setContentsMargins(0, S8, 0, 0)
        self.steps = StepBars()
        self.steps.opened.connect(lambda step: self.rows_wanted.emit({"step": [step]}))
        inner.addWidget(self.steps)
        column.addWidget(bars)
        middle = QHBoxLayout()
        middle.setSpacing(S8)
        self._pane = Pane("各地各机构")
        self.dimensions = LineTabs(base_height=Height.VIEW_ROW, size=TextSize.BODY, name="按什么看")
        self.dimensions.current_changed.connect(self._turn)
        self._pane.head.addWidget(self.dimensions)
        self.source = ListSource()
        self.table: TableView | None = None
        #: The keyboard was to go to the table before there was one.
        self._awaits_table = False
        middle.addWidget(self._pane, 1)
        middle.addWidget(self._side())
        column.addLayout(middle, 1)
        foot = Bar("window", Height.CONTROL)
        foot.row.setContentsMargins(0, 0, 0, 0)
        words = "点数字或按 Enter 打开对应的名单"
        foot.row.addWidget(label(words, tone="text2", size=TextSize.CAPTION))
        column.addWidget(foot)

    def _side(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S8)
        names = ("需要处理", "环节期限", "例外", "等次")
        self.todo, self.windows, self.resting, self.grades = (LineList(name) for name in names)
        for lines in (self.todo, self.windows, self.resting, self.grades):
            lines.opened.connect(self._open)
        self._todo_note = label("没有需要处理的事项。", tone="text2", wrap=True)
        self._windows_note = label(NO_DAYS, tone="text2", wrap=True)
        self._resting_note = label("没有例外，全部参加。", tone="text2", wrap=True)
        self._grades_note = label("还没有评定。", tone="text2", wrap=True)
        for title, note, lines in (
            ("需要处理", self._todo_note, self.todo),
            ("各环节的期限", self._windows_note, self.windows),
            ("不参加、不评定等次、暂缓", self._resting_note, self.resting),
            ("等次和名额", self._grades_note, self.grades),
        ):
            pane = Pane(title)
            note.setContentsMargins(S12, S8, S12, S8)
            pane.body.addWidget(note)
            pane.body.addWidget(lines)
            pane.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            column.addWidget(pane)
        column.addStretch()
        area = scrolled(inner)
        area.setFixedWidth(theme().pixels(Width.BOARD_DOCK))
        return area

    def show_cockpit(
        self, found: Cockpit, board: Board, unit: str, windows: Mapping[str, StepWindow], today: dt.date
    ) -> None:
        """Show how far a season has come."""
        self.found, self._days = found, windows if found.campaign.state == RUNNING else {}
        self.steps.show_parts(parts_of(found.scheme, found))
        offered = [Tab(key=DISTRICT, title="按区县")]
        if found.bodies:
            offered.append(Tab(key=BODY, title="按机构", count=len(found.bodies)))
        if self._dimension not in {tab.key for tab in offered}:
            self._dimension = DISTRICT
        self.dimensions.set_tabs(offered, self._dimension)
        self.dimensions.setFixedWidth(self.dimensions.sizeHint().width() + S8)
        self._show_places(unit)
        self._show_side(found, board, today)
        self._show_windows(found, today)

    def _turn(self, key: object) -> None:
        self._dimension = str(key)
        self._show_places(unit_of(self.found) if self.found is not None else "")

    def _show_places(self, unit: str) -> None:
        found = self.found
        if found is None:
            return
        by_body = self._dimension == BODY
        steps = [(step.key, f"待{step.title}") for step in found.scheme.steps]
        self._fields = ["name", TAKING, *(key for key, _ in steps), DONE, RESTING]
        columns = [
            Column(key="name", title="机构" if by_body else "区县", width=220, stretch=True, least=120)
        ]
        columns += [
            Column(
                key=key,
                title=title,
                kind=ColumnKind.LINK,
                width=max(76, 14 * len(title) + 20),
                align=Align.RIGHT,
            )
            for key, title in (
                (TAKING, f"应参加（{unit}）"),
                *steps,
                (DONE, "已办完"),
                (RESTING, "不参加、暂缓"),
            )
        ]
        places = found.bodies if by_body else found.districts
        self.source.set_rows([self._row(place) for place in places], [place.key for place in places])
        if self.table is None or self.table.rows.columns != tuple(columns):
            self._make_table(columns)
        if self.table is not None and places:
            self.table.select_row(0)
        if self._awaits_table:
            self.focus_start()

    def _make_table(self, columns: list[Column]) -> None:
        former = self.table
        self.table = TableView(RowTableModel(columns, self.source, self))
        self.table.setAccessibleName("各地各机构进展")
        self.table.link_clicked.connect(lambda _row, key, column: self._open_cell(key, column))
        self.table.row_opened.connect(lambda _row, key: self._open_cell(key, self._column()))
        self._pane.body.addWidget(self.table, 1)
        if former is not None:
            self._awaits_table = self._awaits_table or former.hasFocus()
            self._pane.body.removeWidget(former)
            former.hide()
            former.deleteLater()

    def _column(self) -> str:
        return self._fields[max(self.table.currentIndex().column(), 0)] if self.table is not None else ""

    def _row(self, place: Place) -> tuple[object, ...]:
        scheme = self.found.scheme if self.found is not None else None
        steps = [step.key for step in scheme.steps] if scheme is not None else []
        numbers = [place.taking_part, *(place.waiting.get(key, 0) for key in (*steps, "")), place.resting]
        title = place.title or ("暂无机构" if self._dimension == BODY else "未写明区县")
        return title, *(f"{number:,}" if number else NOBODY for number in numbers)

    def _open_cell(self, key: object, column: str) -> None:
        wanted: dict[str, object] = {self._dimension: [key]}
        if column == DONE:
            wanted["step"] = [""]
        elif column == RESTING:
            wanted["standing"] = [name for name in STANDINGS if name in ("outside", "deferred")]
        elif column == TAKING:
            wanted["standing"] = [name for name in STANDINGS if name in ("in", "ungraded")]
        elif column != "name":
            wanted["step"] = [column]
        self.rows_wanted.emit(wanted)

    def _show_windows(self, found: Cockpit, today: dt.date) -> None:
        """The days of each step of a season that runs, and what is left of them."""
        self.windows.set_lines(
            [
                Line(
                    title=step.title,
                    note=f"截至 {self._days[step.key].last}",
                    remark=self._days[step.key].words(today),
                    value={"step": [step.key]},
                    icon="calendar",
                )
                for step in found.scheme.steps
                if step.key in self._days
            ]
        )
        self._windows_note.setVisible(not self._days)
        over = found.campaign.state != RUNNING
        self._windows_note.setText("结果已经公示。" if over else NO_DAYS)

    def _show_side(self, found: Cockpit, board: Board, today: dt.date) -> None:
        asking = sum(1 for line in board.lines if line.asking)
        todo = [
            (found.moved, "已变更机构，材料待转移", "转移…", "follow"),
            (found.gone, "已不在册，待变更参加情况", "查看", {"mark": [Mark.GONE]}),
            (asking, "两人评分相差过大，须第三人评分", "查看", {"mark": [Mark.ASKING]}),
            (found.disputed, "异议没有答复", "查看", {"mark": [Mark.DISPUTED]}),
            *(
                (
                    number,
                    f"{found.scheme.by_step[key].title}未办，{self._days[key].words(today)}",
                    "查看",
                    {"step": [key]},
                )
                for key, number in late_of(found.waiting, self._days, today).items()
            ),
        ]
        lines = [
            Line(title=f"{number:,}　{words}", remark=act, value=value, icon="warning")
            for number, words, act, value in todo
            if number
        ]
        self.todo.set_lines(lines)
        self._todo_note.setVisible(not lines)
        self.resting.set_lines(
            [
                Line(
                    title=f"{STANDINGS[line.standing]}　{line.number:,}",
                    note=line.text,
                    value={"standing": [line.standing], "rule": [line.rule]},
                    icon="person",
                )
                for line in found.resting
            ]
        )
        self._resting_note.setVisible(not found.resting)
        grades = [
            Line(
                title=grade.title,
                remark=f"{found.grades[grade.key]:,}",
                value={"grade": [grade.key]},
                icon="assess",
            )
            for grade in found.scheme.grades
            if found.grades.get(grade.key)
        ]
        titles = {grade.key: grade.title for grade in found.scheme.grades}
        grades += [
            Line(
                title=f"{titles[quota.grade]}名额　{board.groups.get(quota.group or '', '')}",
                note="名额已满" if quota.given >= quota.most else "建议超出名额" if quota.binds else "",
                remark=f"已评 {quota.given} / {quota.most}",
                value={"group": [quota.group], "grade": [quota.grade]},
                icon="assess",
            )
            for quota in found.quotas
        ]
        self.grades.set_lines(grades)
        self._grades_note.setVisible(not grades)

    def _open(self, value: object) -> None:
        if value == "follow":
            self.follow_wanted.emit()
        elif isinstance(value, dict):
            self.rows_wanted.emit(value)

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self._awaits_table = self.table is None
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def stations(self) -> tuple[QWidget, ...]:
        """What F6 goes round."""
        table = (self.table,) if self.table is not None else ()
        return self.steps, self.dimensions, *table, self.todo, self.windows, self.resting, self.grades
