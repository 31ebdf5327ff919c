"""Seasons on the desk: a bar of steps for each, the legend once; a click opens the rows behind a part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from suite.kernel.assessment.standing import NOTICED
from suite.kernel.assessment.tasks import SeasonTask
from suite.ui.kit.columns import Align
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.stacked import HUES, Part, paint_stacked, parts_text
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, S4, S6, S8, S12, TextSize, TokenName

ROW, BAR, LEGEND, SWATCH = 46, 8, 26, 8
#: What the hues mean, whatever the steps of a scheme are called: their names stand in the tooltip.
MEANINGS = ("已办完", "已评定或待盖章", "办理中", "未开始")


def parts_of(task: SeasonTask) -> list[tuple[str, Part]]:
    """From those who are through to those who have not begun, the step of each."""
    steps = [("", "已办完"), *((step.key, f"待{step.title}") for step in reversed(task.scheme.steps))]
    return [(key, Part(title, task.waiting.get(key, 0))) for key, title in steps]


def late_text(task: SeasonTask, today: dt.date) -> str:
    """How many are overdue, in words; empty where nobody is."""
    late = task.late(today)
    return f"逾期 {late:,}　" if late else ""


class SeasonBars(QWidget):
    """↑ ↓ choose a season, ← → a part of it, Enter and a click open it; `opened` carries season and step."""

    opened = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks: tuple[SeasonTask, ...] = ()
        self._today = dt.date.min
        self._row, self._part = 0, 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("考核评估")
        self.setMouseTracking(True)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_tasks(self, tasks: Sequence[SeasonTask], today: dt.date) -> None:
        """Show other seasons."""
        self.tasks, self._today = tuple(tasks), today
        self._row = self._part = 0
        said = (
            f"{task.title}：{late_text(task, today)}{parts_text([part for _, part in parts_of(task)])}"
            for task in self.tasks
        )
        self.setAccessibleDescription("；".join(said))
        self._restyle()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.pixels(240), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """A row for each season, and what the legend takes."""
        look = theme()
        last = self._legend(width)[-1][0]
        return look.height(ROW) * len(self.tasks) + last.y() + look.height(LEGEND)

    def _legend(self, width: int) -> list[tuple[QRect, TokenName, str]]:
        """Box, hue and words of each meaning; a narrow desk takes more lines."""
        look, x, y = theme(), S12, 0
        found: list[tuple[QRect, TokenName, str]] = []
        for hue, words in zip(HUES, MEANINGS, strict=True):
            wide = SWATCH + S8 + look.metrics(TextSize.CAPTION).horizontalAdvance(words)
            if found and x + wide > width - S12:
                x, y = S12, y + look.height(LEGEND)
            found.append((QRect(x, y, wide, look.height(LEGEND)), hue, words))
            x += wide + S6
        return found

    def _bar(self, row: int) -> QRect:
        look = theme()
        high, bar = look.height(ROW), look.pixels(BAR)
        return QRect(S12, (row + 1) * high - bar - S8, self.width() - 2 * S12, bar)

    def _places(self, row: int) -> list[QRect]:
        """Where the parts of a bar stand; one that nobody is in has no width."""
        bar, parts = self._bar(row), [part for _, part in parts_of(self.tasks[row])]
        total = sum(part.number for part in parts)
        found, begun = [], 0
        for part in parts:
            left = bar.x() + (round(bar.width() * begun / total) if total else 0)
            begun += part.number
            right = bar.x() + (round(bar.width() * begun / total) if total else 0)
            found.append(QRect(left, bar.y(), right - left, bar.height()))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        for row, task in enumerate(self.tasks):
            parts = [part for _, part in parts_of(task)]
            top = QRect(
                S12, row * look.height(ROW) + S4, self.width() - 2 * S12, look.metrics().height() + S4
            )
            through, total = parts[0].number, sum(part.number for part in parts)
            words = f"公示至 {task.notice_until}" if task.state == NOTICED else f"{through:,} / {total:,}"
            measure, late = look.metrics(TextSize.CAPTION), late_text(task, self._today)
            told = measure.horizontalAdvance(words)
            used = told + measure.horizontalAdvance(late) + S8
            draw_text(painter, top.adjusted(0, 0, -used, 0), task.title, "text1")
            draw_text(painter, top, words, "text2", align=Align.RIGHT, size=TextSize.CAPTION)
            if late:
                beside = top.adjusted(0, 0, -told, 0)
                draw_text(painter, beside, late, "bad", align=Align.RIGHT, size=TextSize.CAPTION)
            paint_stacked(painter, self._bar(row), parts)
            if self.hasFocus() and row == self._row:
                painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
                box = self._places(row)[self._part]
                painter.drawRect(
                    box.adjusted(-1, -2, 1, 2) if box.width() else self._bar(row).adjusted(-1, -2, 1, 2)
                )
        self._paint_legend(painter)
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        look = theme()
        painter.translate(0, len(self.tasks) * look.height(ROW))
        for box, hue, words in self._legend(self.width()):
            swatch = QRect(box.x(), box.y() + (box.height() - SWATCH) // 2, SWATCH, SWATCH)
            painter.fillRect(swatch, look.color(hue))
            text = box.adjusted(SWATCH + S4, 0, 0, 0)
            draw_text(painter, text, words, "text2", size=TextSize.CAPTION)

    def _at(self, point: QPoint) -> tuple[int, int]:
        """Season and part at a place; the part -1 beside the bar, the season -1 below all of them."""
        row = point.y() // theme().height(ROW)
        if not 0 <= row < len(self.tasks):
            return -1, -1
        if point.y() < self._bar(row).y() - S4:
            return row, -1
        places = self._places(row)
        return row, next((n for n, box in enumerate(places) if box.left() <= point.x() <= box.right()), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position().toPoint())[0] >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row, part = self._at(event.position().toPoint())
        if row >= 0:
            task = self.tasks[row]
            self.opened.emit(task.id, parts_of(task)[part][0] if part >= 0 else "*")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._row = min(max(self._row + (1 if key == Qt.Key.Key_Down else -1), 0), len(self.tasks) - 1)
            self._part = 0
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.tasks:
            last = len(parts_of(self.tasks[self._row])) - 1
            self._part = min(max(self._part + (1 if key == Qt.Key.Key_Right else -1), 0), last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.tasks:
            task = self.tasks[self._row]
            self.opened.emit(task.id, parts_of(task)[self._part][0])
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row, part = self._at(event.pos())
            words = ""
            if row >= 0:
                parts = [one for _, one in parts_of(self.tasks[row])]
                words = parts_text([parts[part]] if part >= 0 else parts)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
