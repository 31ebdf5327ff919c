"""The second and third step: columns and rows of a file side by side, the chosen row below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.kernel.exchange.previewed import HELD, ColumnSource
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.field_row import MessageLine
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame, Pane
from suite.ui.kit.rows import RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S12, Height, TextSize
from suite.ui.pages.importing.basis import Basis, basis_lines
from suite.ui.pages.importing.cells import PreviewSource, error_of, preview_columns, warning_of
from suite.ui.pages.importing.detail import DetailPane
from suite.ui.pages.importing.job import ImportJob
from suite.ui.pages.importing.learning import LearningBar
from suite.ui.pages.importing.loaded import ALL, DOUBTFUL, TAB_TITLES, Loaded
from suite.ui.pages.importing.mapping import MappingTable, lines_of, proposed, unclear

#: Below this width, in pixels at 100 %, the rows take all of it and the mapping is opened when wanted.
NARROW = 1000
_EMPTY = {
    ALL: "表头之下没有数据行。请核对文件是否选对。",
    HELD: "没有问题行，全部可以导入。",
    DOUBTFUL: "没有需要留意的行。",
    "new": "没有新增的行。",
    "changed": "没有变更的行。",
    "same": "没有与名册一致的行。",
}


class ColumnsStep(QWidget):
    """核对列: every column with sample values and its field, over the whole width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(S12, S8, S12, S12)
        outer.setSpacing(S8)
        self.pane = Pane("列对应")
        self.count = label("", tone="text2", size=TextSize.CAPTION)
        self.pane.head.insertWidget(1, self.count)
        self.pane.head.addWidget(label("回车选择字段", tone="text2", size=TextSize.CAPTION))
        told = Frame("surface")
        line = QVBoxLayout(told)
        line.setContentsMargins(S12, S4, S12, S4)
        self.message = MessageLine()
        line.addWidget(self.message)
        self._told = told
        self.pane.body.addWidget(told)
        self.table = MappingTable(with_samples=True)
        self.pane.body.addWidget(self.table, 1)
        outer.addWidget(self.pane, 1)

    def show_loaded(self, loaded: Loaded, columns: dict[tuple[str, int], str | None]) -> None:
        """Show the mapping and what is missing."""
        self.table.show_columns(loaded, columns)
        self.count.setText(columns_words(loaded, columns))
        open_columns, near = unclear(loaded, columns), proposed(loaded)
        if loaded.missing:
            self.message.tell(StateKind.BAD, f"{loaded.missing}如列名不同，可在下表指定字段。")
        elif open_columns or near:
            told = [f"有 {open_columns} 列没有认出，不会导入。"] if open_columns else []
            told += [f"有 {near} 列拟照上次相近的表读取，请核对。"] if near else []
            self.message.tell(StateKind.WARN, f"{''.join(told)}可指定字段，或照此继续。")
        else:
            self.message.tell(None, "")
        self._told.setVisible(bool(loaded.missing or open_columns or near))


def columns_words(loaded: Loaded, columns: dict[tuple[str, int], str | None]) -> str:
    """How many columns there are and how many found their field by themselves."""
    lines = lines_of(loaded)
    found = [x.column for x in lines if x.column.field and not x.column.duplicate and x.key not in columns]
    learned = sum(1 for column in found if column.source is ColumnSource.LEARNED)
    near = sum(1 for column in found if column.source is ColumnSource.PROPOSED)
    words = [f"{len(lines)} 列", f"{learned} 列已学习" if learned else ""]
    words.append(f"{near} 列拟照上次" if near else "")
    own = len(found) - learned - near
    words.append(f"{own} 列自动" if own or not learned else "")
    return "，".join(word for word in words if word)


