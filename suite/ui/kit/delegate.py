"""Draws table cells by column kind. It reads the tokens and the model's raw values and nothing else."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from suite.contract.states import StateKind
from suite.ui.kit.checkbox import paint_check
from suite.ui.kit.columns import (
    MISSING,
    Align,
    BarValue,
    Column,
    ColumnKind,
    DiffValue,
    GroupValue,
    Noted,
    ProblemValue,
    RemainingValue,
    WarnedValue,
    cell_text,
    spoken_text,
)
from suite.ui.kit.rows import AnyIndex, RowTableModel
from suite.ui.kit.state import COLOURED_WORDS, StateValue, paint_state, state_token
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, GLYPH, S4, S6, S8, TextSize, TokenName

_SELECTED = QStyle.StateFlag.State_Selected.value
_VCENTER = int(Qt.AlignmentFlag.AlignVCenter)
_ACCENT_BAR = 3
#: Height of a bar, how far its tick stands out, and where in the column the target is.
_BAR, _TICK, _TARGET_AT = 6, 4, 0.8
#: Width of the bar that says how much of a time is used.
_USED = 56
_WHOLE = frozenset({ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.MASKED})


class RowsView(Protocol):
    """What the delegate wants to know from its view, once per repaint."""

    @property
    def rows(self) -> RowTableModel: ...

    @property
    def current_row(self) -> int: ...

    @property
    def first_column(self) -> int: ...

    @property
    def stale(self) -> bool: ...

    @property
    def ring_column(self) -> int: ...


class CellDelegate(QStyledItemDelegate):
    """One delegate for all kinds; the option's text and icon machinery is left aside on purpose.

    The view calls `begin` before it repaints: what is the same for all cells is asked once and not
    some hundred times.
    """

    def __init__(self, view: QAbstractItemView, rows: RowsView) -> None:
        super().__init__(view)
        self._view = rows
        self.begin()

    def begin(self) -> None:
        """Look at view and theme anew."""
        look, view = theme(), self._view
        self._model = view.rows
        self._columns = view.rows.columns
        self._offset = view.rows.offset
        self._checked = view.rows.checked
        self._current = view.current_row
        self._first = view.first_column
        self._ring = view.ring_column
        self._stale = view.stale
        self._hair = look.color("hair")
        self._selected_ground = look.color("accent_sel")
        self._checked_ground = look.color("accent_tint")
        self._accent = look.color("accent")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row, column = index.row(), index.column()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        bounds: tuple[int, int, int, int] = rect.getRect()  # type: ignore[assignment]
        x, y, width, height = bounds
        if option.state.value & _SELECTED:  # type: ignore[attr-defined]
            painter.fillRect(rect, self._selected_ground)
        elif self._checked and self._model.is_checked(row):
            painter.fillRect(rect, self._checked_ground)
        painter.fillRect(x, y + height - 1, width, 1, self._hair)
        if row == self._current:
            if column == self._first:
                painter.fillRect(x, y, _ACCENT_BAR, height, self._accent)
            if column == self._ring:
                painter.setPen(QPen(self._accent, FOCUS_WIDTH))
                painter.drawRect(QRect(x + 1, y + 1, width - FOCUS_WIDTH, height - FOCUS_WIDTH - 1))
        spec = self._columns[column]
        if spec.kind is ColumnKind.CHECK:
            checked = self._model.is_checked(row)
            paint_check(painter, QRectF(x, y, width, height - 1), checked=checked)
            return
        values = self._model.row_values(row)
        if values and isinstance(values[0], GroupValue):
            _group(painter, rect, values[0])
        elif values is not None:
            box = QRect(x + S8, y, width - 2 * S8, height - 1)
            _CELLS[spec.kind](painter, box, values[column - self._offset], spec, self._stale)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """The whole text where it is cut off, the old value of a change, the reason of a problem."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        model = self._view.rows
        if model.columns[index.column()].kind is ColumnKind.CHECK:
            return False
        value = model.value(index.row(), index.column())
        text = cell_text(value)
        room = option.rect.width() - 2 * S8  # type: ignore[attr-defined]
        told = spoken_text(value)
        if told == text and theme().metrics().horizontalAdvance(text) <= room:
            QToolTip.hideText()
            return True
        QToolTip.showText(event.globalPos(), told, view.viewport())
        return True


