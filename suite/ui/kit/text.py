"""Labels in the declared sizes and tones, and figures and dates as the screens write them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import TextSize, TokenName


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
    made = QLabel(text, parent)
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
