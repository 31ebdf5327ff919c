"""Pages of a case file as PDF: a paper's text, an image, a page that stands for what cannot be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any
from xml.sax.saxutils import escape

from suite.kernel.documents.fonts import use_font
from suite.kernel.documents.kinsoku import lines_of
from suite.kernel.documents.reading import USUAL_SIZE, Block
from suite.kernel.documents.xml_text import xml_text

#: As papers are set: A4 and the margins of GB/T 9704, in points.
WIDTH, HEIGHT = 595.28, 841.89
TOP, BOTTOM, LEFT, RIGHT = 104.9, 99.2, 79.4, 73.7
LINE = 28.9
MOST_PIXELS = 60_000_000
#: The page setter knows its fonts by name, for all threads alike.
_SETTING = Lock()


class Unreadable(Exception):
    """A content that cannot be placed on pages; says why, in Chinese."""


def text_pages(blocks: Sequence[Block], foot: str = "") -> bytes:
    """Paragraphs and tables on as many pages as they take; `foot` stands small below each."""
    words = (word for block in blocks for word in (block.text, *block.cells))
    with _SETTING:
        font = use_font("".join((*words, foot)))

        def below(canvas: Any, document: Any) -> None:
            if foot:
                canvas.setFont(font, 7)
                canvas.setFillGray(0.45)
                canvas.drawString(LEFT, 60, xml_text(foot))

        return _built(_flow(blocks, font), below)


def table_page(title: str, rows: Sequence[tuple[str, ...]], widths: Sequence[float]) -> bytes:
    """A page with a title and a table below, as the 目录 of a file."""
    from reportlab.platypus import Spacer

    with _SETTING:
        font = use_font("".join((title, *(text for row in rows for text in row))))
        head = _paragraphs(title, _style(Block(text=title, align="center", size=22), font))
        return _built([*head, Spacer(1, LINE), _table(rows, font, widths)])


def _built(flow: list[Any], below: Callable[[Any, Any], None] = lambda canvas, document: None) -> bytes:
    from reportlab.platypus import SimpleDocTemplate

    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=(WIDTH, HEIGHT), topMargin=TOP, bottomMargin=BOTTOM, leftMargin=LEFT, rightMargin=RIGHT,
        invariant=1,
    )  # fmt: skip
    document.build(flow, onFirstPage=below, onLaterPages=below)
    return out.getvalue()


def _flow(blocks: Sequence[Block], font: str) -> list[Any]:
    from reportlab.platypus import Spacer

    flow: list[Any] = []
    rows: list[tuple[str, ...]] = []
    for block in (*blocks, None):
        if block is not None and block.cells:
            rows.append(block.cells)
            continue
        if rows:
            flow.append(_table(rows, font))
            rows = []
        if block is None:
            break
        if block.text.strip():
            flow += _paragraphs(block.text, _style(block, font))
        else:
            flow.append(Spacer(1, LINE))
    return _signed_with_text(flow) or [Spacer(1, LINE)]


def _signed_with_text(flow: list[Any]) -> list[Any]:
    """The signature at the end never stands alone on a page: the last paragraph goes with it (GB/T 9704)."""
    from reportlab.lib.enums import TA_RIGHT
    from reportlab.platypus import KeepTogether, Paragraph, Spacer

    start = len(flow)
    while start and (
        isinstance(flow[start - 1], Spacer)
        or (isinstance(flow[start - 1], Paragraph) and flow[start - 1].style.alignment == TA_RIGHT)
    ):
        start -= 1
    signed = any(isinstance(item, Paragraph) for item in flow[start:])
    if not signed or not start or not isinstance(flow[start - 1], Paragraph):
        return flow
    return [*flow[: start - 1], KeepTogether(flow[start - 1 :])]


def _paragraphs(text: str, style: Any) -> list[Any]:
    """A text on the page; each of its own lines begins one, and only the first is indented."""
    follows = style.clone("follows", firstLineIndent=0)
    made = _paragraph_class()
    return [
        made(escape(xml_text(line)), style if place == 0 else follows)
        for place, line in enumerate(text.split("\n"))
    ]


@cache
def _paragraph_class() -> Any:
    """The page setter's paragraph, whose lines end where Chinese ones may (`kinsoku`)."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.platypus import Paragraph

    class ChineseParagraph(Paragraph):  # type: ignore[misc] # the page setter has no types
        def breakLinesCJK(self, maxWidths: Any) -> Any:  # as the page setter calls it
            if not self.frags:
                return super().breakLinesCJK(maxWidths)
            rooms = list(maxWidths) if isinstance(maxWidths, list | tuple) else [maxWidths]
            frag = self.frags[0]
            if getattr(self, "_splitpara", False) and hasattr(self, "blPara"):
                # What stands on this page of a paragraph that goes on: its lines were made already.
                return frag.clone(kind=0, lines=self.blPara.lines)
            # Of a paragraph that goes on on another page the lines come back as words.
            text = "".join("".join(getattr(one, "words", ())) or one.text for one in self.frags)
            known: dict[str, float] = {}

            def wide(piece: str) -> float:
                for sign in piece:
                    if sign not in known:
                        known[sign] = stringWidth(sign, frag.fontName, frag.fontSize)
                return sum(known[sign] for sign in piece)

            lines = [
                (rooms[min(place, len(rooms) - 1)] - wide(line.rstrip()), [line])
                for place, line in enumerate(lines_of(text, rooms, wide))
            ]
            return frag.clone(kind=0, lines=lines, ascent=frag.fontSize, descent=-0.2 * frag.fontSize)

    return ChineseParagraph


