"""The fonts of pages that the program sets itself: a desk's own 仿宋 or 宋体, put into the file.

Where a desk has none of them, the Song that every reader of PDF brings for Chinese (STSong-Light): named in
the file, not put into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

WINDOWS, LINUX = Path("C:/Windows/Fonts"), Path("/usr/share/fonts")
#: Files of TrueType outlines, the best first; in a collection the first font.
WANTED = (
    WINDOWS / "simfang.ttf",
    WINDOWS / "simsun.ttc",
    LINUX / "truetype/wqy/wqy-zenhei.ttc",
    LINUX / "truetype/wqy/wqy-microhei.ttc",
    LINUX / "wps-office/FZFSK.TTF",
    LINUX / "wps-office/FZSSK.TTF",
)
EVERYWHERE = "STSong-Light"
EMBEDDED = "SuiteSong"


@cache
def page_font() -> str:
    """The name of the font for pages, made known to the page setter."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for file in _present():
        try:
            pdfmetrics.registerFont(TTFont(EMBEDDED, str(file), subfontIndex=0))
        except (TTFError, OSError, ValueError):
            continue  # one that the page setter cannot read; the next may do
        return EMBEDDED
    pdfmetrics.registerFont(UnicodeCIDFont(EVERYWHERE))
    return EVERYWHERE


def _present() -> Iterator[Path]:
    yield from (file for file in WANTED if file.is_file())
