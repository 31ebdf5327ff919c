"""What the palette finds, and the list that shows it in groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from suite.ui.kit.delegate import draw_text
from suite.ui.kit.icons import pixmap
from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import ICON_CONTROL, S4, S8, S12, S16, TextSize

EVERYTHING = "all"
COMMANDS = "command"
SCOPES: tuple[tuple[str, str], ...] = (
    (EVERYTHING, "全部"),
    ("person", "人员"),
    ("body", "机构"),
    ("case", "办件"),
    (COMMANDS, "命令"),
)
_UNITS = {"person": "项", "body": "项", "case": "件", COMMANDS: "项"}
_ROW = 32
_VISIBLE = 11


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One result. `group` is `person`, `body`, `case` or `command`; `match` are (start, length) pairs of the
    title that fit to what was typed; `remark` stands at the right; `words` are what a command is found by.
    """

    group: str
    title: str
    value: object = None
    note: str = ""
    icon: str = "document"
    remark: str = ""
    match: tuple[tuple[int, int], ...] = ()
    words: str = ""


Deliver = Callable[[Sequence[Hit]], None]
Search = Callable[[str, str, Deliver], None]  # text, scope, deliver on the GUI thread


def command_hits(commands: Sequence[Hit], typed: str) -> list[Hit]:
    """Commands whose title or words contain the typed text, with the matched part of the title."""
    needle = typed.strip().casefold()
    found = []
    for command in commands:
        start = command.title.casefold().find(needle)
        if needle and start < 0 and needle not in command.words.casefold():
            continue
        match = ((start, len(needle)),) if needle and start >= 0 else ()
        found.append(
            Hit(
                group=COMMANDS, title=command.title, value=command.value, note=command.note,
                icon=command.icon, remark=command.remark, match=match,
            )
        )  # fmt: skip
    return found


class PaletteResults(QWidget):
    """Hits in groups; painted, since rows are few and of one kind."""

    picked = Signal(object, bool)  # Hit, in a new tab

    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []
        self.current = 0
        self._lines: list[tuple[str, object]] = []
        self._top = 0
        self.message = ""
        self.setMouseTracking(True)
        self.setAccessibleName("搜索结果")

    def show_hits(self, hits: Sequence[Hit], message: str) -> None:
        titles = dict(SCOPES)
        self.hits = []
        self._lines = []
        for group, title in titles.items():
            members = [hit for hit in hits if hit.group == group]
            if members:
                self._lines.append(("head", (title, f"{len(members)} {_UNITS[group]}")))
                self._lines.extend(("hit", hit) for hit in members)
                self.hits.extend(members)
        self.current = self._top = 0
        self.message = "" if self.hits else message
        self.setFixedHeight(max(1, min(len(self._lines), _VISIBLE)) * self._row() + S4)
        self._tell()
        self.update()

    def step(self, by: int) -> None:
        if self.hits:
            self.current = max(0, min(self.current + by, len(self.hits) - 1))
            line = next(n for n, (_, what) in enumerate(self._lines) if what is self.hits[self.current])
            self._top = max(min(self._top, line - 1), line - _VISIBLE + 1, 0)
            self._tell()
            self.update()

    def _tell(self) -> None:
        if self.hits:
            hit = self.hits[self.current]
            self.setAccessibleDescription(
                f"{hit.title} {hit.note}，第 {self.current + 1} 项，共 {len(self.hits)} 项"
            )

    @staticmethod
    def _row() -> int:
        return theme().height(_ROW)

    def _hit_at(self, y: int) -> int:
        number = self._top + y // self._row()
        if 0 <= number < len(self._lines) and self._lines[number][0] == "hit":
            what = self._lines[number][1]
            return next(n for n, hit in enumerate(self.hits) if hit is what)
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hit = self._hit_at(int(event.position().y()))
        if hit >= 0 and hit != self.current:
            self.current = hit
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._hit_at(int(event.position().y()))
        if hit >= 0:
            new_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.picked.emit(self.hits[hit], new_tab)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._top = max(0, min(self._top - event.angleDelta().y() // 120, len(self._lines) - _VISIBLE))
        self.update()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        row = self._row()
        if self.message:
            draw_text(painter, QRect(S16, 0, self.width() - 2 * S16, row), self.message, "text2")
        for place, (kind, what) in enumerate(self._lines[self._top : self._top + _VISIBLE]):
            rect = QRect(0, place * row, self.width(), row)
            if isinstance(what, Hit):
                self._paint_hit(painter, rect, what)
            elif kind == "head" and isinstance(what, tuple):
                box = rect.adjusted(S12, 0, -S12, 0)
                draw_text(painter, box, what[0], "text2", size=TextSize.CAPTION)
                right = box.adjusted(box.width() - theme().pixels(80), 0, 0, 0)
                painter.drawText(
                    right, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), what[1]
                )
        painter.end()

    def _paint_hit(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        look = theme()
        current = bool(self.hits) and self.hits[self.current] is hit
        if current:
            painter.fillRect(rect, look.color("accent_sel"))
            painter.fillRect(rect.x(), rect.y(), 3, rect.height(), look.color("accent"))
        edge = look.pixels(ICON_CONTROL)
        picture = pixmap(hit.icon, "text2", edge, self.devicePixelRatioF())
        painter.drawPixmap(rect.x() + S16, rect.center().y() - edge // 2 + 1, picture)
        box = rect.adjusted(S16 + edge + S12, 0, -S12, 0)
        remark = hit.remark or ("Enter 打开" if current else "")
        if remark:
            metrics = look.metrics(TextSize.CAPTION)
            width = metrics.horizontalAdvance(remark)
            spot = box.adjusted(box.width() - width - 1, 0, 0, 0)
            draw_text(painter, spot, remark, "text2", size=TextSize.CAPTION)
            box.adjust(0, 0, -width - S8, 0)
        used = self._paint_title(painter, box, hit)
        box.adjust(used + S12, 0, 0, 0)
        if hit.note and box.width() > 0:
            draw_text(painter, box, hit.note, "text2", size=TextSize.CAPTION)

    @staticmethod
    def _paint_title(painter: QPainter, box: QRect, hit: Hit) -> int:
        look = theme()
        bold = {at for start, length in hit.match for at in range(start, start + length)}
        x, place = 0, 0
        while place < len(hit.title):
            strong = place in bold
            end = place
            while end < len(hit.title) and (end in bold) == strong:
                end += 1
            part = hit.title[place:end]
            room = box.adjusted(x, 0, 0, 0)
            if room.width() <= 0:
                break
            draw_text(painter, room, part, "accent" if strong else "text1", bold=strong)
            x += look.metrics(bold=strong).horizontalAdvance(part)
            place = end
        return x
