"""The row of views: those that the kind brings, one's own and shared ones, with live counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from suite.ui.kit.bars import ConfirmStrip
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.checkbox import CheckBox
from suite.ui.kit.line import LineEdit
from suite.ui.kit.panes import Bar
from suite.ui.kit.tabs import Tab, ViewRow
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import Height, TextSize
from suite.ui.pages.roster.state import ListAsk

#: The tab of filters that no view holds.
OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class View:
    """One view of the row. `saved_id` is set for those of the database, `own` for one's own."""

    key: str
    title: str
    ask: ListAsk
    saved_id: int | None = None
    own: bool = False


class ViewBar(QWidget):
    """The views, and in place: saving the present conditions under a name, deleting one's own view."""

    view_chosen = Signal(object)  # View
    save_wanted = Signal(str, bool)  # name, shared
    delete_wanted = Signal(object)  # View
    day_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[View, ...] = ()
        self._counts: dict[str, int] = {}
        self._strip: ConfirmStrip | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = Bar("window", Height.VIEW_ROW)
        self.row = ViewRow()
        self.delete_button = Button("删除视图", look=Look.LINK)
        self.day_button = Button("按日期查看", icon_name="calendar", look=Look.LINK)
        self.save_button = Button("另存为视图", icon_name="pin", look=Look.LINK)
        bar.row.addWidget(self.row, 1)
        for button in (self.delete_button, self.day_button, self.save_button):
            bar.row.addWidget(button)
        column.addWidget(bar)
        self.naming = Bar("notice-info", Height.BAR)
        self.name = LineEdit(placeholder="视图名称，例如 桥西、长安专职", name="视图名称")
        self.name.setMaximumWidth(theme().pixels(320))
        self.shared = CheckBox("本局其他人员可用")
        self.missing = label("请给视图起个名称", tone="bad", size=TextSize.CAPTION)
        self.keep = Button("保存视图", look=Look.PRIMARY)
        self.back = Button("返回")
        self.naming.row.addWidget(label("把当前的筛选、排序和列存为", tone="text2"))
        self.naming.row.addWidget(self.name, 1)
        self.naming.row.addWidget(self.missing)
        self.naming.row.addWidget(self.shared)
        self.naming.row.addStretch()
        self.naming.row.addWidget(self.back)
        self.naming.row.addWidget(self.keep)
        self.naming.hide()
        column.addWidget(self.naming)
        self._column = column
        self.row.current_changed.connect(self._chosen)
        self.save_button.clicked.connect(self.begin_saving)
        self.delete_button.clicked.connect(self._begin_deleting)
        self.day_button.clicked.connect(self.day_wanted)
        self.keep.clicked.connect(self._keep)
        self.name.entered.connect(self._keep)
        self.name.textEdited.connect(self.missing.hide)
        self.back.clicked.connect(self.step_back)

    @property
    def views(self) -> tuple[View, ...]:
        """The views in order."""
        return self._views

    @property
    def current(self) -> View | None:
        """The view in force, None while the conditions are other than any view's."""
        return next((view for view in self._views if view.key == self.row.current), None)

    def set_views(self, views: Sequence[View]) -> None:
        """Replace the views; counts of those that stay are kept."""
        self._views = tuple(views)
        self._draw(self.row.current)

    def show_ask(self, ask: ListAsk, prefer: str | None = None) -> None:
        """Mark the view that asks for just these records, else 当前条件."""
        fitting = [view.key for view in self._views if view.ask.same_rows(ask)]
        current = prefer if prefer in fitting else next(iter(fitting), OTHER)
        self._draw(current)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """View key → how many rows it shows now."""
        self._counts.update(counts)
        self._draw(self.row.current)

    def _draw(self, current: object) -> None:
        tabs = [Tab(key=view.key, title=view.title, count=self._counts.get(view.key)) for view in self._views]
        if current == OTHER or not tabs:
            tabs.append(Tab(key=OTHER, title="当前条件", count=self._counts.get(OTHER)))
            current = OTHER
        self.row.set_tabs(tabs, current=current)
        view = self.current
        self.delete_button.setVisible(view is not None and view.own)

    def _chosen(self, key: object) -> None:
        view = next((view for view in self._views if view.key == key), None)
        if view is not None:
            self._draw(key)
            self.view_chosen.emit(view)

    # Saving and deleting, in place.

    def begin_saving(self) -> None:
        """Ask for a name below the row."""
        view = self.current
        self.name.set_quietly(view.title if view is not None and view.own else "")
        self.missing.hide()
        self.naming.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.missing.show()
            self.name.setFocus()
            return
        self.naming.hide()
        self.save_wanted.emit(name, self.shared.isChecked())

    def _begin_deleting(self) -> None:
        view = self.current
        if view is None or self._strip is not None:
            return
        strip = ConfirmStrip(
            f"将删除视图“{view.title}”，名册中的记录不受影响。", "删除视图", needs_reason=False, parent=self
        )
        strip.dropped.connect(self.step_back)
        strip.confirmed.connect(lambda _reason: self._delete(view))
        self._strip = strip
        self._column.addWidget(strip)
        strip.begin()

    def _delete(self, view: View) -> None:
        self.step_back()
        self.delete_wanted.emit(view)

    def step_back(self) -> bool:
        """Esc: take the open strip away; False where none was open."""
        was_open = self.naming.isVisible() or self._strip is not None
        self.naming.hide()
        if self._strip is not None:
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = None
        return was_open
