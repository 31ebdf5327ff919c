"""The board of a score sheet: units by items, darker where less of an item's points was earned."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from suite.contract.assessment import Criterion, SheetPart
from suite.kernel.assessment.boards import Board, BoardLine
from suite.kernel.assessment.standing import IN, STANDINGS, WALKING
from suite.ui.kit.columns import Align
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, S4, S6, S8, Height, TextSize, TokenName
from suite.ui.pages.assessment.wording import grade_title, points_text

PLACE, NAME, CELL, TOTAL, GRADE = 44, 176, 52, 60, 56
#: Below this share of an item's points a cell is as dark as it gets.
DARKEST = 0.55
TITLE_LINES = 3


class HeatBoard(QAbstractScrollArea):
    """Rows of participants; ↑ ↓ choose one, ← → an item. `line_chosen` carries the current participant.

    Enter opens what stands behind the current cell, F2 scores it; a double click on a name opens the record.
    """

    line_chosen = Signal(object)  # BoardLine
    line_opened = Signal(object)  # BoardLine
    cell_opened = Signal(object, str)  # BoardLine, item
    cell_edit_wanted = Signal(object, str)  # BoardLine, item

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("得分总表")
        self.lines: tuple[BoardLine, ...] = ()
        self._board: Board | None = None
        self._items: tuple[Criterion, ...] = ()
        self.row, self.column = -1, 0
        theme().changed.connect(self._restyle)

    def set_board(self, board: Board, lines: Sequence[BoardLine]) -> None:
        """Show a board's lines; the row that was current stays so where it is still there."""
        kept = self.current.id if self.current is not None else None
        self._board, self.lines = board, tuple(lines)
        first = next((at for at, line in enumerate(self.lines) if line.standing in WALKING), 0)
        self._items = tuple(item for item in board.sheet.criteria if item.part is SheetPart.ITEM)
        self.row = next((place for place, line in enumerate(self.lines) if line.id == kept), first)
        self.column = min(self.column, max(len(self._items) - 1, 0))
        self._restyle()
        self._tell()

    @property
    def current(self) -> BoardLine | None:
        """The participant that the keyboard is on."""
        return self.lines[self.row] if 0 <= self.row < len(self.lines) else None

    @property
    def item(self) -> str:
        """The key of the item that the keyboard is on."""
        return self._items[self.column].key if 0 <= self.column < len(self._items) else ""

    def select(self, name: str) -> bool:
        """Make the participant of this name current."""
        place = next((at for at, line in enumerate(self.lines) if line.name == name), -1)
        if place >= 0:
            self._go(place, self.column)
        return place >= 0

    # Geometry.

    def _restyle(self) -> None:
        high = max(self.viewport().height() - self._head(), 1)
        wide = max(self._cells().width(), 1)
        self.verticalScrollBar().setRange(0, max(len(self.lines) * self._row() - high, 0))
        self.verticalScrollBar().setPageStep(high)
        self.verticalScrollBar().setSingleStep(self._row())
        self.horizontalScrollBar().setRange(0, max(len(self._items) * self._wide() - wide, 0))
        self.horizontalScrollBar().setPageStep(wide)
        self.horizontalScrollBar().setSingleStep(self._wide())
        self.viewport().update()

    def resizeEvent(self, event: object) -> None:
        self._restyle()

    def _row(self) -> int:
        return theme().height(Height.ROW_COMPACT)

    def _band(self) -> int:
        return theme().height(Height.ROW_DENSE)

    def _head(self) -> int:
        return self._band() * 2 + theme().metrics(TextSize.CAPTION).height() * TITLE_LINES

    def _left(self) -> int:
        return theme().pixels(PLACE + NAME)

    def _right(self) -> int:
        return theme().pixels(TOTAL + GRADE)

    def _fixed(self) -> int:
        return self._left() + self._right()

    def _wide(self) -> int:
        """The width of an item: as many whole ones as there is room for, none cut by the totals."""
        least, room = theme().pixels(CELL), self.viewport().width() - self._fixed()
        if len(self._items) * least <= room:
            return least
        return room // max(room // least, 1) if room >= least else least

    def _scrolled(self) -> int:
        """By how much the items are scrolled, to the edge of one."""
        return round(self.horizontalScrollBar().value() / self._wide()) * self._wide()

    def _cells(self) -> QRect:
        """Where items are drawn."""
        used = len(self._items) * self._wide()
        room = (self.viewport().width() - self._fixed()) // self._wide() * self._wide()
        wide = min(room, used)
        return QRect(self._left(), 0, max(wide, 0), self.viewport().height())

    def _cell(self, row: int, column: int) -> QRect:
        x = self._left() + column * self._wide() - self._scrolled()
        y = self._head() + row * self._row() - self.verticalScrollBar().value()
        return QRect(x, y, self._wide(), self._row())

    def _at(self, place: QPoint) -> tuple[int, int]:
        """Row and column at a place; -1 where there is none."""
        row = (place.y() - self._head() + self.verticalScrollBar().value()) // self._row()
        column = (place.x() - self._left() + self._scrolled()) // self._wide()
        inside = self._cells().contains(place)
        return (
            row if place.y() >= self._head() and row < len(self.lines) else -1,
            column if inside and column < len(self._items) else -1,
        )

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        look = theme()
        painter.fillRect(self.viewport().rect(), look.color("surface"))
        if self._board is not None:
            first = self.verticalScrollBar().value() // self._row()
            last = first + self.viewport().height() // self._row() + 1
            rows = range(first, min(last + 1, len(self.lines)))
            for row in rows:
                self._paint_row(painter, row, self._board)
            painter.setClipRect(self._cells())
            for row in rows:
                self._paint_cells(painter, row)
            painter.setClipping(False)
            self._paint_head(painter)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int, board: Board) -> None:
        look, line = theme(), self.lines[row]
        y, high = self._cell(row, 0).y(), self._row()
        if row == self.row:
            painter.fillRect(QRect(0, y, self.viewport().width(), high), look.color("accent_sel"))
            painter.fillRect(QRect(0, y, FOCUS_WIDTH, high), look.color("accent"))
        bold = row == self.row
        place = QRect(0, y, look.pixels(PLACE) - S8, high)
        draw_text(painter, place, str(line.rank) if line.rank else "—", "text2", align=Align.RIGHT)
        name = QRect(look.pixels(PLACE) + S4, y, look.pixels(NAME) - S8, high)
        draw_text(painter, name, line.name, "text1", bold=bold)
        x = self._cells().right() + 1
        total = QRect(x, y, look.pixels(TOTAL) - S8, high)
        draw_text(painter, total, points_text(line.total), "text1", align=Align.RIGHT, bold=True)
        grade = QRect(x + look.pixels(TOTAL), y, look.pixels(GRADE) - S4, high)
        none = "待评" if line.standing == IN else STANDINGS[line.standing][:4].rstrip("，")
        words = grade_title(board.sheet, line.grade or line.proposal) or none
        draw_text(painter, grade, words, "text1" if line.grade else "text2", align=Align.CENTRE)
        painter.setPen(QPen(look.color("hair"), 1))
        painter.drawLine(0, y + high - 1, x + self._right(), y + high - 1)

    def _paint_cells(self, painter: QPainter, row: int) -> None:
        look, line = theme(), self.lines[row]
        for column, item in enumerate(self._items):
            box = self._cell(row, column).adjusted(0, 0, -1, -1)
            if not box.intersects(self._cells()):
                continue
            if item.key not in line.points:
                hatch = QBrush(look.color("mid"), Qt.BrushStyle.BDiagPattern)
                painter.fillRect(box, hatch)
                text = "？" if item.key in line.asking else ""
            else:
                points = line.points[item.key]
                painter.fillRect(box, _heat(points, item.most))
                text = "不适用" if points is None else points_text(points)
            bold = item.key in line.far
            draw_text(painter, box, text, "text1", align=Align.CENTRE, bold=bold, size=TextSize.CAPTION)
            if bold:
                painter.setPen(QPen(look.color("bad"), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))
            if row == self.row and column == self.column and self.hasFocus():
                painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
                painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_head(self, painter: QPainter) -> None:
        look, head, band = theme(), self._head(), self._band()
        wide = self._cells().right() + 1 + self._right()
        painter.fillRect(QRect(0, 0, max(wide, self.viewport().width()), head), look.color("header"))
        below = QRect(0, band, look.pixels(PLACE) - S8, head - band)
        draw_text(painter, below, "名次", "text2", align=Align.RIGHT, size=TextSize.CAPTION)
        name = QRect(look.pixels(PLACE) + S4, band, look.pixels(NAME), head - band)
        draw_text(painter, name, "单位", "text2", size=TextSize.CAPTION)
        x = self._cells().right() + 1
        for words, left, width in (("得分", 0, TOTAL), ("等次", TOTAL, GRADE)):
            box = QRect(x + look.pixels(left), band, look.pixels(width), head - band)
            draw_text(painter, box, words, "text2", align=Align.CENTRE, size=TextSize.CAPTION)
        painter.setClipRect(self._cells())
        self._paint_headings(painter, band)
        for column, item in enumerate(self._items):
            cell = self._cell(0, column)
            box = QRect(cell.x() + 1, band, cell.width() - 2, head - 2 * band)
            painter.setFont(look.font(TextSize.CAPTION))
            painter.setPen(look.color("text1"))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere)
            painter.drawText(box, flags, _short(item.title))
            most = QRect(cell.x(), head - band, cell.width(), band)
            words = f"{item.most.normalize():f}"
            draw_text(painter, most, words, "text2", align=Align.CENTRE, size=TextSize.CAPTION)
        painter.setClipping(False)
        painter.setPen(QPen(look.color("mid"), 1))
        painter.drawLine(0, head - 1, wide, head - 1)

    def _paint_headings(self, painter: QPainter, band: int) -> None:
        """First-level indicators above their items, with the sum of their points."""
        look = theme()
        start = 0
        for place in range(1, len(self._items) + 1):
            end = place == len(self._items)
            if not end and self._items[place].heading == self._items[start].heading:
                continue
            left = self._cell(0, start).x()
            box = QRect(left, 0, (place - start) * self._wide(), band)
            weight = sum((item.most for item in self._items[start:place]), Decimal(0))
            words = f"{self._items[start].heading} {weight.normalize():f}"
            draw_text(painter, box, words, "text1", align=Align.CENTRE, size=TextSize.CAPTION)
            painter.setPen(QPen(look.color("mid"), 1))
            painter.drawLine(box.right(), S6, box.right(), self._head())
            start = place

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row, column = self._at(event.position().toPoint())
        if row >= 0:
            self._go(row, column if column >= 0 else self.column)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, column = self._at(event.position().toPoint())
        if row < 0 or self.current is None:
            return
        if column < 0:
            self.line_opened.emit(self.current)
        else:
            self.cell_opened.emit(self.current, self.item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = max(self.viewport().height() // self._row() - 2, 1)
        moves = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1), Qt.Key.Key_PageUp: (-page, 0), Qt.Key.Key_PageDown: (page, 0),
            Qt.Key.Key_Home: (-len(self.lines), 0), Qt.Key.Key_End: (len(self.lines), 0),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            down, right = moves[key]
            self._go(self.row + down, self.column + right)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.cell_opened.emit(self.current, self.item)
        elif key == Qt.Key.Key_F2 and self.current is not None:
            self.cell_edit_wanted.emit(self.current, self.item)
        else:
            super().keyPressEvent(event)

    def _go(self, row: int, column: int) -> None:
        if not self.lines:
            return
        former = self.row
        self.row = min(max(row, 0), len(self.lines) - 1)
        self.column = min(max(column, 0), max(len(self._items) - 1, 0))
        self._bring_into_sight()
        self.viewport().update()
        if self.row != former:
            self._tell()

    def _bring_into_sight(self) -> None:
        cell, room = self._cell(self.row, self.column), self._cells()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        if cell.top() < self._head():
            vertical.setValue(vertical.value() - (self._head() - cell.top()))
        elif cell.bottom() > self.viewport().height():
            vertical.setValue(vertical.value() + cell.bottom() - self.viewport().height())
        if cell.left() < room.left():
            horizontal.setValue(horizontal.value() - (room.left() - cell.left()))
        elif cell.right() > room.right():
            horizontal.setValue(horizontal.value() + cell.right() - room.right())

    def _tell(self) -> None:
        line = self.current
        if line is not None:
            place = f"第 {line.rank} 名" if line.rank else "未排名"
            self.setAccessibleDescription(f"{line.name}，{place}，得分 {points_text(line.total) or '未完成'}")
            self.line_chosen.emit(line)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._told(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def _told(self, place: QPoint) -> str:
        row, column = self._at(place)
        if column < 0:
            return ""
        item = self._items[column]
        words = f"{item.title}（{item.most.normalize():f} 分）：{item.rule or item.measure.words}"
        if row < 0:
            return words
        line = self.lines[row]
        if item.key in line.asking:
            return f"{words}\n两人评分相差过大，须第三人评分"
        if item.key not in line.points:
            return f"{words}\n尚未评分"
        points = line.points[item.key]
        told = "不适用" if points is None else f"得 {points} 分"
        return f"{words}\n{told}" + ("，与同组中位数相差 2 个标准差以上" if item.key in line.far else "")


def _heat(points: Decimal | None, most: Decimal) -> QColor:
    """From white at full points to the darkest at 55 % and below; plain where the item does not apply."""
    look = theme()
    name: TokenName = "sunken"
    if points is None:
        return look.color(name)
    share = float(points / most) if most else 1.0
    depth = min(max((1.0 - share) / (1.0 - DARKEST), 0.0), 1.0)
    pale, dark = look.color("heat0"), look.color("heat1")
    return QColor(
        *(
            round(a + (b - a) * depth)
            for a, b in (
                (pale.red(), dark.red()),
                (pale.green(), dark.green()),
                (pale.blue(), dark.blue()),
            )
        )
    )


def _short(title: str) -> str:
    """The head of a title: what fits above a column; the whole stands in the tooltip."""
    head = title.partition("（")[0]
    return head if len(head) <= 4 * TITLE_LINES else f"{head[: 4 * TITLE_LINES - 1]}…"
