"""A year at a glance: twelve months, each day worked or off, the days that a notice names marked 休 or 班."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, RADIUS_CONTROL, S2, S4, S12, S16, TextSize, TokenName

WEEK = "一二三四五六日"
COLUMNS, ROWS = 4, 3
WEEKS = 6
_ONE_DAY = dt.timedelta(days=1)
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class DayMark(NamedTuple):
    """A day that a notice names: off or a worked weekend; `draft` where it does not count yet."""

    working: bool
    text: str
    draft: bool = False

    @property
    def letter(self) -> str:
        """休 or 班."""
        return "班" if self.working else "休"


class YearView(QWidget):
    """Arrows walk over the days, Page Up and Page Down ask for another year, Enter opens a day."""

    day_changed = Signal(object)  # date
    day_opened = Signal(object)  # date
    year_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = 2000
        self.marks: Mapping[dt.date, DayMark] = {}
        self.today = dt.date(2000, 1, 1)
        self.day = dt.date(2000, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_year(self, year: int, marks: Mapping[dt.date, DayMark], today: dt.date) -> None:
        """Show a year; the day in front keeps its month and day, or is today in today's year."""
        if year != self.year:
            last = calendar.monthrange(year, self.day.month)[1]
            kept = self.day.replace(year=year, day=min(self.day.day, last))
            self.day = today if year == today.year else kept
        self.year, self.marks, self.today = year, marks, today
        self.setAccessibleName(f"{year} 年日历")
        self._tell()

    def words(self, day: dt.date) -> str:
        """What a day is, in words."""
        mark = self.marks.get(day)
        kind = "休息日" if day.weekday() >= 5 else "工作日"
        told = f"{mark.letter}（{mark.text}）" if mark else kind
        return f"{day} 周{WEEK[day.weekday()]}　{told}"

    def select(self, day: dt.date) -> None:
        """Bring a day to the front; one of another year asks for that year."""
        self.day = day
        if day.year != self.year:
            self.year_wanted.emit(day.year)
            return
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.words(self.day))
        self.day_changed.emit(self.day)
        self.update()

    # Geometry.

    def _month_rect(self, month: int) -> QRect:
        row, column = divmod(month - 1, COLUMNS)
        width = (self.width() - (COLUMNS - 1) * S16) // COLUMNS
        height = (self.height() - (ROWS - 1) * S12) // ROWS
        return QRect(column * (width + S16), row * (height + S12), width, height)

    def day_rect(self, day: dt.date) -> QRect:
        """Where a day is drawn."""
        month = self._month_rect(day.month)
        head = 2 * theme().height(18)
        place = day.replace(day=1).weekday() + day.day - 1
        row, column = divmod(place, 7)
        top = month.y() + head + (month.height() - head) * row // WEEKS
        bottom = month.y() + head + (month.height() - head) * (row + 1) // WEEKS
        left = month.x() + month.width() * column // 7
        right = month.x() + month.width() * (column + 1) // 7
        return QRect(left, top, right - left, bottom - top)

    def day_at(self, x: int, y: int) -> dt.date | None:
        """The day under a point."""
        for month in range(1, 13):
            if self._month_rect(month).contains(x, y):
                length = calendar.monthrange(self.year, month)[1]
                days = (dt.date(self.year, month, number) for number in range(1, length + 1))
                return next((day for day in days if self.day_rect(day).contains(x, y)), None)
        return None

    def sizeHint(self) -> QSize:
        look = theme()
        line = look.height(18)
        return QSize(COLUMNS * 7 * look.pixels(40), ROWS * (2 + WEEKS) * line + (ROWS - 1) * S12)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.select(self.day + _KEYS[key] * _ONE_DAY)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.year_wanted.emit(self.year + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.day_opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.day_at(event.position().toPoint().x(), event.position().toPoint().y())
        if found is not None:
            self.select(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.day_at(event.position().toPoint().x(), event.position().toPoint().y())
        if found is not None:
            self.day_opened.emit(found)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            found = self.day_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self.words(found) if found else "", self)
            return True
        return super().event(event)  # type: ignore[arg-type]  # whatever else Qt sends

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._paint_head(painter, month)
            for number in range(1, calendar.monthrange(self.year, month)[1] + 1):
                self._paint_day(painter, dt.date(self.year, month, number))
        painter.end()

    def _paint_head(self, painter: QPainter, month: int) -> None:
        look, place = theme(), self._month_rect(month)
        line = look.height(18)
        painter.setFont(look.font(TextSize.BODY, bold=True))
        painter.setPen(look.color("text1"))
        title = QRect(place.x(), place.y(), place.width(), line)
        painter.drawText(title, int(Qt.AlignmentFlag.AlignCenter), f"{month} 月")
        painter.setFont(look.font(TextSize.CAPTION))
        painter.setPen(look.color("text2"))
        for column, letter in enumerate(WEEK):
            left = place.x() + place.width() * column // 7
            right = place.x() + place.width() * (column + 1) // 7
            cell = QRect(left, place.y() + line, right - left, line)
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), letter)
        painter.setPen(QPen(look.color("hair"), 1))
        bottom = place.y() + 2 * line - 1
        painter.drawLine(place.x(), bottom, place.right(), bottom)

    def _paint_day(self, painter: QPainter, day: dt.date) -> None:
        look, cell = theme(), self.day_rect(day).adjusted(1, 1, -1, -1)
        mark = self.marks.get(day)
        if mark is not None:
            ground: TokenName = "neutral_tint" if mark.draft else "warn_tint" if mark.working else "ok_tint"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(ground))
            painter.drawRoundedRect(cell, RADIUS_CONTROL, RADIUS_CONTROL)
        if day == self.day:
            width = FOCUS_WIDTH if self.hasFocus() else 1
            painter.setPen(QPen(look.color("accent"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell, RADIUS_CONTROL, RADIUS_CONTROL)
        off = (not mark.working) if mark else day.weekday() >= 5
        painter.setFont(look.font(TextSize.BODY, bold=day == self.today))
        painter.setPen(
            look.color(
                "accent" if day == self.today else "text1" if not off else "text2" if mark else "text3"
            )
        )
        half = cell.width() // 2
        number = QRect(cell.x(), cell.y(), half + S4, cell.height())
        painter.drawText(
            number, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(day.day)
        )
        if mark is not None:
            painter.setFont(look.font(TextSize.CAPTION))
            tone: TokenName = "neutral" if mark.draft else "warn" if mark.working else "ok"
            painter.setPen(look.color(tone))
            place = QRect(cell.x() + half + S4 + S2, cell.y(), half, cell.height())
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), mark.letter
            )
