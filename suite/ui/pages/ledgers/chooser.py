"""Which ledger: by profession, with how many entries each has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from suite.kernel.ledgers.sheet import LedgerSheet
from suite.loader.catalog import Catalog
from suite.ui.kit.columns import Column, ColumnKind
from suite.ui.kit.panes import Bar, Pane
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.tokens import Height, TextSize

COLUMNS = (
    Column(key="title", title="台账", width=160, stretch=True),
    Column(key="count", title="记录", kind=ColumnKind.NUMBER, width=64),
)
#: What the core's own ledgers are called among those of the professions.
HOUSE = "综合"


class LedgerChooser(Pane):
    """`chosen` carries the key of the ledger that is to be shown."""

    chosen = Signal(str)

    def __init__(
        self, sheets: Sequence[LedgerSheet], catalog: Catalog, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._sheets = sheets
        self._counts: Mapping[str, int] = {}
        self.current = ""
        bar = Bar("head", Height.PROFESSION_TABS)
        self.tabs = LineTabs(size=TextSize.BODY, name="行业")
        owners = dict.fromkeys(sheet.owner for sheet in sheets)
        self.tabs.set_tabs(
            [Tab(key=owner, title=HOUSE if owner == "core" else catalog.titles[owner]) for owner in owners]
        )
        self.tabs.current_changed.connect(self._show_owner)
        bar.row.addWidget(self.tabs, 1)
        self.body.addWidget(bar)
        self.source = ListSource()
        self.table = TableView(RowTableModel(COLUMNS, self.source, self))
        self.table.setAccessibleName("台账目录")
        self.table.row_settled.connect(lambda _row, key: self._settle(key))
        self.body.addWidget(self.table, 1)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many entries each ledger has."""
        self._counts = counts
        self._fill()

    def show_ledger(self, key: str) -> None:
        """Mark a ledger, with its profession in front; tells nobody."""
        self.current = key
        owner = key.split(".", 1)[0]
        if self.tabs.current != owner:
            self.tabs.blockSignals(True)
            self.tabs.set_current(owner)
            self.tabs.blockSignals(False)
        self._fill()

    def _own(self) -> list[LedgerSheet]:
        return [sheet for sheet in self._sheets if sheet.owner == self.tabs.current]

    def _fill(self) -> None:
        own = self._own()
        self.source.set_rows(
            [(sheet.title, self._counts.get(sheet.key)) for sheet in own], [sheet.key for sheet in own]
        )
        place = next((n for n, sheet in enumerate(own) if sheet.key == self.current), 0)
        if own and self.table.current_row != place:
            self.table.select_row(place)

    def _show_owner(self, _owner: object) -> None:
        own = self._own()
        if own and self.current not in {sheet.key for sheet in own}:
            self.current = own[0].key
            self._fill()
            self.chosen.emit(self.current)

    def _settle(self, key: object) -> None:
        if isinstance(key, str) and key != self.current:
            self.current = key
            self.chosen.emit(key)
