"""The numbers at the foot of the desk: the first indicators of the plan with their targets, as one strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from suite.contract.states import StateKind
from suite.kernel.indicators.board import Question
from suite.kernel.indicators.queries import indicator_board
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.state import StateValue, paint_state, state_token
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, GLYPH, S4, S6, S8, S12, S16, TextSize
from suite.ui.pages.indicators.wording import is_binding, number_of, share_of, state_of, target_of

if TYPE_CHECKING:
    import datetime as dt

    from suite.contract.commands import Actor
    from suite.database.engine import ReadSession
    from suite.loader.catalog import Catalog

MOST, LEAST_WIDTH = 6, 190
_HEIGHT, _BAR, _TARGET_AT = 84, 6, 0.8


@dataclass(frozen=True, kw_only=True)
class Number:
    """One indicator as the strip shows it; `share` is 1 on the target, None without one."""

    title: str
    value: str
    unit: str
    target: str
    share: float | None
    state: StateValue


def shown_numbers(session: ReadSession, actor: Actor, catalog: Catalog, today: dt.date) -> tuple[Number, ...]:
    """The first indicators that have a value and a target, binding ones before others, of those in scope."""
    board = indicator_board(session, actor, catalog, Question(as_of=today))
    found = [item for item in board.values if item.target is not None and item.whole.value is not None]
    found.sort(key=lambda item: not is_binding(item))
    return tuple(
        Number(
            title=item.title,
            value=number_of(item.unit, item.whole.value),
            unit="" if item.unit == "%" else item.unit.split("/")[0],
            target=f"目标 {target_of(item)}",
            share=share_of(item.whole.value, item.target),
            state=state_of(item),
        )
        for item in found[:MOST]
    )


class NumberStrip(QWidget):
    """Painted in columns; as many as there is room for. A click or Enter opens the board."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._numbers: tuple[Number, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("主要指标，回车打开全部指标")
        self.hide()
        theme().changed.connect(self.updateGeometry)

    def show_numbers(self, numbers: Sequence[Number]) -> None:
        """Show others; without any the strip goes."""
        self._numbers = tuple(numbers)
        self.setAccessibleDescription(
            "；".join(
                f"{one.title} {one.value} {one.unit}，{one.target}，{one.state.word}" for one in numbers
            )
        )
        self.setVisible(bool(numbers))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(LEAST_WIDTH), theme().height(_HEIGHT) + S12)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        ground = self.rect().adjusted(S12, 0, -S12, -S12)
        painter.fillRect(ground, look.color("surface"))
        painter.setPen(QPen(look.color("mid"), 1))
        painter.drawRect(ground.adjusted(0, 0, -1, -1))
        many = max(1, min(len(self._numbers), ground.width() // look.pixels(LEAST_WIDTH)))
        for place, number in enumerate(self._numbers[:many]):
            left = ground.x() + ground.width() * place // many
            right = ground.x() + ground.width() * (place + 1) // many
            if place:
                painter.fillRect(left, ground.y() + S8, 1, ground.height() - 2 * S8, look.color("hair"))
            box = QRect(left + S12, ground.y() + S6, right - left - 2 * S12, ground.height() - 2 * S6)
            self._paint_number(painter, box, number)
        if self.hasFocus():
            painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
            painter.drawRect(ground.adjusted(1, 1, -2, -2))
        painter.end()

    @staticmethod
    def _paint_number(painter: QPainter, box: QRect, number: Number) -> None:
        look = theme()
        line = look.metrics(TextSize.CAPTION).height()
        draw_text(
            painter, QRect(box.x(), box.y(), box.width(), line), number.title, "text2", size=TextSize.CAPTION
        )
        row = QRect(box.x(), box.y() + line, box.width(), look.metrics(TextSize.NAME, bold=True).height())
        draw_text(painter, row, number.value, "text1", size=TextSize.NAME, bold=True, whole=True)
        used = look.metrics(TextSize.NAME, bold=True).horizontalAdvance(number.value) + S4
        edge, word = look.pixels(GLYPH), number.state.word
        wide = edge + S4 + look.metrics(TextSize.CAPTION).horizontalAdvance(word)
        right = QRect(row.right() - wide, row.y(), wide + 1, row.height())
        paint_state(
            painter,
            QRectF(right.x(), right.y() + (right.height() - edge) / 2, edge, edge),
            number.state.kind,
        )
        tone = state_token(number.state.kind) if number.state.kind is not StateKind.ENDED else "text2"
        draw_text(painter, right.adjusted(edge + S4, 0, 0, 0), word, tone, size=TextSize.CAPTION)
        unit = QRect(row.x() + used, row.y(), max(0, right.x() - row.x() - used - S16), row.height())
        draw_text(painter, unit, number.unit, "text2", size=TextSize.CAPTION)
        foot = QRect(box.x(), box.bottom() - line + 1, box.width(), line)
        draw_text(painter, foot, number.target, "text2", size=TextSize.CAPTION)
        if number.share is not None:
            high, top = look.pixels(_BAR), foot.y() - look.pixels(_BAR) - S4
            painter.fillRect(box.x(), top, box.width(), high, look.color("hair"))
            filled = round(min(number.share * _TARGET_AT, 1.0) * box.width())
            reached = number.state.kind is StateKind.OK
            painter.fillRect(box.x(), top, filled, high, look.color("data1" if reached else "data2"))
            tick = box.x() + round(box.width() * _TARGET_AT)
            painter.fillRect(tick - 1, top - S4, 2, high + 2 * S4, look.color("text1"))
