"""How a life line is drawn; it asks the widget for places only."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from suite.ui.kit.lifeline_data import Lane, Mark, Span, SpanLook
from suite.ui.kit.state import COLOURED_WORDS, paint_state, state_token, tint_token
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import GLYPH, S4, S6, S8, S16, TextSize, TokenName

_VCENTER = int(Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_YEAR_ROOM = 40  # captions stand every second, fifth … year where a year is narrower than this


class Places(Protocol):
    """What the painter wants to know from the widget."""

    lanes: tuple[Lane, ...]
    today: date
    first_year: int
    last_year: int
    picked: date | None

    def axis_rect(self) -> QRect: ...

    def x_of(self, day: date) -> float: ...

    def lane_rect(self, number: int) -> QRect: ...

    def entry_rect(self, number: int, entry: Span | Mark) -> QRectF: ...

    def word_rect(self, number: int, mark: Mark) -> QRectF | None: ...


def paint_life_line(painter: QPainter, places: Places) -> None:
    """Axis first, then lanes, then the dashed lines of today and of the day picked."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_axis(painter, places)
    for number, lane in enumerate(places.lanes):
        look = theme()
        painter.setFont(look.font())
        painter.setPen(look.color("text2"))
        painter.drawText(places.lane_rect(number).adjusted(S16, 0, 0, 0), _VCENTER, lane.title)
        for span in lane.spans:
            _paint_span(painter, places.entry_rect(number, span), span)
        for mark in lane.marks:
            # A word without room is left out; glyph and tooltip stay.
            _paint_mark(painter, places.entry_rect(number, mark), mark, places.word_rect(number, mark))
    _paint_day(painter, places, places.today, "bad")
    if places.picked is not None:
        _paint_day(painter, places, places.picked, "warn")


def _paint_axis(painter: QPainter, places: Places) -> None:
    look = theme()
    axis = places.axis_rect()
    width = axis.width() / (places.last_year - places.first_year + 1)
    step = next((n for n in (1, 2, 5, 10) if width * n >= look.pixels(_YEAR_ROOM)), 20)
    painter.setFont(look.font(TextSize.BODY))
    top = places.lane_rect(0).y()
    for year in range(places.first_year, places.last_year + 1):
        x = round(places.x_of(date(year, 1, 1)))
        painter.fillRect(x, top, 1, places.lane_rect(len(places.lanes)).y() - top, look.color("hair"))
        if (year - places.first_year) % step == 0:
            painter.setPen(look.color("text2"))
            painter.drawText(QRectF(x, 0, width * step, top), _VCENTER, str(year))


def _paint_span(painter: QPainter, rect: QRectF, span: Span) -> None:
    look = theme()
    ink: TokenName
    bold = span.look is SpanLook.STATE or span.strong
    if span.look is SpanLook.GAP:
        painter.fillRect(rect, look.color(tint_token(span.kind)))
        painter.fillRect(rect, QBrush(look.color(state_token(span.kind)), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(look.color(state_token(span.kind)), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        return
    if span.look is SpanLook.YEAR:
        _paint_year(painter, rect, span)
        return
    if span.look is SpanLook.DATA:
        painter.fillRect(rect, look.color("accent_fill" if span.strong else "data3"))
        ink = "on_fill" if span.strong else "text1"
    else:
        painter.fillRect(rect, look.color(state_token(span.kind)))
        ink = "surface"
    painter.setFont(look.font(bold=bold))
    painter.setPen(look.color(ink))
    box = rect.adjusted(S8, 0, -S4, 0)
    text = look.metrics(bold=bold).elidedText(span.text, Qt.TextElideMode.ElideRight, int(box.width()))
    if len(text) > 1 or text == span.text:
        painter.drawText(box, _VCENTER, text)


def _paint_year(painter: QPainter, rect: QRectF, span: Span) -> None:
    look = theme()
    noted = span.kind in COLOURED_WORDS
    field = rect.adjusted(1, 1, -1, -1)
    painter.fillRect(field, look.color(tint_token(span.kind) if noted else "header"))
    painter.setFont(look.font())
    painter.setPen(look.color(state_token(span.kind) if noted else "text2"))
    edge = look.pixels(GLYPH) if noted else 0
    if look.metrics().horizontalAdvance(span.text) > field.width() - edge - 2:
        edge = 0
    room = int(field.width()) - edge - 2
    text = look.metrics().elidedText(span.text, Qt.TextElideMode.ElideRight, room)
    if text != span.text and room < look.pixels(26):
        text = ""
    width = look.metrics().horizontalAdvance(text)
    start = field.x() + (field.width() - width - edge) / 2
    if edge:
        spot = QRectF(start - 1, field.center().y() - edge / 2, edge, edge)
        paint_state(painter, spot, span.kind)
        painter.setPen(look.color(state_token(span.kind)))
    painter.drawText(QRectF(start + edge, field.y(), width + 2, field.height()), _CENTRE, text)


def _paint_mark(painter: QPainter, rect: QRectF, mark: Mark, word: QRectF | None) -> None:
    look = theme()
    edge = look.pixels(GLYPH)
    paint_state(painter, QRectF(rect.x(), rect.center().y() - edge / 2, edge, edge), mark.kind)
    if word is not None:
        painter.setFont(look.font())
        painter.setPen(look.color("text1"))
        painter.drawText(word, _VCENTER, mark.text)


def _paint_day(painter: QPainter, places: Places, day: date, tone: TokenName) -> None:
    pen = QPen(theme().color(tone), 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    x = round(places.x_of(day)) + 0.5
    top = places.lane_rect(0).y() - S6
    painter.drawLine(QPointF(x, top), QPointF(x, places.lane_rect(len(places.lanes)).y()))
