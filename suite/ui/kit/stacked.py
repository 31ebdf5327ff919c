"""A bar of parts that follow one another: how many stand at which step, in one hue from done to not begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from suite.ui.kit.theme import theme
from suite.ui.kit.tokens import TokenName

#: From what is furthest to what is not begun; a longer row repeats the middle ones.
HUES: tuple[TokenName, ...] = ("data1", "data2", "data3", "hair")


class Part(NamedTuple):
    """One part: the words for it and how many."""

    title: str
    number: int


def hue_of(place: int, count: int) -> TokenName:
    """The hue of a part, the first the darkest and the last the palest."""
    if place == count - 1:
        return HUES[-1]
    return HUES[min(place * (len(HUES) - 1) // max(count - 1, 1), len(HUES) - 2)]


def paint_stacked(painter: QPainter, box: QRect, parts: Sequence[Part]) -> None:
    """Draw the parts side by side over the whole width; nothing where there is nobody."""
    look, total = theme(), sum(part.number for part in parts)
    painter.fillRect(box, look.color("hair"))
    if not total:
        return
    begun = 0
    for place, part in enumerate(parts):
        left = box.x() + round(box.width() * begun / total)
        begun += part.number
        right = box.x() + round(box.width() * begun / total)
        painter.fillRect(
            QRect(left, box.y(), right - left, box.height()), look.color(hue_of(place, len(parts)))
        )


def parts_text(parts: Sequence[Part]) -> str:
    """The parts in words: `已办完 12，待盖章 3`."""
    return "，".join(f"{part.title} {part.number:,}" for part in parts)
