"""Where a line of Chinese text may end: 避头尾, as GB/T 15834 wants it and readers expect. Pure functions.

No line ends with an opening bracket or quotation mark, none begins with a closing one or with a mark that
belongs to what stands before it; a number, a word of letters and a dash of two signs are not torn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import ceil

#: Not at the end of a line.
OPENING = "（〔［｛【《〈「『“‘([{￥"
#: Not at the beginning of a line.
CLOSING = "）〕］｝】》〉」』”’)]}，。、；：？！,.;:?!％%‰℃°…—～·"
#: So much of a point is no overflow.
HAIR = 0.001
#: In signs: so far from the middle a title rather ends a line where one takes breath.
RESTS = 4.0
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
    """The lines that a text makes; together they are the text. Blanks at the end of a line need no room.

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
            # Blanks go with the line that ends here: nothing is lost, and the next one begins with a sign.
            text, piece = piece, piece.lstrip()
            lines.append(line + text[: len(text) - len(piece)])
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


def balanced(title: str, most: float, wide: Callable[[str], float]) -> list[str]:
    """A title in as few lines as it needs, all about as long as one another (GB/T 9704: 词意完整、排列对称).

    So no single sign is left for the last. Near its share a line rather ends before a year or the name of a
    text, or after 的, than within a word. Widths are in signs.
    """
    many = max(1, ceil(wide(title) / most - HAIR))
    if many == 1:
        return [title]
    pieces, lines = list(clusters(title)), []
    while many > 1:
        ends = range(1, len(pieces))
        share = wide("".join(pieces)) / many
        fitting = [end for end in ends if wide("".join(pieces[:end])) <= most] or [1]
        # What is left must have room in the lines that are left.
        roomy = [end for end in fitting if wide("".join(pieces[end:])) <= most * (many - 1)]
        fitting = roomy or fitting[-1:]
        near = min(fitting, key=lambda end: abs(wide("".join(pieces[:end])) - share) - _rest(pieces, end))
        lines.append("".join(pieces[:near]))
        pieces, many = pieces[near:], many - 1
    return [*lines, *lines_of("".join(pieces), [most], wide)]


def _rest(pieces: Sequence[str], end: int) -> float:
    """How far a line may be from its share for the sake of ending here."""
    rests = pieces[end - 1][-1] in "的》、" or pieces[end][0] in "《“" or pieces[end][0].isdigit()
    return RESTS if rests else 0.0
