"""The life line: lanes of spans and marks on one axis of years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from suite.ui.kit.lifeline_data import Lane, Mark, Span, entries_of, entry_text, spoken_lanes
from suite.ui.kit.lifeline_paint import paint_life_line
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, GLYPH, S4, S8, S16

LANE = 27
AXIS = 26
LABEL = 76


class LifeLine(QWidget):
    """Lanes on one axis. ← → walk along the entries of a lane, ↑ ↓ change the lane, Enter opens; a click
    on the axis, or Space on an entry, picks its day and shows the record as of then.
    """

    date_picked = Signal(object)  # date
    opened = Signal(object)  # key of a span or mark

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lanes: tuple[Lane, ...] = ()
        self.today = date(2000, 1, 1)
        self.first_year = 2000
        self.last_year = 2000
        self.picked: date | None = None
        self._lane = 0
        self._entry = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("执业沿革")
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_lanes(self, lanes: Sequence[Lane], today: date) -> None:
        """Show other lanes; the axis runs from the first entry's year to this year."""
        self.lanes = tuple(lanes)
        self.today = today
        days = [s.start for lane in lanes for s in lane.spans] + [m.day for lane in lanes for m in lane.marks]
        self.first_year = min((day.year for day in days), default=today.year)
        self.last_year = max([today.year, *(day.year for day in days)])
        self._lane = self._entry = 0
        self.setAccessibleDescription(spoken_lanes(self.lanes))
        self.updateGeometry()
        self.update()

    def set_picked(self, day: date | None) -> None:
        """Draw the line of the day that the record is shown as of."""
        self.picked = day
        self.update()

    # Geometry.

    def axis_rect(self) -> QRect:
        """Where the years stand, without the lane titles."""
        left = S16 + theme().pixels(LABEL)
        return QRect(left, 0, max(1, self.width() - left - S16), self.height())

    def x_of(self, day: date) -> float:
        """The horizontal place of a day."""
        axis = self.axis_rect()
        years = self.last_year - self.first_year + 1
        length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
        part = day.year - self.first_year + (day - date(day.year, 1, 1)).days / length
        return axis.x() + axis.width() * part / years

    def day_at(self, x: int) -> date:
        """The day at a horizontal place, held within the axis and not after today."""
        axis = self.axis_rect()
        years = self.last_year - self.first_year + 1
        part = max(0.0, min((x - axis.x()) / axis.width(), 0.999999)) * years
        year = self.first_year + int(part)
        length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
        ordinal = date(year, 1, 1).toordinal() + int((part - int(part)) * length)
        return min(date.fromordinal(ordinal), self.today)

    def lane_rect(self, number: int) -> QRect:
        """The strip of a lane."""
        look = theme()
        height = look.height(LANE)
        return QRect(0, look.height(AXIS) - 2 + number * height, self.width(), height)

    def entry_rect(self, number: int, entry: Span | Mark) -> QRectF:
        """Where an entry is drawn."""
        lane = QRectF(self.lane_rect(number)).adjusted(0, 3, 0, -3)
        if isinstance(entry, Mark):
            edge = theme().pixels(GLYPH)
            return QRectF(self.x_of(entry.day) - edge / 2, lane.y(), edge, lane.height())
        start = self.x_of(entry.start)
        end = self.x_of(min(entry.end, self.today) if entry.end else self.today)
        return QRectF(start, lane.y(), max(end - start, 3), lane.height())

    def word_rect(self, number: int, mark: Mark) -> QRectF | None:
        """Where the word of a mark stands: right of its glyph, else left of it, None without room."""
        marks = sorted(self.lanes[number].marks, key=lambda m: m.day)
        axis = self.axis_rect()
        taken = float(axis.x() - S16)
        for place, each in enumerate(marks):
            glyph = self.entry_rect(number, each)
            width = theme().metrics().horizontalAdvance(each.text) + S4
            last = place + 1 == len(marks)
            limit = axis.right() + S8 if last else self.entry_rect(number, marks[place + 1]).x()
            found: QRectF | None = None
            if glyph.right() + width + S4 <= limit:
                found = QRectF(glyph.right() + S4, glyph.y(), width, glyph.height())
            elif glyph.x() - width - S4 >= taken:
                found = QRectF(glyph.x() - width - 1, glyph.y(), width, glyph.height())
            if each is mark:
                return found
            taken = max(glyph.right(), found.right() if found is not None else 0)
        return None

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.pixels(600), look.height(AXIS) + len(self.lanes) * look.height(LANE) + S4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().pixels(320), self.sizeHint().height())

    # Events.

    def entry_at(self, x: float, y: float) -> Span | Mark | None:
        """The entry under a point."""
        for number, lane in enumerate(self.lanes):
            for entry in reversed(entries_of(lane)):
                word = self.word_rect(number, entry) if isinstance(entry, Mark) else None
                if self.entry_rect(number, entry).contains(x, y) or (word and word.contains(x, y)):
                    return entry
        return None

    def current_entry(self) -> Span | Mark | None:
        """The entry that the keyboard stands on."""
        if not 0 <= self._lane < len(self.lanes):
            return None
        entries = entries_of(self.lanes[self._lane])
        return entries[min(self._entry, len(entries) - 1)] if entries else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        entry = self.entry_at(point.x(), point.y())
        if entry is not None and entry.key is not None:
            self.opened.emit(entry.key)
        elif self.axis_rect().contains(point.toPoint()):
            self.pick(self.day_at(int(point.x())))

    def pick(self, day: date) -> None:
        """Choose a day, as a click on the axis does."""
        self.set_picked(day)
        self.date_picked.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.current_entry()
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.lanes:
            step = -1 if key == Qt.Key.Key_Up else 1
            self._lane = max(0, min(self._lane + step, len(self.lanes) - 1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and entry is not None:
            step = -1 if key == Qt.Key.Key_Left else 1
            last = len(entries_of(self.lanes[self._lane])) - 1
            self._entry = max(0, min(min(self._entry, last) + step, last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and entry is not None:
            if entry.key is not None:
                self.opened.emit(entry.key)
        elif key == Qt.Key.Key_Space and entry is not None:
            self.pick(entry.day if isinstance(entry, Mark) else entry.start)
        else:
            super().keyPressEvent(event)
            return
        now = self.current_entry()
        if now is not None:
            self.setAccessibleDescription(f"{self.lanes[self._lane].title}：{entry_text(now)}")
        self.update()

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            entry = self.entry_at(event.pos().x(), event.pos().y())
            if entry is not None:
                QToolTip.showText(event.globalPos(), entry_text(entry), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_life_line(painter, self)
        entry = self.current_entry()
        if self.hasFocus() and entry is not None:
            painter.setPen(QPen(theme().color("accent"), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.entry_rect(self._lane, entry).adjusted(-2, -1, 2, 1))
        painter.end()
