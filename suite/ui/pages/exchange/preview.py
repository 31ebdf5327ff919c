"""A roster of another database as a diff: nothing is written before 接收."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from suite.contract.states import StateKind
from suite.kernel.exchange.previewed import CHANGED, HELD, NEW, SAME
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateGlyph
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.exchange.incoming import COLUMNS, ORDER, OURS, TITLES, Incoming, signature_of

NONE = {
    CHANGED: "没有变更的行。",
    NEW: "没有新增的行。",
    HELD: "没有未采纳的行，全部可以接收。",
    OURS: "没有只由本单位改动过的内容。",
    SAME: "没有无变化的行。",
}
#: The tables whose rows a person may leave out.
WRITTEN = (CHANGED, NEW)


class IncomingPane(Pane):
    """`take`, `leave` and `leave_row` are its buttons; `open_wanted` carries a subject's id."""

    open_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("接收报送", parent)
        self.incoming: Incoming | None = None
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.head.insertWidget(1, self.note, 1)
        self._glyph = StateGlyph(StateKind.OK)
        self.signature = label("", size=TextSize.CAPTION)
        self.head.addWidget(self._glyph)
        self.head.addWidget(self.signature)
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="按结果")
        bar.row.addWidget(self.tabs, 1)
        self.body.addWidget(bar)
        self._stack = QStackedWidget()
        self.empty = EmptyState("")
        self._stack.addWidget(self.empty)
        self._sources = {key: ListSource() for key in ORDER}
        self.tables = {key: TableView(RowTableModel(COLUMNS[key], self._sources[key], self)) for key in ORDER}
        for key, table in self.tables.items():
            table.setAccessibleName(f"{TITLES[key]}的行")
            table.row_opened.connect(self._open)
            table.row_settled.connect(lambda _row, _key: self._tell_row())
            self._stack.addWidget(table)
        self.body.addWidget(self._stack, 1)
        foot = Bar("foot", Height.BAR)
        self.words = label("", bold=True)
        self.rest = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.leave_row = Button("不接收此行…")
        self.leave = Button("整份不接收")
        self.take = Button("接收", look=Look.PRIMARY)
        foot.row.addWidget(self.words)
        foot.row.addWidget(self.rest, 1)
        foot.row.addWidget(self.leave_row)
        foot.row.addWidget(self.leave)
        foot.row.addWidget(self.take)
        self.body.addWidget(foot)
        self.tabs.current_changed.connect(lambda _key: self._show())

    def show_incoming(self, incoming: Incoming) -> None:
        """Show a packet: who sent it, what it would change, and why some rows cannot be taken."""
        again = self.incoming is not None and self.incoming.read is incoming.read
        self.incoming = incoming
        head, counts, unit = incoming.found.packet.head, incoming.counts, incoming.kind.unit
        self.title.setText(f"“{head.title}”第 {head.number} 次报送")
        self.note.setText(f"{incoming.kind.title}　{head.on_date}　{head.rows:,} 行")
        state = signature_of(incoming.found)
        self._glyph.set_kind(state.kind)
        self.signature.setText(state.word)
        for key in ORDER:
            self._sources[key].set_rows(
                [cells for cells, *_ in incoming.rows[key]],
                [
                    (subject_id, number, place)
                    for place, (_, subject_id, number) in enumerate(incoming.rows[key])
                ],
            )
        self.tabs.set_tabs(
            [
                Tab(key=key, title=TITLES[key], count=counts[key], alarm=key == HELD and counts[key] > 0)
                for key in ORDER
            ],
            current=self.tabs.current if again else next((key for key in ORDER if counts[key]), CHANGED),
        )
        parts = [
            f"{word} {counts[key]:,} {unit}"
            for key, word in ((NEW, "新增"), (CHANGED, "变更"))
            if counts[key]
        ]
        self.words.setText(f"将{'、'.join(parts)}" if parts else "没有需要写入的内容")
        told = (
            f"{counts[HELD]:,} 行未采纳，原因写入回执" if counts[HELD] else "",
            f"{counts[OURS]:,} 行有本单位改动过的内容，保留不变" if counts[OURS] else "",
        )
        self.rest.setText("；".join(text for text in told if text))
        self.take.setText(f"接收 {incoming.writes:,} 行" if parts else "登记接收")
        self.take.setAccessibleName(self.take.text())
        self._show()
        self.focus_rows()

    def _show(self) -> None:
        if self.incoming is None:
            return
        key = str(self.tabs.current)
        table = self.tables[key]
        if self._sources[key].row_count():
            self._stack.setCurrentWidget(table)
            table.select_row(min(max(table.current_row, 0), self._sources[key].row_count() - 1))
        else:
            self.empty.set_sentence(NONE[key])
            self._stack.setCurrentWidget(self.empty)
        self._tell_row()

    def _tell_row(self) -> None:
        """What the button would do with the row in front."""
        number = self.row_number
        if self.incoming is not None and number in self.incoming.left:
            self.leave_row.setText("仍接收此行")
            self.leave_row.allow()
            return
        self.leave_row.setText("不接收此行…")
        if self.incoming is not None and number in self.incoming.undecided:
            self.leave_row.setText("保留本单位…")
            self.leave_row.allow()
            return
        written = number is not None and self.tabs.current in WRITTEN
        self.leave_row.set_refusal("" if written else "请在变更、新增或双方都有改动的未采纳行中选定一行")

    @property
    def row_number(self) -> int | None:
        """The number in the packet of the row in front."""
        key = self.table.current_key if self.table is not None else None
        return key[1] if isinstance(key, tuple) else None

    @property
    def table(self) -> TableView | None:
        """The table in front, if one is."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, TableView) else None

    def focus_rows(self) -> None:
        """The keyboard goes to the rows, or to the tabs where there are none."""
        (self.table or self.tabs).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, _row: int, key: object) -> None:
        if isinstance(key, tuple) and isinstance(key[0], int):
            self.open_wanted.emit(key[0])