def _style(block: Block, font: str) -> Any:
    from reportlab.lib.colors import black, red
    from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        "block",
        fontName=font,
        fontSize=block.size,
        leading=max(LINE, block.size * 1.3) if block.size >= USUAL_SIZE else block.size * 1.6,
        alignment={"center": TA_CENTER, "right": TA_RIGHT}.get(block.align, TA_LEFT),
        firstLineIndent=block.first * block.size,
        rightIndent=block.right,
        textColor=red if block.red else black,
        wordWrap="CJK",
    )


def _table(rows: Sequence[tuple[str, ...]], font: str, widths: Sequence[float] | None = None) -> Any:
    from reportlab.lib.colors import black
    from reportlab.platypus import Table

    cell = _style(Block(text="", size=12), font)
    wide = max(len(row) for row in rows)
    data = [[_paragraphs(text, cell) for text in (*row, *[""] * (wide - len(row)))] for row in rows]
    usable = WIDTH - LEFT - RIGHT
    columns = [usable * part for part in widths] if widths else [usable / wide] * wide
    whole = ((0, 0), (-1, -1))
    style = [("GRID", *whole, 0.5, black), ("VALIGN", *whole, "MIDDLE")]
    return Table(data, colWidths=columns, style=style, repeatRows=1)


def image_page(content: bytes) -> bytes:
    """An image on a page of its own, as large as the margins let it. Raises Unreadable."""
    from PIL import Image, UnidentifiedImageError
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise Unreadable(f"图片有 {width} × {height} 点，过大")
            image.load()
        return _canvas(lambda canvas: _drawn(canvas, ImageReader(BytesIO(content)), width, height))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Unreadable("图片已损坏") from error


def _drawn(canvas: Any, reader: Any, width: int, height: int) -> None:
    room, tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    scale = min(room / width, tall / height)
    wide, high = width * scale, height * scale
    canvas.drawImage(reader, LEFT + (room - wide) / 2, BOTTOM + (tall - high) / 2, wide, high, mask="auto")


def _canvas(draw: Callable[[Any], None]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def number_page(number: int, odd: bool) -> bytes:
    """An empty page with a page number of the file, to be laid over another: outside, at the top."""

    def draw(canvas: Any) -> None:
        canvas.setFont("Helvetica", 11)
        words = str(number)
        if odd:
            canvas.drawRightString(WIDTH - 36, HEIGHT - 36, words)
        else:
            canvas.drawString(36, HEIGHT - 36, words)

    return _canvas(draw)
