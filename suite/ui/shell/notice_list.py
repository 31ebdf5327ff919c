"""What drops from the bell: notices, newest first, to open or to be done with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from suite.contract.states import StateKind
from suite.ui.kit.buttons import Button, Look
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.popover import Popover
from suite.ui.kit.state import paint_state
from suite.ui.kit.text import label
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import GLYPH, S4, S6, S8, S12, TextSize, Width

VISIBLE_ROWS = 7
EMPTY = "没有待看的提醒。"
_ITEM = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, kw_only=True)
class NoticeItem:
    """One notice as the list shows it: `remark` tells its kind, from whom and when."""

    id: int
    state: StateKind
    text: str
    remark: str
    read: bool
    opens: bool


class _Delegate(QStyledItemDelegate):
    """Glyph, text of up to two lines (bold until read), remark."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def _words(self, item: NoticeItem) -> list[str]:
        look = theme()
        # Of the list as it will be, with its scroll bar: heights are asked for before it is laid out.
        bar = self._view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        width = look.pixels(Width.NOTICES) - 2 * S6 - 2 - bar - _left() - S12
        return lines_of(item.text, width, look.font(bold=not item.read))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        look = theme()
        words = len(self._words(index.data(_ITEM))) * look.metrics().lineSpacing()
        return QSize(0, S8 + words + S4 + look.metrics(TextSize.CAPTION).lineSpacing() + S8)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme()
        item: NoticeItem = index.data(_ITEM)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, look.color("accent_sel"))
        edge, line = look.pixels(GLYPH), look.metrics().lineSpacing()
        box = rect.adjusted(_left(), S8, -S12, -S8)
        paint_state(painter, QRectF(S12, box.y() + (line - edge) / 2, edge, edge), item.state)
        for words in self._words(item):
            draw_text(
                painter, QRect(box.topLeft(), QSize(box.width(), line)), words, "text1", bold=not item.read
            )
            box.setTop(box.top() + line)
        box.setTop(box.top() + S4)
        draw_text(painter, box, item.remark, "text2", size=TextSize.CAPTION)
        painter.setPen(QPen(look.color("hair"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _left() -> int:
    """Where the text begins, right of the glyph."""
    return S12 + theme().pixels(GLYPH) + S8


def lines_of(text: str, width: int, font: QFont) -> list[str]:
    """A text on at most two lines, broken between words and never in a number; more of it ends in …"""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(width)
    end = first.textLength()
    layout.endLayout()
    if end >= len(text):
        return [text]
    return [
        text[:end].rstrip(),
        QFontMetrics(font).elidedText(text[end:], Qt.TextElideMode.ElideRight, width),
    ]


class _List(QListWidget):
    """Enter and a click open, Delete is done with."""

    opened = Signal(int)
    finished = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("提醒")
        self.itemClicked.connect(lambda item: self.opened.emit(item.data(_ITEM).id))

    def current_id(self) -> int | None:
        """The notice that is marked."""
        item = self.currentItem()
        notice: NoticeItem | None = item.data(_ITEM) if item is not None else None
        return notice.id if notice is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_id()
        if current is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(current)
        elif current is not None and event.key() == Qt.Key.Key_Delete:
            self.finished.emit(current)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        rows = range(min(self.count(), VISIBLE_ROWS))
        return QSize(0, sum(self.sizeHintForRow(row) for row in rows))


class NoticeList(Popover):
    """`opened`, `finished` and `all_read` carry the ids; the owner writes and shows anew."""

    opened = Signal(int)
    finished = Signal(list)
    all_read = Signal(list)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: tuple[NoticeItem, ...] = ()
        self.title = label("提醒", size=TextSize.SECTION, bold=True)
        self.count = label("", size=TextSize.CAPTION, tone="text2")
        self.read_button = Button("全部已读(&R)", look=Look.LINK)
        head = QHBoxLayout()
        head.setContentsMargins(S6, S4, S6, 0)
        head.setSpacing(S8)
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch()
        head.addWidget(self.read_button)
        self.list = _List()
        self.empty = label(EMPTY, tone="text2")
        self.empty.setContentsMargins(S6, S8, S6, S8)
        self.open_button = Button("打开(&O)")
        self.finish_button = Button("办结(&D)")
        foot = QHBoxLayout()
        foot.setContentsMargins(S6, 0, S6, S4)
        foot.setSpacing(S8)
        self.hints = label("Enter 打开　Delete 办结　Esc 关闭", size=TextSize.CAPTION, tone="text2")
        foot.addWidget(self.hints)
        foot.addStretch()
        foot.addWidget(self.open_button)
        foot.addWidget(self.finish_button)
        self.body.addLayout(head)
        self.body.addWidget(self.list)
        self.body.addWidget(self.empty)
        self.body.addLayout(foot)
        self.list.opened.connect(self.opened)
        self.list.finished.connect(lambda number: self.finished.emit([number]))
        self.list.currentRowChanged.connect(self._tell)
        self.open_button.clicked.connect(self._open_current)
        self.finish_button.clicked.connect(self._finish_current)
        self.read_button.clicked.connect(lambda: self.all_read.emit(self._unread()))

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(Width.NOTICES), super().sizeHint().height())

    @property
    def items(self) -> tuple[NoticeItem, ...]:
        """What is listed."""
        return self._items

    def _unread(self) -> list[int]:
        return [item.id for item in self._items if not item.read]

    def set_items(self, items: Sequence[NoticeItem]) -> None:
        """Show these; what was marked stays marked, or what has come into its place."""
        if tuple(items) == self._items and self.list.count():
            return
        marked, place = self.list.current_id(), self.list.currentRow()
        self._items = tuple(items)
        self.list.clear()
        for item in self._items:
            entry = QListWidgetItem(self.list)
            entry.setData(_ITEM, item)
            spoken = f"{'' if item.read else '未读，'}{item.text}，{item.remark}"
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            entry.setToolTip(item.text)
        ids = [item.id for item in self._items]
        if ids:
            self.list.setCurrentRow(ids.index(marked) if marked in ids else max(0, min(place, len(ids) - 1)))
        self.list.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        for widget in (self.hints, self.open_button, self.finish_button):
            widget.setVisible(bool(ids))
        unread = len(self._unread())
        self.count.setText(f"{unread} 条未读，共 {len(ids)} 条" if ids else "")
        self.read_button.setVisible(bool(unread))
        self._tell()
        if self.isVisible():
            self.body.activate()
            self.resize(self.sizeHint())

    def _current(self) -> NoticeItem | None:
        return next((item for item in self._items if item.id == self.list.current_id()), None)

    def _tell(self) -> None:
        current = self._current()
        self.finish_button.set_refusal("" if current else "没有选定的提醒。")
        opens = current is not None and current.opens
        self.open_button.set_refusal("" if opens else "这条提醒没有可打开的页面。")

    def _open_current(self) -> None:
        current = self._current()
        if current is not None:
            self.opened.emit(current.id)

    def _finish_current(self) -> None:
        current = self._current()
        if current is not None:
            self.finished.emit([current.id])
