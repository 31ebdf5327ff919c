"""Where a line of Chinese text may end: 避头尾, as GB/T 15834 wants it and readers expect. Pure functions.

No line ends with an opening bracket or quotation mark, none begins with a closing one or with a mark that
belongs to what stands before it; a number, a word of letters and a dash of two signs are not torn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

#: Not at the end of a line.
OPENING = "（〔［｛【《〈「『“‘([{￥"
#: Not at the beginning of a line.
CLOSING = "）〕］｝】》〉」』”’)]}，。、；：？！,.;:?!％%‰℃°…—～·"
#: So much of a point is no overflow.
HAIR = 0.001
#: What is not torn apart, with the marks that hold on to it.
_CLUSTER = re.compile(
    rf"(?:[{re.escape(OPENING)}]\s*)*"
    rf"(?:[A-Za-z0-9][A-Za-z0-9.,:/_+-]*[A-Za-z0-9]|[^{re.escape(OPENING + CLOSING)}])?"
    rf"(?:\s*[{re.escape(CLOSING)}])*",
    re.DOTALL,
)


def clusters(text: str) -> Iterator[str]:
    """The pieces between which a line may end; together they are the text."""
    return (found.group() for found in _CLUSTER.finditer(text) if found.group())


def lines_of(text: str, rooms: Sequence[float], wide: Callable[[str], float]) -> list[str]:
    """The lines that a text makes.

    rooms: how wide each line may be, the last one for all that follow. wide: how wide a text is. A piece that
    is wider than a line is cut where the line is full, since nothing else can be done with it.
    """
    lines: list[str] = []
    line, used = "", 0.0

    def room() -> float:
        return rooms[min(len(lines), len(rooms) - 1)]

    for piece in clusters(text):
        width = wide(piece)
        if line and used + width > room() + HAIR:
            lines.append(line.rstrip())
            piece = piece.lstrip()
            line, used, width = "", 0.0, wide(piece)
        if width <= room() + HAIR:
            line, used = line + piece, used + width
            continue
        for sign in piece:
            if line and used + wide(sign) > room() + HAIR:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + sign, used + wide(sign)
    return [*lines, line] if line or not lines else lines
