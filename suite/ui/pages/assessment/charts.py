"""Two small pictures of a season: everybody's total as dots, and one participant's items as bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.columns import Align
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.state import tint_token
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import S4, S6, TextSize, TokenName

DOTS_HIGH, DOT = 132, 7
ROW, BAR, NAME, NUMBER = 22, 8, 96, 68


@dataclass(frozen=True, kw_only=True)
class Band:
    """The totals that lead to one grade, as a ground behind the dots."""

    title: str
    least: float
    state: StateKind


class Dots(QWidget):
    """Totals as stacked dots over the bands of the grades; the current one red, a line at the median."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._totals: tuple[float, ...] = ()
        self._current: float | None = None
        self._median: float | None = None
        self._bands: tuple[Band, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def set_totals(
        self,
        totals: Sequence[float],
        bands: Sequence[Band],
        *,
        current: float | None,
        middle: float | None,
    ) -> None:
        """Show other totals; `bands` from the lowest up."""
        self._totals, self._bands = tuple(totals), tuple(bands)
        self._current, self._median = current, middle
        told = f"{len(totals)} 个对象" + (f"，中位数 {middle:.1f}" if middle is not None else "")
        self.setAccessibleName("得分分布")
        self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(280), theme().pixels(DOTS_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._totals:
            return
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = look.metrics(TextSize.CAPTION).height()
        ground = QRect(0, line, self.width(), self.height() - 2 * line - S4)
        low = min([*self._totals, *(band.least for band in self._bands if band.least > 0)])
        low, high = float(int(low // 10 * 10)), max(100.0, max(self._totals))

        def x(total: float) -> float:
            return ground.left() + (total - low) / (high - low) * ground.width()

        ends = [*(band.least for band in self._bands[1:]), high]
        for band, end in zip(self._bands, ends, strict=True):
            left, right = x(max(band.least, low)), x(end)
            if right <= left:
                continue
            box = QRectF(left, ground.top(), right - left, ground.height())
            painter.fillRect(box, look.color(tint_token(band.state)))
            title = QRect(round(left), 0, round(right - left), line)
            draw_text(painter, title, band.title, "text2", align=Align.CENTRE, size=TextSize.CAPTION)
        self._paint_dots(painter, ground, x)
        if self._median is not None:
            painter.setPen(QPen(look.color("text1"), 1, Qt.PenStyle.DashLine))
            at = x(self._median)
            painter.drawLine(QPointF(at, ground.top()), QPointF(at, ground.bottom()))
        for mark in range(int(low), int(high) + 1, 10):
            tick = QRect(round(x(mark)) - 20, ground.bottom() + S4, 40, line)
            tick.moveLeft(min(max(tick.left(), 0), self.width() - tick.width()))
            draw_text(painter, tick, str(mark), "text2", align=Align.CENTRE, size=TextSize.CAPTION)
        painter.end()

    def _paint_dots(self, painter: QPainter, ground: QRect, x: Callable[[float], float]) -> None:
        look = theme()
        edge = look.pixels(DOT)
        here = round(x(self._current) / edge) if self._current is not None else None
        columns = Counter(round(x(total) / edge) for total in self._totals)
        # Higher columns than there is room for are drawn closer together.
        step = min(edge + 1, max((ground.height() - edge) // max(columns.values(), default=1), 2))
        painter.setPen(Qt.PenStyle.NoPen)
        for column, number in columns.items():
            for place in range(number):
                tone: TokenName = "bad" if column == here and place == number - 1 else "data1"
                painter.setBrush(look.color(tone))
                top = ground.bottom() - edge - place * step
                painter.drawEllipse(QRectF(column * edge - edge / 2, top, edge - 1, edge - 1))


@dataclass(frozen=True, kw_only=True)
class ItemBar:
    """One item: its points of the full ones, and the median of those alike."""

    title: str
    points: Decimal | None
    most: Decimal
    middle: Decimal | None
    far: bool = False


class ItemBars(QWidget):
    """Items of one participant as bars with a tick at the median of its group."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[ItemBar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def set_bars(self, bars: Sequence[ItemBar]) -> None:
        """Show other items."""
        self.bars = tuple(bars)
        self.setAccessibleName("各项得分")
        told = [f"{bar.title} {bar.points if bar.points is not None else '无'}/{bar.most}" for bar in bars]
        self.setAccessibleDescription("；".join(told))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().pixels(280), len(self.bars) * theme().height(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        high, thick = look.height(ROW), look.pixels(BAR)
        left, right = look.pixels(NAME), self.width() - look.pixels(NUMBER)
        room = max(right - left, 1)
        for place, bar in enumerate(self.bars):
            top = place * high
            tone: TokenName = "bad" if bar.far else "text1"
            draw_text(painter, QRect(0, top, left - S6, high), bar.title, "text1", size=TextSize.CAPTION)
            track = QRect(left, top + (high - thick) // 2, room, thick)
            painter.fillRect(track, look.color("sunken"))
            if bar.points is not None and bar.most:
                wide = round(float(bar.points / bar.most) * room)
                painter.fillRect(
                    QRect(left, track.top(), wide, thick), look.color("bad" if bar.far else "data2")
                )
            if bar.middle is not None and bar.most:
                at = left + round(float(bar.middle / bar.most) * room)
                painter.fillRect(QRect(at - 1, track.top() - 3, 2, thick + 6), look.color("text1"))
            points = "—" if bar.points is None else f"{bar.points:.1f}"
            number = QRect(right, top, self.width() - right, high)
            words = f"{points} / {bar.most.normalize():f}"
            draw_text(painter, number, words, tone, align=Align.RIGHT, bold=bar.far, size=TextSize.CAPTION)
        painter.end()
