"""Tables behind a paper (附件), each from a page of its own, after GB/T 9704—2012 §7.3.9."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from suite.kernel.documents.display_width import display_width
from suite.kernel.documents.xml_text import xml_text

if TYPE_CHECKING:
    from docx.document import Document

#: The type area is 156 mm wide: so many twentieths of a point.
WIDE = 8_844
HALF_POINTS = 21
BLACK, TITLE, BODY = "黑体", "方正小标宋简体", "仿宋_GB2312"
LONGEST = 30
#: A text no longer than this stands in one line.
SHORT = 12


@dataclass(frozen=True, kw_only=True)
class Annex:
    """One table, with its title."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def add_annexes(document: Document, annexes: Sequence[Annex]) -> None:
    """Set the annexes behind the text; a single one has no number."""
    for place, annex in enumerate(annexes, 1):
        mark = "附件" if len(annexes) == 1 else f"附件{place}"
        document.element.body.insert(-1, _paragraph(mark, BLACK, 32, centred=False, on_new_page=True))
        document.element.body.insert(-1, _paragraph(annex.title, TITLE, 44, centred=True))
        document.element.body.insert(-1, _table(annex))
        document.element.body.insert(-1, _paragraph("", BODY, HALF_POINTS, centred=False))


def _paragraph(text: str, font: str, size: int, *, centred: bool, on_new_page: bool = False) -> object:
    breaks = "<w:pageBreakBefore/>" if on_new_page else ""
    align = '<w:jc w:val="center"/>' if centred else ""
    spacing = '<w:spacing w:line="720" w:lineRule="exact"/>' if centred else ""
    return parsed(f"<w:p %s><w:pPr>{breaks}{spacing}{align}</w:pPr>{run_of(text, font, size)}</w:p>")


def run_of(text: str, font: str, size: int, *, bold: bool = False) -> str:
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(xml_text(text))}</w:t></w:r>'
    )


def _table(annex: Annex) -> object:
    widths = _widths(annex)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in sides)
    rows = "".join(
        _row(texts, widths, head=place == 0) for place, texts in enumerate((annex.headings, *annex.rows))
    )
    return parsed(
        f'<w:tbl %s><w:tblPr><w:tblW w:w="{WIDE}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(texts: Sequence[str], widths: Sequence[int], *, head: bool) -> str:
    properties = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    spacing = '<w:spacing w:line="300" w:lineRule="exact"/>'
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>{spacing}</w:pPr>{run_of(text, BODY, HALF_POINTS, bold=head)}</w:p></w:tc>"
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _widths(annex: Annex) -> list[int]:
    """By the usual longest text of each column, never narrower than its heading; short texts never wrap."""
    wanted = []
    for place, heading in enumerate(annex.headings):
        lengths = sorted(display_width(row[place]) for row in annex.rows)
        longest = lengths[-1] if lengths else 0
        usual = longest if longest <= SHORT else lengths[int(0.9 * (len(lengths) - 1))]
        wanted.append(min(max(usual, display_width(heading)), LONGEST) + 4)
    return [WIDE * share // sum(wanted) for share in wanted]


def parsed(text: str) -> object:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return parse_xml(text.replace("%s", nsdecls("w"), 1))  # what follows is text, with signs of its own