def draw_text(
    painter: QPainter,
    box: QRect,
    text: str,
    tone: TokenName,
    *,
    align: Align = Align.LEFT,
    bold: bool = False,
    size: TextSize = TextSize.BODY,
    whole: bool = False,
) -> None:
    """Draw one line in `box`, elided at its end if it must be.

    `whole` is for numbers and codes, which are never cut inside: they give way to … altogether.
    """
    look = theme()
    font: QFont = look.font(size, bold=bold)
    metrics: QFontMetrics = look.metrics(size, bold=bold)
    painter.setFont(font)
    painter.setPen(look.color(tone))
    room = box.width()
    if align is Align.LEFT and len(text) * look.pixels(size) <= room:
        # No glyph is wider than one em: this certainly fits, and measuring costs more than drawing.
        painter.drawText(box, _VCENTER, text)
        return
    width = metrics.horizontalAdvance(text)
    if width > room:
        text = "…" if whole else metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    elif align is Align.RIGHT:
        box = box.adjusted(room - width, 0, 0, 0)
    elif align is Align.CENTRE:
        box = box.adjusted((room - width) // 2, 0, 0, 0)
    painter.drawText(box, _VCENTER, text)


def _text(painter: QPainter, box: QRect, value: object, column: Column, stale: bool) -> None:
    if isinstance(value, Noted) and value.note:
        draw_text(painter, box, value.text, "text3" if stale else "text1")
        used = theme().metrics().horizontalAdvance(value.text) + S8
        draw_text(painter, box.adjusted(used, 0, 0, 0), value.note, "text2", size=TextSize.CAPTION)
        return
    text = cell_text(value)
    tone: TokenName = "text3" if stale or text == MISSING else "text1"
    draw_text(painter, box, text, tone, align=column.alignment, whole=column.kind in _WHOLE)


def _link(painter: QPainter, box: QRect, value: object, column: Column, stale: bool) -> None:
    text = cell_text(value)
    tone: TokenName = "text3" if stale or text == MISSING else "accent"
    draw_text(painter, box, text, tone, align=column.alignment)


def _state(painter: QPainter, box: QRect, value: object, column: Column, stale: bool) -> None:
    if not isinstance(value, StateValue):
        _text(painter, box, value, column, stale)
        return
    edge = theme().pixels(GLYPH)
    glyph = QRectF(box.x(), box.y() + (box.height() - edge) / 2, edge, edge)
    paint_state(painter, glyph, value.kind, theme().color("text3") if stale else None)
    tone: TokenName = "text1"
    if stale:
        tone = "text3"
    elif value.kind in COLOURED_WORDS:
        tone = state_token(value.kind)
    draw_text(painter, box.adjusted(edge + S6, 0, 0, 0), value.word, tone)


def _diff(painter: QPainter, box: QRect, value: object, column: Column, stale: bool) -> None:
    if isinstance(value, ProblemValue):
        _problem(painter, box, value, column, stale)
        return
    if isinstance(value, WarnedValue):
        edge = theme().pixels(GLYPH)
        _diff(painter, box.adjusted(0, 0, -edge - S4, 0), value.value, column, stale)
        glyph = QRectF(box.right() - edge, box.y() + (box.height() - edge) / 2, edge, edge)
        paint_state(painter, glyph, StateKind.WARN, theme().color("text3") if stale else None)
        return
    if not isinstance(value, DiffValue) or value.new == value.old:
        _text(painter, box, value, column, stale)
        return
    look = theme()
    painter.fillRect(box.adjusted(-S8, 0, S8, 0), look.color("warn_tint"))
    new = value.new or MISSING
    draw_text(painter, box, new, "text1", bold=True)
    used = look.metrics(bold=True).horizontalAdvance(new) + S8
    old_width = look.metrics(TextSize.CAPTION).horizontalAdvance(value.old)
    if value.old and used + old_width <= box.width():
        room = box.adjusted(used, 0, 0, 0)
        draw_text(painter, room, value.old, "text2", size=TextSize.CAPTION)
        middle = box.center().y() + 1
        painter.drawLine(room.x(), middle, room.x() + old_width, middle)


def _problem(painter: QPainter, box: QRect, value: object, column: Column, stale: bool) -> None:
    if not isinstance(value, ProblemValue) or not value.reason:
        _text(painter, box, value, column, stale)
        return
    look = theme()
    frame = box.adjusted(-S4, 1, S4, -1)
    painter.fillRect(frame, look.color("bad_tint"))
    painter.setPen(QPen(look.color("bad"), 2))
    painter.drawRect(frame.adjusted(1, 1, -1, -1))
    edge = look.pixels(GLYPH)
    glyph = QRectF(box.right() - edge, box.y() + (box.height() - edge) / 2, edge, edge)
    paint_state(painter, glyph, StateKind.BAD)
    inner = box.adjusted(0, 0, -edge - S4, 0)
    if value.text:
        draw_text(painter, inner, value.text, "text1")
    else:
        draw_text(painter, inner, "（空）", "bad")


def _bar(painter: QPainter, box: QRect, value: object, column: Column, stale: bool) -> None:
    if not isinstance(value, BarValue) or value.share is None:
        text = value.text if isinstance(value, BarValue) else cell_text(value)
        draw_text(painter, box, text, "text3" if stale else "text2", size=TextSize.CAPTION)
        return
    look = theme()
    high, tick = look.pixels(_BAR), round(box.width() * _TARGET_AT)
    top = box.y() + (box.height() - high) // 2
    painter.fillRect(box.x(), top, box.width(), high, look.color("hair"))
    filled = round(min(value.share * _TARGET_AT, 1.0) * box.width())
    tone: TokenName = "data1" if value.reached else "data2"
    painter.fillRect(box.x(), top, filled, high, look.color("text3" if stale else tone))
    over = look.pixels(_TICK)
    painter.fillRect(box.x() + tick - 1, top - over, 2, high + 2 * over, look.color("text1"))


def _remaining(painter: QPainter, box: QRect, value: object, column: Column, stale: bool) -> None:
    if not isinstance(value, RemainingValue):
        _text(painter, box, value, column, stale)
        return
    look = theme()
    coloured = value.kind in COLOURED_WORDS
    tone: TokenName = "text3" if stale else state_token(value.kind) if coloured else "text1"
    bar = look.pixels(_USED)
    draw_text(painter, box.adjusted(0, 0, -bar - S8, 0), value.text, tone, bold=coloured)
    if value.used is None:
        return
    high = look.pixels(_BAR)
    left, top = box.right() - bar + 1, box.y() + (box.height() - high) // 2
    painter.fillRect(left, top, bar, high, look.color("hair"))
    filled = round(min(max(value.used, 0.0), 1.0) * bar)
    painter.fillRect(left, top, filled, high, look.color(tone if coloured or stale else "data2"))


def _group(painter: QPainter, rect: QRect, value: GroupValue) -> None:
    """The head of a group, which spans the row: its state, and what there is to say of it."""
    look, edge = theme(), theme().pixels(GLYPH)
    painter.fillRect(rect.adjusted(0, 0, 0, -1), look.color("header"))
    box = rect.adjusted(S8, 0, -S8, -1)
    glyph = QRectF(box.x(), box.y() + (box.height() - edge) / 2, edge, edge)
    paint_state(painter, glyph, value.state.kind)
    box.adjust(edge + S6, 0, 0, 0)
    tone: TokenName = state_token(value.state.kind) if value.state.kind in COLOURED_WORDS else "text1"
    draw_text(painter, box, value.state.word, tone, bold=True)
    used = look.metrics(bold=True).horizontalAdvance(value.state.word) + S8
    if value.note:
        draw_text(painter, box.adjusted(used, 0, 0, 0), value.note, "text2", size=TextSize.CAPTION)


_CELLS = {
    ColumnKind.TEXT: _text,
    ColumnKind.LINK: _link,
    ColumnKind.NUMBER: _text,
    ColumnKind.DATE: _text,
    ColumnKind.STATE: _state,
    ColumnKind.GRADE: _text,
    ColumnKind.MASKED: _text,
    ColumnKind.DIFF: _diff,
    ColumnKind.PROBLEM: _problem,
    ColumnKind.BAR: _bar,
    ColumnKind.REMAINING: _remaining,
}
