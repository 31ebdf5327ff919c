"""The picture of a graph of states in columns: where we are, where we were and what leads on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from suite.contract.states import StateKind
from suite.ui.kit.columns import Align
from suite.ui.kit.delegate import draw_text
from suite.ui.kit.state import paint_state
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import FOCUS_WIDTH, GLYPH, RADIUS_CONTROL, S4, S6, S8, S12, TextSize, TokenName

_BOX, _GAP, _HEAD, _ARROW = 28, 14, 22, 5
_WIDEST, _BETWEEN = 128, 26
#: Lines that share a channel run beside one another: so many, so far apart.
_LANES, _LANE, _ROUND = 3, 3.0, 5.0


@dataclass(frozen=True, kw_only=True)
class Node:
    """A state: in which column it stands, and whether the matter is or was there."""

    key: str
    title: str
    kind: StateKind
    column: int
    current: bool = False
    visited: bool = False


@dataclass(frozen=True, kw_only=True)
class Edge:
    """What leads from one state to another, by the titles of the steps; `open`: one can be taken now."""

    source: str
    target: str
    titles: tuple[str, ...]
    open: bool = False


class GraphView(QWidget):
    """Painted once for all; the tooltip of a state names the steps that lead on, the words tell all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: tuple[str, ...] = ()
        self._nodes: tuple[Node, ...] = ()
        self._edges: tuple[Edge, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("办理流程图")
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_graph(self, stages: Sequence[str], nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
        """Show another graph."""
        self._stages, self._nodes, self._edges = tuple(stages), tuple(nodes), tuple(edges)
        self.setAccessibleDescription(self.words())
        self._restyle()

    def words(self) -> str:
        """The picture in words: where we are, where we were, and what leads on."""
        titles = {node.key: node.title for node in self._nodes}
        here = next((node for node in self._nodes if node.current), None)
        been = "、".join(node.title for node in self._nodes if node.visited and not node.current)
        onward = "；".join(
            f"{'、'.join(edge.titles)}到“{titles[edge.target]}”"
            for edge in self._edges
            if here is not None and edge.source == here.key
        )
        parts = [f"现为“{here.title}”" if here else "", f"经过 {been}" if been else "", onward]
        return "。".join(part for part in parts if part)

    # Places.

    def _rows(self) -> int:
        columns = [node.column for node in self._nodes]
        return max((columns.count(column) for column in set(columns)), default=0)

    def sizeHint(self) -> QSize:
        look = theme()
        high = look.height(_HEAD) + self._rows() * look.height(_BOX + _GAP) + S12
        return QSize(look.pixels(320), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def boxes(self) -> dict[str, QRectF]:
        """Where each state stands; states of one stage stand under one another."""
        look = theme()
        many = max(1, len(self._stages))
        room = (self.width() - 2 * S12) / many
        wide = min(float(look.pixels(_WIDEST)), room - look.pixels(_BETWEEN))
        high, step = look.height(_BOX), look.height(_BOX + _GAP)
        places: dict[int, int] = {}
        found = {}
        for node in self._nodes:
            row = places.get(node.column, 0)
            places[node.column] = row + 1
            x = S12 + node.column * room + (room - wide) / 2
            found[node.key] = QRectF(x, look.height(_HEAD) + S4 + row * step, wide, high)
        return found

    def lines(self) -> dict[Edge, list[QPointF]]:
        """Where the line of each edge goes, corner by corner."""
        boxes = self.boxes()
        return {
            edge: self._path(boxes[edge.source], boxes[edge.target], (place % _LANES - _LANES // 2) * _LANE)
            for place, edge in enumerate(self._edges)
        }

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = QPointF(event.pos())
            key = next((key for key, box in self.boxes().items() if box.contains(spot)), None)
            titles = {node.key: node.title for node in self._nodes}
            onward = [
                f"{'、'.join(edge.titles)} → {titles[edge.target]}"
                for edge in self._edges
                if edge.source == key
            ]
            if key is not None:
                QToolTip.showText(event.globalPos(), "\n".join([titles[key], *onward]), self)
            return True
        return super().event(event)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self.boxes()
        room = (self.width() - 2 * S12) / max(1, len(self._stages))
        for place, stage in enumerate(self._stages):
            head = QRect(round(S12 + place * room), 0, round(room), look.height(_HEAD))
            draw_text(painter, head, stage, "text2", align=Align.CENTRE, size=TextSize.CAPTION)
            if place:
                painter.fillRect(head.x(), S6, 1, self.height() - S12, look.color("hair"))
        for edge, points in sorted(self.lines().items(), key=lambda item: item[0].open):
            self._paint_edge(painter, edge, points)
        for node in self._nodes:
            self._paint_node(painter, node, boxes[node.key])
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), FOCUS_WIDTH))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _path(self, source: QRectF, target: QRectF, lane: float) -> list[QPointF]:
        """Where a line goes: in the channels between columns and rows, never across a state.

        `lane` keeps lines of one channel apart.
        """
        look = theme()
        channel = look.pixels(_BETWEEN) / 2 + lane
        ahead = target.center().x() - source.center().x()
        if abs(ahead) <= 1:
            down = target.y() > source.y()
            x = source.right() + channel * 0.7
            y = target.center().y() + (-S6 if down else S6)
            return [
                QPointF(source.right(), source.center().y()),
                QPointF(x, source.center().y()),
                QPointF(x, y),
                QPointF(target.right(), y),
            ]
        if ahead < 0:
            # Back: under the row that it leaves, then up or down beside the state that it goes to.
            below = self._under(source) + lane
            start = QPointF(source.x() + S8, source.bottom())
            if abs(source.y() - target.y()) <= 1:
                end = QPointF(target.right() - S8, target.bottom())
                return [start, QPointF(start.x(), below), QPointF(end.x(), below), end]
            x, end = target.right() + channel, QPointF(target.right(), target.center().y() + S6)
            return [start, QPointF(start.x(), below), QPointF(x, below), QPointF(x, end.y()), end]
        start = QPointF(source.right(), source.center().y())
        end = QPointF(target.x(), target.center().y())
        first, last = start.x() + channel, end.x() - look.pixels(_BETWEEN) / 2 + lane
        if last <= first + look.pixels(_WIDEST) / 2:
            return [start, QPointF(first, start.y()), QPointF(first, end.y()), end]
        below = (
            min(
                (self._under(box) for box in self.boxes().values()),
                key=lambda y: abs(y - start.y()) + abs(y - end.y()),
            )
            + lane
        )
        return [
            start,
            QPointF(first, start.y()),
            QPointF(first, below),
            QPointF(last, below),
            QPointF(last, end.y()),
            end,
        ]

    @staticmethod
    def _under(box: QRectF) -> float:
        """The middle of the channel under a row."""
        return box.bottom() + theme().pixels(_GAP) / 2

    @staticmethod
    def _paint_edge(painter: QPainter, edge: Edge, points: Sequence[QPointF]) -> None:
        look = theme()
        colour = look.color("accent" if edge.open else "mid")
        pen = QPen(colour, 1.5 if edge.open else 1)
        if points[1].x() == points[0].x():  # only what leads back leaves a state downwards
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_rounded(points))
        end, before = points[-1], points[-2]
        way = end - before
        long = max(1.0, (way.x() ** 2 + way.y() ** 2) ** 0.5)
        tip = way * (_ARROW / long)
        across = QPointF(-tip.y(), tip.x()) * 0.6
        head = QPainterPath(end)
        head.lineTo(end - tip + across)
        head.lineTo(end - tip - across)
        head.closeSubpath()
        painter.fillPath(head, colour)

    @staticmethod
    def _paint_node(painter: QPainter, node: Node, box: QRectF) -> None:
        look = theme()
        ground: TokenName = "accent_fill" if node.current else "accent_tint" if node.visited else "surface"
        line: TokenName = "accent_fill" if node.current else "accent" if node.visited else "mid"
        painter.setPen(QPen(look.color(line), 1))
        painter.setBrush(look.color(ground))
        painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        edge = look.pixels(GLYPH)
        glyph = QRectF(box.x() + S6, box.center().y() - edge / 2, edge, edge)
        on_fill = look.color("on_fill") if node.current else None
        paint_state(painter, glyph, node.kind, on_fill)
        text = box.toRect().adjusted(S6 + edge + S4, 0, -S4, 0)
        tone: TokenName = "on_fill" if node.current else "text1"
        draw_text(painter, text, node.title, tone, bold=node.current, size=TextSize.CAPTION)


def _rounded(points: Sequence[QPointF]) -> QPainterPath:
    """A line through the points with rounded corners."""
    path = QPainterPath(points[0])
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near = [_towards(corner, end) for end in (before, after)]
        path.lineTo(near[0])
        path.quadTo(corner, near[1])
    path.lineTo(points[-1])
    return path


def _towards(corner: QPointF, end: QPointF) -> QPointF:
    """A point a little way from a corner, at most half the way."""
    way = end - corner
    long = (way.x() ** 2 + way.y() ** 2) ** 0.5
    return corner + way * (min(_ROUND, long / 2) / long) if long else corner
