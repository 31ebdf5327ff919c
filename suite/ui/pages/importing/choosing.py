"""The first step: which roster, which file, and what was imported lately."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from suite.contract.declarations import RecordKind
from suite.contract.states import StateKind
from suite.kernel.exchange.bounds import DEFAULT_LIMITS
from suite.kernel.exchange.stock.sheet import CaseSheet, importable_kinds
from suite.kernel.ledgers.sheet import LedgerSheet
from suite.ui.desk import Desk
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.columns import Column
from suite.ui.kit.field_row import MessageLine
from suite.ui.kit.file_dialogs import WORKBOOK, opening_path, saving_path
from suite.ui.kit.panes import Frame, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S8, S12, S16, TextSize
from suite.ui.pages.importing.runs import RunsPane
from suite.ui.pages.roster.head import section_title

FILTER = "工作簿与文本 (*.xlsx *.xlsm *.xls *.et *.csv *.txt *.htm *.html)"

_KINDS = (
    Column(key="profession", title="条线", width=76),
    Column(key="kind", title="名册或台账", width=150, stretch=True, least=120),
)


class Choosing(QWidget):
    """`file_chosen` carries a path; `template_wanted` a path to write to."""

    kind_changed = Signal(object)  # RecordKind
    file_chosen = Signal(object)  # Path
    template_wanted = Signal(object)  # Path

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = desk.suite.catalog
        self.kinds = importable_kinds(desk.actor, self._catalog)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(S12, S8, S12, S12)
        outer.setSpacing(S8)
        outer.addWidget(self._kinds_pane())
        right = QVBoxLayout()
        right.setSpacing(S8)
        right.addWidget(self._file_pane())
        self.runs = RunsPane(desk)
        right.addWidget(self.runs, 1)
        outer.addLayout(right, 1)
        self.kind_table.row_settled.connect(lambda _row, _key: self._tell_kind())
        self.kind_table.row_opened.connect(lambda _row, _key: self.choose_file())
        if self.kinds:
            self.kind_table.select_row(0)
        self._tell_kind()

    def _kinds_pane(self) -> Pane:
        pane = Pane("一、选择名册或台账")
        rows, former = [], ""
        for kind in self.kinds:
            section = section_title(kind.owner, self._catalog) if kind.owner != former else " "
            rows.append(
                (section, kind.list_title if isinstance(kind, CaseSheet | LedgerSheet) else kind.title)
            )
            former = kind.owner
        self._kind_source = ListSource(rows, [kind.key for kind in self.kinds])
        self.kind_table = TableView(RowTableModel(_KINDS, self._kind_source))
        self.kind_table.setAccessibleName("要导入的名册或台账")
        pane.body.addWidget(self.kind_table)
        self._kinds_frame = pane
        self._restyle()
        theme().changed.connect(self._restyle)
        return pane

    def _restyle(self) -> None:
        self._kinds_frame.setFixedWidth(theme().pixels(290))

    def _file_pane(self) -> Pane:
        pane = Pane("二、选择文件")
        zone = Frame("surface")
        column = QVBoxLayout(zone)
        column.setContentsMargins(S16, S16, S16, S16)
        column.setSpacing(S8)
        first = QHBoxLayout()
        first.setSpacing(S12)
        self.choose = Button("选择文件", icon_name="folder", look=Look.PRIMARY)
        self.template = Button("下载模板", icon_name="table")
        first.addWidget(self.choose)
        first.addWidget(self.template)
        self.what = label("", tone="text2")
        first.addWidget(self.what)
        first.addStretch()
        column.addLayout(first)
        column.addWidget(
            label(
                "也可把文件拖到本页。支持 .xlsx、.xlsm、.xls、.et、.csv、.txt，按内容识别，"
                f"最大 {DEFAULT_LIMITS.file_bytes // 1_048_576} MB。",
                tone="text2",
                wrap=True,
            )
        )
        column.addWidget(
            label(
                "选定后先核对、不写入：表头、标题行、合计行自动识别；问题逐格列出，改正或跳过后再导入。",
                tone="text2",
                size=TextSize.CAPTION,
                wrap=True,
            )
        )
        self.message = MessageLine()
        column.addWidget(self.message)
        kept = QHBoxLayout()
        kept.setSpacing(S12)
        self.kept_words = label("", wrap=True)
        self.resume = Button("继续核对")
        kept.addWidget(self.resume)
        kept.addWidget(self.kept_words, 1)
        column.addLayout(kept)
        self.show_kept("")
        pane.body.addWidget(zone)
        self.choose.clicked.connect(self.choose_file)
        self.template.clicked.connect(self.choose_template)
        return pane

    # Kinds.

    @property
    def kind(self) -> RecordKind | None:
        """The chosen kind."""
        row = self.kind_table.current_row
        return self.kinds[row] if 0 <= row < len(self.kinds) else None

    def set_kind(self, key: str) -> None:
        """Choose a kind by its key; nothing where the actor may not import it."""
        row = next((n for n, kind in enumerate(self.kinds) if kind.key == key), None)
        if row is not None:
            self.kind_table.select_row(row)
            self._tell_kind()

    def _tell_kind(self) -> None:
        kind = self.kind
        if kind is None:
            self.choose.refuse("请先选择名册或台账")
            self.template.refuse("请先选择名册或台账")
            return
        self.choose.allow()
        self.template.allow()
        self.what.setText(f"导入到“{kind.list_title}”")
        self.kind_changed.emit(kind)

    # Files.

    def choose_file(self) -> None:
        """Ask for a file with the system's dialog."""
        if self.kind is None:
            return
        path = opening_path(self, f"选择要导入的{self.kind.list_title}", FILTER)
        if path is not None:
            self.file_chosen.emit(path)

    def choose_template(self) -> None:
        """Ask where the template goes."""
        if self.kind is None:
            return
        name = f"{self.kind.list_title}模板.xlsx"
        path = saving_path(self, "保存模板", name, WORKBOOK)
        if path is not None:
            self.template_wanted.emit(path)

    def tell(self, kind: StateKind | None, text: str) -> None:
        """Say beside the buttons what became of the file."""
        self.message.tell(kind, text)

    def show_kept(self, words: str) -> None:
        """Offer to go on with what was left unfinished; empty takes the offer away."""
        self.kept_words.setText(words)
        self.kept_words.setVisible(bool(words))
        self.resume.setVisible(bool(words))

    def focus_first(self) -> None:
        """The keyboard begins at the kinds."""
        self.kind_table.setFocus(Qt.FocusReason.OtherFocusReason)
