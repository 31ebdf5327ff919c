"""The font of pages that the program sets itself: the desk's own Chinese font, put into the file.

Only the characters that a document has are put in, whatever kind of outlines the desk's font has; so the file
reads the same everywhere and for ever. On a desk without any Chinese font the Song that readers of PDF bring
(STSong-Light) is named instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

WINDOWS, LINUX = Path("C:/Windows/Fonts"), Path("/usr/share/fonts")
#: The best first: 仿宋, 宋体, then what a desk has. Of a collection the first font is taken, or that named.
WANTED: tuple[tuple[Path, str], ...] = (
    (WINDOWS / "simfang.ttf", ""),
    (WINDOWS / "simsun.ttc", ""),
    (WINDOWS / "msyh.ttc", ""),
    (LINUX / "wps-office/FZFSK.TTF", ""),
    (LINUX / "wps-office/FZSSK.TTF", ""),
    (LINUX / "opentype/noto/NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    (LINUX / "opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    (LINUX / "truetype/wqy/wqy-zenhei.ttc", ""),
    (LINUX / "truetype/wqy/wqy-microhei.ttc", ""),
)
NAMED, EMBEDDED = "STSong-Light", "SuiteSong"
#: Glyph units are kept to a two-hundredth of an em when curves are made simpler.
PRECISION = 1 / 200
#: The parts of fonts that were made, the last one last: its characters and its name. A document whose
#: characters are among them takes it; the page setter lets none go, so that each is larger than the former.
_made: list[tuple[frozenset[str], str]] = []
USUAL = frozenset(" 0123456789?")


def use_font(text: str) -> str:
    """The name of a font that has the characters of a text, made known to the page setter."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFError
    from reportlab.pdfbase.ttfonts import TTFont as SetFont

    wanted, name = USUAL.union(text), f"{EMBEDDED}{len(_made)}"
    if _made:
        known, last = _made[-1]
        if wanted <= known:
            return last
        wanted |= known
    for file, title in _present():
        try:
            pdfmetrics.registerFont(SetFont(name, BytesIO(_part(file, title, wanted, name))))
        except (TTFError, OSError, ValueError, KeyError, AssertionError):
            continue  # one that is damaged or of an unknown kind; the next may do
        _made.append((wanted, name))
        return name
    pdfmetrics.registerFont(UnicodeCIDFont(NAMED))
    return NAMED


def _present() -> Iterator[tuple[Path, str]]:
    yield from ((file, name) for file, name in WANTED if file.is_file())


def _opened(file: Path, name: str) -> TTFont:
    from fontTools.ttLib import TTCollection, TTFont

    if file.suffix.lower() != ".ttc":
        return TTFont(file, lazy=True)
    fonts: list[Any] = TTCollection(file, lazy=True).fonts
    return next((font for font in fonts if font["name"].getDebugName(4) == name), fonts[0])


def _part(file: Path, title: str, characters: frozenset[str], name: str) -> bytes:
    """A TrueType font of some of a font's characters, under a name of its own."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.filterPen import DecomposingFilterPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    font = _opened(file, title)
    known: dict[int, str] = font.getBestCmap()
    shown = {ord(character): known[ord(character)] for character in characters if ord(character) in known}
    glyphs = font.getGlyphSet()
    order = [".notdef", *dict.fromkeys(shown.values())]
    units: int = font["head"].unitsPerEm
    drawn, widths = {}, {}
    for glyph in order:
        pen = TTGlyphPen(None)
        if glyph in glyphs:
            simple = Cu2QuPen(pen, units * PRECISION, reverse_direction=True)
            glyphs[glyph].draw(DecomposingFilterPen(simple, glyphs))
        drawn[glyph] = pen.glyph()
        widths[glyph] = int(glyphs[glyph].width) if glyph in glyphs else units
    builder = FontBuilder(units, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(shown)
    builder.setupGlyf(drawn)
    left = {glyph: getattr(drawn[glyph], "xMin", 0) for glyph in order}
    builder.setupHorizontalMetrics({glyph: (widths[glyph], left[glyph]) for glyph in order})
    line = font["hhea"]
    builder.setupHorizontalHeader(ascent=line.ascent, descent=line.descent)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=line.ascent, sTypoDescender=line.descent)
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    font.close()
    return out.getvalue()
