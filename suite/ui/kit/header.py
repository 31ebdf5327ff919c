"""The table header: titles with sort arrows, sorting by click, moving and hiding by menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from suite.ui.kit.columns import Align, Column, ColumnKind
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S8, S12, Height, TextSize

SortKeys = tuple[tuple[str, bool], ...]
_VCENTER = int(Qt.AlignmentFlag.AlignVCenter)


class TableHeader(QHeaderView):
    """Columns are named by key, so that a layout can be kept with a saved view.

    A click sorts by that column alone, Shift+click adds a second key; another click turns the order.
    """

    sort_changed = Signal(object)  # SortKeys: (column key, ascending), most important first
    edited = Signal()  # a person moved, sized, hid or showed a column; the table's own fitting is not told

    def __init__(self, columns: tuple[Column, ...], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._sort: SortKeys = ()
        self._pressed: tuple[int, QPoint] | None = None
        self._before: list[dict[str, object]] = []
        self._fitting = False
        self._scale = theme().scale
        self.setSectionsMovable(True)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFixedHeight(theme().height(Height.TABLE_HEADER))
        self.setMinimumSectionSize(28)
        self.setAccessibleName("表头")
        self.sectionResized.connect(self._section_resized)
        theme().changed.connect(self._restyle)

    def _section_resized(self, number: int, _before: int, _now: int) -> None:
        if not self._columns[number].stretch:
            self.fit()

    def fit(self) -> None:
        """Give the stretched column what the others leave, and never less than its `least` width."""
        number = next((n for n, column in enumerate(self._columns) if column.stretch), None)
        if number is None or self._fitting or self.isSectionHidden(number):
            return
        others = sum(self.sectionSize(n) for n in range(self.count()) if n != number)
        column = self._columns[number]
        least = theme().pixels(column.least or column.width)
        # Its own width: that of its viewport comes later, and never while the page is hidden.
        self.resizeSection(number, max(self.width() - others, least))

    def fit_to(self, words: Sequence[Sequence[str]]) -> None:
        """Make the columns as wide as their titles and these words of rows, at most as declared."""
        metrics = theme().metrics(TextSize.BODY)
        with self._fitting_once():
            for number, column in enumerate(self._columns):
                if not column.stretch and not self.isSectionHidden(number):
                    told = (column.title, *(row[number] for row in words))
                    wide = max(metrics.horizontalAdvance(text) for text in told) + 2 * S12
                    self.resizeSection(number, min(wide, theme().pixels(column.width)))

    @contextmanager
    def _fitting_once(self) -> Iterator[None]:
        """Size many columns, then fit; each of them would otherwise ask for it."""
        self._fitting = True
        try:
            yield
        finally:
            self._fitting = False
        self.fit()

    def _restyle(self) -> None:
        self.setFixedHeight(theme().height(Height.TABLE_HEADER))
        before, self._scale = self._scale, theme().scale
        if before != self._scale:
            with self._fitting_once():
                for number in range(self.count()):
                    if not self.isSectionHidden(number):
                        self.resizeSection(number, round(self.sectionSize(number) * self._scale / before))

    @property
    def sort_keys(self) -> SortKeys:
        """The order now asked for."""
        return self._sort

    def set_sort(self, keys: SortKeys) -> None:
        """Show an order without asking for it."""
        self._sort = keys
        self.viewport().update()

    def sort_by(self, section: int, *, add: bool) -> None:
        """What a click (with `add`: a Shift+click) on a title does; nothing on an unsortable one."""
        column = self._columns[section]
        if not column.sortable:
            return
        present = dict(self._sort)
        ascending = not present.get(column.key, False)
        if add and column.key in present:
            self._sort = tuple((k, ascending if k == column.key else up) for k, up in self._sort)
        elif add:
            self._sort = (*self._sort, (column.key, True))
        else:
            self._sort = ((column.key, ascending),)
        self.viewport().update()
        self.sort_changed.emit(self._sort)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().height(Height.TABLE_HEADER))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look = theme()
        column = self._columns[logicalIndex]
        painter.fillRect(rect, look.color("header"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("mid"))
        if column.kind is ColumnKind.CHECK:
            return
        text = self._title(column)
        box = rect.adjusted(S8, 0, -S8, -1)
        metrics = look.metrics()
        width = metrics.horizontalAdvance(text)
        if width > box.width():
            box = rect.adjusted(S4, 0, -S4, -1)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            width = min(width, box.width())
        if column.alignment is Align.RIGHT:
            box.setLeft(box.left() + box.width() - width)
        elif column.alignment is Align.CENTRE:
            box.setLeft(box.left() + (box.width() - width) // 2)
        painter.setFont(look.font())
        painter.setPen(look.color("text2"))
        painter.drawText(box, _VCENTER, text)

    def _title(self, column: Column) -> str:
        for place, (key, ascending) in enumerate(self._sort):
            if key == column.key:
                rank = str(place + 1) if len(self._sort) > 1 else ""
                return f"{column.title} {'↑' if ascending else '↓'}{rank}"
        return column.title

    def paintEvent(self, e: object) -> None:
        painter = QPainter(self.viewport())
        look = theme()
        rect = self.viewport().rect()
        painter.fillRect(rect, look.color("header"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.color("mid"))
        painter.end()
        super().paintEvent(e)  # type: ignore[arg-type]

    def mousePressEvent(self, e: QMouseEvent) -> None:
        section = self.logicalIndexAt(e.position().toPoint())
        self._pressed = (section, e.position().toPoint()) if section >= 0 else None
        self._before = self.layout_state()
        self.setSectionsMovable(section >= 0 and not self._columns[section].pinned)
        super().mousePressEvent(e)

    def mouseReleaseEvent(self, e: QMouseEvent) -> None:
        super().mouseReleaseEvent(e)
        if self._before and self.layout_state() != self._before:
            self.edited.emit()
        self._before = []
        pressed, self._pressed = self._pressed, None
        if pressed is None or e.button() is not Qt.MouseButton.LeftButton:
            return
        section, start = pressed
        here = e.position().toPoint()
        resizing = self.cursor().shape() is Qt.CursorShape.SplitHCursor
        if not resizing and (here - start).manhattanLength() < 4 and self.logicalIndexAt(here) == section:
            self.sort_by(section, add=bool(e.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.column_menu(self.logicalIndexAt(event.pos()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def column_menu(self, section: int = -1) -> QMenu:
        """The menu that shows, hides and moves columns; also opened by the 列 button of a page."""
        menu = QMenu(self)
        if section >= 0 and not self._columns[section].pinned:
            place = self.visualIndex(section)
            left = menu.addAction("左移")
            left.setEnabled(place > self._pinned_count())
            left.triggered.connect(lambda: self._move(place, place - 1))
            right = menu.addAction("右移")
            right.setEnabled(place < self.count() - 1)
            right.triggered.connect(lambda: self._move(place, place + 1))
            menu.addSeparator()
        for number, column in enumerate(self._columns):
            if column.kind is ColumnKind.CHECK:
                continue
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(number))
            action.setEnabled(not column.pinned)
            action.toggled.connect(lambda shown, number=number: self._show(number, shown))
        menu.addSeparator()
        menu.addAction("恢复默认列").triggered.connect(self._reset)
        return menu

    def _move(self, place: int, to: int) -> None:
        self.moveSection(place, to)
        self.edited.emit()

    def _show(self, number: int, shown: bool) -> None:
        self.setSectionHidden(number, not shown)
        self.fit()
        self.edited.emit()

    def _reset(self) -> None:
        self.reset_layout()
        self.edited.emit()

    def _pinned_count(self) -> int:
        return sum(1 for column in self._columns if column.pinned)

    def reset_layout(self) -> None:
        """Order, widths and visibility as declared."""
        look = theme()
        with self._fitting_once():
            for number, column in enumerate(self._columns):
                self.moveSection(self.visualIndex(number), number)
                self.setSectionHidden(number, column.hidden)
                self.resizeSection(number, look.pixels(column.width))

    def layout_state(self) -> list[dict[str, object]]:
        """Order, widths (at 100 %) and visibility, as plain data for a saved view."""
        scale = theme().scale
        return [
            {
                "key": self._columns[number].key,
                "width": round(self._kept_width(number) * 100 / scale),
                "hidden": self.isSectionHidden(number),
            }
            for number in (self.logicalIndex(place) for place in range(self.count()))
            if self._columns[number].kind is not ColumnKind.CHECK
        ]

    def _kept_width(self, number: int) -> int:
        if self.isSectionHidden(number):
            return theme().pixels(self._columns[number].width)
        return self.sectionSize(number)

    def restore_layout(self, state: list[dict[str, object]]) -> None:
        """Apply a kept layout; columns that it does not know stay behind it, as declared."""
        numbers = {column.key: number for number, column in enumerate(self._columns)}
        place = sum(1 for column in self._columns if column.kind is ColumnKind.CHECK)
        with self._fitting_once():
            for entry in state:
                number = numbers.get(str(entry.get("key")))
                if number is None:
                    continue
                self.moveSection(self.visualIndex(number), place)
                place += 1
                hidden = bool(entry.get("hidden")) and not self._columns[number].pinned
                width = entry.get("width")
                if isinstance(width, int):
                    self.resizeSection(number, theme().pixels(width))
                self.setSectionHidden(number, hidden)
