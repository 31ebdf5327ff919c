"""From a number to what is behind it: the list of its records, or in place the figures that it sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from suite.database.engine import ReadSession
from suite.kernel.indicators.board import IndicatorValue, SideRows
from suite.kernel.indicators.queries import rows_behind
from suite.ui.desk import Desk
from suite.ui.pages.indicators.behind import BehindPane

if TYPE_CHECKING:
    from suite.ui.pages.indicators.page import IndicatorsPage


class DrillDown(QObject):
    """Opens the sides of a number. `pane` is for what no list of the window holds; `shown`: it was filled."""

    shown = Signal()

    def __init__(self, page: IndicatorsPage, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk
        self._series = ""
        self.pane = BehindPane()
        self.pane.opened.connect(self._open_return)

    def open_side(self, value: IndicatorValue, place: int) -> None:
        """Open what stands above (0) or below (1) the line of a number."""
        suite, actor, question = self._desk.suite, self._desk.actor, self._page.question
        key, part = value.indicator.key, value.deciding
        if self._page.frozen is not None:
            self._page.open_wanted.emit("snapshot-rows", (self._page.frozen.id, key, part, place))
            return

        def query(session: ReadSession) -> SideRows | None:
            return rows_behind(session, actor, suite.catalog, question, key, part=part)[place]

        self._desk.read(query, lambda rows: self._open_rows(value, rows), owner=self._page)

    def _open_rows(self, value: IndicatorValue, rows: SideRows | None) -> None:
        if rows is None:
            return
        catalog, page = self._desk.suite.catalog, self._page
        title = f"{value.indicator.title}：{rows.title}"
        listed = rows.kind in catalog.kinds or rows.kind in catalog.case_kinds
        if not listed and page.board is not None:
            self._series = rows.series or ""
            self.pane.show_rows(title, rows, page.board.district_names)
            self.shown.emit()
            self.pane.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif rows.kind is not None:
            ids = tuple(line.id for line in rows.members)
            if rows.kind in catalog.case_kinds:
                page.open_wanted.emit("cases", (title, ids))
                return
            if rows.kind in catalog.ledgers:
                page.open_wanted.emit("ledgers", (rows.kind, ids))
                return
            matter = (title, ids, "指标")
            day = (page.as_of.isoformat(),) if page.as_of else ()
            page.open_wanted.emit("roster", (rows.kind, (), matter, *day))

    def _open_return(self, period: str) -> None:
        """The return that a recorded figure came with."""
        forms = self._desk.suite.catalog.forms.values()
        form = next((form for form in forms if self._series in form.by_series), None)
        if form is not None:
            self._page.open_wanted.emit("returns", (form.key, period))
