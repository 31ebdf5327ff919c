"""What a paper says, read back from its .docx: paragraphs with what shows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

USUAL_SIZE = 16.0


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph or a row of a table. `align`: left, center or right; `size` in points; `first` the
    indent of the first line in characters; `cells` of a row, empty for a paragraph."""

    text: str
    align: str = "left"
    size: float = USUAL_SIZE
    bold: bool = False
    red: bool = False
    first: float = 0.0
    right: float = 0.0
    cells: tuple[str, ...] = ()


def blocks_of(content: bytes) -> list[Block]:
    """The body of a .docx in order. What is drawn and not written (a picture, a seal) is not among it."""
    from docx import Document

    document = Document(BytesIO(content))
    return list(_blocks(document))


def _blocks(document: Any) -> Iterator[Block]:
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                yield Block(text="", cells=tuple(cell.text.strip() for cell in row.cells))
        else:
            yield _paragraph(item)


def _paragraph(paragraph: Any) -> Block:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    runs = [run for run in paragraph.runs if run.text.strip()]
    first = runs[0] if runs else None
    size = first.font.size.pt if first is not None and first.font.size is not None else USUAL_SIZE
    form = paragraph.paragraph_format
    align = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right"}
    right = form.right_indent.pt if form.right_indent is not None else 0.0
    indent = form.first_line_indent.pt if form.first_line_indent is not None else 0.0
    red = first is not None and first.font.color.rgb is not None and str(first.font.color.rgb) == "FF0000"
    return Block(
        text=paragraph.text,
        align=align.get(paragraph.alignment, "left"),
        size=size,
        bold=bool(first is not None and first.font.bold),
        red=red,
        first=indent / size,
        right=right,
    )
