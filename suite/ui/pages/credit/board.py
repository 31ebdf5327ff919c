"""One table of the credit page with its views, its checks and what is done with the checked ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.ui.kit.bars import BulkBar
from suite.ui.kit.buttons import Button
from suite.ui.kit.columns import Column
from suite.ui.kit.notices import EmptyState
from suite.ui.kit.panes import Bar, Frame
from suite.ui.kit.rows import ListSource, RowTableModel
from suite.ui.kit.table import TableView
from suite.ui.kit.tabs import LineTabs, Tab
from suite.ui.kit.text import label
from suite.ui.kit.tokens import S8, Height, TextSize


class Board(Frame):
    """`view_changed` carries a view's key, `chosen` a row's key, `opened` likewise by Enter.

    `more_wanted` asks for another page of rows.
    """

    view_changed = Signal(object)
    chosen = Signal(object)
    opened = Signal(object)
    more_wanted = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        views: Sequence[tuple[str, str]],
        *,
        checkable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent)
        self._views = tuple(views)
        self.view = self._views[0][0] if self._views else ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = LineTabs(size=TextSize.BODY, name=f"{name}的视图")
        self.tabs.set_tabs([Tab(key=key, title=title) for key, title in self._views], self.view)
        self.tabs.setContentsMargins(S8, 0, S8, 0)
        self.tabs.current_changed.connect(self._turn)
        column.addWidget(self.tabs)
        # Within the layout only: a widget that belongs to none is shown as a window of its own.
        self.tabs.setVisible(bool(self._views))
        self.source = ListSource()
        self.table = TableView(RowTableModel(columns, self.source, self, checkable=checkable))
        self.table.setAccessibleName(name)
        self.table.row_settled.connect(lambda _row, key: self.chosen.emit(key))
        self.table.row_opened.connect(lambda _row, key: self.opened.emit(key))
        self.table.link_clicked.connect(lambda _row, key, _column: self.opened.emit(key))
        self.table.rows.checks_changed.connect(lambda _count: self._tell())
        self.table.check_all_wanted.connect(self._check_all)
        self.empty = EmptyState("正在读取…")
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        self.table.hide()
        self.rest = Bar("surface", Height.BAR)
        self.told = label("", tone="text2", size=TextSize.CAPTION)
        self.more = Button("继续列出", self.rest, icon_name="chevron-down")
        self.more.clicked.connect(self.more_wanted)
        self.rest.row.addWidget(self.told)
        self.rest.row.addWidget(self.more)
        self.rest.row.addStretch()
        column.addWidget(self.rest)
        self.rest.hide()
        self.bulk = BulkBar("条")
        self.bulk.clear_wanted.connect(self.clear_checks)
        column.addWidget(self.bulk)
        self.keys: tuple[Hashable, ...] = ()

    def add_act(self, text: str, act: Callable[[], object]) -> Button:
        """A button of the bar below the table, for the checked rows."""
        return self.bulk.add_act(text, act)

    def show_rows(self, rows: Sequence[Sequence[object]], keys: Sequence[Hashable], nothing: str) -> None:
        """Show other rows; checks stay on those that are still there, the current row too."""
        former = self.table.current_key
        self.keys = tuple(keys)
        self.source.set_rows(rows, keys)
        self.table.rows.set_checked(key for key in self.table.rows.checked if key in set(keys))
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.set_sentence(nothing)
        if rows:
            place = self.keys.index(former) if former in self.keys else 0
            self.table.select_row(place)
            self.chosen.emit(self.keys[place])
        self._tell()

    def show_rest(self, shown: int, total: int) -> None:
        """Say how many of the view's rows are not shown, with the button that adds a page of them."""
        self.told.setText(f"列出前 {shown:,} 条，共 {total:,} 条")
        self.rest.setVisible(shown < total)

    def show_counts(self, counts: Mapping[str, int], alarming: Sequence[str] = ()) -> None:
        """The numbers beside the views."""
        self.tabs.set_tabs(
            [
                Tab(
                    key=key,
                    title=title,
                    count=counts.get(key) or None,
                    alarm=key in alarming and bool(counts.get(key)),
                )
                for key, title in self._views
            ],
            self.view,
        )

    def show_view(self, key: str) -> None:
        """Turn to a view."""
        if key in dict(self._views):
            self.tabs.set_current(key)

    def _turn(self, key: object) -> None:
        if key != self.view:
            self.view = str(key)
            self.view_changed.emit(key)

    @property
    def checked(self) -> tuple[int, ...]:
        """The checked rows, in order; where none is checked, the current one."""
        checked = [key for key in self.keys if key in self.table.rows.checked and isinstance(key, int)]
        current = self.table.current_key
        return tuple(checked) or ((current,) if isinstance(current, int) else ())

    def _check_all(self) -> None:
        self.table.rows.set_checked(self.keys)

    def clear_checks(self) -> bool:
        """Take all checks away; False where there were none."""
        if not self.table.rows.checked:
            return False
        self.table.rows.set_checked(())
        return True

    def _tell(self) -> None:
        self.bulk.show_count(len(self.table.rows.checked), 0)

    def focus_rows(self) -> None:
        """The keyboard goes to the rows, or to the views where there are none."""
        target: QWidget = self.table if self.keys else self.tabs
        target.setFocus(Qt.FocusReason.OtherFocusReason)
