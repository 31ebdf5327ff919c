"""What opens below a filter button: a list to tick, two dates, a text."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.checkbox import BOX, paint_check
from suite.ui.kit.columns import Align, number_text
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.fields import read_date
from suite.ui.kit.line import LineEdit
from suite.ui.kit.popover import Popover
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S6, S8, Height, TextSize

VISIBLE_OPTIONS = 11
SEARCH_FROM = 8  # shorter lists are seen at a glance


class FilterKind(StrEnum):
    """How a filter is set and what its value is in the dict of `FilterBar.values`."""

    CHOICE = "choice"  # list of option values
    DATES = "dates"  # (date | None, date | None), both inclusive
    TEXT = "text"  # str


class Option(NamedTuple):
    """One value to tick; `hits` is how many rows it would show, None while not known."""

    value: Hashable
    title: str
    hits: int | None = None
    words: str = ""


Offer = Callable[[Sequence[Option]], None]


@dataclass(frozen=True, kw_only=True)
class FilterSpec:
    """One filter: `FilterSpec(key="district", title="区县", options=districts)`.

    `options` are fixed; `fetch(offer)` fetches them anew each time the panel opens and calls
    `offer` on the GUI thread. With `in_bar=False` the filter waits under 更多条件 until it is set.
    """

    key: str
    title: str
    kind: FilterKind = FilterKind.CHOICE
    options: tuple[Option, ...] = ()
    fetch: Callable[[Offer], None] | None = None
    in_bar: bool = True


class FilterPanel(Popover):
    """Base of the panels; `value_changed` carries the new value, None for not set."""

    value_changed = Signal(object)

    def set_value(self, value: object) -> None:
        """Show a value without sending it."""
        raise NotImplementedError

    def first_widget(self) -> QWidget:
        """What gets the keyboard when the panel opens."""
        raise NotImplementedError


class _OptionDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme().height(Height.CONTROL))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, look.color("accent_tint"))
        edge = look.pixels(BOX)
        state = Qt.CheckState.Checked
        checked = index.data(Qt.ItemDataRole.CheckStateRole) in (state, state.value)
        paint_check(painter, QRectF(rect.x() + S6, rect.y(), edge, rect.height()), checked=checked)
        box = rect.adjusted(S6 + edge + S8, 0, -S8, 0)
        count = index.data(Qt.ItemDataRole.UserRole + 1)
        if count is not None:
            text = number_text(count)
            draw_text(painter, box, text, "text2", align=Align.RIGHT, size=TextSize.CAPTION)
            box.adjust(0, 0, -look.metrics(TextSize.CAPTION).horizontalAdvance(text) - S8, 0)
        draw_text(painter, box, str(index.data()), "text1")


class _OptionList(QListWidget):
    """Space and Enter tick; a click anywhere in the line does too."""

    ticked = Signal(QListWidgetItem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.ticked.emit(item)
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


class ChoicePanel(FilterPanel):
    """A list to tick, with counts; a search line above longer lists."""

    def __init__(self, spec: FilterSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._spec = spec
        self._ticked: list[Hashable] = []
        self.search = LineEdit(placeholder=f"查找{spec.title}", icon_name="search", clearable=True)
        self.list = _OptionList()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(_OptionDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(spec.title)
        self.empty = label("没有可选的值", tone="text2")
        self.body.addWidget(self.search)
        self.body.addWidget(self.list)
        self.body.addWidget(self.empty)
        self.setFixedWidth(theme().pixels(260))
        self.search.settled.connect(self._narrow)
        self.search.stepped.connect(lambda _by: self.list.setFocus())
        self.search.entered.connect(self._toggle_found)
        self.list.ticked.connect(self._toggle)
        self.list.itemClicked.connect(self._toggle)
        self.offer(spec.options)

    def offer(self, options: Sequence[Option]) -> None:
        """Replace the list; what is ticked stays ticked."""
        self.list.clear()
        for option in options:
            item = QListWidgetItem(option.title)
            item.setData(Qt.ItemDataRole.UserRole, option)
            item.setData(Qt.ItemDataRole.UserRole + 1, option.hits)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.list.addItem(item)
        self._draw_ticks()
        self.search.setVisible(len(options) > SEARCH_FROM)
        self.empty.setVisible(not options)
        rows = min(max(len(options), 1), VISIBLE_OPTIONS)
        self.list.setFixedHeight(rows * theme().height(Height.CONTROL) + 2)
        self.list.setVisible(bool(options))
        if options:
            self.list.setCurrentRow(0)
        self.body.activate()
        self.adjustSize()

    def titles(self, values: Sequence[Hashable]) -> list[str]:
        """The titles of values, in the order of the list."""
        options = [self._option(row) for row in range(self.list.count())]
        known = {option.value: option.title for option in options}
        return [known.get(value, str(value)) for value in values]

    def _option(self, row: int) -> Option:
        option = self.list.item(row).data(Qt.ItemDataRole.UserRole)
        return Option(*option)

    def set_value(self, value: object) -> None:
        self._ticked = list(value) if isinstance(value, list | tuple) else []
        self._draw_ticks()

    def first_widget(self) -> QWidget:
        return self.search if self.search.isVisibleTo(self) else self.list

    def _draw_ticks(self) -> None:
        for row in range(self.list.count()):
            on = self._option(row).value in self._ticked
            self.list.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _toggle(self, item: QListWidgetItem) -> None:
        value = self._option(self.list.row(item)).value
        if value in self._ticked:
            self._ticked.remove(value)
        else:
            self._ticked.append(value)
        self._draw_ticks()
        self.value_changed.emit(list(self._ticked) or None)

    def _narrow(self, typed: str) -> None:
        needle = typed.strip().casefold()
        for row in range(self.list.count()):
            option = self._option(row)
            hit = needle in f"{option.title}\n{option.words}".casefold()
            self.list.item(row).setHidden(bool(needle) and not hit)
        shown = (row for row in range(self.list.count()) if not self.list.item(row).isHidden())
        self.list.setCurrentRow(next(shown, -1))

    def _toggle_found(self) -> None:
        item = self.list.currentItem()
        if item is not None and self.search.text().strip():
            self._toggle(item)


class DatesPanel(FilterPanel):
    """From and to, both inclusive; either may stay empty."""

    def __init__(self, spec: FilterSpec, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout()
        grid.setSpacing(S6)
        self.start = LineEdit(placeholder="年-月-日", name=f"{spec.title}起")
        self.end = LineEdit(placeholder="年-月-日", name=f"{spec.title}止")
        for row, (word, line) in enumerate((("自", self.start), ("至", self.end))):
            grid.addWidget(label(word, tone="text2"), row, 0)
            grid.addWidget(line, row, 1)
            line.entered.connect(self._apply)
        self.body.addLayout(grid)
        self.message = label("", tone="bad", size=TextSize.CAPTION, wrap=True)
        self.message.hide()
        self.body.addWidget(self.message)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addStretch()
        apply = Button("筛选", look=Look.PRIMARY)
        apply.clicked.connect(self._apply)
        row_of_buttons.addWidget(apply)
        self.body.addLayout(row_of_buttons)
        self.setFixedWidth(theme().pixels(240))

    def set_value(self, value: object) -> None:
        start, end = value if isinstance(value, tuple) else (None, None)
        self.start.set_quietly(str(start or ""))
        self.end.set_quietly(str(end or ""))
        self.message.hide()

    def first_widget(self) -> QWidget:
        return self.start

    def _apply(self) -> None:
        try:
            start = read_date(self.start.text()) if self.start.text().strip() else None
            end = read_date(self.end.text()) if self.end.text().strip() else None
        except ValueError as error:
            self._complain(str(error))
            return
        if start and end and end < start:
            self._complain("截止日早于起始日，请改正")
            return
        self.dismiss()
        self.value_changed.emit((start, end) if start or end else None)

    def _complain(self, text: str) -> None:
        self.message.setText(text)
        self.message.show()
        self.adjustSize()


class TextPanel(FilterPanel):
    """A word that the column contains."""

    def __init__(self, spec: FilterSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = LineEdit(placeholder=f"{spec.title}包含", clearable=True)
        self.body.addWidget(self.line)
        self.setFixedWidth(theme().pixels(240))
        self.line.settled.connect(self._settled)
        self.line.entered.connect(self.dismiss)

    def _settled(self, text: str) -> None:
        self.value_changed.emit(text.strip() or None)

    def set_value(self, value: object) -> None:
        if self.line.text().strip() != (value or ""):
            self.line.set_quietly(str(value or ""))

    def first_widget(self) -> QWidget:
        return self.line


def value_text(spec: FilterSpec, value: object, panel: FilterPanel) -> str:
    """A set value in words: `桥西、长安`, `2026-01-01 至 2026-06-30`."""
    if isinstance(panel, ChoicePanel) and isinstance(value, list):
        titles = panel.titles(value)
        return "、".join(titles[:2]) + (f"等 {len(titles)} 项" if len(titles) > 2 else "")
    if isinstance(value, tuple):
        start, end = value
        return dates_text(start, end)
    return str(value)


def dates_text(start: date | None, end: date | None) -> str:
    """A span of days in words."""
    if start and end:
        return f"{start} 至 {end}"
    return f"{start} 起" if start else f"至 {end}"


PANELS: dict[FilterKind, Callable[[FilterSpec, QWidget], FilterPanel]] = {
    FilterKind.CHOICE: ChoicePanel,
    FilterKind.DATES: DatesPanel,
    FilterKind.TEXT: TextPanel,
}
