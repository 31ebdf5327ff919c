"""Labels in the declared sizes and tones, and figures and dates as the screens write them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import TextSize, TokenName

L = TypeVar("L", bound=QLabel)


def label(
    text: str = "",
    *,
    size: TextSize = TextSize.BODY,
    tone: TokenName = "text1",
    bold: bool = False,
    wrap: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """A label of plain text (never markup). `wrap` lets it run over several lines."""
    return _made(QLabel(text, parent), size=size, tone=tone, bold=bold, wrap=wrap)


def _made(made: L, *, size: TextSize, tone: TokenName, bold: bool, wrap: bool) -> L:
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if size is not TextSize.BODY:
        made.setProperty("textSize", size.name.lower())
    if tone != "text1":
        made.setProperty("tone", tone)
    if bold:
        font = made.font()
        font.setBold(True)
        made.setFont(font)
    return made


class BalancedLabel(QLabel):
    """A sentence in the middle whose lines are about equally long: none is left with one character alone."""

    def __init__(self, text: str = "", *, tone: TokenName = "text1", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _made(self, size=TextSize.BODY, tone=tone, bold=False, wrap=True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._balance()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        margins = self.contentsMargins()
        return QSize(hint.width() - margins.left() - margins.right(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._balance()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._balance()

    def _balance(self) -> None:
        """Keep as much free at both sides as leaves the number of lines as it is."""
        metrics, flags = self.fontMetrics(), int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter)

        def height(width: int) -> int:
            return metrics.boundingRect(QRect(0, 0, width, 1 << 20), flags, self.text()).height()

        room = self.width()
        least, lines = room // 2, height(room)
        most = room if lines > metrics.height() else least  # one line stands in the middle by itself
        while least < most:
            middle = (least + most) // 2
            least, most = (least, middle) if height(middle) <= lines else (middle + 1, most)
        free = max(0, (room - most - 2) // 2) if lines > metrics.height() else 0
        self.setContentsMargins(free, 0, free, 0)


def set_tone(target: QLabel, tone: TokenName) -> None:
    """Change the tone of a label made by `label`."""
    if target.property("tone") != tone:
        target.setProperty("tone", tone)
        target.style().unpolish(target)
        target.style().polish(target)


class ElidedLabel(QWidget):
    """One line that ends in … where room is short and then shows the whole in its tooltip.

    With `base_height` it is as high as a control, so that it stands in line with fields.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: TextSize = TextSize.BODY,
        tone: TokenName = "text1",
        bold: bool = False,
        base_height: int = 0,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._base = base_height
        self._size, self._tone, self._bold = size, tone, bold
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self._tell()

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._tell()
        self.update()

    def _tell(self) -> None:
        fits = theme().metrics(self._size, bold=self._bold).horizontalAdvance(self._text) <= self.width()
        self.setToolTip("" if fits else self._text)

    def sizeHint(self) -> QSize:
        metrics = theme().metrics(self._size, bold=self._bold)
        return QSize(metrics.horizontalAdvance(self._text) + 1, self._height())

    def _height(self) -> int:
        look = theme()
        line = look.metrics(self._size, bold=self._bold).height()
        return max(line, look.height(self._base)) if self._base else line

    def minimumSizeHint(self) -> QSize:
        metrics = theme().metrics(self._size, bold=self._bold)
        return QSize(min(metrics.horizontalAdvance("……"), self.sizeHint().width()), self._height())

    def resizeEvent(self, event: object) -> None:
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setFont(look.font(self._size, bold=self._bold))
        painter.setPen(look.color(self._tone))
        metrics = look.metrics(self._size, bold=self._bold)
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()
