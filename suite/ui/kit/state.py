"""States are drawn here and nowhere else: shape + word + colour."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import GLYPH, RADIUS_CONTROL, S4, S6, S8, TextSize, TokenName

_TOKENS: dict[StateKind, TokenName] = {
    StateKind.OK: "ok",
    StateKind.RUN: "accent",
    StateKind.WARN: "warn",
    StateKind.BAD: "bad",
    StateKind.PAUSE: "pause",
    StateKind.NEUTRAL: "neutral",
    StateKind.ENDED: "neutral",
    StateKind.NEW: "accent",
}
_TINTS: dict[StateKind, TokenName] = {
    StateKind.OK: "ok_tint",
    StateKind.RUN: "accent_tint",
    StateKind.WARN: "warn_tint",
    StateKind.BAD: "bad_tint",
    StateKind.PAUSE: "pause_tint",
    StateKind.NEUTRAL: "neutral_tint",
    StateKind.ENDED: "neutral_tint",
    StateKind.NEW: "accent_tint",
}
# In a table the word takes a colour only where something asks for attention.
COLOURED_WORDS = frozenset({StateKind.WARN, StateKind.BAD, StateKind.PAUSE})

KIND_WORDS: dict[StateKind, str] = {
    StateKind.OK: "正常",
    StateKind.RUN: "进行中",
    StateKind.WARN: "需留意",
    StateKind.BAD: "有问题",
    StateKind.PAUSE: "暂停",
    StateKind.NEUTRAL: "未开始",
    StateKind.ENDED: "已终止",
    StateKind.NEW: "新增",
}


class StateValue(NamedTuple):
    """A state as a table cell or a chip shows it: its kind and its word (`正常执业`)."""

    kind: StateKind
    word: str


def state_token(kind: StateKind) -> TokenName:
    """The colour token of a kind."""
    return _TOKENS[kind]


def tint_token(kind: StateKind) -> TokenName:
    """The token of the pale ground that goes with a kind."""
    return _TINTS[kind]


def paint_state(painter: QPainter, rect: QRectF, kind: StateKind, color: QColor | None = None) -> None:
    """Draw the glyph of a kind inside `rect` (taken as a square around its centre).

    Outlines differ, so that the kinds can be told apart without colour.
    """
    ink = color or theme().color(_TOKENS[kind])
    edge = min(rect.width(), rect.height())
    box = QRectF(0, 0, edge, edge)
    box.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    _PAINTERS[kind](painter, box, ink)
    painter.restore()


def _stroke(painter: QPainter, color: QColor, width: float) -> None:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _ok(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.drawEllipse(box)
    _stroke(painter, theme().color("surface"), box.width() * 0.15)
    x, y, e = box.x(), box.y(), box.width()
    painter.drawPolyline(
        [
            QPointF(x + e * 0.28, y + e * 0.52),
            QPointF(x + e * 0.44, y + e * 0.68),
            QPointF(x + e * 0.73, y + e * 0.36),
        ]
    )


def _run(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.drawPie(box, 270 * 16, 180 * 16)
    inset = box.width() * 0.07
    _stroke(painter, ink, inset * 2)
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def _warn(painter: QPainter, box: QRectF, ink: QColor) -> None:
    x, y, e = box.x(), box.y(), box.width()
    painter.drawPolygon(
        QPolygonF([QPointF(x + e / 2, y + e * 0.04), QPointF(x + e, y + e * 0.94), QPointF(x, y + e * 0.94)])
    )


def _bad(painter: QPainter, box: QRectF, ink: QColor) -> None:
    c = box.center()
    r = box.width() * 0.52
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(c.x(), c.y() - r),
                QPointF(c.x() + r, c.y()),
                QPointF(c.x(), c.y() + r),
                QPointF(c.x() - r, c.y()),
            ]
        )
    )


def _pause(painter: QPainter, box: QRectF, ink: QColor) -> None:
    x, y, e = box.x(), box.y(), box.width()
    painter.drawRect(QRectF(x + e * 0.12, y + e * 0.06, e * 0.26, e * 0.88))
    painter.drawRect(QRectF(x + e * 0.62, y + e * 0.06, e * 0.26, e * 0.88))


def _neutral(painter: QPainter, box: QRectF, ink: QColor) -> None:
    inset = box.width() * 0.09
    _stroke(painter, ink, inset * 1.6)
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def _ended(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.drawRect(QRectF(box.x() + box.width() * 0.05, box.center().y() - 1, box.width() * 0.9, 2))


def _new(painter: QPainter, box: QRectF, ink: QColor) -> None:
    c, e = box.center(), box.width()
    painter.drawRect(QRectF(c.x() - e * 0.46, c.y() - e * 0.09, e * 0.92, e * 0.18))
    painter.drawRect(QRectF(c.x() - e * 0.09, c.y() - e * 0.46, e * 0.18, e * 0.92))


_PAINTERS = {
    StateKind.OK: _ok,
    StateKind.RUN: _run,
    StateKind.WARN: _warn,
    StateKind.BAD: _bad,
    StateKind.PAUSE: _pause,
    StateKind.NEUTRAL: _neutral,
    StateKind.ENDED: _ended,
    StateKind.NEW: _new,
}


class StateGlyph(QWidget):
    """The bare glyph, for notices and logs."""

    def __init__(self, kind: StateKind, parent: QWidget | None = None, *, size: int = GLYPH) -> None:
        super().__init__(parent)
        self._kind = kind
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(KIND_WORDS[kind])

    @property
    def kind(self) -> StateKind:
        """The kind now shown."""
        return self._kind

    def set_kind(self, kind: StateKind) -> None:
        """Show another kind."""
        self._kind = kind
        self.setAccessibleName(KIND_WORDS[kind])
        self.update()

    def sizeHint(self) -> QSize:
        edge = theme().pixels(self._size) + S4
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = theme().pixels(self._size)
        box = QRectF(0, 0, edge, edge)
        box.moveCenter(QRectF(self.rect()).center())
        paint_state(painter, box, self._kind)
        painter.end()


class StateChip(QWidget):
    """Glyph and word on a pale ground: for the header of a record, a case or a section."""

    def __init__(self, state: StateValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(state.word)

    @property
    def state(self) -> StateValue:
        """The state now shown."""
        return self._state

    def set_state(self, state: StateValue) -> None:
        """Show another state."""
        self._state = state
        self.setAccessibleName(state.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = look.metrics(TextSize.BODY)
        width = S8 + look.pixels(GLYPH) + S6 + metrics.horizontalAdvance(self._state.word) + S8
        return QSize(width, look.height(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(_TINTS[self._state.kind]))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        edge = look.pixels(GLYPH)
        paint_state(painter, QRectF(S8, (self.height() - edge) / 2, edge, edge), self._state.kind)
        painter.setFont(look.font(TextSize.BODY))
        painter.setPen(look.color(_TOKENS[self._state.kind]))
        text = self.rect().adjusted(S8 + edge + S6, 0, 0, 0)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), self._state.word)
        painter.end()
