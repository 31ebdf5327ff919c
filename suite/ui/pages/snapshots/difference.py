"""逐条差异: which numbers moved between two sets, and for each the rows that explain it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.indicators.comparing import IndicatorChange, RowChange
from suite.kernel.indicators.differing import Difference, difference
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.buttons import Button, icon_button
from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page, PageCommand
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import S8, S12, Height, TextSize

CORRECTED = StateValue(StateKind.WARN, "更正")
MOVED = StateValue(StateKind.RUN, "变动")
CHANGED_BASIS = StateValue(StateKind.NEW, "口径")

NUMBER_COLUMNS = (
    Column(key="no", title="序", width=44, align=Align.RIGHT),
    Column(key="title", title="指标", width=200, stretch=True, least=140),
    Column(key="before", title="快照", width=72, align=Align.RIGHT),
    Column(key="after", title="比较", width=72, align=Align.RIGHT),
    Column(key="rows", title="条目", kind=ColumnKind.NUMBER, width=52),
)
ROW_COLUMNS = (
    Column(key="state", title="性质", kind=ColumnKind.STATE, width=76),
    Column(key="what", title="变化", width=76),
    Column(key="name", title="条目", width=136),
    Column(key="why", title="依据", width=240, stretch=True, least=160),
    Column(key="before", title="原", width=150),
    Column(key="after", title="现", width=150),
    Column(key="side", title="计入", width=84),
)


class DifferencePage(Page):
    """`argument`: the snapshot's id, and what it is compared with: another id, a day, or nothing for its own
    day as it is known now."""

    def __init__(self, desk: Desk, argument: object = None, parent: QWidget | None = None) -> None:
        super().__init__("snapshot-diff", "逐条差异", "table", parent)
        self._desk = desk
        self._asking = Asking(desk, self)
        given = argument if isinstance(argument, tuple) else (argument, "")
        self._snapshot = given[0] if isinstance(given[0], int) else 0
        self._other = given[1]
        self.found: Difference | None = None
        self._shown: IndicatorChange | None = None
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        top = Bar("window", Height.PROFESSION_TABS)
        top.row.addWidget(label("逐条差异", size=TextSize.SECTION, bold=True))
        self.what = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        top.row.addWidget(self.what, 1)
        self.now = Button("与今天比较")
        self.now.clicked.connect(lambda: self.compare(self._desk.suite.today.isoformat()))
        self.then = Button("按现在所知重算当日")
        self.then.clicked.connect(lambda: self.compare(""))
        refresh = icon_button("refresh", "刷新（F5）")
        refresh.clicked.connect(self.refresh)
        for button in (self.now, self.then, refresh):
            top.row.addWidget(button)
        self.content.addWidget(top)
        body = QHBoxLayout()
        body.setContentsMargins(S12, 0, S12, S12)
        body.setSpacing(S8)
        self._numbers = ListSource()
        self.numbers = TableView(RowTableModel(NUMBER_COLUMNS, self._numbers, self))
        self.numbers.setAccessibleName("有变化的指标")
        self.numbers.row_settled.connect(lambda row, _key: self._show(row))
        left = Pane("有变化的指标")
        left.body.addWidget(self.numbers, 1)
        self.empty = EmptyState("正在比较…")
        left.body.addWidget(self.empty, 1)
        self.numbers.hide()
        body.addWidget(left, 5)
        self._rows = ListSource()
        self.rows = TableView(RowTableModel(ROW_COLUMNS, self._rows, self))
        self.rows.setAccessibleName("逐条说明")
        self.rows.row_opened.connect(lambda row, _key: self._open(row))
        self.right = Pane("逐条说明")
        self.counts = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        self.right.head.insertWidget(1, self.counts, 1)
        self.right.body.addWidget(self.rows, 1)
        # Three texts side by side are cut on a narrow screen: those of the current row are told whole below.
        self.detail = label("", wrap=True, size=TextSize.CAPTION)
        self.detail.setContentsMargins(S12, S8, S12, S8)
        self.rows.row_settled.connect(lambda row, _key: self._tell(row))
        self.right.body.addWidget(self.detail)
        body.addWidget(self.right, 10)
        self.content.addLayout(body, 1)
        self.set_hints("Enter 打开档案　F5 重新比较")

    def compare(self, other: object) -> None:
        """Compare with something else."""
        self._other = other
        self.refresh()

    def refresh(self) -> None:
        """F5."""
        suite, actor = self._desk.suite, self._desk.actor
        number, other = self._snapshot, self._other
        day = dt.date.fromisoformat(other) if isinstance(other, str) and other else None

        def query(session: ReadSession) -> Difference:
            return difference(
                session,
                actor,
                suite.catalog,
                number,
                today=suite.today,
                other_id=other if isinstance(other, int) else None,
                day=day,
            )

        self.numbers.set_stale(True)
        self._asking.read(query, self._came, self._lost)

    def _came(self, found: Difference) -> None:
        self.found = found
        self.numbers.set_stale(False)
        against = f"《{found.other.title}》" if found.other else f"{found.day} 的数（按现在所知）"
        said = (f"《{found.snapshot.title}》（截至 {found.snapshot.as_of}）与 {against}", *found.notes)
        self.what.setText("。".join(said))
        self._numbers.set_rows(
            [
                (change.no, change.title, _value(change, 0), _value(change, 1), len(change.rows))
                for change in found.changes
            ],
            [change.key for change in found.changes],
        )
        some, self._shown = bool(found.changes), None
        self.numbers.setVisible(some)
        self.empty.setVisible(not some)
        same = "两份数没有不同：没有条目增减，没有数字更正，口径也没有改过。"
        self.empty.set_sentence("。".join((*found.notes, "所比较的没有不同。")) if found.notes else same)
        if some:
            self.numbers.select_row(0)
            self._show(0)
        else:
            self._rows.set_rows([], [])
            self.counts.setText("")
            self.detail.hide()

    def _lost(self, error: Exception) -> None:
        self.numbers.set_stale(False)
        self.numbers.hide()
        self.empty.show()
        self.empty.set_sentence(sentence_of(error))

    @property
    def current(self) -> IndicatorChange | None:
        """The number whose rows are shown."""
        row = self.numbers.current_row
        if self.found is None or not 0 <= row < len(self.found.changes):
            return None
        return self.found.changes[row]

    def _show(self, row: int) -> None:
        if self.found is None or not 0 <= row < len(self.found.changes):
            return
        change = self.found.changes[row]
        if change is self._shown:
            return  # settled where it was shown already: the row that is current since stays so
        self._shown = change
        self._rows.set_rows(
            [_cells(item) for item in change.rows], [place for place, _ in enumerate(change.rows)]
        )
        self.right.title.setText(change.title)
        late = sum(item.corrected for item in change.rows)
        self.counts.setText(
            f"{len(change.rows)} 条，其中 {late} 条是对快照当日的更正" if change.rows else change.told
        )

        if change.rows:
            self.rows.select_row(0)
        self._tell(0)

    def _tell(self, row: int) -> None:
        """The reason and both values of a row, whole."""
        change = self.current
        told = change is not None and 0 <= row < len(change.rows)
        self.detail.setVisible(told)
        if change is not None and told:
            self.detail.setText(_whole(change.rows[row]))

    def _open(self, row: int) -> None:
        change = self.current
        if change is None or not 0 <= row < len(change.rows):
            return
        item = change.rows[row]
        catalog = self._desk.suite.catalog
        if item.id is None:
            return
        if item.kind in catalog.case_kinds:
            self.open_wanted.emit("case", item.id)
        elif item.kind in catalog.ledgers:
            self.open_wanted.emit("ledgers", (item.kind, (item.id,)))
        elif item.kind in catalog.kinds:
            self.open_wanted.emit("record", (item.kind, item.id))

    def focus_start(self) -> None:
        """The keyboard goes to the numbers."""
        self.numbers.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return self.numbers, self.rows

    def commands(self) -> tuple[PageCommand, ...]:
        return (
            PageCommand(menu="view", text="与今天比较", run=self.now.click),
            PageCommand(menu="view", text="按现在所知重算当日", run=self.then.click),
        )


def _value(change: IndicatorChange, place: int) -> str:
    return change.said[place]


def _whole(item: RowChange) -> str:
    """All that a row says, a line each, without what it does not say."""
    said = (("依据", "；".join(item.why)), ("原", item.before), ("现", item.after))
    return "\n".join(
        [f"{item.what.words}　{item.name}", *(f"{title}：{words}" for title, words in said if words)]
    )


def _cells(item: RowChange) -> tuple[object, ...]:
    state = CHANGED_BASIS if item.id is None and item.side == "" else CORRECTED if item.corrected else MOVED
    name = f"{item.name}（#{item.id}）" if item.id is not None else item.name
    return state, item.what.words, name, "；".join(item.why), item.before, item.after, item.side
