"""A form as a table (审批表): what is asked on the left, what is said on the right, room for signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from suite.kernel.documents.annex import BODY, WIDE, parsed, run_of

if TYPE_CHECKING:
    from docx.document import Document

#: Twentieths of a point: the left column, and how high a place for a signature is.
LEFT, SIGNING_HEIGHT = 2_200, 1_900
HALF_POINTS, LINE = 28, 480


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """One row. signed: it is left open for an opinion, with a name and a day to be written by hand."""

    title: str
    text: str = ""
    signed: bool = False


def add_form(document: Document, rows: Sequence[FormRow]) -> None:
    """Set the rows as a table behind the text."""
    if not rows:
        return
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="6" w:color="000000"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (LEFT, WIDE - LEFT))
    table = (
        f'<w:tbl %s><w:tblPr><w:tblW w:w="{WIDE}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(_row(row) for row in rows)}</w:tbl>"
    )
    document.element.body.insert(-1, parsed(table))
    document.add_paragraph()


def _row(row: FormRow) -> str:
    height = f'<w:trHeight w:val="{SIGNING_HEIGHT}" w:hRule="atLeast"/>' if row.signed else ""
    texts = row.text.splitlines() or [""]
    right = "".join(_line(text) for text in texts)
    if row.signed:
        right += _line("签名：　　　　　　　　年　　月　　日", right=True)
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"
        f"{_cell(_line(row.title, centred=True), LEFT, 'center')}"
        f"{_cell(right, WIDE - LEFT, 'bottom' if row.signed else 'center')}</w:tr>"
    )


def _cell(content: str, width: int, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="{align}"/></w:tcPr>'
        f"{content}</w:tc>"
    )


def _line(text: str, *, centred: bool = False, right: bool = False) -> str:
    align = f'<w:jc w:val="{"center" if centred else "right"}"/>' if centred or right else ""
    spacing = f'<w:spacing w:line="{LINE}" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}{align}</w:pPr>{run_of(text, BODY, HALF_POINTS)}</w:p>"