class RowsStep(QWidget):
    """核对数据: mapping and basis at the left, rows by result at the right, the chosen row below."""

    export_wanted = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, job: ImportJob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._job = desk, job
        self._loaded: Loaded | None = None
        self.table: TableView | None = None
        self._source: PreviewSource | None = None
        self._left_wanted = False
        outer = QHBoxLayout(self)
        outer.setContentsMargins(S12, S8, S12, S12)
        outer.setSpacing(S8)
        self.left = Pane("列对应")
        self.count = label("", tone="text2", size=TextSize.CAPTION)
        self.left.head.insertWidget(1, self.count)
        self.mapping = MappingTable()
        self.left.body.addWidget(self.mapping, 5)
        self.basis = Basis()
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.basis)
        self.left.body.addWidget(area, 2)
        self.learning = LearningBar(job)
        self.left.body.addWidget(self.learning)
        outer.addWidget(self.left)
        outer.addWidget(self._rows_pane(), 1)
        self._restyle()
        theme().changed.connect(self._restyle)

    def _rows_pane(self) -> Pane:
        pane = Pane()
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="按结果")
        bar.row.addWidget(self.tabs, 1)
        self.mask_note = ElidedLabel(
            "证件号、手机按规定掩码，问题单元格除外", tone="text2", size=TextSize.CAPTION
        )
        bar.row.addWidget(self.mask_note)
        self.left_button = Button("列对应", tip="显示或收起列对应、识别依据和记住的对应")
        bar.row.addWidget(self.left_button)
        self.groups_button = Button("同类问题", tip="同一列相同的值一并改正")
        bar.row.addWidget(self.groups_button)
        self.export = Button("导出问题行", icon_name="export")
        bar.row.addWidget(self.export)
        pane.body.addWidget(bar)
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        ground = Frame("surface")
        self._stack = QStackedLayout(ground)
        self._empty = EmptyState("")
        self._stack.addWidget(self._empty)
        self._splitter.addWidget(ground)
        self.detail = DetailPane(self._desk)
        self._splitter.addWidget(self.detail)
        self._splitter.setStretchFactor(0, 1)
        pane.body.addWidget(self._splitter, 1)
        self.tabs.current_changed.connect(self._show_tab)
        self.export.clicked.connect(self.export_wanted)
        self.groups_button.clicked.connect(self.toggle_groups)
        self.left_button.clicked.connect(self.toggle_left)
        self.detail.repair_wanted.connect(self._job.mend)
        self.detail.left.connect(self.focus_rows)
        return pane

    def _restyle(self) -> None:
        self.left.setFixedWidth(theme().pixels(286))
        # Two wrong cells with their repairs are seen at once.
        height = theme().height(Height.ROW_STANDARD) * 6
        self.detail.setMinimumHeight(height)
        self._splitter.setSizes([10_000, height])
        self._arrange()

    def _arrange(self) -> None:
        """The rows are the product: where there is little width they do not share it."""
        narrow = self.width() < theme().pixels(NARROW)
        self.left.setVisible(self._left_wanted or not narrow)
        self.left_button.setVisible(narrow)
        self.left_button.set_look(Look.SET if self._left_wanted else Look.NORMAL)
        sensitive = self._loaded is not None and any(field.sensitive for field in self._loaded.kind.fields)
        self.mask_note.setVisible(sensitive and not narrow)

    def toggle_left(self) -> None:
        """Show the mapping beside the rows though there is little width, or take it away again."""
        self._left_wanted = not self._left_wanted
        self._arrange()

    # What is shown.

    def show_loaded(self, loaded: Loaded) -> None:
        """Show a preview; the place in the table is kept, so that mending goes on with the next row."""
        same_file = self._loaded is not None and self._loaded.read is loaded.read
        former, key = -1, None
        if same_file and self.table is not None:
            former, key = self.table.current_row, self.table.current_key
        tab = str(self.tabs.current or ALL) if same_file else ALL
        self._loaded = loaded
        self.mapping.show_columns(loaded, self._job.columns)
        self.count.setText(columns_words(loaded, self._job.columns))
        self.basis.show_lines(basis_lines(loaded))
        self.learning.show_loaded(loaded)
        self.detail.show_loaded(loaded, self._job.repairs)
        self._arrange()
        self._show_tabs(loaded, tab)
        if not loaded.count(HELD):
            self.export.refuse("没有问题行")
            self.groups_button.refuse("没有问题行")
            self.detail.show_groups(False)
        else:
            self.export.allow()
            self.groups_button.allow()
        self._make_table(loaded)
        self._show_tab(tab)
        if self._source is not None and self.table is not None and former >= 0:
            same = self._source.find(key)
            last = self._source.row_count() - 1
            if last >= 0:
                self.table.select_row(same if same is not None else min(former, last))
                self._row_settled(self.table.current_row)

    def _show_tabs(self, loaded: Loaded, current: str) -> None:
        self.tabs.set_tabs(
            [
                Tab(
                    key=key, title=title, count=loaded.count(key), alarm=key == HELD and loaded.count(key) > 0
                )
                for key, title in TAB_TITLES.items()
                # Most files have none, and the head has little room.
                if key != DOUBTFUL or loaded.count(key) or current == key
            ],
            current,
        )
        # The counts of all results stay in sight; the remark about masking gives way.
        self.tabs.setMinimumWidth(self.tabs.sizeHint().width())

    def _make_table(self, loaded: Loaded) -> None:
        old = self.table
        focused = old is not None and old.hasFocus()
        self._source = PreviewSource(loaded, self._desk.suite.catalog, self)
        model = RowTableModel(preview_columns(loaded, self._desk.suite.catalog), self._source, self)
        if old is not None and old.rows.columns == model.columns:
            former = old.rows.source
            old.rows.set_source(self._source)
            if isinstance(former, PreviewSource):
                former.deleteLater()
            model.deleteLater()
        else:
            self.table = TableView(model)
            self.table.setAccessibleName("文件中的行")
            self.table.row_settled.connect(lambda row, _key: self._row_settled(row))
            self.table.row_opened.connect(lambda _row, _key: self.detail.focus_first())
            self.table.edit_wanted.connect(lambda row, _key, column: self._mend(row, column))
            self._stack.addWidget(self.table)
            if old is not None:
                self._stack.removeWidget(old)
                old.rows.deleteLater()
                old.deleteLater()
        if focused:
            self.focus_rows()
        self._fit()

    def _show_tab(self, tab: object) -> None:
        if self._source is None or self.table is None:
            return
        self._source.show(str(tab))
        rows = self._source.row_count()
        self._empty.set_sentence(_EMPTY[str(tab)])
        self._stack.setCurrentWidget(self.table if rows else self._empty)
        self._fit()
        if rows:
            self.table.select_row(0)
            self._row_settled(0)
        else:
            self.detail.show_row(None)

    def _row_settled(self, number: int) -> None:
        row = self._source.row(number) if self._source is not None else None
        self.detail.show_row(row)
        if row is not None and self.table is not None:
            # What is wrong with the row, or new, may stand right of what the window shows.
            keys = self._source_fields()
            told = next(
                (key for wrong in (error_of, warning_of) for key in keys if wrong(row, key)),
                next(iter(row.changes), None),
            )
            if told is not None:
                self.table.show_column(told)

    def _source_fields(self) -> list[str]:
        """The fields that have a column, from the left."""
        return [column.key for column in self.table.rows.columns] if self.table is not None else []

    def _mend(self, number: int, column: str) -> None:
        row = self._source.row(number) if self._source is not None else None
        if row is not None:
            self._row_settled(number)
            self.detail.mend_cell(row, column)

    def toggle_groups(self) -> None:
        """Like problems together, or the chosen row."""
        shown = not self.detail.shows_groups
        self.detail.show_groups(shown)
        self.groups_button.set_look(Look.SET if shown else Look.NORMAL)
        self.detail.focus_first()

    def set_stale(self, stale: bool) -> None:
        """Grey the rows while they are being checked anew."""
        if self.table is not None:
            self.table.set_stale(stale)

    def focus_rows(self) -> None:
        """The keyboard goes to the rows."""
        if self.table is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Widths: what is spare is shared out among the fields, and nothing is squeezed.

    def _fit(self) -> None:
        if self.table is None or not self.table.isVisible():
            return
        header, columns = self.table.header, self.table.rows.columns
        declared = [theme().pixels(column.width) for column in columns]
        fields = [number for number, column in enumerate(columns) if not column.key.startswith("@")]
        spare = max(self.table.viewport().width() - sum(declared), 0)
        for place, number in enumerate(fields):
            share = spare // len(fields) + (1 if place < spare % len(fields) else 0)
            header.resizeSection(number, declared[number] + share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._fit()
