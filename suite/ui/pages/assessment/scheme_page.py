"""方案与标准: the score sheet of a scheme as a table to be edited, its grades and versions; by workbook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from suite.contract.commands import Done
from suite.database.engine import ReadSession
from suite.kernel.assessment.schemes import Sheet, VersionLine, latest_sheet, versions_of
from suite.kernel.assessment.sheet_rows import COLUMNS, row_of
from suite.kernel.parameters.queries import parameters_on
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.bars import ProgressStrip
from suite.ui.kit.buttons import Button, Look, icon_button
from suite.ui.kit.columns import Align, Column, ProblemValue
from suite.ui.kit.columns import ColumnKind as Kind
from suite.ui.kit.line_list import Line, LineList
from suite.ui.kit.notices import EmptyState, NoticeKind
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Pane, scrolled
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label, set_tone
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, Height, TextSize, Width
from suite.ui.long_work import LongWork
from suite.ui.pages.assessment.further import RowsPane
from suite.ui.pages.assessment.scheme_acts import SchemeActs
from suite.ui.pages.assessment.scheme_rules import COLUMNS as RULE_COLUMNS
from suite.ui.pages.assessment.scheme_rules import rules_of
from suite.ui.strip_place import StripPlace

WIDTHS = {
    "key": 110, "heading": 84, "title": 210, "most": 48, "measure": 76, "full": 68, "part": 72,
    "independent": 68, "sources": 150, "rule": 160, "article": 160,
}  # fmt: skip
RIGHT = ("most", "full", "independent")
TABLE = tuple(
    Column(
        key=key,
        title=title,
        kind=Kind.PROBLEM,
        width=WIDTHS[key],
        align=Align.RIGHT if key in RIGHT else None,
        stretch=key == "rule",
        least=100 if key == "rule" else 0,
        hidden=key in ("key", "article"),
    )
    for key, title in COLUMNS.items()
)


SHEET, RULES = "sheet", "rules"
NO_RULES = "这个方案没有声明规则。"


class Read(NamedTuple):
    """What the page shows."""

    sheet: Sheet
    latest: int
    versions: list[VersionLine]
    parameters: Mapping[str, object]


class SchemePage(Page):
    """What is edited stands here until it is saved as the next version; seasons that run keep theirs."""

    def __init__(self, desk: Desk, scheme: object) -> None:
        super().__init__("scheme", "方案与标准", "assess")
        self.desk = desk
        self.asking = Asking(desk, self)
        self.key_of_scheme = str(scheme)
        self.version: int | None = None
        self.sheet: Sheet | None = None
        self.latest = 1
        self._shown = SHEET
        self.rows: list[dict[str, str]] = []
        self.grades: dict[str, Decimal] = {}
        self.problems: dict[tuple[int, str], str] = {}
        self._lay_out()
        self.desk.changed.connect(self._changed)
        self.set_hints("F2 修改　Ctrl+N 新增评分项　Ctrl+S 保存新版　F5 刷新")
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("top", Height.PROFESSION_TABS)
        self.name = label("", size=TextSize.PANE, bold=True)
        self.about = ElidedLabel("", tone="text2")
        self.progress = ProgressStrip()
        self.work = LongWork(self.desk, self, self.progress)
        top.row.addWidget(self.name)
        top.row.addWidget(self.about, 1)
        top.row.addWidget(self.progress)
        self.export, self.load = Button("导出工作簿…"), Button("导入工作簿…")
        self.save_button = Button("保存新版…", look=Look.PRIMARY)
        refresh = icon_button("refresh", "刷新（F5）")
        for widget in (self.export, self.load, self.save_button, refresh):
            top.row.addWidget(widget)
        self.content.addWidget(top)
        strips = QVBoxLayout()
        self.place = StripPlace(self, strips, self.asking)
        self.acts = SchemeActs(self, self.place)
        self.content.addLayout(strips)
        middle = QHBoxLayout()
        middle.setContentsMargins(S12, S8, S12, S12)
        middle.setSpacing(S8)
        pane = Pane("方案")
        self.views = LineTabs(base_height=Height.VIEW_ROW, size=TextSize.BODY, name="方案的部分")
        self.views.current_changed.connect(lambda key: self._turn(str(key)))
        pane.head.addWidget(self.views)
        self.sum = label("", bold=True)
        pane.head.addWidget(self.sum)
        self.row_acts = [Button(text) for text in ("新增评分项…", "修改…", "上移", "下移", "删除")]
        for button in self.row_acts:
            pane.head.addWidget(button)
        self.source = ListSource()
        self.table = TableView(RowTableModel(TABLE, self.source, self), row_base=Height.ROW_COMPACT)
        self.table.setAccessibleName("评分项")
        pane.body.addWidget(self.table, 1)
        self.rules = RowsPane("规则、环节和结果运用")
        pane.body.addWidget(self.rules, 1)
        self.rules.hide()
        self.empty = EmptyState("正在读取…")
        pane.body.addWidget(self.empty, 1)
        self.table.hide()
        middle.addWidget(pane, 1)
        middle.addWidget(self._side())
        self.content.addLayout(middle, 1)
        self.export.clicked.connect(self.acts.ask_export)
        self.load.clicked.connect(self.acts.ask_load)
        self.save_button.clicked.connect(self.acts.ask_save)
        refresh.clicked.connect(self.refresh)
        acts = (
            self.acts.ask_add,
            self.acts.ask_edit,
            lambda: self.acts.move(-1),
            lambda: self.acts.move(1),
            self.acts.drop,
        )
        for button, act in zip(self.row_acts, acts, strict=True):
            button.clicked.connect(act)
        self.table.row_opened.connect(lambda _row, _key: self.acts.ask_edit())
        self.table.edit_wanted.connect(lambda _row, _key, _column: self.acts.ask_edit())

    def _side(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S8)
        self.grade_lines, self.version_lines = LineList("等次"), LineList("历次版本")
        self.grade_lines.opened.connect(lambda _key: self.acts.ask_grades())
        self.version_lines.opened.connect(self._open_version)
        for title, lines in (("等次和分数线", self.grade_lines), ("历次版本", self.version_lines)):
            pane = Pane(title)
            pane.body.addWidget(lines)
            pane.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            column.addWidget(pane)
        column.addStretch()
        area = scrolled(inner)
        area.setFixedWidth(theme().pixels(Width.DOCK))
        return area

    # Reading.

    def refresh(self) -> None:
        """F5; what is edited and not saved stays."""
        suite, key, version = self.desk.suite, self.key_of_scheme, self.version

        def query(session: ReadSession) -> Read:
            versions = versions_of(session, suite.catalog, key)
            found = latest_sheet(session, suite.catalog, key, version)
            numbers = parameters_on(session, suite.catalog, suite.today)
            return Read(found, versions[0].version, versions, numbers)

        self.asking.read(query, self._came, self._lost)

    def _lost(self, error: Exception) -> None:
        self.table.hide()
        self.empty.show()
        self.empty.set_sentence(sentence_of(error))

    def _came(self, found: Read) -> None:
        dirty = self.has_unsaved()
        self.sheet, self.latest = found.sheet, found.latest
        title = found.sheet.scheme.title
        self.set_title(f"方案与标准 · {title}")
        self.name.setText(title)
        old = "" if found.sheet.version == self.latest else "（旧版，只供查看）"
        self.about.setText(f"第 {found.sheet.version} 版{old}　{found.sheet.note}")
        if not dirty:
            self.rows = [row_of(item) for item in found.sheet.criteria]
            self.grades = {
                grade.key: grade.at_least for grade in found.sheet.grades if grade.at_least is not None
            }
            self.problems = {}
        declared = rules_of(found.sheet.scheme, found.parameters)
        self.rules.show_rows(RULE_COLUMNS, declared, range(len(declared)), NO_RULES)
        tabs = (
            [Tab(key=SHEET, title="评分表", count=len(found.sheet.criteria))] if found.sheet.criteria else []
        )
        self.views.set_tabs([*tabs, Tab(key=RULES, title="规则、环节和结果运用")], self._part(found.sheet))
        self.views.setFixedWidth(self.views.sizeHint().width() + S8)
        self.version_lines.set_lines(
            [
                Line(
                    title=f"第 {line.version} 版",
                    note="、".join(line.seasons) or "尚未使用",
                    remark=line.note[:14],
                    value=line.version,
                    icon="history",
                )
                for line in found.versions
            ]
        )
        self.show_rows()

    def _part(self, sheet: Sheet) -> str:
        """Which part is in front: the sheet where there is one and nothing else was asked for."""
        return self._shown if sheet.criteria else RULES

    def _turn(self, part: str) -> None:
        """Show the sheet, or what the scheme declares beside it: that is read only."""
        sheet = self.sheet
        if sheet is None:
            return
        if sheet.criteria:
            self._shown = part
        on_sheet = self._part(sheet) == SHEET
        self.views.set_current(self._part(sheet))
        self.empty.setVisible(on_sheet and not self.rows)
        self.empty.set_sentence("评分表里没有评分项了。可新增评分项，或导入工作簿。")
        self.table.setVisible(on_sheet and bool(self.rows))
        self.rules.setVisible(not on_sheet)
        for widget in (self.sum, *self.row_acts):
            widget.setVisible(on_sheet)

    def _open_version(self, version: object) -> None:
        if isinstance(version, int) and not self.has_unsaved():
            self.version = None if version == self.latest else version
            self.refresh()

    def show_rows(self, row: int | None = None) -> None:
        """Show what is edited, its sum, and what is wrong with it."""
        sheet = self.sheet
        if sheet is None:
            return
        place = max(self.table.current_row, 0) if row is None else row
        self.source.set_rows(
            [
                [ProblemValue(line[key], self.problems.get((at, key), "")) for key in COLUMNS]
                for at, line in enumerate(self.rows)
            ]
        )
        self._turn(self._part(sheet))
        if self.rows:
            self.table.select_row(min(place, len(self.rows) - 1))
        total = self.acts.total()
        self.sum.setText(f"合计 {total.normalize():f} / 100 分" if self.rows else "")
        set_tone(self.sum, "text1" if total == 100 else "bad")
        self.grade_lines.set_lines(
            [
                Line(
                    title=grade.title,
                    remark=f"{self.grades[grade.key].normalize():f} 分起" if grade.key in self.grades else "",
                    note="有名额" if grade.quota else "",
                    value=grade.key,
                    icon="assess",
                )
                for grade in sheet.grades
            ]
        )
        refusal = self.edit_refusal()
        for button in (*self.row_acts, self.load):
            button.set_refusal(refusal)
        self.export.set_refusal("" if self.rows else "没有评分表可以导出")
        self.save_button.set_refusal(refusal or ("" if self.has_unsaved() else "还没有修改"))
        self.unsaved_changed.emit(self.has_unsaved())
        self.commands_changed.emit()

    def edit_refusal(self) -> str:
        """Why the sheet cannot be edited now; empty where it can."""
        if self.sheet is None:
            return "正在读取"
        if not self.desk.actor.may(f"{self.sheet.scheme.owner}:assessment:run"):
            return "您没有组织考核评估的权限，只能查看"
        if self.sheet.version != self.latest:
            return "这是旧版，请在最新一版上修改"
        return "" if self.sheet.criteria else "这个方案没有评分表"

    def tell(self, kind: NoticeKind, text: str) -> None:
        """Say something above the page."""
        self.work.tell(kind, text)

    # What is unsaved.

    def has_unsaved(self) -> bool:
        if self.sheet is None:
            return False
        points = {grade.key: grade.at_least for grade in self.sheet.grades if grade.at_least is not None}
        return self.rows != [row_of(item) for item in self.sheet.criteria] or self.grades != points

    def save_then_close(self) -> None:
        self.acts.ask_save()

    def discard(self) -> None:
        if self.sheet is not None:
            self.rows = [row_of(item) for item in self.sheet.criteria]
            self.grades = {
                grade.key: grade.at_least for grade in self.sheet.grades if grade.at_least is not None
            }
            self.problems = {}
            self.show_rows()

    def saved(self, done: Done) -> None:
        """The next version stands."""
        self.version, self.sheet = None, None
        self.tell(NoticeKind.OK, f"{done.text}。")
        self.refresh()

    def load_from(self, path: Path) -> None:
        """Put the rows of a workbook in place of those here; saved by 保存新版."""
        self.acts.load_from(path)

    # What the window asks.

    def _changed(self, done: Done) -> None:
        if self.isVisible() and any(change.kind == self.key_of_scheme for change in done.changes):
            self.refresh()

    def step_back(self) -> bool:
        """Esc: close the strip."""
        return self.place.close()

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        if self.rules.isVisible():
            self.rules.focus_start()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.views, self.table, self.rules, self.grade_lines, self.version_lines

    def commands(self) -> tuple[PageCommand, ...]:
        refusal = self.edit_refusal()
        unsaved = refusal or ("" if self.has_unsaved() else "还没有修改")
        return (
            PageCommand(menu="file", text="保存新版", run=self.acts.ask_save, key="Ctrl+S", refusal=unsaved),
            PageCommand(menu="file", text="导出评分表", run=self.acts.ask_export, key="Ctrl+E"),
            PageCommand(menu="file", text="导入评分表", run=self.acts.ask_load, refusal=refusal),
            PageCommand(menu="edit", text="新增评分项", run=self.acts.ask_add, key="Ctrl+N", refusal=refusal),
            PageCommand(menu="edit", text="删除评分项", run=self.acts.drop, refusal=refusal),
        )
