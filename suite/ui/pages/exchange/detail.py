"""One exchange: what was taken of it, what was not and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from suite.kernel.exchange.exchanged import ExchangedRow, ExchangeLine
from suite.kernel.exchange.results import HELD, NAMES, SAME, TAKEN
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import ElidedLabel
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.exchange.listing import OUT, direction_of

COLUMNS = (
    Column(key="name", title="名称", width=260),
    Column(key="reason", title="原因", width=400, stretch=True),
)
ORDER = (HELD, TAKEN, SAME)
NONE = {
    HELD: "没有未采纳的行。",
    TAKEN: "没有采纳的行：对方的内容与本单位一致，或都未采纳。",
    SAME: "没有无变化的行。",
}
NONE_SENT = NONE | {TAKEN: "对方没有需要采纳的行：内容已经一致，或都未采纳。"}


class ExchangeDetail(Pane):
    """`open_wanted` carries a subject's id; the buttons ask for a receipt and for giving up a signature."""

    open_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("往来内容", parent)
        self.line: ExchangeLine | None = None
        self._rows: dict[str, list[ExchangedRow]] = {}
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.head.insertWidget(1, self.note, 1)
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="处理结果")
        bar.row.addWidget(self.tabs, 1)
        self.forget = Button("作废原签名…", tip="对方换了电脑、签名变了，电话核对后作废原来的")
        self.receipt = Button("出具回执…", icon_name="export")
        bar.row.addWidget(self.forget)
        bar.row.addWidget(self.receipt)
        self.body.addWidget(bar)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source, self))
        self.table.setAccessibleName("各行的处理结果")
        self.table.row_opened.connect(self._open)
        self.empty = EmptyState("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        self.tabs.current_changed.connect(lambda _key: self._show())

    def show_line(self, line: ExchangeLine, rows: list[ExchangedRow], *, answering: str, naming: str) -> None:
        """Show an exchange. `answering` and `naming` say why one may not answer it or give up a signature."""
        same = self.line is not None and self.line.id == line.id and any(self._rows.values())
        self.line = line
        self._rows = {result: [row for row in rows if row.result == result] for result in ORDER}
        whose = f"“{line.partner}”" if line.partner else ""
        self.title.setText(f"{direction_of(line)}{whose}第 {line.number} 次")
        unsigned = "对方没有签名" if line.partner else ""
        signed = f"对方签名指纹 {line.fingerprint}" if line.fingerprint else unsigned
        self.note.setText("　".join(part for part in (line.file_name, signed) if part))
        self.tabs.set_tabs(
            [
                Tab(
                    key=result,
                    title=NAMES[result],
                    count=None if self.waits else len(self._rows[result]),
                    alarm=result == HELD and bool(self._rows[result]),
                )
                for result in ORDER
            ],
            current=self.tabs.current if same else next((one for one in ORDER if self._rows[one]), HELD),
        )
        self.receipt.setVisible(line.direction != OUT)
        self.forget.setVisible(bool(line.fingerprint))
        for button, refusal in ((self.receipt, answering), (self.forget, naming)):
            button.set_refusal(refusal)
        self._show()

    @property
    def waits(self) -> bool:
        """Whether the partner has not answered yet."""
        return self.line is not None and self.line.direction == OUT and self.line.receipt_at is None

    def _show(self) -> None:
        if self.line is None:
            return
        result = str(self.tabs.current)
        rows = self._rows[result]
        self._source.set_rows(
            [(row.name, row.reason or None) for row in rows],
            [(row.subject_id, place) for place, row in enumerate(rows)],
        )
        if self.waits:
            self.empty.set_sentence(
                "还没有收到回执。对方接收后会出具回执文件，用上方的“收取回执”读入，"
                "这里就列出采纳和未采纳的行。"
            )
        else:
            self.empty.set_sentence((NONE_SENT if self.line.direction == OUT else NONE)[result])
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        if rows:
            self.table.select_row(0)

    def _open(self, _row: int, key: object) -> None:
        if isinstance(key, tuple) and isinstance(key[0], int):
            self.open_wanted.emit(key[0])
