"""The stage bar of a case: past stages with a tick, the present one filled, the rest by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.state import paint_state
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import GLYPH, S8, S12, TextSize, TokenName

_HEIGHT = 44
_POINT = 10


class Stage(NamedTuple):
    """One stage: `note` is its second line; `reached` whether it was come to, `current` whether it is now."""

    title: str
    note: str
    reached: bool
    current: bool


class StageBar(QWidget):
    """Painted; tells itself as one sentence to whoever cannot see it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def set_stages(self, stages: Sequence[Stage]) -> None:
        """Show these stages."""
        self._stages = tuple(stages)
        self.setAccessibleName("环节：" + "，".join(_spoken(stage) for stage in self._stages))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(400), theme().height(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        count = max(1, len(self._stages))
        point = look.pixels(_POINT)
        width = (self.width() - point) / count
        for number, stage in enumerate(self._stages):
            left, right, height = number * width, (number + 1) * width - 3, float(self.height())
            notch = point if number else 0
            shape = QPolygonF(
                [
                    QPointF(left, 0),
                    QPointF(right, 0),
                    QPointF(right + point, height / 2),
                    QPointF(right, height),
                    QPointF(left, height),
                    QPointF(left + notch, height / 2),
                ]
            )
            ground: TokenName = (
                "accent_fill" if stage.current else "accent_tint" if stage.reached else "neutral_tint"
            )
            painter.setBrush(look.color(ground))
            painter.drawPolygon(shape)
            box = QRect(int(left) + point + S12, 2, int(width) - 2 * point - S8, self.height() - 4)
            self._paint_words(painter, box, number, stage)
        painter.end()

    @staticmethod
    def _paint_words(painter: QPainter, box: QRect, number: int, stage: Stage) -> None:
        look = theme()
        ink: TokenName = "on_fill" if stage.current else "text1" if stage.reached else "text2"
        edge = look.pixels(GLYPH)
        lines = 2 if stage.note else 1
        half = box.height() // lines
        first = QRect(box.x(), box.y(), box.width(), half)
        indent = edge + S8
        if stage.reached and not stage.current:
            spot = QRectF(first.x(), first.center().y() - edge / 2 + 1, edge, edge)
            paint_state(painter, spot, StateKind.OK)
            painter.setPen(Qt.PenStyle.NoPen)
        else:
            draw_text(painter, first, str(number + 1), ink, bold=stage.current)
        draw_text(painter, first.adjusted(indent, 0, 0, 0), stage.title, ink, bold=stage.current)
        if stage.note:
            second = QRect(box.x() + indent, box.y() + half, box.width() - indent, half)
            tone: TokenName = "on_fill" if stage.current else "text2"
            draw_text(painter, second, stage.note, tone, size=TextSize.CAPTION)
        painter.setPen(Qt.PenStyle.NoPen)


def _spoken(stage: Stage) -> str:
    where = "当前" if stage.current else "已过" if stage.reached else "未到"
    return f"{stage.title}（{where}{'，' + stage.note if stage.note else ''}）"
