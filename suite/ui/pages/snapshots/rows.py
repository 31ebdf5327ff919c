"""The rows behind a frozen number: as they counted then, and what became of them since."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from suite.contract.states import StateKind
from suite.database.engine import ReadSession
from suite.kernel.indicators.comparing import said
from suite.kernel.indicators.frozen import FrozenSide
from suite.kernel.indicators.reasons import Whereabouts, where_now
from suite.kernel.indicators.snapshots import SnapshotLine, read_snapshot
from suite.ui.asking import Asking
from suite.ui.desk import Desk, sentence_of
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.page import Page
from suite.ui.kit.panes import Bar
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.state import StateValue
from suite.ui.kit.table import TableView
from suite.ui.kit.text import ElidedLabel, label
from suite.ui.kit.tokens import Height, TextSize

NOW = {
    "standing": StateValue(StateKind.OK, "仍有档案"),
    "merged": StateValue(StateKind.ENDED, "已并入"),
    "gone": StateValue(StateKind.ENDED, "已不在库中"),
}
COLUMNS = (
    Column(key="id", title="编号", kind=ColumnKind.NUMBER, width=76),
    Column(key="name", title="名称", width=240),
    Column(key="district", title="县（市、区）", width=110),
    Column(key="told", title="计入的情况", width=320, stretch=True, least=200),
    Column(key="state", title="现在", kind=ColumnKind.STATE, width=110),
    Column(key="now", title="现档案", width=220),
)


class Rows(NamedTuple):
    """What was read."""

    line: SnapshotLine
    title: str
    side: FrozenSide | None
    places: dict[int, Whereabouts]
    districts: dict[str, str]


class FrozenRowsPage(Page):
    """`argument`: id of the snapshot, key of the indicator, part, and 0 above the line or 1 below it."""

    def __init__(self, desk: Desk, argument: object = None, parent: QWidget | None = None) -> None:
        super().__init__("snapshot-rows", "快照中的名单", "lock", parent)
        self._desk = desk
        self._asking = Asking(desk, self)
        self._argument = argument if isinstance(argument, tuple) and len(argument) == 4 else (0, "", 0, 0)
        self.rows: Rows | None = None
        top = Bar("window", Height.PROFESSION_TABS)
        self.heading = label("快照中的名单", size=TextSize.SECTION, bold=True)
        top.row.addWidget(self.heading)
        self.note = ElidedLabel("", tone="text2", size=TextSize.CAPTION)
        top.row.addWidget(self.note, 1)
        self.content.addWidget(top)
        self._source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self._source, self))
        self.table.setAccessibleName("快照中的名单")
        self.table.row_opened.connect(lambda row, _key: self._open(row))
        self.table.hide()
        self.empty = EmptyState("正在读取…")
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.empty, 1)
        self.set_hints("Enter 打开现在的档案")
        self.refresh()

    def refresh(self) -> None:
        """F5."""
        number, key, part, place = self._argument
        actor, catalog = self._desk.actor, self._desk.suite.catalog

        def query(session: ReadSession) -> Rows:
            read = read_snapshot(session, actor, catalog, number, keys=(key,))
            value = read.frozen.by_key.get(key)
            parts = value.parts if value is not None else ()
            side = None
            if value is not None and part < len(parts) and place < len(parts[part].sides):
                side = parts[part].sides[place]
            of_roster = side is not None and side.what == "roster"
            ids = [row.id for row in side.members] if side is not None and of_roster else []
            return Rows(
                line=read.line,
                title="" if value is None or side is None else f"{value.title}：{side.title}",
                side=side,
                places=where_now(session, ids),
                districts=dict(read.frozen.district_names),
            )

        self._asking.read(query, self._came, self._lost)

    def _came(self, rows: Rows) -> None:
        self.rows = rows
        members = rows.side.members if rows.side is not None else ()
        self.heading.setText(rows.title or "快照中的名单")
        self.note.setText(
            f"{len(members):,} 条　取自《{rows.line.title}》，截至 {rows.line.as_of}，由 {rows.line.by} 冻结"
        )
        self._source.set_rows(
            [
                (
                    row.id,
                    row.name,
                    rows.districts.get(row.district or "", row.district or "未填"),
                    said(row),
                    NOW[place.state] if (place := rows.places.get(row.id)) else None,
                    f"{place.name}（#{place.id}）" if place and place.id not in (None, row.id) else "",
                )
                for row in members
            ],
            [row.id for row in members],
        )
        self.table.setVisible(bool(members))
        self.empty.setVisible(not members)
        self.empty.set_sentence("快照中没有这个数背后的条目，或都在您的管理范围之外。")

    def _lost(self, error: Exception) -> None:
        self.empty.set_sentence(sentence_of(error))

    def _open(self, row: int) -> None:
        side = self.rows.side if self.rows is not None else None
        if self.rows is None or side is None or not 0 <= row < len(side.members):
            return
        member = side.members[row]
        if side.what == "case":
            self.open_wanted.emit("case", member.id)
            return
        if side.what == "ledger":
            self.open_wanted.emit("ledgers", (side.kind, (member.id,)))
            return
        place = self.rows.places.get(member.id)
        if place is not None and place.id is not None:
            self.open_wanted.emit("record", (side.kind, place.id))

    def focus_start(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_ring(self) -> tuple[QWidget, ...]:
        return (self.table,)
