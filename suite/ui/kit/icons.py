"""Line icons of one family, recoloured from the tokens and kept per size and device ratio.

The drawings are Lucide's (see the licence beside them). A drawing is read when it is first shown.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import ICON_CONTROL, TokenName

ICON_FOLDER = Path(__file__).resolve().parent.parent / "icons"

_pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    return (ICON_FOLDER / f"{name}.svg").read_text(encoding="utf-8")


def icon_names() -> tuple[str, ...]:
    """Names of all icons of the set, sorted."""
    return tuple(sorted(path.stem for path in ICON_FOLDER.glob("*.svg")))


def pixmap(name: str, tone: TokenName = "text2", size: int = ICON_CONTROL, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels. Raises FileNotFoundError for an unknown name."""
    color = getattr(theme().tokens, tone)
    key = (name, color, size, ratio)
    found = _pixmaps.get(key)
    if found is None:
        from PySide6.QtSvg import QSvgRenderer  # loads a library of its own: not before the first icon

        renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", color).encode()))
        edge = round(size * ratio)
        found = QPixmap(edge, edge)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        renderer.render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        found.setDevicePixelRatio(ratio)
        _pixmaps[key] = found
    return found


def icon(name: str, tone: TokenName = "text2", size: int = ICON_CONTROL, ratio: float = 1.0) -> QIcon:
    """The icon for a button or an action, with a paler picture for the disabled state."""
    made = QIcon()
    made.addPixmap(pixmap(name, tone, size, ratio))
    made.addPixmap(pixmap(name, "text3", size, ratio), QIcon.Mode.Disabled)
    return made


def icon_size(size: int = ICON_CONTROL) -> QSize:
    """The size to set on a button, scaled with the font."""
    edge = theme().pixels(size)
    return QSize(edge, edge)
